/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a draft. */
#include "gateway/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "gateway/draft_parts.h"
#include "model/record.h"

struct draft *draft_new(const struct kind *k, unsigned flags)
{
	struct draft *d = xcalloc(1, sizeof *d);
	d->kind = k;
	d->flags = flags;
	d->out = (struct strbuf)STRBUF_INIT;
	return d;
}

void draft_free(struct draft *d)
{
	if (!d)
		return;
	arena_free(&d->arena);
	strbuf_free(&d->out);
	free(d);
}

int draft_refuse(struct draft *d, enum problem p, const char *field, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int refused = refusal_say(&d->no, p, field, fmt, args);
	va_end(args);
	return refused;
}

static enum scan_type type_of(const char *text)
{
	switch (*text) {
	case '"':
		return SCAN_STRING;
	case 't':
		return SCAN_TRUE;
	case 'f':
		return SCAN_FALSE;
	case 'n':
		return SCAN_NULL;
	default:
		return SCAN_NUMBER;
	}
}

void draft_replace(struct draft *d, struct scan_member *m, const char *text, size_t n)
{
	m->type = type_of(text);
	m->text = text;
	m->n = n;
	m->escaped = memchr(text, '\\', n);
	d->altered = true;
}

void draft_set(struct draft *d, const char *name, const char *text, size_t n)
{
	struct scan_member *m = scan_find(&d->scan, name);
	if (!m) {
		m = &d->scan.members[d->scan.count++];
		*m = (struct scan_member){.name = name, .name_n = strlen(name)};
	}
	draft_replace(d, m, text, n);
}

void draft_set_text(struct draft *d, const char *name, const char *plain)
{
	const char *text = arena_printf(&d->arena, "\"%s\"", plain);
	draft_set(d, name, text, strlen(text));
}

/* The decoded string, terminated, in the arena. */
static const char *string(struct draft *d, const struct scan_member *m, size_t *n)
{
	char *s = arena_alloc(&d->arena, m->n);
	*n = scan_string(m, s);
	s[*n] = '\0';
	return s;
}

bool draft_take_id(struct draft *d, const struct scan_member *m)
{
	size_t n = 0;
	const char *s = m->type == SCAN_STRING ? string(d, m, &n) : "";
	/* "changes" would hide behind the feed's address. */
	if (n == 0 || n > BACKEND_ID_MOST || strcmp(s, "changes") == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f || s[i] == '/')
			return false;
	memcpy(d->id, s, n + 1);
	return true;
}

static int read_id(struct draft *d)
{
	struct scan_member *m = scan_find(&d->scan, "id");
	if (!m || m->type == SCAN_NULL)
		return 0;
	if (m->type == SCAN_NUMBER && !memchr(m->text, '.', m->n)) {
		const char *text = arena_printf(&d->arena, "\"%.*s\"", (int)m->n, m->text);
		draft_replace(d, m, text, m->n + 2);
	}
	if (!draft_take_id(d, m))
		return draft_refuse(d, PROBLEM_INVALID, "id",
				    "an id is a text of 1 to %d bytes without / and control "
				    "characters",
				    BACKEND_ID_MOST);
	return 0;
}

static int read_envelope(struct draft *d)
{
	const struct scan_member *kind = scan_find(&d->scan, "kind");
	const struct scan_member *deleted = scan_find(&d->scan, "deleted");
	const struct scan_member *version = scan_find(&d->scan, "version");
	size_t n;
	if (kind && (kind->type != SCAN_STRING || kind_find(string(d, kind, &n)) != d->kind))
		return draft_refuse(d, PROBLEM_INVALID, "kind", "this is the place of %s only",
				    d->kind->plural);
	if (deleted && deleted->type == SCAN_TRUE)
		return draft_refuse(d, PROBLEM_INVALID, "deleted",
				    "delete a record with DELETE");
	d->version = version && version->type == SCAN_NUMBER ? strtoll(version->text, NULL, 10)
							     : 0;
	return read_id(d);
}

/* Members mostly come in the order of the columns: look behind the last one first. */
static int find_column(const struct kind *k, const struct scan_member *m, size_t *hint)
{
	for (size_t i = 0, at = *hint; i < k->column_count; i++, at++) {
		if (at >= k->column_count)
			at = 0;
		const char *id = k->columns[at].id;
		if (id[0] == m->name[0] && strlen(id) == m->name_n &&
		    memcmp(id, m->name, m->name_n) == 0 &&
		    !(k->columns[at].flags & COLUMN_COMPUTED)) {
			*hint = at + 1;
			return (int)at;
		}
	}
	return -1;
}

static int convert(struct draft *d, struct record *r, size_t column,
		   const struct scan_member *m, struct err *e)
{
	size_t n = m->n - 2;
	const char *s = m->text + 1;
	switch (m->type) {
	case SCAN_NULL:
		return 0;
	case SCAN_STRING:
		if (m->escaped)
			s = string(d, m, &n);
		return record_put_text(&d->arena, r, column, s, n, e);
	case SCAN_NUMBER:
		return record_put_number(&d->arena, r, column, strtod(m->text, NULL), e);
	case SCAN_TRUE:
	case SCAN_FALSE:
		return record_put_bool(r, column, m->type == SCAN_TRUE, e);
	default:
		return err_set(e, ERR_PARSE, "%s: a list or object where one value belongs",
			       r->kind->columns[column].id);
	}
}

/* Whether a text that was read as a time has the form that is sent: "2026-11-21T12:42:07.000Z",
 * here with its quotes. */
static bool is_normal_time(const struct scan_member *m)
{
	return m->n == 26 && m->text[11] == 'T' && m->text[20] == '.' && m->text[24] == 'Z';
}

static const char *time_text(struct draft *d, int64_t t)
{
	char text[CLOCK_TEXT];
	clock_format_utc(t, text);
	return arena_printf(&d->arena, "\"%s\"", text);
}

static bool is_whole(const struct scan_member *m)
{
	for (size_t i = m->text[0] == '-'; i < m->n; i++)
		if (m->text[i] < '0' || m->text[i] > '9')
			return false;
	return true;
}

/* The value in the JSON type that is sent; NULL where it came in it. */
static const char *other_form(struct draft *d, const struct column *c, const struct value *v,
			      const struct scan_member *m)
{
	bool is_text = m->type == SCAN_STRING, is_number = m->type == SCAN_NUMBER;
	switch (c->type) {
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		return is_normal_time(m) ? NULL : time_text(d, v->i);
	case COLUMN_FLAG:
		return is_text || is_number ? (v->i ? "true" : "false") : NULL;
	case COLUMN_REAL:
		return is_number ? NULL : arena_printf(&d->arena, "%.15g", v->r);
	case COLUMN_INTEGER:
	case COLUMN_DURATION:
		return is_number && is_whole(m)
			       ? NULL
			       : arena_printf(&d->arena, "%lld", (long long)v->i);
	default: /* numbers and truth values as text hold nothing to escape */
		return is_text ? NULL : arena_printf(&d->arena, "\"%s\"", v->s);
	}
}

/* What came in another type than the column has is sent in the column's, an empty text as
 * null. */
static void normalize(struct draft *d, const struct column *c, const struct value *v,
		      struct scan_member *m)
{
	bool textual = c->type == COLUMN_TEXT || c->type >= COLUMN_STATE;
	const char *text = NULL;
	if (v->set)
		text = other_form(d, c, v, m);
	else if (!textual && m->type == SCAN_STRING)
		text = "null";
	if (text)
		draft_replace(d, m, text, strlen(text));
}

static int read_columns(struct draft *d)
{
	struct record *r = record_new(&d->arena, d->kind);
	struct err e = ERR_INIT;
	size_t hint = 0;
	for (size_t i = 0; i < d->scan.count; i++) {
		struct scan_member *m = &d->scan.members[i];
		int at = m->name_n ? find_column(d->kind, m, &hint) : -1;
		if (at < 0)
			continue;
		const struct column *c = &d->kind->columns[at];
		if (convert(d, r, (size_t)at, m, &e) < 0)
			return draft_refuse(d, PROBLEM_INVALID, c->id, "%s", e.text);
		normalize(d, c, &r->values[at], m);
	}
	return 0;
}

static int read_details(struct draft *d)
{
	static const char *const lists[] = {"history", "attachments", "links"};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		const struct scan_member *m = scan_find(&d->scan, lists[i]);
		if (m && m->type != SCAN_NULL &&
		    !(m->type == SCAN_ARRAY && scan_all_objects(m)))
			return draft_refuse(d, PROBLEM_INVALID, lists[i],
					    "a list of objects is due here");
	}
	const struct scan_member *extra = scan_find(&d->scan, "extra");
	if (extra && extra->type != SCAN_NULL && extra->type != SCAN_OBJECT)
		return draft_refuse(d, PROBLEM_INVALID, "extra", "an object is due here");
	return 0;
}

static int parse(struct draft *d)
{
	if (d->n > DRAFT_MOST)
		return draft_refuse(d, PROBLEM_TOO_LARGE, "", "a record of more than %zu bytes",
				    DRAFT_MOST);
	if (scan_object(&d->scan, d->text, d->n) < 0)
		return draft_refuse(d, PROBLEM_BAD_JSON, "", "byte %zu: %s", d->scan.at,
				    d->scan.why);
	return 0;
}

int draft_read(struct draft *d, const char *text, size_t n)
{
	arena_reset(&d->arena);
	d->text = text;
	d->n = n;
	d->altered = d->created = false;
	d->id[0] = '\0';
	d->version = 0;
	d->no = (struct refusal){.problem = PROBLEM_NONE};
	if (parse(d) < 0 || read_envelope(d) < 0 || read_columns(d) < 0)
		return -1;
	return read_details(d);
}

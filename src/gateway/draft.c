/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/draft.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/record.h"

static int refuse(struct draft *d, enum problem p, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
static int refuse(struct draft *d, enum problem p, const char *field, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(d->detail, sizeof d->detail, fmt, ap);
	va_end(ap);
	snprintf(d->field, sizeof d->field, "%s", field);
	d->problem = p;
	return -1;
}

/* --- reading ---------------------------------------------------------------------------- */

static bool deeper_than(const json_t *j, int most)
{
	const char *key;
	json_t *member;
	size_t i;
	if (!json_is_object(j) && !json_is_array(j))
		return false;
	if (most == 0)
		return true;
	json_array_foreach (j, i, member)
		if (deeper_than(member, most - 1))
			return true;
	json_object_foreach ((json_t *)(uintptr_t)j, key, member)
		if (deeper_than(member, most - 1))
			return true;
	return false;
}

static int parse(struct draft *d)
{
	json_error_t why;
	d->record = json_loadb(d->text, d->n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
	if (!d->record)
		return refuse(d, PROBLEM_BAD_JSON, "", "line %d, column %d: %s", why.line,
			      why.column, why.text);
	if (!json_is_object(d->record))
		return refuse(d, PROBLEM_INVALID, "", "a record is a JSON object");
	if (deeper_than(d->record, DRAFT_DEPTH))
		return refuse(d, PROBLEM_INVALID, "", "nested deeper than %d levels",
			      DRAFT_DEPTH);
	return 0;
}

static void set(struct draft *d, const char *name, json_t *value)
{
	json_object_set_new(d->record, name, value);
	d->altered = true;
}

static int read_kind(struct draft *d)
{
	const json_t *j = json_object_get(d->record, "kind");
	const char *name = json_string_value(j);
	if (j && (!name || kind_find(name) != d->kind))
		return refuse(d, PROBLEM_INVALID, "kind", "this is the place of %s only",
			      d->kind->plural);
	if (json_is_true(json_object_get(d->record, "deleted")))
		return refuse(d, PROBLEM_INVALID, "deleted", "delete a record with DELETE");
	return 0;
}

/* "changes" would hide behind the feed's address. */
static bool id_is_good(const char *s, size_t n)
{
	if (n == 0 || n > BACKEND_ID_MOST || strlen(s) != n || strcmp(s, "changes") == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f || s[i] == '/')
			return false;
	return true;
}

static int read_id(struct draft *d)
{
	const json_t *j = json_object_get(d->record, "id");
	if (!j || json_is_null(j))
		return 0;
	if (json_is_integer(j)) {
		snprintf(d->id, sizeof d->id, "%" JSON_INTEGER_FORMAT, json_integer_value(j));
		set(d, "id", json_string(d->id));
		return 0;
	}
	if (!json_is_string(j) || !id_is_good(json_string_value(j), json_string_length(j)))
		return refuse(
			d, PROBLEM_INVALID, "id",
			"an id is a text of 1 to %d bytes without / and control characters",
			BACKEND_ID_MOST);
	snprintf(d->id, sizeof d->id, "%s", json_string_value(j));
	return 0;
}

/* Members mostly come in the order of the columns: look behind the last one first. */
static int find_column(const struct kind *k, const char *name, size_t *hint)
{
	for (size_t i = 0; i < k->column_count; i++) {
		size_t at = (*hint + i) % k->column_count;
		if (strcmp(k->columns[at].id, name) == 0) {
			*hint = at + 1;
			return (int)at;
		}
	}
	return -1;
}

static int convert(struct arena *a, struct record *r, size_t column, const json_t *j,
		   struct err *e)
{
	switch (json_typeof(j)) {
	case JSON_NULL:
		return 0;
	case JSON_STRING:
		return record_put_text(a, r, column, json_string_value(j),
				       json_string_length(j), e);
	case JSON_INTEGER:
	case JSON_REAL:
		return record_put_number(a, r, column, json_number_value(j), e);
	case JSON_TRUE:
	case JSON_FALSE:
		return record_put_bool(r, column, json_is_true(j), e);
	default:
		return err_set(e, ERR_PARSE, "%s: a list or object where one value belongs",
			       r->kind->columns[column].id);
	}
}

/* Times are sent in one form, whatever form they came in. */
static void normalize_time(struct draft *d, const struct record *r, size_t column,
			   const json_t *j)
{
	const struct column *c = &r->kind->columns[column];
	char text[CLOCK_TEXT] = "";
	if (c->type != COLUMN_TIME && c->type != COLUMN_DEADLINE)
		return;
	const struct value *v = &r->values[column];
	if (v->set)
		clock_format_utc(v->i, text);
	const char *was = json_string_value(j);
	if (!v->set && json_is_null(j))
		return;
	if (!was || strcmp(was, text) != 0)
		set(d, c->id, v->set ? json_string(text) : json_null());
}

static int read_columns(struct draft *d, struct arena *a)
{
	struct record *r = record_new(a, d->kind);
	struct err e = ERR_INIT;
	size_t hint = 0;
	const char *name;
	json_t *j;
	json_object_foreach (d->record, name, j) {
		int column = find_column(d->kind, name, &hint);
		if (column < 0)
			continue;
		if (convert(a, r, (size_t)column, j, &e) < 0)
			return refuse(d, PROBLEM_INVALID, name, "%s", e.text);
		normalize_time(d, r, (size_t)column, j);
	}
	return 0;
}

static int read_details(struct draft *d)
{
	static const char *const lists[] = {"history", "attachments", "links"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const json_t *list = json_object_get(d->record, lists[i]), *item;
		size_t at;
		if (list && !json_is_null(list) && !json_is_array(list))
			return refuse(d, PROBLEM_INVALID, lists[i], "a list is due here");
		json_array_foreach (list, at, item)
			if (!json_is_object(item))
				return refuse(d, PROBLEM_INVALID, lists[i],
					      "entry %zu is no object", at);
	}
	const json_t *extra = json_object_get(d->record, "extra");
	if (extra && !json_is_null(extra) && !json_is_object(extra))
		return refuse(d, PROBLEM_INVALID, "extra", "an object is due here");
	return 0;
}

int draft_read(struct draft *d, const struct kind *k, unsigned flags, const char *text,
	       size_t n, struct arena *a)
{
	*d = (struct draft){.kind = k, .flags = flags, .text = text, .n = n};
	arena_reset(a);
	if (n > DRAFT_MOST)
		return refuse(d, PROBLEM_TOO_LARGE, "", "a record of more than %zu bytes",
			      DRAFT_MOST);
	if (parse(d) < 0 || read_kind(d) < 0 || read_id(d) < 0 || read_columns(d, a) < 0)
		return -1;
	return read_details(d);
}

void draft_free(struct draft *d)
{
	json_decref(d->record);
	d->record = NULL;
}

/* --- storing ---------------------------------------------------------------------------- */

static bool absent(const struct draft *d, const char *name)
{
	const json_t *j = json_object_get(d->record, name);
	return !j || json_is_null(j) || (json_is_string(j) && json_string_length(j) == 0);
}

/* How codes of a queue begin: PA-00424 is a phản ánh. */
static const char *code_prefix(const struct kind *k)
{
	static const char *const prefixes[][2] = {
		{"complaint", "PA"}, {"dossier", "HS"}, {"call", "CG"}, {"alert", "CB"}};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (strcmp(prefixes[i][0], k->id) == 0)
			return prefixes[i][1];
	return "X";
}

static int make_id(struct draft *d, struct backend *b, struct numbering *numbers)
{
	struct err e = ERR_INIT;
	int64_t *last = &numbers->last[kind_index(d->kind)];
	int64_t taken = 1;
	if (*last == 0)
		*last = backend_count(b, d->kind);
	while (taken > 0) {
		snprintf(d->id, sizeof d->id, "%s-%05" PRId64, code_prefix(d->kind), ++*last);
		taken = backend_version(b, d->kind, d->id, &e);
	}
	set(d, "id", json_string(d->id));
	return taken < 0 ? refuse(d, PROBLEM_STORAGE, "", "%s", e.text) : 0;
}

static int complete_id(struct draft *d, struct backend *b, struct numbering *numbers)
{
	const json_t *code = json_object_get(d->record, "code");
	if (d->id[0] == '\0' && d->kind->catalogue)
		return refuse(d, PROBLEM_INVALID, "id", "an entry of a catalogue needs its id");
	if (d->id[0] == '\0' && !absent(d, "code")) {
		if (!json_is_string(code) ||
		    !id_is_good(json_string_value(code), json_string_length(code)))
			return refuse(d, PROBLEM_INVALID, "id",
				      "no id, and the code can't be one");
		snprintf(d->id, sizeof d->id, "%s", json_string_value(code));
		set(d, "id", json_string(d->id));
	} else if (d->id[0] == '\0' && make_id(d, b, numbers) < 0) {
		return -1;
	}
	if (absent(d, "code")) {
		size_t n = d->kind->catalogue ? strcspn(d->id, "@") : strlen(d->id);
		set(d, "code", json_stringn(d->id, n));
	}
	return 0;
}

static void complete(struct draft *d, int64_t now)
{
	char text[CLOCK_TEXT];
	clock_format_utc(now, text);
	if (d->kind->catalogue)
		return;
	if (!(d->flags & DRAFT_RESTORE) || absent(d, "updated_at"))
		set(d, "updated_at", json_string(text));
	if (absent(d, "created_at"))
		set(d, "created_at", json_string(text));
	if (absent(d, "state"))
		set(d, "state", json_string(d->kind->states[0].code));
}

int64_t draft_version(const struct draft *d)
{
	return json_integer_value(json_object_get(d->record, "version"));
}

int draft_store(struct draft *d, struct backend *b, struct numbering *numbers, int64_t now)
{
	struct err e = ERR_INIT;
	if (complete_id(d, b, numbers) < 0)
		return -1;
	complete(d, now);
	int64_t stored = 0, version = draft_version(d);
	if (d->flags & DRAFT_RESTORE && version > 0 && !d->altered) {
		stored = backend_version(b, d->kind, d->id, &e);
		if (stored >= 0 && stored < version)
			return backend_put_text(b, d->kind, d->id, version, d->text, d->n, &e) <
					       0
				       ? refuse(d, problem_of(&e), "", "%s", e.text)
				       : 0;
	}
	if (stored < 0 || backend_put(b, d->kind, d->record, &e) < 0)
		return refuse(d, problem_of(&e), "", "%s", e.text);
	return 0;
}

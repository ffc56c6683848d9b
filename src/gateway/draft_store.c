/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completing and storing a draft. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "gateway/draft_parts.h"
#include "model/kinds.h"

static bool absent(struct draft *d, const char *name)
{
	const struct scan_member *m = scan_find(&d->scan, name);
	return !m || m->type == SCAN_NULL || (m->type == SCAN_STRING && m->n == 2);
}

/* How codes of a queue begin: PA-00424 is a phản ánh. */
static const char *code_prefix(const struct kind *k)
{
	static const char *const prefixes[][2] = {{"complaint", "PA"}, {"dossier", "HS"},
						  {"call", "CG"},      {"alert", "CB"},
						  {"hazard", "TT"},    {"mention", "MX"}};
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
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
	if (taken < 0)
		return draft_refuse(d, problem_of(&e), "", "%s", e.text);
	draft_set_text(d, "id", d->id);
	return 0;
}

static int complete_id(struct draft *d, struct backend *b, struct numbering *numbers)
{
	if (d->id[0])
		return 0;
	if (d->kind->catalogue)
		return draft_refuse(d, PROBLEM_INVALID, "id",
				    "an entry of a catalogue needs its id");
	if (absent(d, "code"))
		return make_id(d, b, numbers);
	const struct scan_member *code = scan_find(&d->scan, "code");
	if (!draft_take_id(d, code))
		return draft_refuse(d, PROBLEM_INVALID, "id",
				    "no id, and the code can't be one");
	draft_set(d, "id", code->text, code->n);
	return 0;
}

/* Of "03646@2025-07-01" the code is what stands before the day. */
static void complete_code(struct draft *d)
{
	if (!absent(d, "code"))
		return;
	const struct scan_member *id = scan_find(&d->scan, "id");
	const char *at = d->kind->catalogue ? memchr(id->text, '@', id->n) : NULL;
	size_t n = at ? (size_t)(at - id->text) : id->n;
	char *text = arena_memdup(&d->arena, id->text, n + 1);
	if (at)
		text[n++] = '"';
	draft_set(d, "code", text, n);
}

static bool is_muted(struct draft *d, struct backend *b, int64_t now)
{
	const struct scan_member *camera = scan_find(&d->scan, "camera");
	const struct scan_member *category = scan_find(&d->scan, "category");
	if (d->kind != &kind_alert || !camera || !category || camera->type != SCAN_STRING ||
	    category->type != SCAN_STRING)
		return false;
	return backend_is_muted(b, camera->text + 1, camera->n - 2, category->text + 1,
				category->n - 2, now);
}

/* An alert of a camera that somebody muted is kept, but asks nobody for anything. */
static void mute(struct draft *d, struct backend *b, int64_t now)
{
	char text[CLOCK_TEXT];
	const struct scan_member *state = scan_find(&d->scan, "state");
	bool fresh = absent(d, "state") ||
		     (state->n == 5 && memcmp(state->text, "\"MOI\"", 5) == 0);
	if (d->flags & DRAFT_RESTORE || !fresh || !is_muted(d, b, now))
		return;
	clock_format_utc(now, text);
	draft_set_text(d, "state", "BO_QUA");
	draft_set_text(d, "reason", "tat-canh-bao");
	draft_set_text(d, "closed_at", text);
}

static void complete(struct draft *d, int64_t now)
{
	char text[CLOCK_TEXT];
	complete_code(d);
	if (d->kind->catalogue)
		return;
	clock_format_utc(now, text);
	if (!(d->flags & DRAFT_RESTORE) || absent(d, "updated_at"))
		draft_set_text(d, "updated_at", text);
	if (absent(d, "created_at"))
		draft_set_text(d, "created_at", text);
	if (absent(d, "state"))
		draft_set_text(d, "state", d->kind->states[0].code);
}

static void add_value(struct strbuf *out, const struct scan_member *m)
{
	size_t start = out->len;
	strbuf_add(out, m->text, m->n);
	if (m->type != SCAN_ARRAY && m->type != SCAN_OBJECT)
		return;
	/* A line break would end the event that carries the record. */
	for (char *s = out->s + start; (s = strpbrk(s, "\r\n")); s++)
		*s = ' ';
}

/* Strings the members together, the version in front. */
static void compose(struct draft *d)
{
	struct strbuf *out = &d->out;
	strbuf_clear(out);
	strbuf_addf(out, "{\"version\":%" PRId64, d->version);
	for (size_t i = 0; i < d->scan.count; i++) {
		const struct scan_member *m = &d->scan.members[i];
		if (m->name_n == 7 && memcmp(m->name, "version", 7) == 0)
			continue;
		strbuf_add(out, ",\"", 2);
		strbuf_add(out, m->name, m->name_n);
		strbuf_add(out, "\":", 2);
		add_value(out, m);
	}
	strbuf_addc(out, '}');
}

/* Whether the text can be stored as it came: a line of a dump that is newer than what is
 * there. */
static bool is_finished(const struct draft *d, int64_t stored)
{
	return d->flags & DRAFT_RESTORE && !d->altered && d->version > stored &&
	       !memchr(d->text, '\n', d->n) && !memchr(d->text, '\r', d->n);
}

int draft_store(struct draft *d, struct backend *b, struct numbering *numbers, int64_t now)
{
	struct err e = ERR_INIT;
	if (complete_id(d, b, numbers) < 0)
		return -1;
	mute(d, b, now);
	complete(d, now);
	int64_t stored = backend_version(b, d->kind, d->id, &e);
	int64_t before = backend_count(b, d->kind);
	const char *text = d->text;
	size_t n = d->n;
	if (!is_finished(d, stored)) {
		bool newer = d->flags & DRAFT_RESTORE && d->version > stored;
		d->version = newer ? d->version : stored + 1;
		compose(d);
		text = d->out.s;
		n = d->out.len;
	}
	if (stored < 0 || backend_put_text(b, d->kind, d->id, d->version, text, n, &e) < 0)
		return draft_refuse(d, problem_of(&e), "", "%s", e.text);
	d->created = backend_count(b, d->kind) > before;
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/mask.h"
#include "ui/show_deadline.h"

enum role show_row_role(const struct record *r)
{
	return r->kind->catalogue || record_is_open(r) ? ROLE_TEXT : ROLE_DIM;
}

enum role tone_role(enum tone t)
{
	static const enum role roles[] = {
		[TONE_NORMAL] = ROLE_TEXT,     [TONE_DIM] = ROLE_DIM,
		[TONE_NEW] = ROLE_STATE_NEW,   [TONE_ACTIVE] = ROLE_STATE_ACTIVE,
		[TONE_GOOD] = ROLE_STATE_GOOD, [TONE_WARN] = ROLE_WARN,
		[TONE_BAD] = ROLE_BAD,
	};
	return roles[t];
}

/* Another deadline than the one in force: by the clock on the wall, and only as long as nobody
 * has looked at the record. */
static void add_other_deadline(const struct look *l, const struct record *r, size_t column,
			       struct strbuf *scratch, struct shown *out)
{
	char buf[FMT_TEXT];
	const struct state *s = kind_state(r->kind, record_text(r, COL_STATE));
	int64_t due = r->values[column].i;
	if (!s || s->tone != TONE_NEW)
		return;
	strbuf_adds(scratch, fmt_deadline(due, l->now, buf));
	out->role = due < l->now ? ROLE_BAD : ROLE_TEXT;
	out->until = l->now + SECOND;
}

/* In the detail a deadline is a date, and what it means now: "21/11/2026 19:42, ! trễ 2g". */
static void show_due_date(const struct look *l, const struct record *r, size_t column,
			  struct strbuf *scratch, struct shown *out)
{
	char buf[FMT_TEXT];
	int64_t due = record_int(r, column, CLOCK_NONE);
	if (column == COL_DUE_AT)
		show_deadline(l, r, scratch, out);
	else if (record_is_open(r))
		add_other_deadline(l, r, column, scratch, out);
	const char *meaning = scratch->s + strspn(scratch->s, " ");
	bool both = *meaning && due != CLOCK_NONE;
	char *words = xasprintf("%s%s%s", fmt_date_time(due, buf), both ? ", " : "", meaning);
	strbuf_clear(scratch);
	strbuf_adds(scratch, words);
	free(words);
	out->text = scratch->s;
}

static void show_time(const struct look *l, const struct record *r, int64_t t,
		      enum show_where where, struct strbuf *scratch, struct shown *out)
{
	char buf[FMT_TEXT];
	if (r->kind->catalogue)
		strbuf_adds(scratch, fmt_date(t, buf));
	else if (where == SHOW_IN_DETAIL)
		strbuf_adds(scratch, fmt_date_time(t, buf));
	else
		strbuf_adds(scratch, fmt_when(t, l->now, buf));
	out->until = (l->now / MINUTE + 1) * MINUTE;
	out->text = scratch->s;
}

static void show_state(const struct look *l, const struct record *r, const char *code,
		       struct strbuf *scratch, struct shown *out)
{
	const struct state *s = kind_state(r->kind, code);
	if (s) {
		out->text = _(s->label);
		out->role = tone_role(s->tone);
		return;
	}
	strbuf_addf(scratch, "%s %s", glyph(GLYPH_QUERY, l->ascii), code);
	out->text = scratch->s;
	out->role = ROLE_STATE_UNKNOWN;
}

void show_masked(const struct column *c, const char *s, size_t n, struct strbuf *out)
{
	static void (*const masks[])(struct strbuf *, const char *, size_t) = {
		[PERSONAL_NAME] = mask_name,   [PERSONAL_PHONE] = mask_phone,
		[PERSONAL_PLATE] = mask_plate, [PERSONAL_ADDRESS] = mask_address,
		[PERSONAL_TEXT] = mask_text,
	};
	masks[c->personal](out, s, n);
}

static void show_personal(const struct column *c, const struct value *v, struct strbuf *scratch,
			  struct shown *out)
{
	show_masked(c, v->s, v->n, scratch);
	out->text = scratch->s;
}

/* Lists have no room for what sort of unit an area is. */
static const char *abbreviate(const char *name, struct strbuf *scratch)
{
	static const struct {
		const char *whole, *brief;
	} forms[] = {
		{"Phường ", "P. "},     {"Xã ", "X. "},    {"Thị trấn ", "TT. "},
		{"Thành phố ", "TP. "}, {"Huyện ", "H. "}, {"Tỉnh ", "T. "},
	};
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		size_t n = strlen(forms[i].whole);
		if (strncmp(name, forms[i].whole, n) != 0)
			continue;
		strbuf_addf(scratch, "%s%s", forms[i].brief, name + n);
		return scratch->s;
	}
	return name;
}

static const char *name_of(const struct look *l, const struct column *c, const char *code,
			   const struct record *r)
{
	if (!l->names.name)
		return code;
	int64_t at = r->kind->catalogue ? CLOCK_NONE
					: record_int(r, COL_CREATED_AT, CLOCK_NONE);
	const char *name = l->names.name(l->names.context, kind_find(c->ref), code, at);
	return name ? name : code;
}

static void show_name(const struct look *l, const struct record *r, const struct column *c,
		      const char *code, enum show_where where, struct strbuf *scratch,
		      struct shown *out)
{
	out->text = name_of(l, c, code, r);
	if (where == SHOW_IN_LIST && strcmp(c->ref, "area") == 0)
		out->text = abbreviate(out->text, scratch);
}

static void show_unset(const struct look *l, const struct column *c, enum show_where where,
		       struct shown *out)
{
	bool says_nobody = c->type == COLUMN_REF && where == SHOW_IN_LIST;
	out->text = says_nobody ? glyph(GLYPH_DASH, l->ascii) : "";
	if (says_nobody && l->spoken)
		out->text = strcmp(c->ref, "unit") == 0 ? _("not assigned") : "";
	out->role = ROLE_DIM;
}

static void show_number(const struct column *c, const struct value *v, struct strbuf *scratch,
			struct shown *out)
{
	char buf[FMT_TEXT];
	if (c->type == COLUMN_INTEGER)
		strbuf_adds(scratch, fmt_integer(v->i, buf));
	else if (c->type == COLUMN_REAL)
		strbuf_adds(scratch, fmt_number(v->r, buf));
	else if (c->type == COLUMN_DURATION)
		strbuf_adds(scratch, fmt_duration(v->i, buf));
	else
		strbuf_adds(scratch, fmt_flag(v->i != 0, buf));
	out->text = scratch->s;
}

static void show_choice(const struct column *c, const char *code, struct shown *out)
{
	const char *label = column_choice(c, code);
	out->text = label ? _(label) : code;
}

enum glyph pending_glyph(enum pending_state s)
{
	return s == PENDING_CONFLICT   ? GLYPH_DIFFERS
	       : s == PENDING_REJECTED ? GLYPH_CROSS
	       : s == PENDING_UNCLEAR  ? GLYPH_QUERY
	       : s == PENDING_DONE     ? GLYPH_DONE
				       : GLYPH_WAITING;
}

const char *pending_words(enum pending_state s)
{
	return s == PENDING_CONFLICT   ? _("changed by somebody else meanwhile")
	       : s == PENDING_REJECTED ? _("refused by the province")
	       : s == PENDING_UNCLEAR  ? _("outcome unknown")
	       : s == PENDING_DONE     ? _("done")
				       : _("not confirmed yet");
}

enum role pending_role(enum pending_state s)
{
	return s == PENDING_CONFLICT || s == PENDING_REJECTED || s == PENDING_UNCLEAR ? ROLE_BAD
	       : s == PENDING_DONE ? ROLE_STATE_GOOD
				   : ROLE_WARN;
}

/* Before the state stands how what was done to the record stands. */
static void add_pending_mark(const struct look *l, const struct record *r,
			     struct strbuf *scratch, struct shown *out)
{
	const struct pending_item *i = pending_mark(l->pending, r->kind, r->source, r->id,
						    r->version);
	if (!i)
		return;
	enum pending_state s = i->state == PENDING_DONE ? PENDING_SENDING : i->state;
	char *words = l->spoken ? xasprintf("%s, %s", out->text, pending_words(s))
				: xasprintf("%s %s", glyph(pending_glyph(s), l->ascii),
					    out->text);
	strbuf_clear(scratch);
	strbuf_adds(scratch, words);
	free(words);
	out->text = scratch->s;
	out->role = pending_role(s);
}

void show_value(const struct look *l, const struct record *r, size_t column,
		enum show_where where, struct strbuf *scratch, struct shown *out)
{
	const struct column *c = &r->kind->columns[column];
	const struct value *v = &r->values[column];
	struct value wanted;
	if (l->pending && pending_value(l->pending, r, column, &wanted))
		v = &wanted;
	strbuf_clear(scratch);
	*out = (struct shown){"", show_row_role(r), CLOCK_NONE};
	bool in_force = column == COL_DUE_AT && !r->kind->catalogue;
	if (in_force && where == SHOW_IN_LIST)
		show_deadline(l, r, scratch, out);
	else if (!v->set && !in_force)
		show_unset(l, c, where, out);
	else if (c->type == COLUMN_DEADLINE)
		show_due_date(l, r, column, scratch, out);
	else if (c->type == COLUMN_TIME)
		show_time(l, r, v->i, where, scratch, out);
	else if (c->type == COLUMN_STATE)
		show_state(l, r, v->s, scratch, out);
	else if (c->type == COLUMN_CHOICE)
		show_choice(c, v->s, out);
	else if (c->type == COLUMN_REF)
		show_name(l, r, c, v->s, where, scratch, out);
	else if (c->type == COLUMN_TEXT && c->personal && !l->personal)
		show_personal(c, v, scratch, out);
	else if (c->type == COLUMN_TEXT)
		out->text = v->s;
	else
		show_number(c, v, scratch, out);
	if (column == COL_STATE && l->pending && !r->kind->catalogue)
		add_pending_mark(l, r, scratch, out);
}

void show_put(const struct look *l, struct pen *p, const struct record *r, size_t column,
	      int width, struct strbuf *scratch)
{
	struct shown s;
	show_value(l, r, column, SHOW_IN_LIST, scratch, &s);
	pen_field(p, width, false, s.role, 0, s.text);
	pen_skip(p, 2);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hộp gửi: what was done and how far it has come.  What needs a person comes first: conflicts,
 * with both sides field by field, then refusals with the province's reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/member.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/text_view.h"

#define INDENT 4
#define LABEL_WIDTH 22

/* The states in the order of the screen. */
static const struct {
	enum pending_state state;
	const char *title;
} parts[] = {
	{PENDING_CONFLICT, N_("Changed by somebody else meanwhile")},
	{PENDING_REJECTED, N_("Refused by the province")},
	{PENDING_UNCLEAR, N_("Sent, outcome unknown: send again, or drop it")},
	{PENDING_RETRY, N_("No answer yet, tried again")},
	{PENDING_SENDING, N_("Being sent")},
	{PENDING_QUEUED, N_("Waiting")},
	{PENDING_DONE, N_("Done today")},
};

const char *outbox_state_title(enum pending_state s)
{
	size_t i = 0;
	while (i + 1 < ARRAY_LEN(parts) && parts[i].state != s)
		i++;
	return _(parts[i].title);
}

const struct pending_item *outbox_nth(const struct app *a, size_t n)
{
	const struct pending *p = &a->pending;
	for (size_t part = 0; part < ARRAY_LEN(parts); part++)
		for (size_t i = p->count; i-- > 0;)
			if (p->list[i].state == parts[part].state && n-- == 0)
				return &p->list[i];
	return NULL;
}

const struct pending_item *outbox_current(const struct app *a)
{
	size_t last = a->pending.count ? a->pending.count - 1 : 0;
	return outbox_nth(a, a->acting.outbox_at < last ? a->acting.outbox_at : last);
}

/* --- one item ------------------------------------------------------------- */

static void add_masked(const struct column *c, const char *s, struct strbuf *out)
{
	struct strbuf clean = STRBUF_INIT;
	clean_append(&clean, s, strlen(s), 0);
	show_masked(c, clean.s ? clean.s : "", clean.len, out);
	strbuf_free(&clean);
}

/* A value of a field or record, as people read it; borrowed from buf or a table. */
static const char *words_of(const struct app *a, const struct column *c, const json_t *v,
			    struct strbuf *buf)
{
	const char *s = json_string_value(v), *name = NULL;
	char text[FMT_TEXT];
	int64_t t;
	strbuf_clear(buf);
	if (!v || json_is_null(v))
		return _("nothing");
	if (json_is_boolean(v))
		return json_is_true(v) ? _("yes") : _("no");
	if (json_is_integer(v))
		strbuf_addf(buf, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	if (!s)
		return buf->s;
	if (c && c->type == COLUMN_REF && a->look.names.name)
		name = a->look.names.name(a->look.names.context, kind_find(c->ref), s,
					  CLOCK_NONE);
	if (c && c->type == COLUMN_CHOICE && column_choice(c, s))
		name = _(column_choice(c, s));
	if (name)
		return name;
	bool time = c && (c->type == COLUMN_TIME || c->type == COLUMN_DEADLINE);
	if (time && clock_parse(s, strlen(s), &t) == 0)
		strbuf_adds(buf, fmt_date_time(t, text));
	else if (c && c->personal && !a->look.personal)
		add_masked(c, s, buf);
	else
		clean_append(buf, s, strlen(s), 0);
	return buf->s;
}

static const struct column *column_of(const struct pending_item *i,
				      const struct action_field *f)
{
	int at = f->column ? kind_column(i->kind, f->column) : -1;
	return at < 0 ? NULL : &i->kind->columns[at];
}

static void label(struct app *a, const char *text)
{
	doc_line(&a->text);
	doc_add(&a->text, INDENT, ROLE_LABEL, 0, text);
}

static void line(struct app *a, const char *title, enum role role, const char *text, int width)
{
	label(a, title);
	doc_wrap(&a->text, INDENT + LABEL_WIDTH, width - INDENT - LABEL_WIDTH - 1, role, text);
}

/* What was said with the action; in a conflict beside what the record says now. */
static void add_fields(struct app *a, const struct pending_item *i, int width)
{
	bool conflict = i->state == PENDING_CONFLICT && i->answer;
	struct strbuf ours = STRBUF_INIT, theirs = STRBUF_INIT;
	for (size_t n = 0; n < action_field_count(i->action); n++) {
		const struct action_field *f = &i->action->fields[n];
		const struct column *c = column_of(i, f);
		const json_t *v = json_object_get(i->fields, f->id);
		if (!v)
			continue;
		struct action_field unnamed = *f;
		struct column as = {.id = f->id,
				    .type = unnamed.type,
				    .ref = f->ref,
				    .choices = f->choices};
		char *text = xstrdup(words_of(a, &as, v, &ours));
		if (conflict && c) {
			const json_t *now = json_object_get(i->answer, c->id);
			char *both = xasprintf(_("you: %s · now: %s"), text,
					       words_of(a, c, now, &theirs));
			line(a, _(f->title), json_equal(v, now) ? ROLE_TEXT : ROLE_WARN, both,
			     width);
			free(both);
		} else {
			line(a, _(f->title), ROLE_TEXT, text, width);
		}
		free(text);
	}
	strbuf_free(&ours);
	strbuf_free(&theirs);
}

static const char *state_label(const struct kind *k, const char *code)
{
	const struct state *s = kind_state(k, code);
	return s ? _(s->label) : code;
}

static void add_conflict(struct app *a, const struct pending_item *i, int width)
{
	const char *now = json_string_value(json_object_get(i->answer, "state"));
	char *text;
	if (!now)
		return;
	if (i->action->to)
		text = xasprintf(_("you: %s · now: %s"), state_label(i->kind, i->action->to),
				 state_label(i->kind, now));
	else
		text = xasprintf(_("now: %s"), state_label(i->kind, now));
	line(a, _("State"), ROLE_WARN, text, width);
	free(text);
}

/* Who was first: the last step that the record's history tells.  Whether it tells one. */
static bool add_winner(struct app *a, const struct pending_item *i, int width)
{
	const json_t *history = json_object_get(i->answer, "history");
	const json_t *last = json_array_get(history, json_array_size(history) - 1);
	const char *at = member_text(last, "at");
	char when[FMT_TEXT];
	int64_t t;
	struct strbuf b = STRBUF_INIT;
	if (!*member_text(last, "action") || clock_parse(at, strlen(at), &t) < 0)
		return false;
	strbuf_addf(&b, "%s, ", fmt_when(t, a->look.now, when));
	clean_append(&b, member_text(last, "by"), strlen(member_text(last, "by")), 0);
	strbuf_adds(&b, *member_text(last, "by") ? ": " : "");
	clean_append(&b, member_text(last, "action"), strlen(member_text(last, "action")), 0);
	line(a, _("Last change"), ROLE_WARN, b.s, width);
	strbuf_free(&b);
	return true;
}

/* Whether doing it on the record as it is now can help at all. */
static void add_way_out(struct app *a, const struct pending_item *i, int width)
{
	const char *now = json_string_value(json_object_get(i->answer, "state"));
	const char *unit = json_string_value(json_object_get(i->answer, "unit"));
	struct target t = {.kind = i->kind};
	struct actor who = acting_actor(&a->acting);
	if (!now)
		return;
	utf8_copy(t.state, sizeof t.state, now);
	utf8_copy(t.unit, sizeof t.unit, unit ? unit : "");
	enum action_refusal no = target_allows(&t, i->action, &who);
	char *text = no == ACTION_ALLOWED
			     ? xstrdup(_("do it on the record as it is now, change it, or give "
					 "it up"))
			     : xasprintf(_("give it up: %s"), action_refusal_text(no));
	line(a, _("What to do"), ROLE_TEXT, text, width);
	free(text);
}

static void add_fate(struct app *a, const struct pending_item *i, int width)
{
	char when[FMT_TEXT], text[FMT_TEXT * 4];
	if (i->state == PENDING_RETRY) {
		if (i->next_at > a->look.now)
			snprintf(text, sizeof text, _("tried %d times; next at %s"), i->tries,
				 fmt_time(i->next_at, when));
		else
			snprintf(text, sizeof text, _("tried %d times; next as soon as may be"),
				 i->tries);
		line(a, _("Sending"), ROLE_WARN, text, width);
	}
	if (*i->error)
		line(a, i->state == PENDING_RETRY ? _("Last error") : _("Reason"), ROLE_BAD,
		     i->error, width);
}

void outbox_lay_out(struct app *a, const struct pending_item *i, bool current, int width)
{
	bool open = i->state == PENDING_CONFLICT || i->state == PENDING_REJECTED ||
		    i->state == PENDING_UNCLEAR;
	if (!i->action || !i->kind || !(open || current))
		return;
	if (i->state == PENDING_CONFLICT && i->answer)
		add_conflict(a, i, width);
	add_fields(a, i, width);
	if (i->state != PENDING_CONFLICT || !add_winner(a, i, width))
		add_fate(a, i, width);
	if (i->state == PENDING_CONFLICT)
		add_way_out(a, i, width);
}

static void add_item(struct app *a, const struct pending_item *i, bool current, int width)
{
	struct doc *d = &a->text;
	char when[FMT_TEXT];
	const char *title = i->action ? _(i->action->title) : "?";
	bool ascii = a->look.ascii;
	doc_line(d);
	if (current)
		doc_add(d, 0, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, ascii));
	doc_add(d, 2, pending_role(i->state), 0, glyph(pending_glyph(i->state), ascii));
	doc_add(d, INDENT, current ? ROLE_CURSOR : ROLE_STRONG, 0, i->code);
	int at = INDENT + utf8_swidth(i->code) + 2;
	doc_add(d, at, ROLE_TEXT, 0, title);
	at += utf8_swidth(title) + 2;
	doc_addf(d, at, ROLE_DIM, 0, "%s, %s", fmt_when(i->at, a->look.now, when), i->who);
	outbox_lay_out(a, i, current, width);
}

/* --- all of them ---------------------------------------------------------- */

static void add_part(struct app *a, size_t part, size_t *n, int *first, int *end, int width)
{
	const struct pending *p = &a->pending;
	bool headed = false;
	const struct pending_item *current = outbox_current(a);
	for (size_t i = p->count; i-- > 0;) {
		const struct pending_item *x = &p->list[i];
		if (x->state != parts[part].state)
			continue;
		if (!headed) {
			doc_line(&a->text);
			doc_line(&a->text);
			doc_add(&a->text, 2, ROLE_HEADING, 0, _(parts[part].title));
			headed = true;
		}
		if (x == current)
			*first = (int)a->text.line_count;
		add_item(a, x, x == current, width);
		if (x == current)
			*end = (int)a->text.line_count;
		(*n)++;
	}
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	size_t n = 0;
	int first = 0, end = 0;
	struct doc *d = &a->text;
	doc_reset(d);
	doc_line(d);
	doc_add(d, 2, ROLE_HEADING, 0, _("Outbox"));
	for (size_t part = 0; part < ARRAY_LEN(parts); part++)
		add_part(a, part, &n, &first, &end, r.columns);
	if (!n) {
		doc_line(d);
		doc_line(d);
		doc_wrap(d, 2, r.columns - 4, ROLE_TEXT,
			 _("Nothing waits, and nothing was done in the last day."));
	}
	if (end > d->scroll + r.rows)
		d->scroll = end - r.rows;
	if (first - 2 < d->scroll)
		d->scroll = first > 4 ? first - 2 : 0;
	text_draw(a, b, r);
	b->cursor_row = r.row + first - d->scroll;
}

static void move(struct app *a, enum motion m, int64_t n)
{
	int64_t last = a->pending.count ? (int64_t)a->pending.count - 1 : 0;
	int64_t at = m == MOVE_HOME ? 0
		     : m == MOVE_END
			     ? last
			     : (int64_t)a->acting.outbox_at + n * (m == MOVE_ROWS ? 1 : 8);
	a->acting.outbox_at = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

static void open_record(struct app *a)
{
	const struct pending_item *i = outbox_current(a);
	if (!i || !i->kind)
		return;
	a->overlay = OVERLAY_NONE;
	lookup_start(a, i->code, i->kind, LOOKUP_IN_QUEUE);
}

const struct view outbox_view = {
	.context = CONTEXT_OUTBOX,
	.draw = draw,
	.move = move,
	.open = open_record,
	.tell = tell_outbox,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form on screen: fields one under another, what is offered below the one in hand, what is
 * wrong beside it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "ui/text_view.h"

#define LABEL_AT 2
#define VALUE_AT 30
#define NARROW 64 /* below, values stand under their labels */
#define OFFERED 6 /* matches on screen */
#define LINES_LEAST 3

struct form_layer {
	struct app *a;
	struct doc *doc;
	int width, value_at;
	int line, column;         /* of the cursor */
	int first_line, end_line; /* of the field in hand */
};

/* What the rules would say in this form. */
static void advise(struct form_layer *l)
{
	const struct acting *x = &l->a->acting;
	const struct target *t = &x->targets[0];
	const struct suggestion *s = x->target_count == 1 && x->form.action &&
						     action_field(x->form.action, "unit")
					     ? suggestions_of(l->a->advice.shown, t->kind,
							      t->rowid)
					     : NULL;
	if (s)
		advice_lay_out(l->doc, &l->a->look, s, "", LABEL_AT, l->width);
}

static void head(struct form_layer *l)
{
	const struct acting *x = &l->a->acting;
	struct strbuf codes = STRBUF_INIT;
	acting_add_codes(x, 6, &codes);
	doc_line(l->doc);
	doc_add(l->doc, LABEL_AT, ROLE_HEADING, 0, _(x->form.action->title));
	int at = LABEL_AT + utf8_swidth(_(x->form.action->title)) + 2;
	if (at + utf8_swidth(codes.s) > l->width - 1) {
		doc_line(l->doc);
		at = LABEL_AT;
	}
	doc_wrap(l->doc, at, l->width - at - 1, ROLE_STRONG, codes.s);
	advise(l);
	doc_line(l->doc);
	strbuf_free(&codes);
}

/* A piece of a line; gaps stand out. */
static void add_piece(struct form_layer *l, const struct edit *t, size_t from, size_t to,
		      enum role role)
{
	int column = l->value_at;
	while (from < to) {
		size_t start, end, stop = to;
		bool gap = t->lines && reply_gap(t->text.s, 0, &start, &end);
		while (gap && end <= from)
			gap = reply_gap(t->text.s, end, &start, &end);
		bool inside = gap && start <= from;
		if (gap && (inside ? end : start) < to)
			stop = inside ? end : start;
		char *piece = xstrndup(t->text.s + from, stop - from);
		doc_add(l->doc, column, inside ? ROLE_WARN : role, 0, piece);
		column += utf8_swidth(piece);
		free(piece);
		from = stop;
	}
}

/* Puts one line of the text, broken where the window ends; finds the cursor in it. */
static void text_line(struct form_layer *l, const struct edit *t, size_t from, size_t to,
		      bool current, enum role role)
{
	size_t at = from;
	do {
		size_t start = at;
		at = edit_break(t, start, to);
		if (start > from)
			doc_line(l->doc);
		if (current && t->at >= start && t->at <= at) {
			l->line = (int)l->doc->line_count - 1;
			l->column = l->value_at + utf8_width(t->text.s + start, t->at - start);
		}
		add_piece(l, t, start, at, role);
	} while (at < to);
}

static void edit_text(struct form_layer *l, const struct edit *t, bool current)
{
	enum role role = current ? ROLE_PROMPT : ROLE_TEXT;
	int lines = 0;
	for (size_t from = 0;; lines++) {
		size_t to = from + strcspn(t->text.s + from, "\n");
		if (lines)
			doc_line(l->doc);
		text_line(l, t, from, to, current, role);
		if (to == t->text.len)
			break;
		from = to + 1;
	}
	for (; current && t->lines && lines + 1 < LINES_LEAST; lines++) {
		doc_line(l->doc);
		doc_add(l->doc, l->value_at - 2, ROLE_BORDER, 0,
			glyph(GLYPH_VLINE, l->a->look.ascii));
	}
}

/* What an empty field in hand waits for. */
static const char *invitation(const struct action_field *f)
{
	if (f->type == COLUMN_REF)
		return f->flags & FIELD_LIST ? _("type a name; several parted by commas")
					     : _("type a few letters of the name");
	if (f->type == COLUMN_CHOICE)
		return _("choose with the arrows");
	if (f->type == COLUMN_TIME)
		return _("20/11 16:30, mai 9:00, +2d, +4h");
	if (f->type == COLUMN_FLAG)
		return _("Space: yes or no");
	if (f->flags & FIELD_RECORD)
		return _("type its code, or choose with the arrows");
	return "";
}

static void offers(struct form_layer *l, const struct form_field *f)
{
	struct app *a = l->a;
	struct form_match *list = xcalloc(FORM_MATCHES, sizeof *list);
	size_t n = form_matches(f, &a->look.names, a->look.now, list);
	size_t first = f->picked >= OFFERED ? f->picked - OFFERED + 1 : 0;
	for (size_t i = first; i < n && i < first + OFFERED; i++) {
		bool picked = i == f->picked && (f->edit.text.len || f->chosen);
		doc_line(l->doc);
		if (picked)
			doc_add(l->doc, l->value_at, ROLE_CURSOR, 0,
				glyph(GLYPH_CURSOR, a->look.ascii));
		doc_add(l->doc, l->value_at + 2, picked ? ROLE_CURSOR : ROLE_TEXT, 0,
			list[i].title);
		doc_add(l->doc, l->value_at + 4 + utf8_swidth(list[i].title), ROLE_DIM, 0,
			f->def->type == COLUMN_REF ? list[i].code : "");
	}
	if (n > first + OFFERED) {
		doc_line(l->doc);
		doc_addf(l->doc, l->value_at + 2, ROLE_DIM, 0, _("and %zu more"),
			 n - first - OFFERED);
	}
	if (!n && !f->problem[0]) {
		doc_line(l->doc);
		doc_add(l->doc, l->value_at + 2, ROLE_WARN, 0, _("nothing of this name"));
	}
	free(list);
}

/* Records that the field may name, with what speaks for each. */
static void offered_records(struct form_layer *l, const struct form_field *f)
{
	for (size_t i = 0; i < f->offer_count && i < OFFERED; i++) {
		const struct form_offer *o = &f->offers[i];
		bool chosen = strcmp(o->value, f->edit.text.s) == 0;
		int at = l->value_at + 2 + utf8_swidth(o->title) + 2;
		doc_line(l->doc);
		if (chosen)
			doc_add(l->doc, l->value_at, ROLE_CURSOR, 0,
				glyph(GLYPH_CURSOR, l->a->look.ascii));
		doc_add(l->doc, l->value_at + 2, chosen ? ROLE_CURSOR : ROLE_TEXT, 0, o->title);
		doc_wrap(l->doc, at, l->width - at - 1, ROLE_DIM, o->note);
	}
}

static void remarks(struct form_layer *l, const struct form_field *f, bool offering)
{
	char meaning[256];
	const char *means = form_meaning(f, &l->a->look.names, l->a->look.now, meaning,
					 sizeof meaning);
	if (f->problem[0]) {
		doc_line(l->doc);
		doc_addf(l->doc, l->value_at, ROLE_ERROR, 0, "%s ",
			 glyph(GLYPH_CROSS, l->a->look.ascii));
		doc_wrap(l->doc, l->value_at + 2, l->width - l->value_at - 3, ROLE_ERROR,
			 f->problem);
	} else if (*means && !offering) {
		doc_line(l->doc);
		doc_addf(l->doc, l->value_at, ROLE_DIM, 0, "= %s", means);
	}
}

static void flag_or_text(struct form_layer *l, const struct form_field *f, bool current)
{
	const char *s = f->edit.text.s;
	if (f->def->type != COLUMN_FLAG) {
		edit_text(l, &f->edit, current);
		return;
	}
	enum glyph g = strcmp(s, "yes") == 0 ? GLYPH_CHOSEN : GLYPH_UNCHOSEN;
	doc_addf(l->doc, l->value_at, current ? ROLE_PROMPT : ROLE_TEXT, 0, "%s %s",
		 *s ? glyph(g, l->a->look.ascii) : " ",
		 strcmp(s, "yes") == 0 ? _("yes")
		 : *s                  ? _("no")
				       : "");
	if (current) {
		l->line = (int)l->doc->line_count - 1;
		l->column = l->value_at;
	}
}

static void add_field(struct form_layer *l, const struct form_field *f, bool current)
{
	bool offering = current && f->offering && (f->def->ref || f->def->choices);
	int at = LABEL_AT;
	doc_line(l->doc);
	if (current) {
		l->first_line = (int)l->doc->line_count - 1;
		doc_add(l->doc, 0, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, l->a->look.ascii));
	}
	doc_add(l->doc, at, current ? ROLE_STRONG : ROLE_LABEL, 0, _(f->def->title));
	at += utf8_swidth(_(f->def->title));
	if (f->def->flags & FIELD_REQUIRED)
		doc_add(l->doc, at + 1, ROLE_WARN, 0, "*");
	if (l->value_at < VALUE_AT)
		doc_line(l->doc);
	flag_or_text(l, f, current);
	if (current && !f->edit.text.len)
		doc_add(l->doc, l->value_at + 2, ROLE_DIM, 0, invitation(f->def));
	remarks(l, f, offering || (current && f->offer_count));
	if (current && l->a->acting.pick.open)
		reply_pick_lay(l->a, l->doc, l->value_at, l->width, &l->line, &l->column);
	else if (offering)
		offers(l, f);
	else if (current)
		offered_records(l, f);
	if (current)
		l->end_line = (int)l->doc->line_count;
}

/* Count and effect, before it is done. */
static void question(struct form_layer *l)
{
	const struct acting *x = &l->a->acting;
	const struct form *f = &x->form;
	const struct state *to = f->action->to ? kind_state(x->targets[0].kind, f->action->to)
					       : NULL;
	const char *why;
	size_t n = acting_allowed(l->a, f->action, &why);
	doc_line(l->doc);
	doc_line(l->doc);
	l->first_line = (int)l->doc->line_count - 1;
	if (f->gaps) {
		char gap[256];
		doc_addf(l->doc, LABEL_AT, ROLE_WARN, 0, _("Not filled in yet: %s"),
			 form_gap(&l->a->acting.form, gap, sizeof gap));
		doc_line(l->doc);
	}
	if (x->target_count == 1)
		doc_addf(l->doc, LABEL_AT, ROLE_WARN, 0, _("%s: %s. Really?"),
			 x->targets[0].code, _(f->action->title));
	else
		doc_addf(l->doc, LABEL_AT, ROLE_WARN, 0, _("%s: %zu records. Really?"),
			 _(f->action->title), n);
	if (to) {
		doc_line(l->doc);
		doc_addf(l->doc, LABEL_AT, ROLE_TEXT, 0, _("State afterwards: %s"),
			 _(to->label));
	}
	if (n < x->target_count) {
		doc_line(l->doc);
		doc_addf(l->doc, LABEL_AT, ROLE_TEXT, 0, _("%zu are left out: %s"),
			 x->target_count - n, why);
	}
	l->line = l->first_line;
	l->column = LABEL_AT;
	l->end_line = (int)l->doc->line_count;
}

static void below(struct form_layer *l)
{
	const struct form *f = &l->a->acting.form;
	if (f->stage == FORM_CONFIRMING)
		question(l);
	if (f->stage == FORM_SENDING) {
		doc_line(l->doc);
		doc_line(l->doc);
		doc_add(l->doc, LABEL_AT, ROLE_NOTICE, 0,
			l->a->writer == WRITER_CONNECTED
				? _("Being handed over…")
				: _("sync is away: handed over again as soon as it is back"));
	}
	if (f->problem[0]) {
		doc_line(l->doc);
		doc_line(l->doc);
		doc_wrap(l->doc, LABEL_AT, l->width - LABEL_AT - 1, ROLE_ERROR, f->problem);
	}
}

static void scroll_to(struct form_layer *l, int rows)
{
	struct doc *d = l->doc;
	if (l->end_line > d->scroll + rows)
		d->scroll = l->end_line - rows;
	if (l->first_line < d->scroll)
		d->scroll = l->first_line;
	if (l->line >= d->scroll + rows)
		d->scroll = l->line - rows + 1;
	if (l->end_line <= rows)
		d->scroll = 0;
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct form *f = &a->acting.form;
	struct form_layer l = {.a = a,
			       .doc = &a->text,
			       .width = r.columns,
			       .value_at = r.columns < NARROW ? 4 : VALUE_AT};
	bool typing = f->stage == FORM_TYPING;
	doc_reset(&a->text);
	head(&l);
	if (a->writer != WRITER_CONNECTED && f->stage == FORM_TYPING) {
		doc_line(&a->text);
		doc_wrap(&a->text, LABEL_AT, l.width - 3, ROLE_WARN,
			 _("sync is not reached now; what you type is kept, send it later"));
	}
	for (size_t i = 0; i < f->count; i++) {
		f->fields[i].edit.room = l.width - l.value_at - 2;
		add_field(&l, &f->fields[i], typing && i == f->current);
	}
	below(&l);
	scroll_to(&l, r.rows);
	text_draw(a, b, r);
	b->cursor_row = r.row + l.line - a->text.scroll;
	b->cursor_column = l.column;
}

const struct view form_view = {
	.context = CONTEXT_FORM,
	.draw = draw,
};

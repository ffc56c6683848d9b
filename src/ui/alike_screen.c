/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of duplicates: those of one record above, the one in hand compared with it
 * below. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/text_view.h"

#define INDENT 2
#define CODE_AT 8

static const char *part_title(const struct duplicates *d, enum alike_part part)
{
	switch (part) {
	case ALIKE_MAIN:
		return _("Merged into");
	case ALIKE_MEMBER:
		return d->main ? _("Merged into the same one") : _("Merged into this one");
	case ALIKE_SUGGESTED:
		return _("Probably the same matter");
	default:
		return _("Said to be another matter");
	}
}

/* Likeness, code, when it was sent, state and title. */
static void add_row(struct app *a, const struct alike_row *row, bool current)
{
	struct doc *d = &a->text;
	struct strbuf scratch = STRBUF_INIT;
	struct shown s;
	char when[FMT_TEXT];
	const char *code = record_text(row->record, COL_CODE);
	doc_line(d);
	if (current)
		doc_add(d, 0, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, a->look.ascii));
	if (row->duplicate)
		doc_addf(d, INDENT, ROLE_STRONG, 0, "%3d%%", row->duplicate->likeness.percent);
	doc_add(d, CODE_AT, current ? ROLE_CURSOR : ROLE_LINK, 0, code);
	int at = CODE_AT + utf8_swidth(code) + 2;
	fmt_when(record_int(row->record, COL_CREATED_AT, CLOCK_NONE), a->look.now, when);
	doc_add(d, at, ROLE_DIM, 0, when);
	at += 13;
	show_value(&a->look, row->record, COL_STATE, SHOW_IN_LIST, &scratch, &s);
	doc_add(d, at, s.role, 0, s.text);
	at += utf8_swidth(s.text) + 2;
	show_value(&a->look, row->record, COL_TITLE, SHOW_IN_LIST, &scratch, &s);
	doc_add(d, at, ROLE_TEXT, 0, s.text);
	strbuf_free(&scratch);
}

/* Returns the line of the row in hand. */
static int add_rows(struct app *a, const struct duplicates *d)
{
	struct alike_row rows[ALIKE_ROWS];
	size_t n = alike_rows(&a->alike, rows);
	int line = 0;
	if (a->alike.at >= n)
		a->alike.at = n ? n - 1 : 0;
	for (size_t i = 0; i < n; i++) {
		if (!i || rows[i].part != rows[i - 1].part) {
			doc_line(&a->text);
			doc_add(&a->text, INDENT, ROLE_HEADING, 0, part_title(d, rows[i].part));
		}
		if (i == a->alike.at)
			line = (int)a->text.line_count;
		add_row(a, &rows[i], i == a->alike.at);
	}
	return line;
}

/* Whether that waits in the outbox. */
static bool is_being_merged(const struct app *a, const struct duplicates *d,
			    const struct duplicate *one)
{
	const struct record *merged = one->into_self ? one->record : d->self;
	struct value v;
	int column = kind_column(d->kind, "merged_into");
	return pending_value(&a->pending, merged, (size_t)column, &v) && v.set;
}

/* Which is merged into which, or why none is. */
static void add_verdict(struct app *a, const struct duplicates *d, const struct duplicate *one,
			int width)
{
	struct strbuf why = STRBUF_INIT;
	const char *self = record_text(d->self, COL_CODE);
	const char *other = record_text(one->record, COL_CODE);
	duplicates_reasons(&why, &one->likeness);
	doc_line(&a->text);
	doc_wrap(&a->text, INDENT, width - 2 * INDENT, ROLE_STRONG, why.s);
	doc_line(&a->text);
	if (is_being_merged(a, d, one))
		doc_addf(&a->text, INDENT, ROLE_WARN, 0, "%s %s",
			 glyph(GLYPH_WAITING, a->look.ascii), _("being merged"));
	else if (one->refusal != DUPLICATES_MERGE)
		doc_wrap(&a->text, INDENT, width - 2 * INDENT, ROLE_WARN,
			 duplicates_refusal_text(one->refusal));
	else
		doc_addf(&a->text, INDENT, ROLE_DIM, 0, _("merging puts %s into %s"),
			 one->into_self ? other : self, one->into_self ? self : other);
	strbuf_free(&why);
}

static void head(struct app *a, const struct duplicates *d)
{
	struct strbuf scratch = STRBUF_INIT;
	struct shown s;
	const char *code = record_text(d->self, COL_CODE);
	int at = INDENT + utf8_swidth(code) + 2;
	doc_line(&a->text);
	doc_add(&a->text, INDENT, ROLE_TITLE, 0, code);
	show_value(&a->look, d->self, COL_TITLE, SHOW_IN_LIST, &scratch, &s);
	doc_add(&a->text, at, ROLE_STRONG, 0, s.text);
	strbuf_free(&scratch);
}

static void say(struct app *a, int width, enum role role, const char *text)
{
	doc_line(&a->text);
	doc_line(&a->text);
	doc_wrap(&a->text, INDENT, width - 2 * INDENT, role, text);
}

static int lay_out(struct app *a, int width)
{
	const struct alike *x = &a->alike;
	const struct duplicates *d = alike_of(x, x->kind, x->rowid);
	struct alike_row row;
	doc_reset(&a->text);
	if (!d && x->answer && x->answer->error.code)
		say(a, width, ROLE_ERROR, x->answer->error.text);
	else if (!d)
		say(a, width, ROLE_DIM, _("Reading the cache…"));
	if (!d)
		return 0;
	head(a, d);
	int line = add_rows(a, d);
	if (*d->main_code && !d->main)
		say(a, width, ROLE_NOTICE, _("What it is merged into is not in the cache."));
	if (!alike_current(x, &row)) {
		if (!*d->main_code)
			say(a, width, ROLE_TEXT,
			    x->rules.enabled ? _("Nothing like it")
					     : _("Suggestions are switched off"));
		return line;
	}
	doc_line(&a->text);
	if (row.duplicate)
		add_verdict(a, d, row.duplicate, width);
	alike_compare(&a->text, &a->look, d->self, row.record, width);
	return line;
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	int line = lay_out(a, r.columns);
	text_draw(a, b, r);
	if (line >= a->text.scroll && line < a->text.scroll + r.rows)
		b->cursor_row = r.row + line - a->text.scroll;
}

/* Rows go to another one, which starts at the top; pages scroll what is compared. */
static void move(struct app *a, enum motion m, int64_t n)
{
	struct alike_row rows[ALIKE_ROWS];
	int64_t last = (int64_t)alike_rows(&a->alike, rows) - 1;
	if (m == MOVE_PAGES || m == MOVE_HALVES || last < 0) {
		text_move(a, m, n);
		return;
	}
	int64_t at = m == MOVE_HOME ? 0 : m == MOVE_END ? last : (int64_t)a->alike.at + n;
	a->alike.at = (size_t)(at < 0 ? 0 : at > last ? last : at);
	a->text.scroll = 0;
}

/* The record itself, in the place of the one that this was opened for. */
static void open_record(struct app *a)
{
	struct alike_row row;
	if (!alike_current(&a->alike, &row))
		return;
	a->overlay = OVERLAY_NONE;
	a->detail.open = a->detail.pinned = true;
	a->detail.focused = true;
	detail_show(&a->detail, row.record->kind, row.record->rowid, a->look.now);
}

const struct view alike_view = {
	.context = CONTEXT_DUPLICATES,
	.draw = draw,
	.move = move,
	.open = open_record,
	.tell = tell_text,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will probably be late: the likeliest first, why the one under the cursor is among them,
 * and how often such forecasts were right. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/forecast.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define GUTTER 2
#define HEAD_ROWS 2 /* what is shown, headings */
#define CHANCE_WIDTH 9
#define DUE_WIDTH 17
#define CODE_MOST 22
#define NARROW 60
#define FOOT_LEAST 12 /* rows from which there is room for reasons and figures */
#define ALL_TESTS_FROM 24

const struct record *forecast_current(const struct app *a)
{
	const struct due_state *d = &a->due;
	const struct forecast_page *p = d->forecast;
	return p && d->row < (int)p->count ? p->rows[d->row].record : NULL;
}

static void draw_crumbs(const struct app *a, struct cellbuf *b, struct rect r)
{
	const struct due_state *d = &a->due;
	char number[FMT_TEXT], at[FMT_TEXT], text[FMT_TEXT * 2];
	const char *const parts[] = {_("Due"), d->kind ? _(d->kind->title) : _("All queues"),
				     _("Will probably be late")};
	struct pen p = {b, r.row, r.column + 1, r.column + r.columns};
	pen_crumbs(&p, parts, ARRAY_LEN(parts), a->look.ascii);
	if (!d->forecast || d->forecast->error.code != ERR_NONE)
		return;
	pen_skip(&p, 3);
	pen_put(&p, ROLE_STRONG, 0, fmt_integer(d->forecast->total, number));
	snprintf(text, sizeof text, _("counted at %s"), fmt_minute(d->forecast->now, at));
	draw_right(b, r.row, p.column + 3, r.column + r.columns - 1, ROLE_DIM, 0, text);
}

/* --- rows ------------------------------------------------------------------- */

/* Of codes or of queues, with their heading; of one queue alone its name says nothing, and
 * where room is short the code says more. */
static int widest(const struct app *a, bool code, int columns)
{
	const struct forecast_page *page = a->due.forecast;
	int width = utf8_swidth(code ? _("Code") : _("Queue"));
	if (!code && (a->due.kind || columns < NARROW))
		return 0;
	for (size_t i = 0; i < page->count; i++) {
		const struct record *r = page->rows[i].record;
		int w = utf8_swidth(code ? record_text(r, COL_CODE) : _(r->kind->title));
		width = w > width ? w : width;
	}
	return width < CODE_MOST ? width : CODE_MOST;
}

static void draw_row(const struct app *a, struct pen *p, int i, int kind, int code,
		     struct strbuf *scratch)
{
	const struct forecast_row *row = &a->due.forecast->rows[i];
	bool current = i == a->due.row;
	char chance[FMT_TEXT];
	snprintf(chance, sizeof chance, "%d%%", (int)(row->guess.chance * 100));
	pen_field(p, GUTTER, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	pen_field(p, CHANCE_WIDTH, true, ROLE_WARN, 0, chance);
	pen_skip(p, 2);
	show_put(&a->look, p, row->record, COL_DUE_AT, DUE_WIDTH, scratch);
	if (kind) {
		pen_field(p, kind, false, ROLE_DIM, 0, _(row->record->kind->title));
		pen_skip(p, 2);
	}
	pen_field(p, code, false, current ? ROLE_CURSOR : ROLE_TEXT, 0,
		  record_text(row->record, COL_CODE));
	pen_skip(p, 2);
	if (p->end - p->column > 100)
		show_put(&a->look, p, row->record, COL_UNIT, 24, scratch);
	show_put(&a->look, p, row->record, COL_TITLE, p->end - p->column, scratch);
}

static void draw_headings(struct cellbuf *b, struct rect r, int kind, int code)
{
	struct pen p = {b, r.row + 1, r.column + GUTTER, r.column + r.columns};
	pen_field(&p, CHANCE_WIDTH, true, ROLE_HEADING, 0, _("Chance"));
	pen_skip(&p, 4);
	pen_field(&p, DUE_WIDTH - 2, false, ROLE_HEADING, 0, _("Due"));
	pen_skip(&p, 2);
	if (kind) {
		pen_field(&p, kind, false, ROLE_HEADING, 0, _("Queue"));
		pen_skip(&p, 2);
	}
	pen_field(&p, code, false, ROLE_HEADING, 0, _("Code"));
	pen_skip(&p, 2);
	if (p.end - p.column > 100) {
		pen_field(&p, 24, false, ROLE_HEADING, 0, _("Unit"));
		pen_skip(&p, 2);
	}
	pen_put(&p, ROLE_HEADING, 0, _("Subject"));
}

/* Brings the window to the cursor. */
static void settle(struct due_state *d, int height)
{
	int count = d->forecast ? (int)d->forecast->count : 0;
	int most = count > height ? count - height : 0;
	d->height = height > 0 ? height : 1;
	if (d->row >= count)
		d->row = count ? count - 1 : 0;
	if (d->first > d->row)
		d->first = d->row;
	if (d->first + d->height <= d->row)
		d->first = d->row - d->height + 1;
	if (d->first > most)
		d->first = most;
}

static void draw_rows(struct app *a, struct cellbuf *b, struct rect r, int height)
{
	struct due_state *d = &a->due;
	struct strbuf scratch = STRBUF_INIT;
	int kind = widest(a, false, r.columns), code = widest(a, true, r.columns);
	settle(d, height);
	draw_headings(b, r, kind, code);
	for (int i = 0; i < d->height && d->first + i < (int)d->forecast->count; i++) {
		struct pen p = {b, r.row + HEAD_ROWS + i, r.column, r.column + r.columns};
		draw_row(a, &p, d->first + i, kind, code, &scratch);
	}
	strbuf_free(&scratch);
	if (app_view(a) == &due_view) {
		b->cursor_row = r.row + HEAD_ROWS + d->row - d->first;
		b->cursor_column = r.column;
	}
}

/* --- below ------------------------------------------------------------------ */

static const char *name_of(const struct app *a, const struct record *r, size_t column)
{
	const char *code = record_text(r, column), *name = NULL;
	if (*code && a->look.names.name)
		name = a->look.names.name(a->look.names.context,
					  kind_find(r->kind->columns[column].ref), code,
					  record_int(r, COL_CREATED_AT, CLOCK_NONE));
	return name ? name : code;
}

static const struct forecast_kind *kind_of(const struct forecast_page *p, const struct kind *k)
{
	for (size_t i = 0; i < p->kind_count; i++)
		if (p->kinds[i].kind == k)
			return &p->kinds[i];
	return NULL;
}

void forecast_why(const struct app *a, const struct forecast_row *row, struct strbuf *out)
{
	const struct forecast_kind *k = kind_of(a->due.forecast, row->record->kind);
	if (k)
		forecast_reason(out, row, k->window, name_of(a, row->record, COL_UNIT),
				name_of(a, row->record, COL_CATEGORY));
}

/* The share of its time at which the past was forecast that comes nearest to the record's. */
static int test_of(const struct forecast_row *row)
{
	double used = row->allowed > 0 ? (double)row->used / (double)row->allowed : 0;
	int test = 0;
	while (test + 1 < FORECAST_TESTS && forecast_test_shares[test + 1] <= used)
		test++;
	return test;
}

/* Why the record in hand, and what such forecasts of its queue were worth; where there is room,
 * also earlier and later in their time. */
static void lay_out_foot(struct app *a, int columns, bool all)
{
	const struct forecast_page *page = a->due.forecast;
	const struct forecast_row *row = &page->rows[a->due.row];
	const struct forecast_kind *k = kind_of(page, row->record->kind);
	struct strbuf text = STRBUF_INIT;
	struct doc *d = &a->text;
	doc_reset(d);
	if (!k)
		return;
	doc_line(d);
	doc_add(d, GUTTER, ROLE_HEADING, 0, _("Why"));
	forecast_why(a, row, &text);
	int at = GUTTER + utf8_swidth(_("Why")) + 2;
	doc_wrap(d, at, columns - at - 1, ROLE_TEXT, text.s);
	for (int i = 0; i < FORECAST_TESTS; i++) {
		if (!all && i != test_of(row))
			continue;
		strbuf_clear(&text);
		forecast_score_words(&text, i, &k->scores[i]);
		doc_line(d);
		doc_wrap(d, GUTTER, columns - GUTTER - 1, ROLE_DIM, text.s);
	}
	strbuf_free(&text);
}

static void draw_nothing(const struct app *a, struct cellbuf *b, struct rect r)
{
	const struct forecast_page *p = a->due.forecast;
	bool failed = p && p->error.code != ERR_NONE;
	cellbuf_put(b, r.row + 2, r.column + GUTTER, r.columns - GUTTER,
		    failed ? ROLE_ERROR : ROLE_DIM, 0,
		    failed ? p->error.text
		    : !p   ? _("Counting…")
			   : _("Nothing that is open will probably be late."));
}

void forecast_draw(struct app *a, struct cellbuf *b, struct rect r)
{
	const struct forecast_page *p = a->due.forecast;
	draw_crumbs(a, b, r);
	if (!p || p->error.code != ERR_NONE || !p->count) {
		draw_nothing(a, b, r);
		return;
	}
	settle(&a->due, a->due.height);
	lay_out_foot(a, r.columns, r.rows >= ALL_TESTS_FROM);
	int foot = r.rows >= FOOT_LEAST ? (int)a->text.line_count + 1 : 0;
	if (foot > r.rows / 2)
		foot = r.rows / 2;
	draw_rows(a, b, r, r.rows - HEAD_ROWS - foot);
	a->text.scroll = 0;
	if (foot)
		doc_draw(&a->text, b,
			 (struct rect){r.row + r.rows - foot + 1, r.column, foot - 1,
				       r.columns});
}

void forecast_move(struct app *a, enum motion m, int64_t n)
{
	struct due_state *d = &a->due;
	int64_t last = d->forecast && d->forecast->count ? (int64_t)d->forecast->count - 1 : 0;
	int64_t page = d->height > 1 ? d->height - 1 : 1;
	int64_t at = m == MOVE_HOME    ? 0
		     : m == MOVE_END   ? last
		     : m == MOVE_ROWS  ? d->row + n
		     : m == MOVE_PAGES ? d->row + n * page
				       : d->row + n * (page + 1) / 2;
	d->row = (int)(at < 0 ? 0 : at > last ? last : at);
	settle(d, d->height);
}

/* To the record in its list. */
void forecast_open(struct app *a)
{
	const struct record *r = forecast_current(a);
	if (!r)
		return;
	int64_t rowid = r->rowid;
	size_t queue = kind_index(r->kind);
	tabs_go_to_queue(a, queue);
	list_go_to_record(&a->lists[queue], rowid);
}

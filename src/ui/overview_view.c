/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define GUTTER 2
#define NAME_WIDTH 11
#define FIGURES 5
#define SIDE_BY_SIDE 150 /* columns from which urgent and newest stand beside each other */
#define NARROW 60        /* columns below which figures stand closer */
#define TREND_FROM 78
#define ALL_FIGURES_FROM 90
#define DATA_FROM 110
#define CODE_WIDTH_MOST 22

/* Where the parts lie; rows counts the lines for records. */
struct parts {
	struct rect queues, urgent, newest;
};

static struct parts lay_out(const struct app *a, struct rect r)
{
	struct parts p;
	int table = (int)a->shown_count + 1, gap = r.rows >= 16;
	table = table < r.rows ? table : r.rows;
	p.queues = (struct rect){r.row, r.column, table, r.columns};
	struct rect rest = {r.row + table + gap, r.column, r.rows - table - gap, r.columns};
	if (rest.rows < 2)
		rest.rows = 0;
	p.urgent = p.newest = rest;
	if (r.columns >= SIDE_BY_SIDE) {
		p.urgent.columns = r.columns / 2;
		p.newest.column += p.urgent.columns + 1;
		p.newest.columns -= p.urgent.columns + 1;
	} else if (rest.rows < 7) {
		p.newest.rows = 0;
	} else {
		p.urgent.rows = (rest.rows - gap) * 3 / 5;
		p.newest.row += p.urgent.rows + gap;
		p.newest.rows -= p.urgent.rows + gap;
	}
	return p;
}

/* Where there is no room for all of them, those round the cursor are on screen. */
static size_t first_queue(const struct overview *o, const struct rect *queues)
{
	size_t lines = queues->rows > 1 ? (size_t)queues->rows - 1 : 1;
	return o->part == PART_QUEUES && o->index >= lines ? o->index - lines + 1 : 0;
}

static size_t lines_of(struct rect r, size_t count)
{
	size_t room = r.rows > 1 ? (size_t)r.rows - 1 : 0;
	return count < room ? count : room;
}

/* Brings the cursor into what is shown, and remembers its record. */
static void settle(struct app *a)
{
	struct overview *o = &a->overview;
	struct parts p = lay_out(a, a->layout.main);
	o->shown[PART_QUEUES] = a->shown_count;
	struct record *const *rows;
	o->shown[PART_URGENT] = lines_of(p.urgent, overview_records(o, PART_URGENT, &rows));
	o->shown[PART_NEWEST] = lines_of(p.newest, overview_records(o, PART_NEWEST, &rows));
	if (!o->shown[o->part]) {
		o->part = PART_QUEUES;
		o->index = 0;
	}
	if (o->index >= o->shown[o->part])
		o->index = o->shown[o->part] - 1;
	const struct record *r = overview_current(o);
	o->cursor_rowid = r ? r->rowid : 0;
	o->cursor_kind = r ? r->kind : NULL;
}

/* --- figures -------------------------------------------------------------- */

static int number_width(int columns)
{
	return columns < NARROW ? 8 : 9;
}

/* How many of the figures there is room for, the most important first. */
static size_t figure_count(int columns)
{
	if (columns >= ALL_FIGURES_FROM)
		return FIGURES;
	size_t fit = (size_t)(columns - GUTTER - NAME_WIDTH) /
		     (size_t)(number_width(columns) + 1);
	return fit < FIGURES - 1 ? fit : FIGURES - 1;
}

static void put_trend(struct pen *p, const struct queue_figures *f, bool ascii)
{
	int32_t most = 1;
	for (int i = 0; i < TREND_HOURS; i++)
		most = f->trend[i] > most ? f->trend[i] : most;
	for (int i = 0; i < TREND_HOURS; i++) {
		int32_t n = f->trend[i];
		int height = n > 0 ? (int)((int64_t)n * 8 / most) : 0;
		pen_put(p, ROLE_GRAPH, 0, glyph_spark(n > 0 && height < 1 ? 1 : height, ascii));
	}
}

static void draw_head(struct cellbuf *b, struct rect r)
{
	const char *const heads[FIGURES] = {_("Open"), _("Late"), _("Due soon"), _("New, 1 h"),
					    _("Not taken")};
	struct pen p = {b, r.row, r.column + GUTTER, r.column + r.columns};
	pen_field(&p, NAME_WIDTH, false, ROLE_HEADING, 0, _("Queue"));
	for (size_t i = 0; i < figure_count(r.columns); i++) {
		pen_field(&p, number_width(r.columns), true, ROLE_HEADING, 0, heads[i]);
		pen_skip(&p, 1);
	}
	pen_skip(&p, 1);
	if (r.columns >= TREND_FROM)
		pen_field(&p, TREND_HOURS, false, ROLE_HEADING, 0, _("Last 24 hours"));
	pen_skip(&p, 2);
	if (r.columns >= DATA_FROM)
		pen_put(&p, ROLE_HEADING, 0, _("Data"));
}

static void draw_data(const struct app *a, struct pen *p, const struct kind *k)
{
	struct source_words w;
	const struct source_status *s = source_of_kind(a, k);
	if (!s) {
		pen_put(p, ROLE_DIM, 0, _("no source"));
		return;
	}
	source_words(a, s, &w);
	pen_put(p, w.role, 0, glyph(w.glyph, a->look.ascii));
	pen_skip(p, 1);
	pen_put(p, w.role, 0, w.text);
}

static void draw_queue(const struct app *a, struct cellbuf *b, struct rect r, int row, size_t i)
{
	const struct kind *k = a->lists[tabs_nth_queue(a, i)].kind;
	const struct queue_figures *f = &a->figures.queues[kind_index(k)];
	const char *cue = glyph(GLYPH_CUE, a->look.ascii);
	const char *soon = glyph(GLYPH_SOON, a->look.ascii);
	bool current = a->overview.part == PART_QUEUES && a->overview.index == i;
	struct pen p = {b, row, r.column, r.column + r.columns};
	pen_field(&p, GUTTER, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	pen_field(&p, NAME_WIDTH, false, current ? ROLE_CURSOR : ROLE_STRONG, 0, _(k->title));
	if (!a->figures_known) {
		pen_put(&p, ROLE_DIM, 0, _("counting…"));
		return;
	}
	if (source_unread(a, k)) {
		draw_data(a, &p, k);
		return;
	}
	const struct {
		int64_t n;
		enum role role;
		const char *cue;
	} figures[FIGURES] = {
		{f->open, ROLE_STRONG, ""},  {f->late, ROLE_BAD, cue},
		{f->soon, ROLE_WARN, soon},  {f->fresh_hour, ROLE_STATE_NEW, ""},
		{f->waiting, ROLE_TEXT, ""},
	};
	for (size_t c = 0; c < figure_count(r.columns); c++)
		pen_count(&p, number_width(r.columns), figures[c].n, figures[c].role,
			  figures[c].cue);
	pen_skip(&p, 1);
	if (r.columns >= TREND_FROM)
		put_trend(&p, f, a->look.ascii);
	pen_skip(&p, 2);
	if (r.columns >= DATA_FROM)
		draw_data(a, &p, k);
}

/* --- records -------------------------------------------------------------- */

/* Widths of a record's cells; 0 leaves one out. */
struct widths {
	int when, kind, code, title, area, state;
};

static struct widths widths_for(int columns, bool by_arrival, int kind, int code)
{
	struct widths w = {by_arrival ? 11 : 17, kind, code, 0, 0, 0};
	if (columns >= 100)
		w.state = 17;
	if (columns >= 120)
		w.area = 14;
	if (columns < 60)
		w.kind = 0;
	int cells[] = {w.when, w.kind, w.code, w.area, w.state};
	int used = GUTTER;
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		used += cells[i] ? cells[i] + 2 : 0;
	w.title = columns > used ? columns - used : 0;
	return w;
}

static void draw_record(const struct app *a, struct cellbuf *b, struct rect r, int row,
			const struct record *record, const struct widths *w, bool by_arrival,
			bool current, struct strbuf *scratch)
{
	struct pen p = {b, row, r.column, r.column + r.columns};
	pen_field(&p, GUTTER, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	show_put(&a->look, &p, record, by_arrival ? COL_CREATED_AT : COL_DUE_AT, w->when,
		 scratch);
	if (w->kind) {
		pen_field(&p, w->kind, false, ROLE_DIM, 0, _(record->kind->title));
		pen_skip(&p, 2);
	}
	pen_field(&p, w->code, false, current ? ROLE_CURSOR : ROLE_TEXT, 0,
		  record_text(record, COL_CODE));
	pen_skip(&p, 2);
	show_put(&a->look, &p, record, COL_TITLE, w->title, scratch);
	if (w->area)
		show_put(&a->look, &p, record, COL_AREA, w->area, scratch);
	if (w->state)
		show_put(&a->look, &p, record, COL_STATE, w->state, scratch);
}

static int code_width(struct record *const *rows, size_t n)
{
	int width = 8;
	for (size_t i = 0; i < n; i++) {
		int w = utf8_swidth(record_text(rows[i], COL_CODE));
		width = w > width ? w : width;
	}
	return width < CODE_WIDTH_MOST ? width : CODE_WIDTH_MOST;
}

static int kind_width(const struct app *a)
{
	int width = 0;
	for (size_t i = 0; i < a->shown_count; i++) {
		int w = utf8_swidth(_(a->lists[tabs_nth_queue(a, i)].kind->title));
		width = w > width ? w : width;
	}
	return width;
}

static const char *why_no_records(const struct app *a, enum overview_part part)
{
	if (!a->overview.feeds[part].page)
		return _("Reading the cache…");
	if (source_any_unread(a))
		return _("Waiting for the first data…");
	return part == PART_NEWEST ? _("Nothing has come in yet.")
				   : _("Nothing waits for a deadline.");
}

static void draw_records(struct app *a, struct cellbuf *b, struct rect r,
			 enum overview_part part)
{
	struct overview *o = &a->overview;
	bool by_arrival = part == PART_NEWEST;
	struct record *const *rows;
	size_t n = o->shown[part];
	overview_records(o, part, &rows);
	if (r.rows < 2)
		return;
	cellbuf_put(b, r.row, r.column + GUTTER, r.columns - GUTTER, ROLE_HEADING, 0,
		    by_arrival ? _("Newest arrivals") : _("To be handled first"));
	if (!n)
		cellbuf_put(b, r.row + 1, r.column + GUTTER, r.columns - GUTTER, ROLE_DIM, 0,
			    why_no_records(a, part));
	struct widths w = widths_for(r.columns, by_arrival, kind_width(a), code_width(rows, n));
	struct strbuf scratch = STRBUF_INIT;
	for (size_t i = 0; i < n; i++)
		draw_record(a, b, r, r.row + 1 + (int)i, rows[i], &w, by_arrival,
			    o->part == part && o->index == i, &scratch);
	strbuf_free(&scratch);
}

static void put_cursor(const struct app *a, struct cellbuf *b, const struct parts *p)
{
	const struct overview *o = &a->overview;
	const struct rect *r = o->part == PART_QUEUES   ? &p->queues
			       : o->part == PART_URGENT ? &p->urgent
							: &p->newest;
	if (app_view(a) != &overview_view)
		return;
	b->cursor_row = r->row + 1 +
			(int)(o->index - (r == &p->queues ? first_queue(o, r) : 0));
	b->cursor_column = r->column;
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	settle(a);
	struct parts p = lay_out(a, r);
	draw_head(b, p.queues);
	size_t first = first_queue(&a->overview, &p.queues);
	for (int i = 1; i < p.queues.rows; i++)
		draw_queue(a, b, p.queues, p.queues.row + i, first + (size_t)i - 1);
	draw_records(a, b, p.urgent, PART_URGENT);
	draw_records(a, b, p.newest, PART_NEWEST);
	put_cursor(a, b, &p);
}

/* --- moving --------------------------------------------------------------- */

static int64_t flat_index(const struct overview *o)
{
	int64_t at = (int64_t)o->index;
	for (enum overview_part p = PART_QUEUES; p < o->part; p++)
		at += (int64_t)o->shown[p];
	return at;
}

static void set_flat_index(struct overview *o, int64_t at)
{
	int64_t total = 0;
	for (int p = 0; p < PART_COUNT; p++)
		total += (int64_t)o->shown[p];
	at = at < 0 ? 0 : at >= total ? total - 1 : at;
	o->part = PART_QUEUES;
	while (at >= (int64_t)o->shown[o->part] && o->part + 1 < PART_COUNT)
		at -= (int64_t)o->shown[o->part++];
	o->index = (size_t)at;
}

static void move(struct app *a, enum motion m, int64_t n)
{
	struct overview *o = &a->overview;
	settle(a);
	int64_t at = flat_index(o);
	set_flat_index(o, m == MOVE_HOME   ? 0
			  : m == MOVE_END  ? INT32_MAX
			  : m == MOVE_ROWS ? at + n
					   : at + n * 10);
	settle(a);
}

static void open_here(struct app *a)
{
	settle(a);
	if (a->overview.part == PART_QUEUES) {
		tabs_go_to_queue(a, tabs_nth_queue(a, a->overview.index));
		return;
	}
	app_open_selected(a);
}

static void click(struct app *a, int row, int column)
{
	struct parts p = lay_out(a, a->layout.main);
	const struct rect rects[] = {p.queues, p.urgent, p.newest};
	settle(a);
	for (int i = 0; i < PART_COUNT; i++) {
		int line = row - rects[i].row - 1;
		if (line >= 0 && i == PART_QUEUES)
			line += (int)first_queue(&a->overview, &rects[i]);
		if (line < 0 || (size_t)line >= a->overview.shown[i] ||
		    column < rects[i].column || column >= rects[i].column + rects[i].columns)
			continue;
		bool again = (int)a->overview.part == i && a->overview.index == (size_t)line;
		a->overview.part = (enum overview_part)i;
		a->overview.index = (size_t)line;
		if (again)
			open_here(a);
	}
	settle(a);
}

const struct view overview_view = {
	.context = CONTEXT_OVERVIEW,
	.draw = draw,
	.move = move,
	.open = open_here,
	.click = click,
	.tell = tell_overview,
};

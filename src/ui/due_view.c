/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due: who has how much of it, the worst first; then hour by hour today and day by day
 * this fortnight. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/chart.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define GUTTER 2
#define HEAD_ROWS 3 /* what is shown, headings, total */
#define NAME_LEAST 14
#define NAME_MOST 44
#define CHART_FROM 15 /* rows from which charts are worth their lines */
#define CHART_GAP 4   /* columns between the two */

/* --- columns of the table --------------------------------------------------- */

enum due_cell {
	CELL_OPEN,
	CELL_TODAY,
	CELL_SOON,
	CELL_LATE,
	CELL_RATE,
	CELL_PAUSED,
	CELL_SINCE,
	CELL_CODE,
	CELL_COUNT
};

/* In the order of the screen; `rank` says which stay longest where room is short. */
/* clang-format off */
static const struct {
	const char *heading; /* N_() */
	int least, rank; /* columns, where the heading is not wider */
	bool right;
} cells[CELL_COUNT] = {
	[CELL_OPEN] = {N_("Open"), 7, 3, true},
	[CELL_TODAY] = {N_("Due today"), 7, 4, true},
	[CELL_SOON] = {N_("Due soon"), 7, 2, true},
	[CELL_LATE] = {N_("Late"), 7, 1, true},
	[CELL_RATE] = {N_("Late, %"), 7, 6, true},
	[CELL_PAUSED] = {N_("Paused"), 7, 7, true},
	[CELL_SINCE] = {N_("Late since"), 11, 5, false},
	[CELL_CODE] = {N_("Oldest"), 22, 8, false},
};
/* clang-format on */

static int cell_width(enum due_cell c)
{
	int heading = utf8_swidth(_(cells[c].heading));
	return heading > cells[c].least ? heading : cells[c].least;
}

struct table {
	int name;
	bool shown[CELL_COUNT];
};

static struct table table_for(int columns)
{
	struct table t = {columns - GUTTER, {false}};
	for (int rank = 1; rank <= CELL_COUNT; rank++)
		for (int i = 0; i < CELL_COUNT; i++) {
			int width = cell_width((enum due_cell)i) + 2;
			if (cells[i].rank != rank || t.name - width < NAME_LEAST)
				continue;
			t.shown[i] = true;
			t.name -= width;
		}
	t.name = t.name < NAME_MOST ? t.name : NAME_MOST;
	return t;
}

static void put_cell(struct pen *p, enum due_cell c, enum role role, const char *text)
{
	pen_skip(p, 2);
	pen_field(p, cell_width(c), cells[c].right, role, 0, text);
}

static void put_count(struct pen *p, enum due_cell c, int64_t n, enum role role,
		      const char *cue)
{
	char number[FMT_TEXT], text[FMT_TEXT + 8];
	snprintf(text, sizeof text, "%s%s%s", n ? cue : "", n && *cue ? " " : "",
		 fmt_integer(n, number));
	put_cell(p, c, n ? role : ROLE_DIM, text);
}

static void put_since(const struct app *a, struct pen *p, const struct due_group *g)
{
	char when[FMT_TEXT];
	bool late = g->oldest != CLOCK_NONE;
	put_cell(p, CELL_SINCE, late ? ROLE_TEXT : ROLE_DIM,
		 late ? fmt_when(g->oldest, a->look.now, when)
		      : glyph(GLYPH_DASH, a->look.ascii));
}

static void put_counts(const struct app *a, struct pen *p, const struct table *t,
		       const struct due_group *g)
{
	const struct due_counts *c = &g->all;
	bool ascii = a->look.ascii;
	char text[FMT_TEXT];
	int64_t part, whole;
	due_rate(c, &part, &whole);
	const struct {
		int64_t n;
		enum role role;
		const char *cue;
	} counts[] = {
		[CELL_OPEN] = {c->open, ROLE_STRONG, ""},
		[CELL_TODAY] = {c->until, ROLE_TEXT, glyph(GLYPH_TODAY, ascii)},
		[CELL_SOON] = {c->soon, ROLE_WARN, glyph(GLYPH_SOON, ascii)},
		[CELL_LATE] = {c->late, ROLE_BAD, glyph(GLYPH_CUE, ascii)},
	};
	for (int i = 0; i <= CELL_LATE; i++)
		if (t->shown[i])
			put_count(p, (enum due_cell)i, counts[i].n, counts[i].role,
				  counts[i].cue);
	if (t->shown[CELL_RATE])
		put_cell(p, CELL_RATE, part ? ROLE_TEXT : ROLE_DIM,
			 fmt_percent(part, whole, text));
	if (t->shown[CELL_PAUSED])
		put_count(p, CELL_PAUSED, c->paused, ROLE_TEXT, glyph(GLYPH_PAUSE, ascii));
	if (t->shown[CELL_SINCE])
		put_since(a, p, g);
	if (t->shown[CELL_CODE])
		put_cell(p, CELL_CODE, ROLE_TEXT, g->oldest_code ? g->oldest_code : "");
}

/* --- the table -------------------------------------------------------------- */

static const char *const group_titles[DUE_BY_COUNT] = {
	[DUE_BY_UNIT] = N_("Unit"),
	[DUE_BY_CATEGORY] = N_("Field"),
	[DUE_BY_AREA] = N_("Area"),
	[DUE_BY_PROCEDURE] = N_("Procedure"),
};

/* Groups by a unit say which one is meant. */
static const char *group_words(const struct due_state *d, char *buf, size_t size)
{
	bool dated = d->by == DUE_BY_UNIT || d->by == DUE_BY_AREA;
	snprintf(buf, size, "%s%s", _(group_titles[d->by]),
		 !dated     ? ""
		 : d->today ? _(" (today)")
			    : _(" (at the time)"));
	return buf;
}

static void draw_crumbs(const struct app *a, struct cellbuf *b, struct rect r)
{
	const struct due_state *d = &a->due;
	char words[FMT_TEXT], at[FMT_TEXT], text[FMT_TEXT * 2];
	struct pen p = {b, r.row, r.column + 1, r.column + r.columns};
	const char *const parts[] = {_("Due"), d->kind ? _(d->kind->title) : _("All queues"),
				     group_words(d, words, sizeof words)};
	pen_crumbs(&p, parts, ARRAY_LEN(parts), a->look.ascii);
	if (!d->board)
		return;
	snprintf(text, sizeof text, _("counted at %s"), fmt_minute(d->board->query.now, at));
	draw_right(b, r.row, p.column + 3, r.column + r.columns - 1, ROLE_DIM, 0, text);
}

static void draw_headings(const struct app *a, struct cellbuf *b, struct rect r,
			  const struct table *t)
{
	struct pen p = {b, r.row + 1, r.column + GUTTER, r.column + r.columns};
	pen_field(&p, t->name, false, ROLE_HEADING, 0, _(group_titles[a->due.by]));
	for (int i = 0; i < CELL_COUNT; i++)
		if (t->shown[i])
			put_cell(&p, (enum due_cell)i, ROLE_HEADING, _(cells[i].heading));
}

static const char *name_of(const struct app *a, const struct due_group *g, char *buf,
			   size_t size)
{
	if (*g->code)
		return g->name;
	snprintf(buf, size, "%s %s", glyph(GLYPH_DASH, a->look.ascii),
		 a->due.by == DUE_BY_UNIT ? _("not assigned") : _("not said"));
	return buf;
}

static void draw_group(const struct app *a, struct cellbuf *b, struct rect r, int row,
		       const struct table *t, size_t i)
{
	const struct due_group *g = &a->due.board->groups[i];
	bool current = i == a->due.cursor;
	char buf[FMT_TEXT];
	struct pen p = {b, row, r.column, r.column + r.columns};
	pen_field(&p, GUTTER, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	pen_field(&p, t->name, false, current ? ROLE_CURSOR : ROLE_TEXT, 0,
		  name_of(a, g, buf, sizeof buf));
	put_counts(a, &p, t, g);
}

static void draw_table(struct app *a, struct cellbuf *b, struct rect r)
{
	const struct due_state *d = &a->due;
	struct table t = table_for(r.columns);
	draw_headings(a, b, r, &t);
	struct pen p = {b, r.row + 2, r.column + GUTTER, r.column + r.columns};
	pen_field(&p, t.name, false, ROLE_STRONG, 0, _("In all"));
	put_counts(a, &p, &t, &d->board->total);
	for (int i = 0; i < d->height && d->top + i < (int)d->board->count; i++)
		draw_group(a, b, r, r.row + HEAD_ROWS + i, &t, (size_t)(d->top + i));
	if (app_view(a) != &due_view || !d->board->count)
		return;
	b->cursor_row = r.row + HEAD_ROWS + (int)d->cursor - d->top;
	b->cursor_column = r.column;
}

/* --- charts ----------------------------------------------------------------- */

static void draw_title(struct cellbuf *b, int row, int column, int end, const char *title,
		       const struct chart *c)
{
	char text[FMT_TEXT], number[FMT_TEXT];
	struct pen p = {b, row, column, end};
	pen_put(&p, ROLE_HEADING, 0, title);
	snprintf(text, sizeof text, _("  at most %s"), fmt_integer(chart_most(c), number));
	if (chart_most(c) && utf8_swidth(text) <= p.end - p.column)
		pen_put(&p, ROLE_DIM, 0, text);
}

/* Lines of a chart: title, values, bars, labels and, for days, why one is off. */
#define CHART_LINES 4

static void draw_hours(const struct app *a, struct cellbuf *b, struct rect r, int width)
{
	const struct due_board *board = a->due.board;
	int now = clock_local(a->look.now).hour, step = width == 1 ? 6 : width == 2 ? 3 : 1;
	enum role roles[DUE_HOURS];
	for (int i = 0; i < DUE_HOURS; i++)
		roles[i] = i < now ? ROLE_BAD : ROLE_GRAPH;
	struct chart c = {board->hours, roles, DUE_HOURS, width, width > 1, a->look.ascii};
	draw_title(b, r.row, r.column, r.column + DUE_HOURS * width + CHART_GAP - 2,
		   _("Today by hour"), &c);
	chart_draw_values(&c, b, r.row + 1, r.column);
	r.row += 2;
	r.rows -= CHART_LINES;
	chart_draw_bars(&c, b, r);
	int axis = r.row + r.rows;
	for (int i = 0; i < DUE_HOURS; i += step) {
		char text[12];
		snprintf(text, sizeof text, "%d", i);
		bool covered = i <= now && now < i + 2 && width == 1;
		if (i != now && !covered)
			chart_put(&c, b, axis, r.column, (size_t)i, ROLE_DIM, text);
	}
	chart_put(&c, b, axis, r.column, (size_t)now, ROLE_STRONG,
		  glyph(GLYPH_UP, a->look.ascii));
}

static bool is_worked(const struct app *a, int64_t start, int64_t end)
{
	const struct calendar *c = a->look.rules ? rulebook_calendar(a->look.rules) : NULL;
	const struct worktime *w = c ? calendar_hours(c, NULL, NULL) : NULL;
	return w ? worktime_next_opening(w, start) < end : clock_local(start).weekday < 6;
}

/* What is to be known of a day, in two letters: that it is a weekend or holiday, or a weekend
 * day that is worked.  "" for an ordinary day. */
static void day_words(int64_t start, bool worked, char why[16])
{
	char words[FMT_TEXT];
	bool weekend = clock_local(start).weekday > 5;
	if (weekend && !worked)
		snprintf(why, 16, "%.2s", fmt_now(start, words));
	else
		snprintf(why, 16, "%s", weekend ? _("wk") : worked ? "" : _("ho"));
}

static void draw_days(const struct app *a, struct cellbuf *b, struct rect r, int width)
{
	const struct due_board *board = a->due.board;
	struct chart c = {board->days, NULL, DUE_DAYS, width, 1, a->look.ascii};
	int end = r.column + DUE_DAYS * width;
	draw_title(b, r.row, r.column, end, _("This fortnight by day"), &c);
	chart_draw_values(&c, b, r.row + 1, r.column);
	r.row += 2;
	r.rows -= CHART_LINES;
	chart_draw_bars(&c, b, r);
	for (size_t i = 0; i < DUE_DAYS; i++) {
		char text[12], why[16];
		int64_t start = board->day_starts[i];
		bool worked = is_worked(a, start, board->day_starts[i + 1]);
		day_words(start, worked, why);
		snprintf(text, sizeof text, "%2d", clock_local(start).day);
		chart_put(&c, b, r.row + r.rows, r.column, i, worked ? ROLE_TEXT : ROLE_DIM,
			  text);
		if (*why)
			chart_put(&c, b, r.row + r.rows + 1, r.column, i, ROLE_DIM, why);
	}
}

/* How wide a bar can be: both charts beside each other, else the days alone. */
static void draw_charts(const struct app *a, struct cellbuf *b, struct rect r)
{
	int hour = 3, day = 7;
	while (hour > 1 &&
	       GUTTER * 2 + DUE_HOURS * hour + CHART_GAP + DUE_DAYS * day > r.columns)
		day > 4 && day > hour + 2 ? day-- : hour--;
	while (day > 3 &&
	       GUTTER * 2 + DUE_HOURS * hour + CHART_GAP + DUE_DAYS * day > r.columns)
		day--;
	r.column += GUTTER;
	if (GUTTER * 2 + DUE_HOURS * hour + CHART_GAP + DUE_DAYS * day <= r.columns) {
		draw_hours(a, b, r, hour);
		r.column += DUE_HOURS * hour + CHART_GAP;
		draw_days(a, b, r, day);
	} else {
		draw_days(a, b, r, 2);
	}
}

/* --- the whole -------------------------------------------------------------- */

/* The first year up to the last deadline and the fortnight whose notices are missing; 0: none.
 */
static int gap_year(const struct app *a)
{
	const struct due_board *board = a->due.board;
	int64_t last = board->day_starts[DUE_DAYS];
	if (!a->look.rules)
		return 0;
	last = board->last_due > last ? board->last_due : last;
	return calendar_gap(rulebook_calendar(a->look.rules), a->look.now, last);
}

/* Over what time the share of late ones was taken. */
static void draw_note(const struct app *a, struct cellbuf *b, int row, struct rect r)
{
	const struct due_board *board = a->due.board;
	char day[FMT_TEXT], text[300];
	int gap = gap_year(a), end = r.column + r.columns - 1;
	if (gap) {
		snprintf(text, sizeof text, _("%s holidays of %d are not all known"),
			 glyph(GLYPH_CUE, a->look.ascii), gap);
		end = draw_right(b, row, r.column, end, ROLE_WARN, 0, text) - 2;
	}
	snprintf(text, sizeof text,
		 board->capped
			 ? _("Late, %%: of what is open with a deadline or ended since %s "
			     "(only so far back: there are many)")
			 : _("Late, %%: of what is open with a deadline or ended since %s"),
		 fmt_date(board->since, day));
	cellbuf_put(b, row, r.column + GUTTER, end - r.column - GUTTER, ROLE_DIM, 0, text);
}

static int chart_rows(struct rect r)
{
	if (r.rows < CHART_FROM)
		return 0;
	return r.rows >= 36   ? CHART_LINES + 8
	       : r.rows >= 24 ? CHART_LINES + 5
			      : CHART_LINES + 3;
}

static void draw_nothing(const struct app *a, struct cellbuf *b, struct rect r)
{
	const struct due_board *board = a->due.board;
	bool failed = board && board->error.code != ERR_NONE;
	const char *why = failed                 ? board->error.text
			  : !board               ? _("Counting…")
			  : source_any_unread(a) ? _("Waiting for the first data…")
						 : _("Nothing is open here, and nothing has "
						     "ended lately.");
	cellbuf_put(b, r.row + 2, r.column + GUTTER, r.columns - GUTTER,
		    failed ? ROLE_ERROR : ROLE_DIM, 0, why);
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct due_state *d = &a->due;
	if (d->foretelling) {
		forecast_draw(a, b, r);
		return;
	}
	draw_crumbs(a, b, r);
	if (!d->board || d->board->error.code != ERR_NONE || !d->board->count) {
		draw_nothing(a, b, r);
		return;
	}
	int chart = chart_rows(r), note = r.rows > HEAD_ROWS + 4;
	int below = chart + (chart > 0) + note;
	due_set_height(d, r.rows - HEAD_ROWS - below);
	draw_table(a, b, r);
	int bottom = r.row + r.rows;
	if (note)
		draw_note(a, b, bottom - 1, r);
	if (chart)
		draw_charts(a, b,
			    (struct rect){bottom - note - chart, r.column, chart, r.columns});
}

static void move(struct app *a, enum motion m, int64_t n)
{
	struct due_state *d = &a->due;
	int64_t at = (int64_t)d->cursor, page = d->height > 1 ? d->height - 1 : 1;
	if (d->foretelling) {
		forecast_move(a, m, n);
		return;
	}
	due_go_to(d, m == MOVE_HOME    ? 0
		     : m == MOVE_END   ? INT32_MAX
		     : m == MOVE_ROWS  ? at + n
		     : m == MOVE_PAGES ? at + n * page
				       : at + n * (page + 1) / 2);
}

/* Where the group also has records. */
static void tell_others(struct app *a, const struct due_group *g, const struct kind *k)
{
	struct strbuf text = STRBUF_INIT;
	char number[FMT_TEXT];
	for (size_t i = 0; i < a->queue_count; i++)
		if (a->lists[i].kind != k && g->kinds[i].open)
			strbuf_addf(&text, "%s%s %s", text.len ? ", " : "",
				    _(a->lists[i].kind->title),
				    fmt_integer(g->kinds[i].open, number));
	if (text.len)
		app_say(a, ROLE_NOTICE, _("also open: %s"), text.s);
	strbuf_free(&text);
}

/* The list of the group's open records; of all queues, the one that presses most. */
static void open_group(struct app *a)
{
	if (a->due.foretelling) {
		forecast_open(a);
		return;
	}
	const struct due_group *g = due_current(&a->due);
	const struct kind *k = !g ? NULL : a->due.kind ? a->due.kind : due_pressing(g);
	if (!k || !g->filter)
		return;
	struct list *l = &a->lists[kind_index(k)];
	tabs_go_to_queue(a, kind_index(k));
	list_set_view(l, views_of_filter(a->config.views, k, "is:open"));
	list_set_filter(l, g->filter);
	list_set_sort(l, COL_DUE_AT, false);
	if (!a->due.kind)
		tell_others(a, g, k);
}

static void click(struct app *a, int row, int column)
{
	(void)column;
	int line = row - a->layout.main.row - HEAD_ROWS;
	if (a->due.foretelling || line < 0 || line >= a->due.height)
		return;
	size_t at = (size_t)(a->due.top + line);
	if (at == a->due.cursor)
		open_group(a);
	else
		due_go_to(&a->due, (int64_t)at);
}

const struct view due_view = {
	.context = CONTEXT_DUE,
	.draw = draw,
	.move = move,
	.open = open_group,
	.click = click,
	.tell = tell_due,
};

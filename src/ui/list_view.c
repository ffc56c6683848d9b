/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are drawn from words that are made once: a step of the cursor then changes a gutter
 * mark and two codes, and costs next to nothing. */
#include "ui/list_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"

#define GUTTER 2     /* cursor mark, selection mark */
#define PATIENCE 300 /* ms until it is said that rows are being looked for */

struct cached_cell {
	struct shown shown;
	struct found_cells *found;
	size_t found_count;
};

struct cached_row {
	int64_t until;             /* the words hold before this time; 0: not made */
	struct cached_cell *cells; /* one a slot; NULL: never made */
};

struct row_cache {
	struct arena arena;
	struct cached_row *rows;
	size_t count, cap;
	unsigned turn;  /* of what is looked for */
	int64_t minute; /* times and deadlines are words of this minute */
	struct column_slot slots[COLUMNS_MOST];
	size_t slot_count;
	struct strbuf scratch;
};

void row_cache_free(struct row_cache *c)
{
	if (!c)
		return;
	arena_free(&c->arena);
	strbuf_free(&c->scratch);
	free(c->rows);
	free(c);
}

void row_cache_forget(struct row_cache *c)
{
	if (!c)
		return;
	arena_reset(&c->arena);
	if (c->count)
		memset(c->rows, 0, c->count * sizeof *c->rows);
}

static struct column_wishes wishes_of(const struct list *l)
{
	return (struct column_wishes){&l->columns, l->code_width, l->sort};
}

size_t list_columns(const struct list *l, int width, struct column_slot *slots)
{
	struct column_wishes w = wishes_of(l);
	return columns_layout(l->kind, &w, width, slots);
}

bool list_wants_column(const struct list *l, int column)
{
	struct column_wishes w = wishes_of(l);
	return columns_wanted(l->kind, &w, column);
}

static struct row_cache *prepare_cache(struct list *l, struct row_cache **cache,
				       const struct look *look, int width)
{
	if (!*cache) {
		*cache = xcalloc(1, sizeof **cache);
		(*cache)->scratch = (struct strbuf)STRBUF_INIT;
	}
	struct row_cache *c = *cache;
	struct column_slot slots[COLUMNS_MOST];
	memset(slots, 0, sizeof slots);
	size_t n = list_columns(l, width, slots);
	int64_t minute = look->now / MINUTE;
	found_set(&l->found, l->kind, l->good_words, look);
	if (n != c->slot_count || minute != c->minute || l->found.turn != c->turn ||
	    memcmp(slots, c->slots, sizeof slots))
		row_cache_forget(c);
	c->turn = l->found.turn;
	memcpy(c->slots, slots, sizeof slots);
	c->slot_count = n;
	c->minute = minute;
	size_t rows = l->page ? l->page->count : 0;
	array_reserve((void **)&c->rows, &c->cap, rows, sizeof *c->rows);
	for (; c->count < rows; c->count++)
		c->rows[c->count] = (struct cached_row){.cells = NULL};
	return c;
}

static void find_words(struct row_cache *c, const struct found *f, size_t column,
		       struct cached_cell *cell)
{
	struct found_cells found[FOUND_MOST];
	size_t n = found_any(f) ? found_in(f, column, cell->shown.text, found) : 0;
	cell->found_count = n;
	cell->found = n ? arena_alloc(&c->arena, n * sizeof *found) : NULL;
	for (size_t i = 0; i < n; i++)
		cell->found[i] = found[i];
}

static void make_row(struct row_cache *c, const struct found *f, const struct look *look,
		     const struct record *r, struct cached_row *row)
{
	row->until = INT64_MAX;
	if (!row->cells)
		row->cells = arena_alloc(&c->arena, c->slot_count * sizeof *row->cells);
	for (size_t i = 0; i < c->slot_count; i++) {
		struct shown *s = &row->cells[i].shown;
		show_value(look, r, (size_t)c->slots[i].column, SHOW_IN_LIST, &c->scratch, s);
		if (s->text == c->scratch.s)
			s->text = arena_strdup(&c->arena, s->text);
		if (s->until != CLOCK_NONE && s->until < row->until)
			row->until = s->until;
		find_words(c, f, (size_t)c->slots[i].column, &row->cells[i]);
	}
}

/* A code that does not fit loses its front: the numbers at its end tell records apart. */
static const char *tail(const char *code, int width)
{
	int columns = utf8_swidth(code);
	while (columns > width - 1 && *code) {
		struct utf8_cluster c;
		code += utf8_next(code, strlen(code), &c);
		columns -= c.width;
	}
	return code;
}

static void draw_code(struct pen *p, int width, enum role role, const char *code)
{
	if (utf8_swidth(code) <= width) {
		pen_field(p, width, false, role, 0, code);
		return;
	}
	char mark[5];
	mark[utf8_encode(p->b->cut, mark)] = '\0';
	int start = p->column;
	pen_put(p, role, 0, mark);
	pen_field(p, width - (p->column - start), false, role, 0, tail(code, width));
}

/* Numbers are pushed to the right, and a code that does not fit has lost its front. */
static bool stands_from_the_left(const struct list *l, const struct column_slot *slot,
				 const struct shown *s)
{
	if (slot->column == COL_CODE)
		return utf8_swidth(s->text) <= slot->width;
	return !l->kind->columns[slot->column].right;
}

static void draw_cells(const struct list *l, const struct row_cache *c,
		       const struct cached_row *cached, const struct look *look,
		       struct cellbuf *b, int row, struct rect r, const struct record *record,
		       bool current, bool marked)
{
	/* Blanks look like the words round them: a terminal is told a colour once a row. */
	enum role base = show_row_role(record);
	if (base != ROLE_TEXT)
		cellbuf_fill(b, row, r.column + GUTTER, r.columns - GUTTER, base, ' ');
	if (current)
		cellbuf_put(b, row, r.column, 1, ROLE_CURSOR, 0,
			    glyph(GLYPH_CURSOR, look->ascii));
	if (marked)
		cellbuf_put(b, row, r.column + 1, 1, ROLE_MARKED, 0,
			    glyph(GLYPH_MARK, look->ascii));
	for (size_t i = 0; i < c->slot_count; i++) {
		const struct column_slot *slot = &c->slots[i];
		const struct cached_cell *cell = &cached->cells[i];
		const struct shown *s = &cell->shown;
		struct pen p = {b, row, r.column + GUTTER + slot->at, r.column + r.columns};
		enum role role = marked && s->role == ROLE_TEXT ? ROLE_MARKED : s->role;
		if (slot->column == COL_CODE)
			draw_code(&p, slot->width, current ? ROLE_CURSOR : role, s->text);
		else
			pen_field(&p, slot->width, l->kind->columns[slot->column].right, role,
				  0, s->text);
		if (stands_from_the_left(l, slot, s))
			found_mark(b, row, r.column + GUTTER + slot->at, slot->width,
				   cell->found, cell->found_count);
	}
}

static void draw_heading(const struct list *l, const struct look *look, struct cellbuf *b,
			 int row, struct rect r, const struct column_slot *slot)
{
	const struct column *c = &l->kind->columns[slot->column];
	bool sorted = slot->column == l->sort;
	/* What belongs to the deadline's cue column stays free above it. */
	int cue = c->type == COLUMN_DEADLINE ? 2 : 0;
	struct pen p = {b, row, r.column + GUTTER + slot->at + cue, r.column + r.columns};
	int room = slot->width - cue;
	const char *title = _(c->title);
	if (!sorted) {
		pen_field(&p, room, c->right, ROLE_HEADING, 0, title);
		return;
	}
	int width = utf8_swidth(title) + 2;
	if (c->right && width < room)
		pen_skip(&p, room - width);
	int end = r.column + GUTTER + slot->at + slot->width;
	p.end = end - 2 > p.column ? end - 2 : p.column;
	pen_put(&p, ROLE_HEADING, CELL_BOLD, title);
	p.end = end;
	if (width <= room)
		pen_skip(&p, 1);
	pen_put(&p, ROLE_HEADING, CELL_BOLD,
		glyph(l->descending ? GLYPH_DOWN : GLYPH_UP, look->ascii));
}

static void draw_row(const struct list *l, const struct look *look, struct cellbuf *b, int row,
		     struct rect r, size_t index)
{
	struct row_cache *c = l->cache;
	struct cached_row *cached = &c->rows[index];
	const struct record *record = l->page->rows[index];
	if (cached->until <= look->now)
		make_row(c, &l->found, look, record, cached);
	draw_cells(l, c, cached, look, b, row, r, record, index == l->cursor,
		   list_is_marked(l, record->rowid) || list_in_range(l, index));
}

void list_draw_record(struct list *l, struct row_cache **cache, const struct look *look,
		      struct cellbuf *b, struct rect r, const struct record *record,
		      bool current)
{
	struct row_cache *c = prepare_cache(l, cache, look, r.columns - GUTTER);
	struct cached_cell cells[COLUMNS_MOST];
	struct cached_row row = {.cells = cells};
	make_row(c, &l->found, look, record, &row);
	draw_cells(l, c, &row, look, b, r.row, r, record, current,
		   list_is_marked(l, record->rowid));
}

void list_draw_rows(struct list *l, const struct look *look, struct cellbuf *b, struct rect r,
		    bool focused)
{
	struct row_cache *c = prepare_cache(l, &l->cache, look, r.columns - GUTTER);
	for (size_t i = 0; i < c->slot_count; i++)
		draw_heading(l, look, b, r.row + 1, r, &c->slots[i]);
	size_t count = l->page ? l->page->count : 0;
	size_t top = list_top(l);
	for (int i = 0; i < r.rows - LIST_HEAD_ROWS && top + (size_t)i < count; i++)
		draw_row(l, look, b, r.row + LIST_HEAD_ROWS + i, r, top + (size_t)i);
	if (focused && count) {
		b->cursor_row = r.row + LIST_HEAD_ROWS + l->line;
		b->cursor_column = r.column;
	}
}

int list_heading_at(const struct list *l, struct rect r, int column)
{
	const struct row_cache *c = l->cache;
	for (size_t i = 0; c && i < c->slot_count; i++) {
		int at = r.column + GUTTER + c->slots[i].at;
		if (column >= at && column < at + c->slots[i].width)
			return c->slots[i].column;
	}
	return -1;
}

/* --- the line above ------------------------------------------------------- */

static void draw_count(const struct list *l, struct pen *p, int64_t total, int64_t now)
{
	char matches[FMT_TEXT], all[FMT_TEXT];
	if (!l->page || l->page->error.code != ERR_NONE)
		return;
	fmt_integer(l->page->total, matches);
	pen_skip(p, 3);
	if (l->landing && now - l->asked_at >= PATIENCE) {
		/* the rows on screen answer the question before */
		pen_put(p, ROLE_BANNER, 0, _("looking…"));
		return;
	}
	if (l->page->total_capped) {
		char text[FMT_TEXT * 2];
		snprintf(text, sizeof text, _("more than %s"), matches);
		pen_put(p, ROLE_STRONG, 0, text);
	} else {
		pen_put(p, ROLE_STRONG, 0, matches);
	}
	if (l->page->partial)
		pen_put(p, ROLE_BANNER, 0,
			l->looking_on ? _(" looking further…") : _(" partial: no index"));
	if (total < l->page->total || (!*l->view.filter && !*l->words))
		return;
	pen_put(p, ROLE_DIM, 0, " / ");
	pen_put(p, ROLE_DIM, 0, fmt_integer(total, all));
}

/* Whether rows flow in, are held back, or wait to be let in.  Where room is short the glyph
 * alone says it. */
static void draw_mode(const struct list *l, const struct look *look, struct pen *p,
		      const char *take_new_key)
{
	char words[96], count[FMT_TEXT];
	enum glyph g = l->following ? GLYPH_LIVE : GLYPH_PAUSE;
	enum role role = l->following ? ROLE_LIVE : ROLE_DIM;
	if (!l->page || l->page->error.code != ERR_NONE)
		return;
	snprintf(words, sizeof words, " %s", l->following ? _("following") : _("held"));
	if (!l->following && l->page->held > 0) {
		g = GLYPH_UP;
		role = ROLE_BANNER;
		fmt_integer(l->page->held, count);
		snprintf(words, sizeof words, _(" %s new (%s)"), count, take_new_key);
	}
	pen_skip(p, 3);
	pen_put(p, role, 0, glyph(g, look->ascii));
	if (role == ROLE_BANNER || utf8_swidth(words) <= p->end - p->column)
		pen_put(p, role, 0, words);
}

/* "by Due ▲   row 12" at the right end, as far as there is room from column `least` on. */
static void draw_order(const struct list *l, const struct look *look, struct cellbuf *b,
		       struct rect r, int least)
{
	char number[FMT_TEXT];
	int64_t at = list_position(l);
	int end = r.column + r.columns - 1;
	const char *arrow = glyph(l->descending ? GLYPH_DOWN : GLYPH_UP, look->ascii);
	if (at) {
		char *row = xasprintf(_("row %s"), fmt_integer(at, number));
		end = draw_right(b, r.row, least, end, ROLE_TEXT, 0, row) - 3;
		free(row);
	}
	char *order = xasprintf(_("by %s %s"), _(l->kind->columns[l->sort].title), arrow);
	draw_right(b, r.row, least, end, ROLE_DIM, 0, order);
	free(order);
}

void list_draw_crumbs(const struct list *l, const struct look *look, struct cellbuf *b,
		      struct rect r, int64_t total, const char *take_new_key)
{
	struct pen p = {b, r.row, r.column + 1, r.column + r.columns};
	const char *group = l->groups.on ? _(l->kind->columns[l->groups.column].title) : NULL;
	const char *const parts[] = {_(l->kind->title), l->view.title, group};
	pen_crumbs(&p, parts, ARRAY_LEN(parts), look->ascii);
	draw_count(l, &p, total, look->now);
	draw_mode(l, look, &p, take_new_key);
	if (*l->words) {
		pen_skip(&p, 3);
		pen_put(&p, ROLE_LABEL, 0, _("filter: "));
		pen_put(&p, ROLE_MATCH, 0, l->words);
	}
	draw_order(l, look, b, r, p.column + 2);
}

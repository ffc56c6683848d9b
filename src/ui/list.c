/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window is about three screens of rows with the cursor in the middle.  A move within it
 * needs nothing; when an edge comes near, a new window is asked for, and when it comes the
 * cursor is found again in it by its record, on the same line of the screen.  The same happens
 * when records change, so that nothing ever moves under the operator's eye. */
#include "ui/list.h"

#include <stdlib.h>

#include "text/utf8.h"
#include "ui/list_view.h"

#define CODE_WIDTH_MOST 26
#define BRIEF_STEPS 200000 /* of SQLite's machine: some 20 ms */

void list_init(struct list *l, const struct kind *k, const struct saved_view *v)
{
	*l = (struct list){
		.kind = k, .height = 1, .scroll_step = 1, .following = true, .landing = true};
	list_question_init(l);
	if (v)
		list_set_view(l, v);
	list_question_keep(l);
	l->want = LIST_QUESTION;
	l->place = PAGE_HOME;
}

void list_free(struct list *l)
{
	row_cache_free(l->cache);
	groups_free(&l->groups);
	found_free(&l->found);
	page_free(l->page);
	list_question_free(l);
	free(l->marks.list);
	*l = (struct list){.kind = NULL};
}

static size_t count(const struct list *l)
{
	return l->page ? l->page->count : 0;
}

const struct record *list_current(const struct list *l)
{
	if (l->groups.on)
		return groups_record(&l->groups);
	return l->cursor < count(l) ? l->page->rows[l->cursor] : NULL;
}

size_t list_top(const struct list *l)
{
	return l->cursor - (size_t)l->line;
}

int64_t list_position(const struct list *l)
{
	if (!l->page || l->page->first_offset < 0 || !count(l) || l->groups.on)
		return 0;
	return l->page->first_offset + (int64_t)l->cursor + 1;
}

static void ask(struct list *l, enum list_want want, enum page_place place)
{
	if (want < l->want)
		return;
	l->want = want;
	l->place = place;
}

/* Brings cursor and line into bounds: no blank lines above the first row, nor below the last
 * one while rows above could fill them. */
static void settle(struct list *l)
{
	size_t n = count(l);
	if (!n) {
		l->cursor = 0;
		l->line = 0;
		return;
	}
	if (l->cursor >= n)
		l->cursor = n - 1;
	int height = l->height;
	int below = (int)(n - l->cursor); /* rows from the cursor on */
	if (l->line > height - 1)
		l->line = height - 1;
	if (l->line < 0)
		l->line = 0;
	if (below < height - l->line)
		l->line = height - below;
	if ((size_t)l->line > l->cursor)
		l->line = (int)l->cursor;
	l->cursor_rowid = l->page->rows[l->cursor]->rowid;
	list_range_look(l);
}

/* Asks for another window where less than half a screen is left beyond an edge. */
static void look_ahead(struct list *l)
{
	if (!count(l))
		return;
	size_t margin = (size_t)l->height / 2 + 1, top = list_top(l);
	bool above = !l->page->at_start && top < margin;
	bool below = !l->page->at_end && top + (size_t)l->height + margin > count(l);
	if (above || below || l->pending)
		ask(l, LIST_PREFETCH, PAGE_AROUND);
}

void list_set_height(struct list *l, int height)
{
	if (height < 1)
		height = 1;
	if (height == l->height)
		return;
	l->height = height;
	settle(l);
	look_ahead(l);
}

void list_hold(struct list *l)
{
	if (!l->following)
		return;
	l->following = false;
	l->newest = l->page ? l->page->newest : 0;
}

/* Moves as far as the window reaches; returns what is left of n. */
static int64_t step(struct list *l, int64_t n, bool paging)
{
	int64_t from = (int64_t)l->cursor, to = from + n, last = (int64_t)count(l) - 1;
	if (to < 0)
		to = 0;
	if (to > last)
		to = last;
	l->cursor = (size_t)to;
	if (!paging) {
		int64_t line = l->line + (to - from);
		int jump = l->scroll_step < l->height ? l->scroll_step : l->height;
		l->line = line < 0            ? jump - 1
			  : line >= l->height ? l->height - jump
					      : (int)line;
	}
	settle(l);
	return from + n - to;
}

void list_move(struct list *l, int64_t n, bool paging)
{
	l->pending_paging = paging;
	if (l->landing)
		l->pending += n; /* to be taken from where the cursor lands */
	if (!count(l) || l->landing)
		return;
	list_hold(l);
	int64_t left = step(l, n, paging);
	bool more = left < 0 ? !l->page->at_start : !l->page->at_end;
	l->pending = left && more ? l->pending + left : 0;
	look_ahead(l);
}

void list_go(struct list *l, enum page_place place)
{
	l->pending = 0;
	l->landing = true;
	l->seeking = false;
	l->want = LIST_SETTLED;
	ask(l, LIST_QUESTION, place);
}

void list_home(struct list *l)
{
	l->following = true;
	if (!count(l) || !l->page->at_start || l->landing) {
		list_go(l, PAGE_HOME);
		return;
	}
	l->pending = 0;
	l->cursor = 0;
	l->line = 0;
	settle(l);
	ask(l, LIST_REFRESH, PAGE_HOME);
}

void list_end(struct list *l)
{
	list_hold(l);
	if (count(l) && l->page->at_end && !l->landing) {
		l->pending = 0;
		l->cursor = count(l) - 1;
		l->line = l->height - 1;
		settle(l);
		look_ahead(l);
		return;
	}
	list_go(l, PAGE_END);
}

void list_go_to_offset(struct list *l, int64_t offset)
{
	groups_stop(l);
	list_hold(l);
	l->place_offset = offset < 0 ? 0 : offset;
	list_go(l, PAGE_AT);
}

void list_go_to_record(struct list *l, int64_t rowid)
{
	groups_stop(l);
	list_hold(l);
	l->target = rowid;
	l->line = l->height / 3;
	if (l->newest && rowid > l->newest)
		l->newest = rowid;
	list_go(l, PAGE_AROUND);
	l->seeking = true;
}

void list_changed(struct list *l)
{
	groups_changed(&l->groups);
	ask(l, LIST_REFRESH, l->following ? PAGE_HOME : PAGE_AROUND);
}

void list_take_new(struct list *l)
{
	l->newest = 0;
	if (!count(l) || (l->page->at_start && list_top(l) == 0))
		l->following = true;
	l->want = LIST_SETTLED;
	ask(l, LIST_QUESTION, l->following ? PAGE_HOME : PAGE_AROUND);
}

/* --- questions and answers ------------------------------------------------ */

struct page_query *list_query(struct list *l, int64_t now)
{
	if (l->want == LIST_SETTLED)
		return NULL;
	struct page_query *q = page_query_new();
	q->kind = l->kind;
	q->filter = list_filter_text(l);
	q->sort = l->sort;
	q->descending = l->descending;
	q->place = l->place;
	q->limit = (uint32_t)l->height * 3 + 16;
	q->rowid = l->landing ? l->target : l->cursor_rowid;
	q->before = (uint32_t)(l->want == LIST_PREFETCH ? (int)q->limit / 2
							: l->line + l->height);
	q->offset = l->place_offset;
	q->newest = l->following ? 0 : l->newest;
	q->now = now;
	if (l->want == LIST_QUESTION)
		l->asked_at = now;
	l->brief = l->want == LIST_QUESTION && l->place == PAGE_HOME;
	q->steps = l->brief ? BRIEF_STEPS : 0;
	l->asked_place = l->place;
	l->want = LIST_SETTLED;
	return q;
}

void list_ask_again(struct list *l)
{
	ask(l, LIST_REFRESH, l->asked_place);
}

static bool find_row(const struct page *p, int64_t rowid, size_t *index)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->rows[i]->rowid == rowid) {
			*index = i;
			return true;
		}
	return false;
}

/* Rows flow in at the top: the cursor goes down with its record as long as that is on screen,
 * then back to the top. */
static void follow(struct list *l)
{
	bool found = find_row(l->page, l->cursor_rowid, &l->cursor);
	if (!found || l->cursor >= (size_t)l->height)
		l->cursor = 0;
	l->line = (int)l->cursor;
}

/* The cursor's place in the new window. */
static void find_cursor(struct list *l, bool landing)
{
	if (l->asked_place == PAGE_AROUND) {
		if (!find_row(l->page, landing ? l->target : l->cursor_rowid, &l->cursor))
			l->cursor = l->page->anchor;
	} else if (l->asked_place == PAGE_END) {
		l->cursor = count(l) ? count(l) - 1 : 0;
		l->line = l->height - 1;
	} else if (!landing && l->following) {
		follow(l);
	} else if (landing || !find_row(l->page, l->cursor_rowid, &l->cursor)) {
		l->cursor = 0;
		l->line = 0;
	}
}

static void measure_codes(struct list *l)
{
	for (size_t i = 0; i < count(l); i++) {
		int width = utf8_swidth(record_text(l->page->rows[i], COL_CODE));
		if (width > CODE_WIDTH_MOST)
			width = CODE_WIDTH_MOST;
		if (width > l->code_width)
			l->code_width = width;
	}
}

static int refuse(struct list *l, struct page *p, struct err *e)
{
	*e = p->error;
	list_question_fault(l, p, e);
	page_free(p);
	l->pending = 0;
	list_question_drop(l);
	return -1;
}

/* The moves that the old window had no rows for. */
static void catch_up(struct list *l)
{
	int64_t pending = l->pending;
	l->pending = 0;
	if (pending)
		list_move(l, pending, l->pending_paging);
	if (l->pending == pending)
		l->pending = 0; /* no row came that way: there is none */
}

/* What was found so far is shown while the rest is looked for; where that is nothing, the rows
 * stay that are there. */
static bool look_on(struct list *l, struct page *p)
{
	l->looking_on = l->brief && p->partial;
	if (l->looking_on)
		ask(l, LIST_REFRESH, PAGE_HOME);
	if (!l->looking_on || p->count || !l->page)
		return false;
	page_free(p);
	return true;
}

/* While the first page was read anew the operator went where it does not reach. */
static bool moved_away(const struct list *l, const struct page *p, bool landing)
{
	size_t index;
	return !landing && !l->following && l->asked_place == PAGE_HOME && count(l) &&
	       !p->at_end && !find_row(p, l->cursor_rowid, &index);
}

int list_answer(struct list *l, struct page *p, struct err *e)
{
	enum err_code code = p->error.code;
	bool landing = l->landing;
	if (look_on(l, p))
		return 0;
	l->landing = false;
	if ((code == ERR_USAGE || code == ERR_PARSE) && l->page)
		return refuse(l, p, e);
	l->error = p->error;
	if (code != ERR_NONE && l->page) {
		l->pending = 0;
		page_free(p); /* the rows that are there stay, the error is shown above them */
		return 0;
	}
	if (moved_away(l, p, landing)) {
		page_free(p);
		ask(l, LIST_REFRESH, PAGE_AROUND);
		return 0;
	}
	page_free(l->page);
	l->page = p;
	list_question_keep(l);
	row_cache_forget(l->cache);
	list_refresh_marks(l);
	measure_codes(l);
	find_cursor(l, landing);
	if (!l->following && !l->newest)
		l->newest = p->newest;
	settle(l);
	catch_up(l);
	look_ahead(l);
	if (!count(l) && p->held > 0)
		list_take_new(l); /* no row is left that new ones could move */
	return landing && l->seeking && l->asked_place == PAGE_AROUND && !p->anchor_found ? 1
											  : 0;
}

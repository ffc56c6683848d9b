/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strmap.h"
#include "model/filter_narrow.h"
#include "ui/list.h"
#include "ui/list_view.h"

#define PAUSE SECOND  /* between two counts at least … */
#define PAUSE_TIMES 5 /* … and so many times as long as the last one took */

static size_t count(const struct groups *g)
{
	return g->answer ? g->answer->count : 0;
}

static void forget_answer(struct groups *g)
{
	for (size_t i = 0; i < count(g); i++)
		page_free(g->folds[i].page);
	free(g->folds);
	g->folds = NULL;
	group_page_free(g->answer);
	g->answer = NULL;
}

void groups_free(struct groups *g)
{
	forget_answer(g);
	row_cache_free(g->cache);
	free(g->filter);
	free(g->page_of);
	*g = (struct groups){.on = false};
}

void groups_start(struct list *l, int column)
{
	groups_free(&l->groups);
	l->groups.on = true;
	l->groups.column = column;
	l->groups.height = 1;
}

void groups_stop(struct list *l)
{
	groups_free(&l->groups);
}

/* --- lines ------------------------------------------------------------------ */

/* Records that are shown of an unfolded group, read or not. */
static size_t rows_of(const struct groups *g, size_t i)
{
	const struct page *p = g->folds[i].page;
	int64_t n = g->answer->list[i].counts.count;
	if (p)
		return p->count < GROUP_ROWS ? p->count : GROUP_ROWS;
	return n < GROUP_ROWS ? (size_t)n : GROUP_ROWS;
}

static bool has_more(const struct groups *g, size_t i)
{
	const struct page *p = g->folds[i].page;
	return p ? !p->at_end : g->answer->list[i].counts.count > GROUP_ROWS;
}

static size_t lines_of(const struct groups *g, size_t i)
{
	return g->folds[i].open ? 1 + rows_of(g, i) + has_more(g, i) : 1;
}

int64_t groups_lines(const struct groups *g)
{
	return groups_line_of(g, count(g), 0);
}

int64_t groups_line_of(const struct groups *g, size_t group, size_t sub)
{
	int64_t line = 0;
	for (size_t i = 0; i < group && i < count(g); i++)
		line += (int64_t)lines_of(g, i);
	return line + (int64_t)sub;
}

bool groups_at(const struct groups *g, int64_t line, size_t *group, size_t *sub)
{
	for (*group = 0; line >= 0 && *group < count(g); ++*group) {
		int64_t n = (int64_t)lines_of(g, *group);
		if (line < n) {
			*sub = (size_t)line;
			return true;
		}
		line -= n;
	}
	return false;
}

enum group_line groups_kind_of(const struct groups *g, size_t group, size_t sub,
			       const struct record **r)
{
	*r = NULL;
	if (!sub || group >= count(g))
		return GROUP_HEADING;
	if (sub > rows_of(g, group))
		return GROUP_MORE;
	const struct page *p = g->folds[group].page;
	if (!p || sub > p->count)
		return GROUP_WAITING;
	*r = p->rows[sub - 1];
	return GROUP_RECORD;
}

const struct group *groups_here(const struct groups *g)
{
	return g->at < count(g) ? &g->answer->list[g->at] : NULL;
}

enum group_line groups_line_here(const struct groups *g)
{
	const struct record *r;
	return groups_kind_of(g, g->at, g->sub, &r);
}

const struct record *groups_record(const struct groups *g)
{
	const struct record *r;
	groups_kind_of(g, g->at, g->sub, &r);
	return r;
}

void groups_filter_here(const struct list *l, struct strbuf *out)
{
	const struct group *here = groups_here(&l->groups);
	if (here)
		group_filter(l->kind, l->groups.column, here->value, out);
}

/* --- the cursor ------------------------------------------------------------- */

/* Brings it into bounds, and on screen. */
static void settle(struct groups *g)
{
	if (g->at >= count(g))
		g->at = count(g) ? count(g) - 1 : 0;
	if (!count(g))
		g->sub = 0;
	else if (g->sub >= lines_of(g, g->at))
		g->sub = lines_of(g, g->at) - 1;
	const struct record *r = groups_record(g);
	g->rowid = r ? r->rowid : 0;
	int64_t line = groups_line_of(g, g->at, g->sub), lines = groups_lines(g);
	if (g->top > line)
		g->top = line;
	if (g->top < line - g->height + 1)
		g->top = line - g->height + 1;
	if (g->top > lines - g->height)
		g->top = lines - g->height;
	if (g->top < 0)
		g->top = 0;
}

bool groups_have_note(const struct groups *g)
{
	return g->answer && (g->answer->capped || g->answer->others);
}

void groups_set_height(struct groups *g, int height)
{
	height -= groups_have_note(g);
	g->height = height < 1 ? 1 : height;
	settle(g);
}

void groups_move(struct groups *g, int64_t n)
{
	int64_t lines = groups_lines(g), line = groups_line_of(g, g->at, g->sub);
	if (!lines)
		return;
	line = n > lines ? lines - 1 : n < -lines ? 0 : line + n;
	line = line < 0 ? 0 : line >= lines ? lines - 1 : line;
	groups_at(g, line, &g->at, &g->sub);
	settle(g);
}

void groups_toggle(struct groups *g)
{
	if (g->at >= count(g))
		return;
	g->folds[g->at].open = !g->folds[g->at].open;
	g->sub = 0;
	settle(g);
}

/* The cursor stays on its line of the screen, whatever comes above it. */
static int64_t screen_line(const struct groups *g)
{
	return groups_line_of(g, g->at, g->sub) - g->top;
}

static void stay(struct groups *g, int64_t line)
{
	g->top = groups_line_of(g, g->at, g->sub) - line;
	settle(g);
}

void groups_toggle_all(struct groups *g)
{
	bool open = false;
	int64_t line = screen_line(g);
	for (size_t i = 0; i < count(g); i++)
		open |= g->folds[i].open;
	for (size_t i = 0; i < count(g); i++)
		g->folds[i].open = !open;
	if (open)
		g->sub = 0;
	stay(g, line);
}

/* The record of the cursor, in a page that was read anew. */
static void find_record(struct groups *g)
{
	const struct page *p = g->at < count(g) ? g->folds[g->at].page : NULL;
	for (size_t i = 0; p && g->rowid && g->sub && i < p->count; i++)
		if (p->rows[i]->rowid == g->rowid)
			g->sub = i + 1;
}

/* --- questions and answers --------------------------------------------------- */

void groups_changed(struct groups *g)
{
	g->stale = true;
	for (size_t i = 0; i < count(g); i++)
		g->folds[i].stale = true;
}

static bool is_asked(const struct groups *g, const struct list *l, const char *filter)
{
	return g->filter && strcmp(g->filter, filter) == 0 && g->sort == l->sort &&
	       g->descending == l->descending;
}

bool groups_want(struct list *l, int64_t now)
{
	struct groups *g = &l->groups;
	char *filter = list_filter_text(l);
	bool same = is_asked(g, l, filter);
	free(filter);
	return !same || (g->stale && !g->asked && g->due <= now);
}

struct group_query *groups_query(struct list *l, int64_t now)
{
	struct groups *g = &l->groups;
	struct group_query *q = group_query_new();
	char *filter = list_filter_text(l);
	bool same = is_asked(g, l, filter);
	q->kind = l->kind;
	q->filter = xstrdup(filter);
	q->column = g->column;
	q->now = now;
	free(g->filter);
	g->filter = filter;
	g->sort = l->sort;
	g->descending = l->descending;
	g->stale = false;
	g->asked = true;
	for (size_t i = 0; !same && i < count(g); i++)
		g->folds[i].stale = true;
	return q;
}

/* What was unfolded stays so, and the cursor stays on its group. */
static void take_over(struct groups *g, struct group_page *p)
{
	struct fold *folds = xcalloc(p->count + 1, sizeof *folds);
	struct strmap before = STRMAP_INIT;
	size_t at = g->at;
	for (size_t i = 0; i < count(g); i++)
		strmap_put(&before, g->answer->list[i].value, &g->folds[i]);
	for (size_t i = 0; i < p->count; i++) {
		struct fold *old = strmap_get(&before, p->list[i].value);
		if (!old)
			continue;
		folds[i] = *old;
		old->page = NULL;
		if (old == &g->folds[at])
			g->at = i;
	}
	strmap_free(&before, NULL);
	forget_answer(g);
	g->folds = folds;
}

void groups_answer(struct list *l, struct group_page *p, int64_t now)
{
	struct groups *g = &l->groups;
	g->asked = false;
	g->due = now + (p->took * PAUSE_TIMES > PAUSE ? p->took * PAUSE_TIMES : PAUSE);
	if (p->error.code != ERR_NONE && g->answer) {
		group_page_free(p);
		return;
	}
	int64_t line = screen_line(g);
	take_over(g, p);
	g->answer = p;
	find_record(g);
	stay(g, line);
}

static bool is_wanted(const struct fold *f)
{
	return f->open && (!f->page || f->stale);
}

struct page_query *groups_page_query(struct list *l, int64_t now)
{
	struct groups *g = &l->groups;
	int64_t line = 0;
	for (size_t i = 0; i < count(g) && line < g->top + g->height; i++) {
		line += (int64_t)lines_of(g, i);
		if (!is_wanted(&g->folds[i]) || line <= g->top)
			continue;
		struct strbuf filter = STRBUF_INIT;
		struct page_query *q = page_query_new();
		group_filter(l->kind, g->column, g->answer->list[i].value, &filter);
		q->kind = l->kind;
		q->filter = filter_narrow(g->filter, filter.s, NULL);
		q->sort = l->sort;
		q->descending = l->descending;
		q->limit = GROUP_ROWS;
		q->now = now;
		strbuf_free(&filter);
		g->folds[i].stale = false;
		free(g->page_of);
		g->page_of = xstrdup(g->answer->list[i].value);
		return q;
	}
	return NULL;
}

static struct fold *asked_fold(struct groups *g)
{
	for (size_t i = 0; g->page_of && i < count(g); i++)
		if (strcmp(g->answer->list[i].value, g->page_of) == 0)
			return &g->folds[i];
	return NULL;
}

void groups_page_lost(struct list *l)
{
	struct fold *f = asked_fold(&l->groups);
	if (f)
		f->stale = true;
}

void groups_page_answer(struct list *l, struct page *p)
{
	struct fold *f = asked_fold(&l->groups);
	if (!f || (p->error.code != ERR_NONE && f->page)) {
		page_free(p);
		return;
	}
	int64_t line = screen_line(&l->groups);
	page_free(f->page);
	f->page = p;
	find_record(&l->groups);
	stay(&l->groups, line);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "ui/list.h"

#define ASK_PAUSE SECOND /* between two looks at which marks are away */

static size_t mark_index(const struct list *l, int64_t rowid)
{
	size_t low = 0, high = l->marks.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (l->marks.list[middle].rowid < rowid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool list_is_marked(const struct list *l, int64_t rowid)
{
	size_t i = mark_index(l, rowid);
	return i < l->marks.count && l->marks.list[i].rowid == rowid;
}

void list_toggle_mark(struct list *l)
{
	struct record *r = (struct record *)(uintptr_t)list_current(l);
	if (!r)
		return;
	list_hold(l);
	list_mark_rows(l, &r, 1, MARKS_INVERT);
}

void list_mark_target(struct list *l, const struct target *t)
{
	struct marks *m = &l->marks;
	size_t i = mark_index(l, t->rowid);
	if (list_is_marked(l, t->rowid) || m->count >= MARKS_MOST)
		return;
	list_hold(l);
	array_reserve((void **)&m->list, &m->cap, m->count + 1, sizeof *m->list);
	memmove(m->list + i + 1, m->list + i, (m->count - i) * sizeof *m->list);
	m->list[i] = *t;
	m->count++;
	m->stale = true;
}

void list_unmark(struct list *l, int64_t rowid)
{
	struct marks *m = &l->marks;
	size_t i = mark_index(l, rowid);
	if (!list_is_marked(l, rowid))
		return;
	m->count--;
	memmove(m->list + i, m->list + i + 1, (m->count - i) * sizeof *m->list);
	m->stale = true;
	if (m->away > m->count)
		m->away = m->count;
}

void list_clear_marks(struct list *l)
{
	l->marks.count = l->marks.away = 0;
	l->marks.range_from = 0;
}

/* --- many at a time ------------------------------------------------------- */

static int by_rowid(const void *a, const void *b)
{
	const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
	return x->rowid < y->rowid ? -1 : x->rowid > y->rowid;
}

/* Merges two ascending lists; `found` is what becomes of a row by whether it was marked. */
static size_t merge(const struct marks *m, struct record *const *rows, size_t n,
		    enum marks_deed deed, struct target *out)
{
	size_t count = 0, i = 0, k = 0;
	while (i < m->count || k < n) {
		bool row = k < n && (i == m->count || rows[k]->rowid <= m->list[i].rowid);
		bool marked = i < m->count && (!row || rows[k]->rowid == m->list[i].rowid);
		bool stays = !row || deed == MARKS_ADD || (deed == MARKS_INVERT && !marked);
		if (stays && row)
			target_set(&out[count++], rows[k]);
		else if (stays)
			out[count++] = m->list[i];
		i += marked;
		k += row;
	}
	return count;
}

int list_mark_rows(struct list *l, struct record *const *rows, size_t n, enum marks_deed deed)
{
	struct marks *m = &l->marks;
	size_t most = m->count + n;
	struct record **sorted = xcalloc(n + 1, sizeof(struct record *));
	struct target *merged = xcalloc(most + 1, sizeof *merged);
	memcpy(sorted, rows, n * sizeof(struct record *));
	qsort(sorted, n, sizeof(struct record *), by_rowid);
	size_t count = merge(m, sorted, n, deed, merged);
	free(sorted);
	if (count > MARKS_MOST) {
		free(merged);
		return -1;
	}
	free(m->list);
	m->list = merged;
	m->count = count;
	m->cap = most + 1;
	m->stale = true;
	return 0;
}

void list_refresh_marks(struct list *l)
{
	struct marks *m = &l->marks;
	for (size_t i = 0; m->count && i < l->page->count; i++) {
		size_t at = mark_index(l, l->page->rows[i]->rowid);
		if (at < m->count && m->list[at].rowid == l->page->rows[i]->rowid)
			target_set(&m->list[at], l->page->rows[i]);
	}
	m->stale = true;
}

/* --- a range -------------------------------------------------------------- */

static bool find_start(const struct list *l, size_t *index)
{
	for (size_t i = 0; l->page && i < l->page->count; i++)
		if (l->page->rows[i]->rowid == l->marks.range_from) {
			*index = i;
			return true;
		}
	return false;
}

void list_range_start(struct list *l)
{
	if (!l->page || l->cursor >= l->page->count)
		return;
	list_hold(l);
	l->marks.range_from = l->page->rows[l->cursor]->rowid;
	l->marks.range_at = list_position(l);
	l->marks.range_side = 0;
}

void list_range_look(struct list *l)
{
	struct marks *m = &l->marks;
	int64_t here = list_position(l);
	size_t at;
	if (!m->range_from)
		return;
	if (find_start(l, &at))
		m->range_side = at < l->cursor ? -1 : at > l->cursor;
	else if (here && m->range_at && here != m->range_at)
		m->range_side = m->range_at < here ? -1 : 1;
}

bool list_in_range(const struct list *l, size_t index)
{
	size_t at;
	if (!l->marks.range_from)
		return false;
	if (!find_start(l, &at))
		return l->marks.range_side < 0   ? index <= l->cursor
		       : l->marks.range_side > 0 ? index >= l->cursor
						 : index == l->cursor;
	return at < l->cursor ? at <= index && index <= l->cursor
			      : l->cursor <= index && index <= at;
}

int list_range_end(struct list *l)
{
	size_t at;
	if (!find_start(l, &at))
		return 0;
	size_t from = at < l->cursor ? at : l->cursor, to = at < l->cursor ? l->cursor : at;
	l->marks.range_from = 0;
	return list_mark_rows(l, l->page->rows + from, to - from + 1, MARKS_ADD) < 0 ? -1 : 1;
}

/* --- which are away ------------------------------------------------------- */

struct page_query *list_marks_query(struct list *l, int64_t now)
{
	struct marks *m = &l->marks;
	if (!m->stale || !m->count || (m->asked && now < m->asked + ASK_PAUSE))
		return NULL;
	struct page_query *q = page_query_new();
	q->kind = l->kind;
	q->filter = list_filter_text(l);
	q->sort = COL_CODE;
	q->now = now;
	q->among = xcalloc(m->count, sizeof *q->among);
	q->among_count = m->count;
	for (size_t i = 0; i < m->count; i++)
		q->among[i] = m->list[i].rowid;
	m->stale = false;
	m->asked = now;
	return q;
}

void list_marks_answer(struct list *l, struct page *p)
{
	struct marks *m = &l->marks;
	size_t here = 0;
	for (size_t i = 0; p->error.code == ERR_NONE && i < p->count; i++) {
		size_t at = mark_index(l, p->rows[i]->rowid);
		if (at == m->count || m->list[at].rowid != p->rows[i]->rowid)
			continue;
		target_set(&m->list[at], p->rows[i]);
		here += (int64_t)i < p->total;
	}
	if (p->error.code == ERR_NONE)
		m->away = m->count - here;
	page_free(p);
}

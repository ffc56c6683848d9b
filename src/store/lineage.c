/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Successors are followed as a set, so that a unit that was divided and put together again ends
 * in one.  The set of what was visited bounds the work and breaks circles. */
#include "store/lineage.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define VISITED_MOST 64
#define ID_MOST 64 /* bytes of "CODE@DATE" */

struct walk {
	const struct name_table *table;
	const struct kind *catalogue;
	int64_t now;
	const struct name_row *visited[VISITED_MOST];
	size_t count;
	const struct name_row *end; /* the one unit that is left */
	size_t ends;
	bool broken;
};

static bool is_over(const struct name_row *row, int64_t now)
{
	return row->to < now;
}

/* The row that "CODE@DATE" or "CODE" means as a successor of `old`; NULL: there is none. */
static const struct name_row *resolve(const struct walk *w, const struct name_row *old,
				      char *id)
{
	int64_t at = old->to == INT64_MAX ? w->now : old->to + DAY;
	char *date = strchr(id, '@');
	if (date) {
		*date++ = '\0';
		if (clock_parse(date, strlen(date), &at) < 0)
			return NULL;
	}
	const struct name_row *row = names_row(w->table, w->catalogue, id, at);
	bool meant = row && (!date || row->from == INT64_MIN ||
			     (row->from < at + DAY && row->from > at - DAY));
	return meant ? row : NULL;
}

/* Remembers a row to look at; one that is there already closes no circle by itself. */
static void visit(struct walk *w, const struct name_row *row)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->visited[i] == row)
			return;
	if (w->count == VISITED_MOST)
		w->broken = true;
	else
		w->visited[w->count++] = row;
}

/* Visits the successors that are at work by now; how many there are. */
static size_t visit_successors(struct walk *w, const struct name_row *row)
{
	size_t found = 0;
	for (const char *s = row->successors; *s;) {
		char id[ID_MOST];
		size_t n = strcspn(s, " ,\t\n");
		snprintf(id, sizeof id, "%.*s", n < ID_MOST ? (int)n : 0, s);
		s += n + strspn(s + n, " ,\t\n");
		if (!n)
			continue;
		const struct name_row *next = resolve(w, row, id);
		if (next && next != row && next->from <= w->now)
			visit(w, next);
		w->broken |= !next;
		found += next && next->from <= w->now;
	}
	return found;
}

static void look_at(struct walk *w, const struct name_row *row)
{
	bool goes_on = row->successors && (row->to == INT64_MAX || is_over(row, w->now));
	if (goes_on && visit_successors(w, row) > 0)
		return;
	w->end = row;
	w->ends++;
}

static enum lineage_end judge(const struct walk *w, const struct name_row *then)
{
	if (w->broken || w->ends == 0)
		return LINEAGE_BROKEN;
	if (w->ends > 1)
		return LINEAGE_SPLIT;
	if (is_over(w->end, w->now))
		return LINEAGE_ENDED;
	return w->end == then ? LINEAGE_SAME : LINEAGE_FOLLOWED;
}

struct lineage lineage_find(const struct name_table *t, const struct kind *catalogue,
			    const char *code, int64_t at, int64_t now)
{
	struct walk w = {.table = t, .catalogue = catalogue, .now = now};
	struct lineage l = {.then = names_row(t, catalogue, code, at == CLOCK_NONE ? now : at)};
	if (!l.then)
		return l;
	visit(&w, l.then);
	for (size_t i = 0; i < w.count; i++)
		look_at(&w, w.visited[i]);
	l.end = judge(&w, l.then);
	l.now = w.ends == 1 && !w.broken ? w.end : l.then;
	return l;
}

void lineage_key(struct strbuf *b, const struct name_row *row)
{
	strbuf_adds(b, row->code);
	if (row->from == INT64_MIN)
		return;
	struct clock_civil c = clock_local(row->from);
	strbuf_addf(b, "@%04d-%02d-%02d", c.year, c.month, c.day);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/utf8.h"
#include "ui/filter_look.h"

static void clear(struct found *f)
{
	for (size_t i = 0; i < f->count; i++)
		pattern_free(f->columns[i].pattern);
	pattern_free(f->any);
	f->any = NULL;
	f->count = 0;
}

void found_free(struct found *f)
{
	clear(f);
	free(f->columns);
	free(f->filter);
	*f = (struct found){.kind = NULL};
}

/* The words that a match has, or may have, in this column. */
static void gather(struct strbuf *lines, const struct filter *f, int column)
{
	if (f->op == FILTER_AND || f->op == FILTER_OR) {
		gather(lines, f->a, column);
		gather(lines, f->b, column);
		return;
	}
	if (f->op != FILTER_WORDS || f->column != column)
		return;
	strbuf_addf(lines, "%s%s%s", lines->len ? "\n" : "", f->typed ? f->typed : f->words,
		    f->prefix ? "*" : "");
}

static struct pattern *pattern_for(const struct filter *f, int column)
{
	struct strbuf lines = STRBUF_INIT;
	gather(&lines, f, column);
	struct pattern *p = lines.len ? pattern_new(lines.s) : NULL;
	strbuf_free(&lines);
	return p;
}

static void look_for(struct found *f, const struct filter *filter)
{
	f->any = pattern_for(filter, FILTER_ANY_TEXT);
	for (int i = 0; i < (int)f->kind->column_count; i++) {
		struct found_column one = {i, pattern_for(filter, i)};
		if (one.pattern)
			ARRAY_PUSH(f->columns, f->count, f->cap) = one;
	}
}

void found_set(struct found *f, const struct kind *k, const char *filter,
	       const struct look *look)
{
	if (f->kind == k && f->filter && strcmp(f->filter, filter) == 0)
		return;
	struct arena scratch = ARENA_INIT;
	struct filter_context c = show_filter_context(look, k);
	clear(f);
	char *copy = xstrdup(filter);
	free(f->filter);
	f->filter = copy;
	f->kind = k;
	f->turn++;
	const struct filter *tree = *filter ? filter_parse(&scratch, &c, filter, NULL, NULL)
					    : NULL;
	if (tree)
		look_for(f, tree);
	arena_free(&scratch);
}

bool found_any(const struct found *f)
{
	return f->any || f->count;
}

static size_t add_ranges(struct pattern *p, const char *text, struct pattern_range *out,
			 size_t count)
{
	return count +
	       (p ? pattern_find(p, text, strlen(text), out + count, FOUND_MOST - count) : 0);
}

size_t found_ranges(const struct found *f, size_t column, const char *text,
		    struct pattern_range out[FOUND_MOST])
{
	size_t count = 0;
	if (f->any && f->kind->columns[column].flags & COLUMN_SEARCHED)
		count = add_ranges(f->any, text, out, count);
	for (size_t i = 0; i < f->count; i++)
		if (f->columns[i].column == (int)column)
			count = add_ranges(f->columns[i].pattern, text, out, count);
	return count;
}

size_t found_in(const struct found *f, size_t column, const char *text,
		struct found_cells out[FOUND_MOST])
{
	struct pattern_range r[FOUND_MOST];
	size_t count = found_ranges(f, column, text, r);
	for (size_t i = 0; i < count; i++) {
		out[i].from = utf8_width(text, r[i].start);
		out[i].to = out[i].from + utf8_width(text + r[i].start, r[i].end - r[i].start);
	}
	return count;
}

void found_mark(struct cellbuf *b, int row, int column, int width,
		const struct found_cells *cells, size_t count)
{
	if (row < 0 || row >= b->rows)
		return;
	for (size_t i = 0; i < count; i++)
		for (int at = cells[i].from; at < cells[i].to && at < width; at++) {
			if (column + at < 0 || column + at >= b->columns)
				continue;
			struct cell *c = &b->cells[row * b->columns + column + at];
			if (c->ch != b->cut || at + 1 < width)
				c->role = ROLE_MATCH;
		}
}

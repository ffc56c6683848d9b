/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records pass a filter. */
#include "world_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "text/pattern.h"

static bool has_words(const struct record *r, const struct filter *f)
{
	struct pattern_text texts[64];
	size_t n = 0;
	for (size_t i = 0; i < r->kind->column_count && n < ARRAY_LEN(texts); i++)
		if (r->values[i].set &&
		    (f->column == (int)i || (f->column == FILTER_ANY_TEXT &&
					     r->kind->columns[i].flags & COLUMN_SEARCHED)))
			texts[n++] = (struct pattern_text){r->values[i].s, r->values[i].n};
	char *line = xasprintf("%s%s", f->typed ? f->typed : f->words, f->prefix ? "*" : "");
	struct pattern *p = pattern_new(line);
	bool yes = pattern_matches(p, texts, n);
	pattern_free(p);
	free(line);
	return yes;
}

static bool is_one_of(const struct record *r, const struct filter *f)
{
	bool text = f->column >= 0 && column_is_textual(r->kind->columns[f->column].type);
	for (size_t i = 0; text && i < f->count; i++)
		if (strcmp(f->values[i].s, record_text(r, (size_t)f->column)) == 0)
			return true;
	return !text;
}

static bool compares(const struct record *r, const struct filter *f)
{
	int64_t v = f->column >= 0 ? record_int(r, (size_t)f->column, CLOCK_NONE) : CLOCK_NONE;
	int64_t w = f->values->i;
	if (v == CLOCK_NONE)
		return false;
	switch (f->compare) {
	case FILTER_LESS:
		return v < w;
	case FILTER_LESS_EQUAL:
		return v <= w;
	case FILTER_GREATER:
		return v > w;
	case FILTER_GREATER_EQUAL:
		return v >= w;
	default:
		return v == w;
	}
}

static bool holds(const struct record *r, const struct filter *f)
{
	switch (f->op) {
	case FILTER_ALL:
		return true;
	case FILTER_AND:
		return holds(r, f->a) && holds(r, f->b);
	case FILTER_OR:
		return holds(r, f->a) || holds(r, f->b);
	case FILTER_NOT:
		return !holds(r, f->a);
	case FILTER_OPEN:
		return record_is_open(r);
	case FILTER_WORDS:
		return has_words(r, f);
	case FILTER_IN:
		return is_one_of(r, f);
	case FILTER_SET:
		return r->values[f->column].set;
	case FILTER_COMPARE:
		return compares(r, f);
	case FILTER_TAIL:
		return tail_matches(record_text(r, (size_t)f->column),
				    strlen(record_text(r, (size_t)f->column)), false, f->words,
				    f->tail);
	case FILTER_COLUMNS:
	case FILTER_NEAR:
		break;
	}
	fprintf(stderr, "the world knows no such filter\n");
	abort();
}

void world_sieve_init(struct world_sieve *s, const struct kind *k, const char *filter,
		      int64_t now)
{
	struct filter_context c = {.kind = k, .now = now};
	*s = (struct world_sieve){.arena = ARENA_INIT, .kind = k};
	s->filter = filter_parse(&s->arena, &c, filter, NULL, NULL);
}

bool world_passes(const struct world_sieve *s, const struct record *r)
{
	return r->kind == s->kind && s->filter && holds(r, s->filter);
}

void world_sieve_free(struct world_sieve *s)
{
	arena_free(&s->arena);
}

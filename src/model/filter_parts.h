/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that make up the filter language. */
#ifndef IOC_MODEL_FILTER_PARTS_H
#define IOC_MODEL_FILTER_PARTS_H

#include "model/filter.h"

#define FILTER_NO_FIELD (-100)
#define FILTER_IS (-101) /* "is:" */

/* A part of the text, not terminated. */
struct filter_piece {
	const char *s;
	size_t n;
	bool quoted;
};

/* What the reading of one filter shares. */
struct filter_parser {
	struct arena *arena;
	const struct filter_context *context;
	const char *text, *s, *end;
	unsigned depth, nodes, predicates;
	size_t error_at;
	struct err *error;
};

/* Notes where the error stands that the caller has set; returns NULL. */
struct filter *filter_fail(struct filter_parser *p, const char *where);
/* NULL with the error set where the filter becomes too long. */
struct filter *filter_node(struct filter_parser *p, enum filter_op op, const struct filter *a,
			   const struct filter *b);
/* These pass NULL on: something has failed before. */
const struct filter *filter_negate(struct filter_parser *p, const struct filter *f);
const struct filter *filter_both(struct filter_parser *p, const struct filter *a,
				 const struct filter *b);
/* One of both; `a` may be NULL: none yet. */
const struct filter *filter_join(struct filter_parser *p, const struct filter *a,
				 const struct filter *b);
/* Takes the "*" off the end that stands for any ending. */
bool filter_drop_star(struct filter_piece *piece);
/* The words of a text, side by side; the last one may go on where `prefix`. */
const struct filter *filter_words(struct filter_parser *p, int column,
				  struct filter_piece piece, bool prefix);
/* "field<value" */
const struct filter *filter_compare_with(struct filter_parser *p, int column,
					 enum filter_compare how, struct filter_piece v);
/* "field:value", one of the list: a word, "none" or "any" too. */
const struct filter *filter_one_value(struct filter_parser *p, int field,
				      struct filter_piece v);

/* The column (or FILTER_SOURCE, FILTER_ID, FILTER_IS) so called; FILTER_NO_FIELD. */
int filter_field(const struct kind *k, const char *s, size_t n);
/* The field or predicate that was perhaps meant; NULL where nothing comes near. */
const char *filter_suggest_field(const struct kind *k, const char *s, size_t n);
const struct predicate *filter_predicate(const struct kind *k, const char *s, size_t n);
const char *filter_suggest_predicate(const struct kind *k, const char *s, size_t n);

/* An instant or the stretch of time that a word means: [start, end). */
struct filter_span {
	int64_t start, end;
	bool relative; /* was a bare span such as 4h: start is its length */
};
/* -1 where it is no time. */
int filter_time(const char *s, size_t n, int64_t now, struct filter_span *out);
/* "90", "2m", "1h": milliseconds; a bare number counts `unit`.  -1 where it is none. */
int filter_duration(const char *s, size_t n, int64_t unit, int64_t *ms);

/* The values of a state, choice, reference, number or flag that a word means, appended to
 * f->values.  -1 with *e (no position yet). */
int filter_add_value(struct arena *a, const struct filter_context *c, struct filter *f,
		     struct filter_piece p, struct err *e);

#endif

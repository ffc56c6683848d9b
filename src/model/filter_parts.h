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

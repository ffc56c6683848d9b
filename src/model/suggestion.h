/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of distribution suggest for records, and the question for it: plain data that
 * moves between threads; whoever receives a part frees it. */
#ifndef IOC_MODEL_SUGGESTION_H
#define IOC_MODEL_SUGGESTION_H

#include <jansson.h>

#include "base/err.h"
#include "model/action.h"

/* For one record. */
struct suggestion {
	int64_t rowid;
	char rule[96], unit[64]; /* the rule's name; code of the lead unit */
	json_t *fields;          /* of the action that distributes; owned */
};

struct suggest_query {
	uint64_t generation; /* copied to the answer */
	const struct kind *kind;
	int64_t *rowids; /* owned */
	size_t count;
};

struct suggestions {
	uint64_t generation;
	const struct kind *kind;
	struct suggestion *list; /* of those records for which there is one */
	size_t count, cap;
	struct err error;
};

struct suggest_query *suggest_query_new(const struct kind *k, size_t count);
void suggest_query_free(void *query); /* a struct suggest_query * */
struct suggestions *suggestions_new(void);
void suggestions_free(struct suggestions *s);
/* The one for this record; NULL: none.  `s` may be NULL. */
const struct suggestion *suggestions_of(const struct suggestions *s, const struct kind *k,
					int64_t rowid);

#endif

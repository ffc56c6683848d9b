/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What completion has to ask of the cache or of a folder: plain data that moves between
 * threads, as pages do. */
#ifndef IOC_MODEL_COMPLETE_H
#define IOC_MODEL_COMPLETE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/kind.h"

#define COMPLETE_MOST 200

enum complete_what {
	COMPLETE_NOTHING,
	COMPLETE_VALUES, /* of a column; without a kind: codes of records of any queue */
	COMPLETE_THEMES,
	COMPLETE_FILES,
};

struct complete_query {
	uint64_t generation; /* copied to the answer */
	enum complete_what what;
	const struct kind *kind; /* COMPLETE_VALUES */
	int column;
	char *typed; /* what they begin with; owned */
};

struct complete_value {
	const char *text, *about; /* about: "" for nothing */
};

struct complete_answer {
	uint64_t generation;
	struct arena arena;
	struct complete_value *list; /* in the arena, room for COMPLETE_MOST */
	size_t count;
	bool more; /* there were more */
};

struct complete_query *complete_query_new(enum complete_what what, const char *typed);
void complete_query_free(void *query); /* a struct complete_query * */
struct complete_answer *complete_answer_new(uint64_t generation);
void complete_answer_free(void *answer); /* a struct complete_answer * */
/* Copies both; notes that there were more where it is full. */
void complete_answer_add(struct complete_answer *a, const char *text, const char *about);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going to a record by its code: it is asked of the cache, whether a list has it or not. */
#ifndef IOC_UI_LOOKUP_H
#define IOC_UI_LOOKUP_H

#include "model/query.h"

struct app;

enum lookup_way {
	LOOKUP_IN_QUEUE = 0,
	LOOKUP_ANY_QUEUE = 1, /* goes on with the other queues */
	LOOKUP_IN_DETAIL = 2, /* shows it in the detail, the list stays */
	LOOKUP_OPEN = 4,      /* shows it in full */
	LOOKUP_GENTLY = 8,    /* where the filter hides it, that is as well */
};

struct lookup {
	char code[96]; /* "": none */
	unsigned way;  /* enum lookup_way */
	size_t queue, tried;
};

/* Looks for it from now on, by its code or id; first in the queue of this kind, else in the one
 * on screen. */
void lookup_start(struct app *a, const char *code, const struct kind *k, unsigned way);
bool lookup_is_on(const struct lookup *x);
struct page_query *lookup_query(const struct app *a);
/* Takes the answer (and owns it). */
void lookup_answer(struct app *a, struct page *p);
/* The question for records of a kind with this code; the caller owns it. */
struct page_query *lookup_by_code(const struct kind *k, const char *code, uint32_t most,
				  int64_t now);

#endif

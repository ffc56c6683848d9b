/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second request for each item of a list that gives too little.  Its answer is laid over the
 * item before it is mapped.  An item that says the same as when it was last asked for is not
 * asked for again. */
#ifndef IOC_API_DETAIL_H
#define IOC_API_DETAIL_H

#include "api/haul.h"
#include "api/jqmap.h"
#include "api/request.h"
#include "base/strmap.h"

/* Which records came of which items. */
struct detail_memory {
	struct strmap records; /* hash of the item → its records; owned texts */
	struct detail_fresh {
		char hash[20];
		char *records; /* owned */
	} * fresh;             /* what of it was learnt and nobody has taken yet */
	size_t fresh_count, fresh_cap;
};
void detail_forget(struct detail_memory *m);
/* This is known from before. */
void detail_know(struct detail_memory *m, const char *hash, const char *records);
/* What was learnt has been taken. */
void detail_taken(struct detail_memory *m);

struct details;

enum details_state { DETAILS_WAITING, DETAILS_DONE, DETAILS_FAILED };

/* Asks for what the items from `first` to `end` (in a tape that outlives it) lack; calls
 * done(context) when there is an end, but not before it returns.  `memory` may be NULL. */
struct details *details_new(const struct site *s, const struct resource *r,
			    struct detail_memory *memory, const struct node *first,
			    const struct node *end, void (*done)(void *), void *context);
void details_free(struct details *d);
enum details_state details_state(const struct details *d);
const struct failure *details_failure(const struct details *d);
/* Whether every item has what it lacked. */
bool details_are_whole(const struct details *d);
/* Maps the next item, in their order. */
void details_map(struct details *d, struct mapper *m, const struct mapping *how,
		 struct haul *out);

#endif

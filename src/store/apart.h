/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of records that were said not to be duplicates of each other, so that they are not
 * suggested again.  Kept in the journal, with an entry in the audit for each change of mind. */
#ifndef IOC_STORE_APART_H
#define IOC_STORE_APART_H

#include <stdbool.h>
#include <stdint.h>

#include "model/kind.h"
#include "store/journal.h"

/* A record of a pair. */
struct apart_record {
	const char *source, *id;
};

/* What is said of a pair, and by whom. */
struct apart_word {
	const struct kind *kind;
	struct apart_record a, b; /* in any order */
	bool apart;               /* false: taken back */
	int64_t at;
	const char *who, *place, *reason;
};

/* On disk, and in the audit, when it returns 0.  Saying the same again changes nothing. */
int apart_say(struct journal *j, const struct apart_word *w, struct err *e);
/* Whether they were said to be apart; false also where the journal can't be read. */
bool apart_is(struct journal *j, const struct kind *k, const struct apart_record *a,
	      const struct apart_record *b);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit: who did or saw what, from where, on which version of which record, and why.  Only
 * added to; every entry holds the SHA-256 of itself and of the one before it, so that whoever
 * changes or takes out an entry breaks the chain there. */
#ifndef IOC_STORE_AUDIT_H
#define IOC_STORE_AUDIT_H

#include <stdint.h>

#include "store/journal.h"

#define AUDIT_HASH 65 /* hexadecimal, with its end */

struct audit_entry {
	int64_t id; /* from 1, without a gap; given when it is added */
	int64_t at;
	const char *who, *place; /* operator; terminal or address */
	const char *action, *object, *reason;
	int64_t version;            /* of the record; 0: none */
	const char *before, *after; /* what changed, as JSON; "" */
	const char *hash;           /* of a stored entry */
};

/* Adds an entry; NULL texts are empty.  On disk when it returns 0. */
int audit_add(struct journal *j, const struct audit_entry *a, struct err *e);
/* The same within the caller's transaction. */
int audit_add_within(struct journal *j, const struct audit_entry *a, struct err *e);
/* Entries; -1 with *e. */
int64_t audit_count(struct journal *j, struct err *e);
/* Shows entries from `first` on, oldest first; each returns 0 to go on.  -1 with *e. */
int audit_walk(struct journal *j, int64_t first,
	       int (*each)(void *context, const struct audit_entry *a), void *context,
	       struct err *e);
/* Whether the chain holds from end to end: 0 and *entries, or -1 with ERR_CORRUPT that names
 * the first entry that is not as it was written. */
int audit_verify(struct journal *j, int64_t *entries, struct err *e);
/* Whether an entry still has the digest that was noted elsewhere: whoever can write the file
 * can cut off its end, or write all of it anew, so that only this tells.  -1 with ERR_CORRUPT.
 */
int audit_verify_anchor(struct journal *j, int64_t id, const char *hash, struct err *e);

#endif

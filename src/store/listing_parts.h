/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of listings share. */
#ifndef IOC_STORE_LISTING_PARTS_H
#define IOC_STORE_LISTING_PARTS_H

#include "store/listing.h"

/* Moves what the buffer holds into the arena. */
const char *listing_take(struct arena *a, struct strbuf *b);
/* Whether the list begins here and is sorted by what zones are about; whether there are any. */
bool listing_begins_by_time(const struct listing *l);
bool listing_begins_by_zones(struct listing *l, struct listing_memory *m);
/* Changes to LISTING_BY_WORDS with the rows that the first zones with matches have, and
 * l->bound; once more: with those of more zones.  False where the order is better walked along,
 * from l->entry. */
bool listing_take_zones(struct listing *l, struct listing_memory *m);
/* Makes the set know about the rowid; -1 on failure. */
int listing_ask_set(struct listing *l, struct listing_memory *m, int64_t id);

#endif

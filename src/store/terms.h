/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that the search index knows. */
#ifndef IOC_STORE_TERMS_H
#define IOC_STORE_TERMS_H

#include "base/strbuf.h"
#include "model/kind.h"
#include "store/db.h"

/* Appends the words of the kind's index that begin with these letters for MATCH, quoted and
 * with OR between.  Returns how many there are; more than `most`, where not all were asked for,
 * or -1 where the index can't tell. */
int terms_begin(struct db *db, const struct kind *k, const char *s, size_t n, int most,
		struct strbuf *b);

#endif

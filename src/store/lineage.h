/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old and new units: which unit a code meant when something happened, and which one has its
 * duties today.  On 01/7/2025 twelve wards of one city became four, and codes of abolished
 * wards were given to new ones: a unit is its code and the day from which it is valid.
 *
 * Catalogues say in "successor" who follows: one or more "CODE@YYYY-MM-DD" (code and first day
 * of validity), apart by blanks or commas.  A CODE alone means the row of this code that is
 * valid on the day after its predecessor's last one.  Nothing here writes records: a record
 * keeps the code that it came with. */
#ifndef IOC_STORE_LINEAGE_H
#define IOC_STORE_LINEAGE_H

#include "base/strbuf.h"
#include "store/names.h"

enum lineage_end {
	LINEAGE_UNKNOWN,  /* no such code in the catalogue */
	LINEAGE_SAME,     /* it still is what it was */
	LINEAGE_FOLLOWED, /* it has become one other unit */
	LINEAGE_SPLIT,    /* it was divided: which part a record belongs to isn't known */
	LINEAGE_ENDED,    /* it is abolished, and nobody said who follows */
	LINEAGE_BROKEN,   /* its successors are unknown or go in a circle */
};

struct lineage {
	enum lineage_end end;
	const struct name_row *then; /* at the time; NULL: unknown */
	const struct name_row *now;  /* today's; where there is not exactly one, the unit itself
					stays visible */
};

/* What became by `now` of the unit that the code meant at `at` (CLOCK_NONE: today).  Rows are
 * borrowed from the table.  Bounded, whatever the catalogue says. */
struct lineage lineage_find(const struct name_table *t, const struct kind *catalogue,
			    const char *code, int64_t at, int64_t now);

/* Appends what identifies the row among all of all times: "03646@2025-07-01", or the code alone
 * where its validity has no beginning. */
void lineage_key(struct strbuf *b, const struct name_row *row);

#endif

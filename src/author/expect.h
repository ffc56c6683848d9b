/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapped records against those that a file says there should be. */
#ifndef IOC_AUTHOR_EXPECT_H
#define IOC_AUTHOR_EXPECT_H

#include "author/parts.h"

/* Compares by resource, kind and id, and prints what differs: "-" as the file has it, "+" as it
 * is.  The number of records that differ; -1 with *e where the file can't be read. */
int expect_compare(const struct author *a, const json_t *records, const char *file,
		   struct err *e);
/* Prints records as NDJSON, members in order. */
void expect_print(const json_t *records);

#endif

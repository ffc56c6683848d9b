/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of large objects by their names, for the tables that every item is looked up in. */
#ifndef IOC_API_JQINDEX_H
#define IOC_API_JQINDEX_H

#include "api/tape.h"

#define JQINDEX_LEAST 64 /* nodes of an object for which it is worth while */
#define JQINDEX_MOST 16  /* objects; others are gone through */

struct jqindex {
	struct table {
		const struct node *object;
		const struct node **slots; /* names; NULL: free */
		size_t mask;
	} list[JQINDEX_MOST];
	size_t count;
};

/* As node_get, of an object that stays until jqindex_clear. */
const struct node *jqindex_get(struct jqindex *x, const struct node *object, const char *name,
			       size_t n);
void jqindex_clear(struct jqindex *x);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which connectors there are: the user's and the shipped ones. */
#ifndef IOC_AUTHOR_CONNECTORS_H
#define IOC_AUTHOR_CONNECTORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/paths.h"

struct connector_list {
	struct connector_place {
		char *name, *file;
		bool own; /* the user's, not a shipped one */
	} * items;
	size_t count, cap;
};

/* In the order of their names, the user's before a shipped one of the same name. */
struct connector_list connectors_find(const struct paths *p);
void connectors_free(struct connector_list *l);

#endif

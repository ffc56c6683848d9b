/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies of requests written as YAML: a tree of maps, lists and scalars becomes one jq
 * expression that yields the value to be sent.  A scalar that is one \(…) and nothing else
 * keeps the type of its value, and a member whose value is null is left out. */
#ifndef IOC_API_TREE_H
#define IOC_API_TREE_H

#include "base/strbuf.h"
#include "base/yaml.h"

/* Appends the expression. */
void tree_expression(const struct yaml_node *n, struct strbuf *out);
/* Calls each() for every scalar in the tree. */
void tree_each(const struct yaml_node *n, void (*each)(void *, const struct yaml_node *),
	       void *context);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Value maps: a vendor's codes and words for our codes, and back. */
#ifndef IOC_API_VALUE_MAP_H
#define IOC_API_VALUE_MAP_H

#include <jv.h>

#include "api/schema.h"
#include "api/tape.h"

struct value_rule {
	const char *from;
	size_t from_n;
	bool ranged; /* from least to most, both included */
	double least, most;
	const char *to;
	size_t to_n;
};

/* One column's.  Begins as a FIELD_NAMED. */
struct value_map {
	const char *column;
	struct texts map;
	const char *other; /* `default`: what unknown values become; NULL: they stay */
	struct value_rule *rules;
	size_t count;
};

extern const struct field value_map_fields[];

/* Makes the rules of the map, with complaints; `at` is the column's node. */
void value_map_prepare(struct reading *r, const struct yaml_node *at, struct value_map *m);
/* The rule for a text, number or truth value: the same text first, then a range, then the same
 * text but for case, marks and blanks.  NULL: the value is unknown. */
const struct value_rule *value_map_find(const struct value_map *m, const struct node *v);
/* {COLUMN: {OURS: THEIRS}} of a list of maps; of several words for one of ours the first. */
jv value_map_reverse(const struct value_map *list, size_t count);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be said about a file, mistake or warning, each with its place and its line. */
#ifndef IOC_AUTHOR_REMARKS_H
#define IOC_AUTHOR_REMARKS_H

#include <jansson.h>

#include "author/parts.h"
#include "base/yaml.h"

struct remark {
	int line, column;
	bool warning;
	char *text;
};

struct remarks {
	struct remark *list;
	size_t count, cap;
};

#define REMARKS_INIT                                                                           \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

/* A warning at a node, or `below` lines under its first and then at a column; column 0: where
 * the node or that line begins. */
void remarks_warn(struct remarks *r, const struct yaml_node *n, int below, int column,
		  const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Takes a sentence "FILE:LINE:COLUMN: …" apart; one without a place counts for line 1. */
void remarks_add(struct remarks *r, const char *file, const char *sentence);
void remarks_free(struct remarks *r);
void remarks_sort(struct remarks *r);
size_t remarks_mistakes(const struct remarks *r);

/* Prints them with the lines that they speak of, a caret under the place. */
void remarks_print(const struct author *a, const struct remarks *r, const char *file,
		   const char *text);
json_t *remarks_json(const struct remarks *r, const char *file);

/* Adds what works but is most likely not meant. */
void lint_connector(struct remarks *r, const struct yaml *y);
/* A filter in which = stands where == was meant. */
void lint_truth(struct remarks *r, const struct yaml *y, const struct yaml_node *filter);
/* The part of it that looks at how a map is written. */
struct kind;
void lint_map(struct remarks *r, const struct yaml *y, const struct yaml_node *map,
	      const struct kind *k, bool has_key, bool translated);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is wrong with one file, in the order of its lines. */
#ifndef IOC_ROUTING_FAULTS_H
#define IOC_ROUTING_FAULTS_H

#include <stddef.h>

#include "base/yaml.h"

struct fault {
	int line, column; /* from 1; 0: of the file as a whole */
	char *text;       /* "FILE:LINE:COLUMN: …"; owned */
};

struct faults {
	struct fault *list;
	size_t count, cap;
};

#define FAULTS_INIT                                                                            \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

/* Adds one at this node; more than a hundred are not kept. */
void faults_add(struct faults *f, const struct yaml *y, const struct yaml_node *n,
		const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Adds what an error says that stands at this node (NULL: the file as a whole). */
void faults_take(struct faults *f, const struct yaml_node *n, const struct err *e);
void faults_sort(struct faults *f);
void faults_free(struct faults *f);
/* *e: the first, and how many more there are; ERR_PARSE.  Returns -1. */
int faults_error(const struct faults *f, struct err *e);

#endif

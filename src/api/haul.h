/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of an answer or event: records to keep, and what could not be mapped.  Plain data
 * that moves to the writer's thread; freed by the thread that made it. */
#ifndef IOC_API_HAUL_H
#define IOC_API_HAUL_H

#include <stddef.h>

#include "base/arena.h"
#include "model/record.h"

/* An item that could not be mapped; the texts may be hostile. */
struct reject {
	const char *kind, *id; /* "" where unknown */
	const char *reason;
	const char *raw;
	size_t raw_n;
};

/* A value of a column that its value map does not know. */
struct unknown {
	const char *kind, *column; /* static */
	const char *value;         /* clean, cut */
	int64_t count;
};
#define UNKNOWNS_MOST 64 /* different ones of a haul; more are not told apart */

struct haul {
	struct arena arena; /* holds everything that the lists point to */
	struct record **records;
	size_t count, cap;
	struct reject *rejects;
	size_t reject_count, reject_cap;
	struct unknown *unknowns;
	size_t unknown_count, unknown_cap;
};

#define HAUL_INIT                                                                              \
	{                                                                                      \
		ARENA_INIT, NULL, 0, 0, NULL, 0, 0, NULL, 0, 0                                 \
	}

/* Counts one more of this value. */
void haul_add_unknown(struct haul *h, const char *kind, const char *column, const char *value);
void haul_free(struct haul *h);

#endif

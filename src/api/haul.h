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

struct haul {
	struct arena arena; /* holds everything that the lists point to */
	struct record **records;
	size_t count, cap;
	struct reject *rejects;
	size_t reject_count, reject_cap;
};

#define HAUL_INIT                                                                              \
	{                                                                                      \
		ARENA_INIT, NULL, 0, 0, NULL, 0, 0                                             \
	}

void haul_free(struct haul *h);

#endif

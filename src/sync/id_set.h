/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which ids a pass has met, as hashes: one that comes twice tells that items moved from page
 * to page meanwhile, and others may have slipped through. */
#ifndef IOC_SYNC_ID_SET_H
#define IOC_SYNC_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ID_SET_MOST ((size_t)4 << 20) /* more are not remembered */

struct id_set {
	uint64_t *slots; /* 0: free */
	size_t count, cap;
};

#define ID_SET_INIT                                                                            \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

/* Whether it is new. */
bool id_set_add(struct id_set *s, uint64_t id);
void id_set_free(struct id_set *s);

#endif

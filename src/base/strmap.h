/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash map from strings to pointers.  Keys are copied, values are the caller's. */
#ifndef IOC_BASE_STRMAP_H
#define IOC_BASE_STRMAP_H

#include <stddef.h>

struct strmap_entry {
	char *key; /* NULL: free slot */
	void *value;
};
struct strmap {
	struct strmap_entry *slots;
	size_t count, cap;
};

#define STRMAP_INIT                                                                            \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

/* The value, or NULL where the key is absent. */
void *strmap_get(const struct strmap *m, const char *key);
/* Sets or replaces; returns the value that was there, or NULL. */
void *strmap_put(struct strmap *m, const char *key, void *value);
/* The next entry after *at (start with 0), in no order; NULL at the end. */
const struct strmap_entry *strmap_next(const struct strmap *m, size_t *at);
/* Frees keys and slots; calls free_value (which may be NULL) for each value. */
void strmap_free(struct strmap *m, void (*free_value)(void *));

#endif

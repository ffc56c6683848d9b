/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many small pieces that die together: a page of records, a parsed filter. */
#ifndef IOC_BASE_ARENA_H
#define IOC_BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *head;
	size_t used, size; /* of the head block */
};

#define ARENA_INIT                                                                             \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

/* Memory aligned for any object, not cleared; valid until arena_free or arena_reset. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull));
/* The same, set to zero. */
void *arena_zero(struct arena *a, size_t n) __attribute__((returns_nonnull));
char *arena_strdup(struct arena *a, const char *s) __attribute__((returns_nonnull));
/* A terminated copy of n bytes (which may hold NUL). */
char *arena_memdup(struct arena *a, const void *s, size_t n) __attribute__((returns_nonnull));
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((returns_nonnull, format(printf, 2, 3)));
/* Gives back what lies at and behind `end`, a place in the newest piece. */
void arena_trim(struct arena *a, const char *end);
/* Forgets all pieces but keeps the newest block for the next use. */
void arena_reset(struct arena *a);
void arena_free(struct arena *a);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allocation that never returns NULL: out of memory ends the program after its cleanup hook. */
#ifndef IOC_BASE_ALLOC_H
#define IOC_BASE_ALLOC_H

#include <stddef.h>

/* Each returns memory that the caller frees with free(). */
void *xmalloc(size_t n) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *p, size_t n) __attribute__((returns_nonnull));
/* Resizes to count * size bytes; a product that overflows counts as out of memory. */
void *xreallocarray(void *p, size_t count, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
/* Copies at most n bytes and terminates. */
char *xstrndup(const char *s, size_t n) __attribute__((malloc, returns_nonnull));
char *xasprintf(const char *fmt, ...)
	__attribute__((malloc, returns_nonnull, format(printf, 1, 2)));

/* Makes room for `want` elements in *array (capacity *cap, grows by doubling). */
void array_reserve(void **array, size_t *cap, size_t want, size_t size);

/* Appends one element: ARRAY_PUSH(list, count, cap) = value; evaluates to the new slot. */
#define ARRAY_PUSH(array, count, cap)                                                          \
	(*((array) && (count) < (cap)                                                          \
		   ? (void)0                                                                   \
		   : array_reserve((void **)&(array), &(cap), (count) + 1, sizeof *(array)),   \
	   &(array)[(count)++]))

/* Called once before the program aborts for want of memory; the terminal is restored here. */
void alloc_on_failure(void (*hook)(void));

#define ARRAY_LEN(a) (sizeof(a) / sizeof *(a))

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define BLOCK_LEAST 4096
#define ALIGNMENT _Alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	_Alignas(max_align_t) char data[];
};

static void add_block(struct arena *a, size_t need)
{
	size_t size = a->size ? a->size * 2 : BLOCK_LEAST;
	if (size > (size_t)1 << 20)
		size = (size_t)1 << 20;
	if (size < need)
		size = need;
	struct arena_block *b = xmalloc(sizeof *b + size);
	b->next = a->head;
	a->head = b;
	a->size = size;
	a->used = 0;
}

void *arena_alloc(struct arena *a, size_t n)
{
	size_t start = (a->used + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (!a->head || start > a->size || n > a->size - start) {
		add_block(a, n);
		start = 0;
	}
	a->used = start + n;
	return a->head->data + start;
}

void *arena_zero(struct arena *a, size_t n)
{
	return memset(arena_alloc(a, n), 0, n);
}

void arena_trim(struct arena *a, const char *end)
{
	a->used = (size_t)(end - a->head->data);
}

char *arena_memdup(struct arena *a, const void *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);
	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_memdup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	size_t size = (n < 0 ? 0 : (size_t)n) + 1;
	char *p = arena_alloc(a, size);
	p[0] = '\0';
	vsnprintf(p, size, fmt, again);
	va_end(again);
	return p;
}

void arena_reset(struct arena *a)
{
	if (!a->head)
		return;
	struct arena_block *b = a->head->next;
	while (b) {
		struct arena_block *next = b->next;
		free(b);
		b = next;
	}
	a->head->next = NULL;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	arena_reset(a);
	free(a->head);
	*a = (struct arena)ARENA_INIT;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqindex.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* FNV-1a */
static size_t hash(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ h >> 32);
}

/* Where a name is, or would be. */
static const struct node **find(const struct table *t, const char *name, size_t n)
{
	size_t i = hash(name, n) & t->mask;
	while (t->slots[i] && (t->slots[i]->n != n || memcmp(t->slots[i]->s, name, n) != 0))
		i = (i + 1) & t->mask;
	return &t->slots[i];
}

/* Of names that come twice the last one stands. */
static void fill(struct table *t, const struct node *object)
{
	size_t size = 16;
	while (size < object->size)
		size *= 2;
	*t = (struct table){object, xcalloc(size, sizeof *t->slots), size - 1};
	for (const struct node *n = node_first(object); n < node_end(object);
	     n = node_next(n + 1))
		*find(t, n->s, n->n) = n;
}

const struct node *jqindex_get(struct jqindex *x, const struct node *object, const char *name,
			       size_t n)
{
	size_t i = 0;
	while (i < x->count && x->list[i].object != object)
		i++;
	if (i == JQINDEX_MOST)
		return node_get(object, name, n);
	if (i == x->count)
		fill(&x->list[x->count++], object);
	const struct node *found = *find(&x->list[i], name, n);
	return found ? found + 1 : NULL;
}

void jqindex_clear(struct jqindex *x)
{
	while (x->count)
		free(x->list[--x->count].slots);
}

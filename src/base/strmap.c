/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strmap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static size_t hash(const char *s)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

/* The slot where key is or would be; cap is a power of two and one slot is always free. */
static struct strmap_entry *find(const struct strmap *m, const char *key)
{
	size_t i = hash(key) & (m->cap - 1);
	while (m->slots[i].key && strcmp(m->slots[i].key, key) != 0)
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void grow(struct strmap *m)
{
	struct strmap bigger = {NULL, m->count, m->cap ? m->cap * 2 : 16};
	bigger.slots = xcalloc(bigger.cap, sizeof *bigger.slots);
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].key)
			*find(&bigger, m->slots[i].key) = m->slots[i];
	free(m->slots);
	*m = bigger;
}

void *strmap_get(const struct strmap *m, const char *key)
{
	return m->count ? find(m, key)->value : NULL;
}

void *strmap_put(struct strmap *m, const char *key, void *value)
{
	if ((m->count + 1) * 4 > m->cap * 3)
		grow(m);
	struct strmap_entry *e = find(m, key);
	void *before = e->value;
	if (!e->key) {
		e->key = xstrdup(key);
		m->count++;
	}
	e->value = value;
	return before;
}

const struct strmap_entry *strmap_next(const struct strmap *m, size_t *at)
{
	while (*at < m->cap) {
		const struct strmap_entry *e = &m->slots[(*at)++];
		if (e->key)
			return e;
	}
	return NULL;
}

void strmap_free(struct strmap *m, void (*free_value)(void *))
{
	for (size_t i = 0; i < m->cap; i++) {
		if (!m->slots[i].key)
			continue;
		free(m->slots[i].key);
		if (free_value)
			free_value(m->slots[i].value);
	}
	free(m->slots);
	*m = (struct strmap)STRMAP_INIT;
}

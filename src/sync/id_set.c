/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/id_set.h"

#include <stdlib.h>

#include "base/alloc.h"

static size_t place(const struct id_set *s, uint64_t id)
{
	size_t i = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15)) & (s->cap - 1);
	while (s->slots[i] && s->slots[i] != id)
		i = (i + 1) & (s->cap - 1);
	return i;
}

static void grow(struct id_set *s)
{
	struct id_set larger = {NULL, s->count, s->cap ? 2 * s->cap : 1024};
	larger.slots = xcalloc(larger.cap, sizeof *larger.slots);
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i])
			larger.slots[place(&larger, s->slots[i])] = s->slots[i];
	free(s->slots);
	*s = larger;
}

bool id_set_add(struct id_set *s, uint64_t id)
{
	id |= !id;
	if (s->count * 2 >= s->cap && s->count < ID_SET_MOST)
		grow(s);
	size_t i = place(s, id);
	if (s->slots[i])
		return false;
	if (s->count < ID_SET_MOST) {
		s->slots[i] = id;
		s->count++;
	}
	return true;
}

void id_set_free(struct id_set *s)
{
	free(s->slots);
	*s = (struct id_set)ID_SET_INIT;
}

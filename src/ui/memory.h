/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens keep from one start to the next, by name: columns, bookmarks, records seen
 * lately (code and kind only). */
#ifndef IOC_UI_MEMORY_H
#define IOC_UI_MEMORY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct app;
struct effects;

struct memory {
	json_t *all;    /* as it is */
	json_t *unkept; /* what changed and is not on disk; null: gone */
	int64_t due;    /* when that is written */
};

void memory_init(struct memory *m);
void memory_free(struct memory *m);
/* Keeps a value, of which it takes the reference; NULL: it is forgotten. */
void memory_set(struct app *a, const char *name, json_t *value);
/* Has what changed kept, some time after the first change. */
void memory_settle(struct app *a, struct effects *fx);

#endif

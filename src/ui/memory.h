/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens keep from one start to the next, by name: columns, bookmarks, records seen
 * lately (code and kind only). */
#ifndef IOC_UI_MEMORY_H
#define IOC_UI_MEMORY_H

#include "ui/kept.h"

struct app;
struct effects;

/* What is kept under this name, borrowed; NULL: nothing. */
const json_t *memory_get(const struct app *a, const char *name);
/* Keeps a value, of which it takes the reference; NULL: it is forgotten. */
void memory_set(struct app *a, const char *name, json_t *value);
/* Has what changed kept, some time after the first change. */
void memory_settle(struct app *a, struct effects *fx);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that outlive the console, by name, and which of them are not on disk yet. */
#ifndef IOC_UI_KEPT_H
#define IOC_UI_KEPT_H

#include <jansson.h>
#include <stdint.h>

struct kept {
	json_t *all;    /* as they are */
	json_t *unkept; /* what changed and is not on disk; null: gone */
	int64_t due;    /* when that is to be written */
};

void kept_init(struct kept *k);
void kept_free(struct kept *k);
/* All of them at once, on disk already: takes the reference. */
void kept_replace(struct kept *k, json_t *all);
/* Borrowed; NULL: there is none. */
json_t *kept_get(const struct kept *k, const char *name);
/* Takes the reference; NULL: there is none any more.  It is due some time after the first
 * change. */
void kept_set(struct kept *k, const char *name, json_t *value, int64_t now);
/* What changed, borrowed; NULL: nothing. */
const json_t *kept_changes(const struct kept *k);
/* The same, for the caller to own: from now on it counts as written. */
json_t *kept_take(struct kept *k);

#endif

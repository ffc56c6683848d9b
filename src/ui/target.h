/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that something is to be done to, by its key and as it was when it was looked at:
 * never by its place on the screen. */
#ifndef IOC_UI_TARGET_H
#define IOC_UI_TARGET_H

#include "model/action.h"
#include "ui/pending.h"

struct target {
	int64_t rowid;
	const struct kind *kind;
	char source[64], id[260], code[96];
	char state[64], unit[64];
	char merged[260]; /* into which; "": into none */
	int64_t version;
};

void target_set(struct target *t, const struct record *r);
/* The same, as it will be when all that waits for it is confirmed.  Its version is unknown
 * then, because our own actions change it. */
struct target target_wanted(const struct target *t, const struct pending *p);
enum action_refusal target_allows(const struct target *t, const struct action *a,
				  const struct actor *who);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the world know of each other. */
#ifndef IOC_TESTS_WORLD_PARTS_H
#define IOC_TESTS_WORLD_PARTS_H

#include "model/filter.h"
#include "world.h"

/* --- records --- */

/* The queues of a working day, and titles that are hard to draw. */
void world_fill(struct world *w);
/* Sets a value where the kind has such a column; the text is copied, NULL sets nothing. */
void world_set_text(struct world *w, struct record *r, const char *column, const char *s);
void world_set_int(struct record *r, const char *column, int64_t v);

/* --- files --- */

struct keymap *world_read_keys(const char *data_dir);
struct views *world_read_views(const char *data_dir);
struct rulebook *world_read_rules(const char *data_dir);

/* --- what passes a filter --- */

struct world_sieve {
	struct arena arena;
	const struct kind *kind;
	const struct filter *filter; /* NULL: it is wrong, and nothing passes */
};

void world_sieve_init(struct world_sieve *s, const struct kind *k, const char *filter,
		      int64_t now);
bool world_passes(const struct world_sieve *s, const struct record *r);
void world_sieve_free(struct world_sieve *s);

/* --- answers, each to the newest question of its type --- */

void world_answer_page(struct world *w, const struct effect *e);
void world_answer_figures(struct world *w, const struct effect *e);
void world_answer_groups(struct world *w, const struct effect *e);
void world_answer_replies(struct world *w, const struct effect *e);
void world_answer_source(struct world *w, const struct effect *e);
void world_answer_views(struct world *w, const struct effect *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How people really write: without marks, in short hand, with slips, shouting. */
#ifndef IOC_DEMO_VOICE_H
#define IOC_DEMO_VOICE_H

#include "base/strbuf.h"
#include "base/yaml.h"
#include "demo/rng.h"

enum voice {
	VOICE_PLAIN,
	VOICE_UNMARKED,   /* Rac ton dong may hom nay */
	VOICE_SHORT_HAND, /* ko đc, ng dân */
	VOICE_SLIPS,      /* vĩa hè, sử lý */
	VOICE_LAZY,       /* no capitals, few full stops */
	VOICE_SHOUTING,   /* title in capitals */
};

enum voice voice_pick(struct rng *r);
/* "đường" → "duong", keeping capitals; from `start` to the end. */
void voice_unmark(struct strbuf *b, size_t start);
void voice_upper(struct strbuf *b, size_t start);
void voice_lower(struct strbuf *b, size_t start);

/* Whole words that are written otherwise. */
struct voice_words {
	char **from, **to;
	size_t count;
};
int voice_words_read(struct voice_words *w, const struct yaml *y, const struct yaml_node *map,
		     struct err *e);
void voice_words_free(struct voice_words *w);
/* Replaces most of the words that stand in the text from `start` on. */
void voice_words_apply(const struct voice_words *w, struct rng *r, struct strbuf *b,
		       size_t start);

#endif

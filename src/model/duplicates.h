/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question which records tell of the same matter as one, and its answer: plain data that
 * moves between threads; whoever receives a part frees it. */
#ifndef IOC_MODEL_DUPLICATES_H
#define IOC_MODEL_DUPLICATES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "model/likeness.h"

struct duplicates_query {
	uint64_t generation; /* copied to the answer */
	const struct kind *kind;
	int64_t rowid; /* of the record; 0: by its source and id */
	char *source, *id;
	struct likeness_rules rules;
};

/* Why two may not be merged, whatever they tell. */
enum duplicates_refusal {
	DUPLICATES_MERGE,        /* they may */
	DUPLICATES_OTHER_SOURCE, /* another province's, or another program's */
	DUPLICATES_OTHER_AREA,   /* wards answer for their own */
	DUPLICATES_BOTH_MAIN,    /* others are merged into both */
	DUPLICATES_CLOSED,       /* nothing can be done to the one that would be merged */
};

struct duplicate {
	struct record *record;
	struct likeness likeness;
	int64_t members; /* merged into it */
	bool apart;      /* somebody said that they are two matters */
	/* The later one is merged into the earlier, but for one that has members already. */
	bool into_self;
	enum duplicates_refusal refusal;
};

struct duplicates {
	uint64_t generation;
	const struct kind *kind;
	int64_t rowid;
	struct arena arena;  /* holds the records */
	struct record *self; /* NULL: gone, or failed */
	/* Of its group: the record that it is merged into, and those merged into that or it. */
	const char *main_code; /* "": it is merged into none */
	struct record *main;   /* NULL: not in the cache */
	struct record **members;
	size_t member_count;
	struct duplicate *list; /* the likeliest first; those said to be apart last */
	size_t count;
	int64_t looked; /* records held against it */
	bool capped;    /* there were more to look at */
	struct err error;
};

/* Whether records of this kind can be merged at all. */
bool duplicates_fit(const struct kind *k);
struct duplicates_query *duplicates_query_new(const struct kind *k,
					      const struct likeness_rules *rules);
void duplicates_query_free(void *query); /* a struct duplicates_query * */
struct duplicates *duplicates_new(void);
void duplicates_free(void *answer); /* a struct duplicates * */

/* Which of the two would be merged into the other, and whether it may: sets into_self and
 * refusal.  `self_members`: merged into the record asked about. */
void duplicates_judge(struct duplicate *d, const struct record *self, size_t self_members);
/* Translated; "" for DUPLICATES_MERGE. */
const char *duplicates_refusal_text(enum duplicates_refusal why);

/* Appends why they are alike: "40 m apart, same field, 5 phrases alike". */
void duplicates_reasons(struct strbuf *out, const struct likeness *l);

#endif

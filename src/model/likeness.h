/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely it is that two records tell of the same matter: by place, words, field and time.
 * A suggestion for people, never a decision. */
#ifndef IOC_MODEL_LIKENESS_H
#define IOC_MODEL_LIKENESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/yaml.h"
#include "model/record.h"

/* The member "duplicates" of config.yaml. */
struct likeness_rules {
	bool enabled;
	int64_t distance; /* metres at which a place is half as near as the same one; at four
			     times as much it is another place, and there is no likeness */
	int64_t within;   /* ms that two may lie apart */
	int64_t least;    /* percent that make a suggestion */
	int64_t most;     /* suggestions for one record */
	int64_t place, words, category, time; /* what each weighs against the others */
};

#define LIKENESS_SHOWN_MOST 20

/* 50 m, seven days, five suggestions from 60 percent on. */
struct likeness_rules likeness_usual(void);
/* Reads what the map says into *r, whose other members stay. */
int likeness_rules_read(const struct yaml *y, const struct yaml_node *map,
			struct likeness_rules *r, struct err *e);

struct likeness {
	int percent;
	double metres;      /* between them; below 0: not known */
	bool same_address;  /* told by the words of their addresses, where metres are not */
	int64_t apart;      /* ms between their being sent */
	bool same_category; /* both have one, and it is the same */
	bool same_sender;   /* both have the same telephone */
	int phrases;        /* of two words, without those that everybody writes, in both */
};

/* Words, in pairs, as hashes: sorted, each once. */
#define LIKENESS_WORDS_MOST 600
struct likeness_words {
	uint64_t list[LIKENESS_WORDS_MOST];
	size_t count;
	uint64_t numbers[32]; /* single words that have a digit */
	size_t number_count;
};

/* One record, ready to be held against many. */
struct likeness_judge {
	const struct likeness_rules *rules;
	const struct record *self;
	int phone, restricted; /* columns, or -1 */
	struct likeness_words text, address;
};

/* The record and rules must outlive the judge.  Nothing is allocated. */
void likeness_start(struct likeness_judge *j, const struct likeness_rules *rules,
		    const struct record *self);
/* False: they can't be one matter (too far apart in place or time, or one is restricted), or
 * are less alike than rules->least; *out is then not set. */
bool likeness_of(const struct likeness_judge *j, const struct record *other,
		 struct likeness *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented people with the names of Sơn La and telephone numbers that nobody has. */
#ifndef IOC_DEMO_PEOPLE_H
#define IOC_DEMO_PEOPLE_H

#include "base/err.h"
#include "base/yaml.h"
#include "demo/rng.h"

struct word_list {
	const char **words; /* borrowed from the file */
	size_t count;
};
/* Reads a list of texts that must not be empty. */
int word_list_read(struct word_list *w, const struct yaml *y, const struct yaml_node *map,
		   const char *key, struct err *e);
void word_list_free(struct word_list *w);
const char *word_list_pick(const struct word_list *w, struct rng *r);

struct people;

struct person {
	char name[80];
	char phone[16];
	bool woman;
};

struct people *people_load(const char *path, struct err *e);
void people_free(struct people *p);
void people_meet(const struct people *p, struct rng *r, struct person *out);
/* One of the few officers of a unit, always the same ones for a code and seed. */
void people_officer(const struct people *p, struct rng *r, uint64_t seed, const char *unit,
		    struct person *out);
/* The head of a unit, always the same person for a code and seed. */
void people_head(const struct people *p, uint64_t seed, const char *unit, struct person *out);
/* An operator of the centre. */
const char *people_staff(const struct people *p, struct rng *r);

#endif

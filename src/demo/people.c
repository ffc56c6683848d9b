/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/people.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "demo/streams.h"

#define PEOPLES_MOST 16
#define OFFICERS 5 /* in a unit */

struct nation {
	struct word_list family, middle[2], given[2]; /* [woman] */
};
struct people {
	struct yaml *file;
	struct nation nations[PEOPLES_MOST];
	unsigned sums[PEOPLES_MOST];
	size_t count;
	struct word_list phones, staff;
};

int word_list_read(struct word_list *w, const struct yaml *y, const struct yaml_node *map,
		   const char *key, struct err *e)
{
	const struct yaml_node *list = yaml_get(map, key);
	size_t n = yaml_count(list);
	*w = (struct word_list){0};
	if (!yaml_is_list(list) || n == 0)
		return yaml_error(y, list ? list : map, e, "\"%s\" must be a list of texts",
				  key);
	w->words = xcalloc(n, sizeof *w->words);
	for (; w->count < n; w->count++) {
		const struct yaml_node *item = yaml_at(list, w->count);
		if (!(w->words[w->count] = yaml_text(item)))
			return yaml_error(y, item, e, "must be a text");
	}
	return 0;
}

void word_list_free(struct word_list *w)
{
	free(w->words);
	*w = (struct word_list){0};
}

const char *word_list_pick(const struct word_list *w, struct rng *r)
{
	return w->words[rng_below(r, w->count)];
}

static int read_nation(struct people *p, const struct yaml_node *n, struct err *e)
{
	struct nation *to = &p->nations[p->count];
	int64_t weight = 1;
	if (yaml_get_int(p->file, n, "weight", 1, 1000, &weight, e) < 0 ||
	    word_list_read(&to->family, p->file, n, "family", e) < 0 ||
	    word_list_read(&to->middle[0], p->file, n, "male_middle", e) < 0 ||
	    word_list_read(&to->middle[1], p->file, n, "female_middle", e) < 0 ||
	    word_list_read(&to->given[0], p->file, n, "male", e) < 0 ||
	    word_list_read(&to->given[1], p->file, n, "female", e) < 0)
		return -1;
	p->sums[p->count] = (unsigned)weight + (p->count ? p->sums[p->count - 1] : 0);
	p->count++;
	return 0;
}

static int read_people(struct people *p, struct err *e)
{
	const struct yaml_node *root = yaml_root(p->file), *list = yaml_get(root, "peoples");
	size_t n = yaml_count(list);
	if (n == 0 || n > PEOPLES_MOST)
		return yaml_error(p->file, root, e, "peoples must be a list of 1 to %d",
				  PEOPLES_MOST);
	for (size_t i = 0; i < n; i++)
		if (read_nation(p, yaml_at(list, i), e) < 0)
			return -1;
	if (word_list_read(&p->phones, p->file, root, "phones", e) < 0 ||
	    word_list_read(&p->staff, p->file, root, "staff", e) < 0)
		return -1;
	return 0;
}

struct people *people_load(const char *path, struct err *e)
{
	struct yaml *y = yaml_load(path, e);
	if (!y)
		return NULL;
	struct people *p = xcalloc(1, sizeof *p);
	p->file = y;
	if (read_people(p, e) < 0) {
		people_free(p);
		return NULL;
	}
	return p;
}

void people_free(struct people *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < PEOPLES_MOST; i++) {
		word_list_free(&p->nations[i].family);
		for (int woman = 0; woman < 2; woman++) {
			word_list_free(&p->nations[i].middle[woman]);
			word_list_free(&p->nations[i].given[woman]);
		}
	}
	word_list_free(&p->phones);
	word_list_free(&p->staff);
	yaml_free(p->file);
	free(p);
}

void people_meet(const struct people *p, struct rng *r, struct person *out)
{
	const struct nation *n = &p->nations[rng_pick(r, p->sums, p->count)];
	out->woman = rng_percent(r, 48);
	const char *family = word_list_pick(&n->family, r);
	const char *middle = word_list_pick(&n->middle[out->woman], r);
	snprintf(out->name, sizeof out->name, "%s %s %s", family, middle,
		 word_list_pick(&n->given[out->woman], r));
	snprintf(out->phone, sizeof out->phone, "%s%07u", word_list_pick(&p->phones, r),
		 (unsigned)rng_below(r, 10000000));
}

/* FNV-1a. */
static uint64_t hash(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

void people_officer(const struct people *p, struct rng *r, uint64_t seed, const char *unit,
		    struct person *out)
{
	struct rng own;
	rng_start(&own, seed, STREAM_OFFICER, hash(unit) + rng_below(r, OFFICERS));
	people_meet(p, &own, out);
}

void people_head(const struct people *p, uint64_t seed, const char *unit, struct person *out)
{
	struct rng own;
	rng_start(&own, seed, STREAM_HEAD, hash(unit));
	people_meet(p, &own, out);
}

const char *people_staff(const struct people *p, struct rng *r)
{
	return word_list_pick(&p->staff, r);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define PLACES_MOST 32

struct places {
	struct yaml *file;
	struct grammar grammar;
	struct place list[PLACES_MOST];
	unsigned sums[PLACES_MOST];
	size_t count;
	struct word_list beyond;
	const struct phrase *at[2], *address[2]; /* [town] */
};

static int read_degrees(const struct yaml *y, const struct yaml_node *n, const char *key,
			double *out, struct err *e)
{
	const char *s = yaml_text(yaml_get(n, key));
	char *end;
	*out = s ? strtod(s, &end) : 0;
	if (!s || *end || end == s)
		return yaml_error(y, n, e, "%s must be a number of degrees", key);
	return 0;
}

static int read_texts(const struct yaml *y, const struct yaml_node *n, struct place *to,
		      struct err *e)
{
	if (yaml_get_text(y, n, "code", &to->code, e) < 0 ||
	    yaml_get_text(y, n, "now", &to->now, e) < 0 ||
	    yaml_get_text(y, n, "name", &to->name, e) < 0 ||
	    yaml_get_text(y, n, "now_name", &to->now_name, e) < 0)
		return -1;
	if (!to->code || !to->now || !to->name || !to->now_name)
		return yaml_error(y, n, e, "a place needs code, name, now and now_name");
	to->town = strncmp(to->name, "phường", strlen("phường")) == 0;
	return 0;
}

static int read_place(struct places *p, const struct yaml_node *n, struct err *e)
{
	struct place *to = &p->list[p->count];
	int64_t weight = 1;
	if (read_texts(p->file, n, to, e) < 0 ||
	    yaml_get_int(p->file, n, "weight", 1, 1000, &weight, e) < 0 ||
	    yaml_get_int(p->file, n, "groups", 0, 99, &to->groups, e) < 0 ||
	    read_degrees(p->file, n, "lat", &to->lat, e) < 0 ||
	    read_degrees(p->file, n, "lon", &to->lon, e) < 0 ||
	    read_degrees(p->file, n, "spread", &to->spread, e) < 0 ||
	    word_list_read(&to->streets, p->file, n, "streets", e) < 0 ||
	    word_list_read(&to->marks, p->file, n, "marks", e) < 0 ||
	    word_list_read(&to->hamlets, p->file, n, "hamlets", e) < 0)
		return -1;
	p->sums[p->count] = (unsigned)weight + (p->count ? p->sums[p->count - 1] : 0);
	p->count++;
	return 0;
}

static int read_phrases(struct places *p, struct err *e)
{
	const struct yaml_node *root = yaml_root(p->file);
	p->at[0] = grammar_member(&p->grammar, root, "at-rural", e);
	p->at[1] = p->at[0] ? grammar_member(&p->grammar, root, "at-town", e) : NULL;
	p->address[0] = p->at[1] ? grammar_member(&p->grammar, root, "address-rural", e) : NULL;
	p->address[1] = p->address[0] ? grammar_member(&p->grammar, root, "address-town", e)
				      : NULL;
	return p->address[1] ? 0 : -1;
}

static int read_places(struct places *p, struct err *e)
{
	const struct yaml_node *root = yaml_root(p->file), *list = yaml_get(root, "places");
	size_t n = yaml_count(list);
	if (n == 0 || n > PLACES_MOST)
		return yaml_error(p->file, root, e, "places must be a list of 1 to %d",
				  PLACES_MOST);
	for (size_t i = 0; i < n; i++)
		if (read_place(p, yaml_at(list, i), e) < 0)
			return -1;
	if (word_list_read(&p->beyond, p->file, root, "beyond", e) < 0 ||
	    grammar_open(&p->grammar, p->file, e) < 0)
		return -1;
	return read_phrases(p, e);
}

struct places *places_load(const char *path, struct err *e)
{
	struct yaml *y = yaml_load(path, e);
	if (!y)
		return NULL;
	struct places *p = xcalloc(1, sizeof *p);
	p->file = y;
	if (read_places(p, e) < 0) {
		places_free(p);
		return NULL;
	}
	return p;
}

void places_free(struct places *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < PLACES_MOST; i++) {
		word_list_free(&p->list[i].streets);
		word_list_free(&p->list[i].marks);
		word_list_free(&p->list[i].hamlets);
	}
	word_list_free(&p->beyond);
	grammar_free(&p->grammar);
	yaml_free(p->file);
	free(p);
}

const struct place *places_pick(const struct places *p, struct rng *r)
{
	return &p->list[rng_pick(r, p->sums, p->count)];
}

const struct place *places_rural(const struct places *p, struct rng *r)
{
	for (int tries = 0; tries < 100; tries++) {
		const struct place *found = places_pick(p, r);
		if (!found->town)
			return found;
	}
	return &p->list[0];
}

const struct place *places_by_code(const struct places *p, const char *code)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->list[i].code, code) == 0)
			return &p->list[i];
	return &p->list[0];
}

const char *places_beyond(const struct places *p, struct rng *r)
{
	return word_list_pick(&p->beyond, r);
}

const char *place_area(const struct place *p, int64_t at)
{
	return at < PLACES_REDRAWN ? p->code : p->now;
}

/* The old name lives on: in a quarter of the cases it is said beside the new one. */
static void name_ward(const struct place *p, int64_t time, struct rng *r, char *out, size_t n)
{
	size_t way = time < PLACES_REDRAWN ? 0 : rng_below(r, 8);
	if (way < 4 || strcmp(p->name, p->now_name) == 0)
		snprintf(out, n, "%s", p->name);
	else if (way < 7)
		snprintf(out, n, "%s", p->now_name);
	else
		snprintf(out, n, "%s (%s cũ)", p->now_name, strchr(p->name, ' ') + 1);
}

static void number_house(struct rng *r, char *out, size_t n)
{
	int number = (int)(rng_below(r, 3) ? rng_between(r, 1, 180) : rng_between(r, 1, 620));
	static const char *const tails[] = {"A", "B", "C"};
	snprintf(out, n, "%d%s", number, rng_percent(r, 14) ? tails[rng_below(r, 3)] : "");
}

void places_spot(const struct places *p, const struct place *where, int64_t time, struct rng *r,
		 struct spot *out, struct slots *slots)
{
	out->place = where;
	out->street = word_list_pick(&where->streets, r);
	out->mark = word_list_pick(&where->marks, r);
	number_house(r, out->house, sizeof out->house);
	snprintf(out->lane, sizeof out->lane, "%d", (int)rng_between(r, 2, 340));
	if (where->groups && rng_percent(r, where->town ? 85 : 20))
		snprintf(out->to, sizeof out->to, "tổ %d",
			 (int)rng_between(r, 1, where->groups));
	else
		snprintf(out->to, sizeof out->to, "%s", word_list_pick(&where->hamlets, r));
	name_ward(where, time, r, out->ward, sizeof out->ward);
	out->lat = where->lat + (rng_unit(r) - rng_unit(r)) * where->spread;
	out->lon = where->lon + (rng_unit(r) - rng_unit(r)) * where->spread;
	slots->text[SLOT_STREET] = out->street;
	slots->text[SLOT_MARK] = out->mark;
	slots->text[SLOT_HOUSE] = out->house;
	slots->text[SLOT_LANE] = out->lane;
	slots->text[SLOT_TO] = out->to;
	slots->text[SLOT_WARD] = out->ward;
	strbuf_clear(&out->at);
	phrase_add(p->at[where->town], r, slots, &out->at);
	slots->text[SLOT_AT] = out->at.s;
}

void places_address(const struct places *p, const struct spot *spot, int64_t time,
		    struct rng *r, const struct slots *slots, struct strbuf *out)
{
	phrase_say(p->address[spot->place->town], r, slots, out);
	if (time < PLACES_REDRAWN)
		strbuf_adds(out, ", TP Sơn La");
}

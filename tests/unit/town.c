/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/workflow.h"
#include "model/record.h"

struct town open_town(uint64_t seed, const char *clock, int64_t rate)
{
	struct err e = ERR_INIT;
	struct demo_options o = {.seed = seed, .rate = rate};
	assert_int_equal(clock_parse(clock, strlen(clock), &o.clock), 0);
	struct town t = {.now = o.clock, .b = backend_open(NULL, &e)};
	assert_non_null(t.b);
	t.d = demo_new(t.b, &o, &e);
	assert_string_equal(e.text, "");
	assert_int_equal(demo_load(t.d, &e), 0);
	return t;
}

void close_town(struct town *t)
{
	demo_free(t->d);
	backend_close(t->b);
}

/* The town that most tests only look at. */
int open_first_town(void **state)
{
	static struct town shared;
	shared = open_town(1, CLOCK, 0);
	*state = &shared;
	return 0;
}

int close_first_town(void **state)
{
	close_town(*state);
	return 0;
}

struct walk {
	visitor *visit;
	void *arg;
};

static bool walk_one(void *arg, const struct stored *s)
{
	struct walk *w = arg;
	json_t *record = json_loadb(s->json, s->n, 0, NULL);
	assert_non_null(record);
	assert_true(s->version == json_integer_value(json_object_get(record, "version")));
	w->visit(w->arg, record);
	json_decref(record);
	return true;
}

void each(const struct town *t, const struct kind *k, visitor *visit, void *arg)
{
	struct walk w = {visit, arg};
	struct err e = ERR_INIT;
	assert_int_equal(backend_changes(t->b, k, 0, walk_one, &w, &e), 0);
}

const char *text(const json_t *r, const char *key)
{
	const char *s = json_string_value(json_object_get(r, key));
	return s ? s : "";
}

bool one_of(const char *s, const char *list)
{
	char with[96];
	snprintf(with, sizeof with, ",%s,", s);
	return strstr(list, with);
}

void count_complaint(void *arg, json_t *r)
{
	struct count *c = arg;
	c->all++;
	c->handled += one_of(text(r, "state"), ",DA_XL,CHO_DAN,DONG,");
	c->open += one_of(text(r, "state"),
			  ",MOI,XAC_MINH,CHO_BS,DA_CHUYEN,DANG_XL,CHO_DUYET,");
}

/* Every member of a column fits it, as the cache will read it. */
void fit_columns(void *arg, json_t *r)
{
	const struct kind *k = arg;
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	struct record *out = record_new(&a, k);
	for (size_t i = 0; i < k->column_count; i++) {
		const json_t *v = json_object_get(r, k->columns[i].id);
		int bad = 0;
		if (json_is_string(v))
			bad = record_put_text(&a, out, i, json_string_value(v),
					      json_string_length(v), &e);
		else if (json_is_number(v))
			bad = record_put_number(&a, out, i, json_number_value(v), &e);
		else if (json_is_boolean(v))
			bad = record_put_bool(out, i, json_is_true(v), &e);
		if (bad)
			fail_msg("%s %s: %s", text(r, "id"), k->columns[i].id, e.text);
	}
	arena_free(&a);
}

/* The state that a history leads to, with every step being a legal move. */
static void follow(const struct kind *k, const json_t *r)
{
	size_t n, i;
	const struct move *moves = workflow_moves(k, &n);
	const char *now = NULL, *before = "";
	json_t *h;
	json_array_foreach (json_object_get(r, "history"), i, h) {
		const char *from = text(h, "from"), *to = text(h, "to");
		assert_true(strcmp(before, text(h, "at")) <= 0);
		assert_true(*text(h, "by") && *text(h, "action"));
		before = text(h, "at");
		bool legal = now == NULL || !*to;
		for (size_t m = 0; m < n; m++)
			legal |= moves[m].to && strcmp(moves[m].from, from) == 0 &&
				 strcmp(moves[m].to, to) == 0;
		if (!legal || (now && *to && strcmp(now, from) != 0))
			fail_msg("%s: %s to %s", text(r, "id"), from, to);
		now = *to ? to : now;
	}
	if (now && kind_state(k, text(r, "state")))
		assert_string_equal(now, text(r, "state"));
}

static void follow_one(void *arg, json_t *r)
{
	follow(arg, r);
}

void assert_legal(const struct town *t)
{
	static const struct kind *const queues[] = {&kind_complaint, &kind_dossier, &kind_call,
						    &kind_alert};
	for (size_t i = 0; i < 4; i++)
		each(t, queues[i], follow_one, (void *)(uintptr_t)queues[i]);
}

struct codes {
	const struct town *t;
	struct strmap known; /* "kind code" */
	const struct kind *kind;
};

static void know(void *arg, json_t *r)
{
	struct codes *c = arg;
	char *key = xasprintf("%s %s", c->kind->id, text(r, "code"));
	strmap_put(&c->known, key, c);
	free(key);
}

static void look_up(void *arg, json_t *r)
{
	struct codes *c = arg;
	for (size_t i = 0; i < c->kind->column_count; i++) {
		const struct column *column = &c->kind->columns[i];
		if (column->type != COLUMN_REF || !*text(r, column->id))
			continue;
		char *key = xasprintf("%s %s", column->ref, text(r, column->id));
		if (!strmap_get(&c->known, key))
			fail_msg("%s: no %s", text(r, "id"), key);
		free(key);
	}
}

void assert_codes(const struct town *t)
{
	struct codes c = {.t = t, .known = STRMAP_INIT};
	for (const struct kind *const *k = kinds; *k; k++) {
		c.kind = *k;
		if ((*k)->catalogue)
			each(t, *k, know, &c);
	}
	for (const struct kind *const *k = kinds; *k; k++) {
		c.kind = *k;
		each(t, *k, look_up, &c);
	}
	strmap_free(&c.known, NULL);
}

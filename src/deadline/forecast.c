/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case belongs to one pool of each scope.  A pool keeps the shares of those that were in
 * time, sorted, and how many were late: these used all of their time, so they ran at least as
 * long as anything that is not late yet. */
#include "deadline/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/strmap.h"

struct pool {
	double *kept; /* shares of those in time */
	size_t kept_count, kept_cap;
	int late;
	/* of the test, as it goes through time */
	int test_late, test_kept;
};

struct item {
	struct pool *pools[FORECAST_SCOPES];
	double share;
	bool late;
	int64_t due, test_at[FORECAST_TESTS];
};

struct forecast {
	int64_t now, window;
	struct item *items; /* by due */
	size_t count, cap;
	struct strmap pools; /* name → struct pool */
	struct strbuf name;  /* scratch */
};

struct forecast *forecast_new(int64_t now)
{
	struct forecast *f = xcalloc(1, sizeof *f);
	f->now = now;
	return f;
}

static void free_pool(void *pool)
{
	struct pool *p = pool;
	free(p->kept);
	free(p);
}

void forecast_free(struct forecast *f)
{
	if (!f)
		return;
	strmap_free(&f->pools, free_pool);
	strbuf_free(&f->name);
	free(f->items);
	free(f);
}

/* --- pools --- */

static bool has_unit(enum forecast_scope s)
{
	return s == FORECAST_UNIT_CATEGORY || s == FORECAST_UNIT;
}

static bool has_category(enum forecast_scope s)
{
	return s == FORECAST_UNIT_CATEGORY || s == FORECAST_CATEGORY;
}

static void write_name(struct strbuf *b, enum forecast_scope s, const char *unit,
		       const char *category)
{
	strbuf_clear(b);
	strbuf_addf(b, "%d\n%s\n%s", (int)s, has_unit(s) ? unit : "",
		    has_category(s) ? category : "");
}

/* Nobody's records and those without a category are no group of their own. */
static bool applies(enum forecast_scope s, const char *unit, const char *category)
{
	return (!has_unit(s) || *unit) && (!has_category(s) || *category);
}

static struct pool *make_pool(struct forecast *f, enum forecast_scope s, const char *unit,
			      const char *category)
{
	if (!applies(s, unit, category))
		return NULL;
	write_name(&f->name, s, unit, category);
	struct pool *p = strmap_get(&f->pools, f->name.s);
	if (!p) {
		p = xcalloc(1, sizeof *p);
		strmap_put(&f->pools, f->name.s, p);
	}
	return p;
}

void forecast_add(struct forecast *f, const struct forecast_case *c)
{
	struct item i = {.share = c->share, .late = c->late, .due = c->due};
	memcpy(i.test_at, c->test_at, sizeof i.test_at);
	if (c->due > f->now)
		return;
	for (int s = 0; s < FORECAST_SCOPES; s++)
		i.pools[s] = make_pool(f, (enum forecast_scope)s, c->unit, c->category);
	ARRAY_PUSH(f->items, f->count, f->cap) = i;
}

static void fill_pools(const struct item *i)
{
	for (int s = 0; s < FORECAST_SCOPES; s++) {
		struct pool *p = i->pools[s];
		if (p && i->late)
			p->late++;
		else if (p)
			ARRAY_PUSH(p->kept, p->kept_count, p->kept_cap) = i->share;
	}
}

static int compare_shares(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static int compare_dues(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	return (x->due > y->due) - (x->due < y->due);
}

int forecast_ready(struct forecast *f, int64_t window)
{
	size_t at = 0;
	int counted = 0;
	f->window = window;
	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].due > f->now - window) {
			fill_pools(&f->items[i]);
			counted++;
		}
	for (const struct strmap_entry *n; (n = strmap_next(&f->pools, &at));) {
		struct pool *p = n->value;
		if (p->kept_count)
			qsort(p->kept, p->kept_count, sizeof *p->kept, compare_shares);
	}
	if (f->count)
		qsort(f->items, f->count, sizeof *f->items, compare_dues);
	return counted;
}

/* --- asking --- */

/* Cases in time that ran at least as long. */
static int kept_from(const struct pool *p, double share)
{
	size_t low = 0, high = p->kept_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->kept[middle] < share)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)(p->kept_count - low);
}

static struct forecast_guess guess(enum forecast_scope s, int late, int kept)
{
	struct forecast_guess g = {.scope = s, .late = late, .alike = late + kept};
	g.known = g.alike >= FORECAST_LEAST;
	g.chance = g.alike ? (double)late / g.alike : 0;
	return g;
}

struct forecast_guess forecast_ask(const struct forecast *f, const char *unit,
				   const char *category, double share)
{
	struct forecast_guess g = {.scope = FORECAST_KIND};
	struct strbuf name = STRBUF_INIT;
	for (int s = 0; s < FORECAST_SCOPES && !g.known; s++) {
		enum forecast_scope scope = (enum forecast_scope)s;
		if (!applies(scope, unit, category))
			continue;
		write_name(&name, scope, unit, category);
		const struct pool *p = strmap_get(&f->pools, name.s);
		g = p ? guess(scope, p->late, kept_from(p, share)) : guess(scope, 0, 0);
	}
	strbuf_free(&name);
	return g;
}

/* --- looking back --- */

/* A case that is forecast again. */
struct test {
	int64_t at;
	const struct item *item;
};

static int compare_tests(const void *a, const void *b)
{
	const struct test *x = a, *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

/* The cases to forecast again, by when: those of the window that ran so long. */
static struct test *list_tests(const struct forecast *f, int test, size_t *count)
{
	struct test *list = xmalloc((f->count + 1) * sizeof *list);
	*count = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct item *x = &f->items[i];
		if (x->due > f->now - f->window && x->share >= forecast_test_shares[test])
			list[(*count)++] = (struct test){x->test_at[test], x};
	}
	if (*count)
		qsort(list, *count, sizeof *list, compare_tests);
	return list;
}

/* Adds or takes back a case that is over, where it ran as long as those that are tested. */
static void count_in(const struct item *i, double share, int sign)
{
	if (!i->late && i->share < share)
		return;
	for (int s = 0; s < FORECAST_SCOPES; s++)
		if (i->pools[s] && i->late)
			i->pools[s]->test_late += sign;
		else if (i->pools[s])
			i->pools[s]->test_kept += sign;
}

static struct forecast_guess ask_again(const struct item *i)
{
	struct forecast_guess g = {.known = false};
	for (int s = 0; s < FORECAST_SCOPES && !g.known; s++)
		if (i->pools[s])
			g = guess((enum forecast_scope)s, i->pools[s]->test_late,
				  i->pools[s]->test_kept);
	return g;
}

static void judge(struct forecast_score *score, const struct item *i)
{
	struct forecast_guess g = ask_again(i);
	if (!g.known) {
		score->unknown++;
		return;
	}
	bool said = g.chance >= FORECAST_LIKELY;
	score->cases++;
	score->late += i->late;
	score->said += said;
	score->right += said && i->late;
}

/* The window moves along: what was over at each instant is counted in as it comes, and out
 * again when it is too old. */
struct forecast_score forecast_test(const struct forecast *f, int test)
{
	struct forecast_score score = {0};
	double share = forecast_test_shares[test];
	size_t count, come = 0, gone = 0;
	struct test *tests = list_tests(f, test, &count);
	for (size_t i = 0; i < count; i++) {
		int64_t t = tests[i].at;
		for (; come < f->count && f->items[come].due <= t; come++)
			count_in(&f->items[come], share, +1);
		for (; gone < come && f->items[gone].due <= t - f->window; gone++)
			count_in(&f->items[gone], share, -1);
		judge(&score, tests[i].item);
	}
	for (; gone < come; gone++)
		count_in(&f->items[gone], share, -1);
	free(tests);
	return score;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of lists and objects. */
#include <stdlib.h>
#include <string.h>

#include "api/jqcall.h"

#define RUN struct arena *a, const struct node *in, const struct node *const *v, bool *unsure

static const struct node *leave(bool *unsure)
{
	*unsure = true;
	return NULL;
}

static const struct node **children(struct arena *a, const struct node *group, size_t *n)
{
	*n = jqvalue_count(group);
	const struct node **list = arena_alloc(a, (*n + 1) * sizeof *list);
	size_t i = 0;
	for (const struct node *x = node_first(group); x < node_end(group); x = node_next(x)) {
		list[i++] = x;
		x += group->type == NODE_OBJECT;
	}
	return list;
}

/* --- objects --- */

static int by_text(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;
	int order = 0;
	jqvalue_compare(*x, *y, &order);
	return order;
}

static const struct node *keys(struct arena *a, const struct node *in, bool sorted,
			       bool *unsure)
{
	size_t n;
	if (in->type != NODE_OBJECT || !jqvalue_is_proper(in))
		return leave(unsure);
	const struct node **list = children(a, in, &n);
	if (sorted && n)
		qsort(list, n, sizeof *list, by_text);
	return jqvalue_group(a, NODE_ARRAY, list, n);
}

static const struct node *keys_sorted(RUN)
{
	(void)v;
	return keys(a, in, true, unsure);
}

static const struct node *keys_unsorted(RUN)
{
	(void)v;
	return keys(a, in, false, unsure);
}

static const struct node *has(RUN)
{
	double d;
	(void)a;
	if (in->type == NODE_OBJECT && v[0]->type == NODE_STRING)
		return jqvalue_bool(node_get(in, v[0]->s, v[0]->n) != NULL);
	if (in->type == NODE_ARRAY && jqvalue_double(v[0], &d) && d >= 0 && d < 1e9)
		return jqvalue_bool((size_t)d < jqvalue_count(in));
	return leave(unsure);
}

static const struct node key_name = {"key", 3, 1, NODE_STRING, false};
static const struct node value_name = {"value", 5, 1, NODE_STRING, false};

static const struct node *to_entries(RUN)
{
	size_t n;
	(void)v;
	if (in->type != NODE_OBJECT || !jqvalue_is_proper(in))
		return leave(unsure);
	const struct node **list = children(a, in, &n);
	for (size_t i = 0; i < n; i++) {
		const struct node *entry[] = {&key_name, list[i], &value_name, list[i] + 1};
		list[i] = jqvalue_group(a, NODE_OBJECT, entry, 4);
	}
	return jqvalue_group(a, NODE_ARRAY, list, n);
}

static const struct node *from_entries(RUN)
{
	size_t n = in->type == NODE_ARRAY ? jqvalue_count(in) : 0, count = 0;
	(void)v;
	if (in->type != NODE_ARRAY)
		return leave(unsure);
	const struct node **list = arena_alloc(a, (2 * n + 1) * sizeof *list);
	for (const struct node *x = node_first(in); x < node_end(in); x = node_next(x)) {
		const struct node *key = node_get(x, "key", 3),
				  *value = node_get(x, "value", 5);
		if (!key || key->type != NODE_STRING || !value)
			return leave(unsure);
		list[count++] = key;
		list[count++] = value;
	}
	const struct node *made = jqvalue_group(a, NODE_OBJECT, list, count);
	return jqvalue_is_proper(made) ? made : leave(unsure);
}

/* Of one member. */
static const struct node *del(RUN)
{
	size_t n, count = 0;
	if (in->type == NODE_NULL)
		return in;
	if (in->type != NODE_OBJECT)
		return leave(unsure);
	const struct node **names = children(a, in, &n);
	const struct node **list = arena_alloc(a, (2 * n + 1) * sizeof *list);
	for (size_t i = 0; i < n; i++) {
		if (names[i]->n == v[0]->n && memcmp(names[i]->s, v[0]->s, v[0]->n) == 0)
			continue;
		list[count++] = names[i];
		list[count++] = names[i] + 1;
	}
	return jqvalue_group(a, NODE_OBJECT, list, count);
}

/* --- arrays --- */

static const struct node *reverse(RUN)
{
	size_t n;
	(void)v;
	if (in->type != NODE_ARRAY)
		return leave(unsure);
	const struct node **list = children(a, in, &n);
	for (size_t i = 0; i < n / 2; i++) {
		const struct node *x = list[i];
		list[i] = list[n - 1 - i];
		list[n - 1 - i] = x;
	}
	return jqvalue_group(a, NODE_ARRAY, list, n);
}

static bool is_joinable(const struct node *n)
{
	return n->type != NODE_ARRAY && n->type != NODE_OBJECT && n->type != NODE_DEEP;
}

static const struct node *join(RUN)
{
	size_t n, length = 0;
	if (in->type != NODE_ARRAY || v[0]->type != NODE_STRING)
		return leave(unsure);
	const struct node **list = children(a, in, &n);
	for (size_t i = 0; i < n; i++) {
		if (!is_joinable(list[i]))
			return leave(unsure);
		list[i] = list[i]->type == NODE_NULL ? jqvalue_text(a, "", 0)
						     : jqvalue_written(a, list[i], true);
		length += list[i]->n + (i ? v[0]->n : 0);
	}
	if (length > INT32_MAX)
		return leave(unsure);
	char *s = arena_alloc(a, length + 1), *at = s;
	for (size_t i = 0; i < n; i++) {
		if (i)
			at = mempcpy(at, v[0]->s, v[0]->n);
		at = mempcpy(at, list[i]->s, list[i]->n);
	}
	*at = '\0';
	return jqvalue_text(a, s, length);
}

/* --- what is put in order by keys --- */

struct keyed {
	const struct node *key, *value;
	bool *unsure;
};

/* Where keys are the same the order stays, as elements lie one behind the other. */
static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = 0;
	if (!jqvalue_compare(x->key, y->key, &order) || order == JQVALUE_DIFFERS)
		*x->unsure = true;
	return order ? order : (x->value > y->value) - (x->value < y->value);
}

/* NULL where that can't be told; v[0] holds a key for each element. */
static struct keyed *put_in_order(RUN, size_t *n)
{
	size_t i = 0;
	if (in->type != NODE_ARRAY || v[0]->type != NODE_ARRAY ||
	    (*n = jqvalue_count(in)) != jqvalue_count(v[0])) {
		*unsure = true;
		return NULL;
	}
	struct keyed *list = arena_alloc(a, (*n + 1) * sizeof *list);
	const struct node *key = node_first(v[0]);
	for (const struct node *x = node_first(in); x < node_end(in); x = node_next(x)) {
		list[i++] = (struct keyed){key, x, unsure};
		key = node_next(key);
	}
	if (*n)
		qsort(list, *n, sizeof *list, by_key);
	return *unsure ? NULL : list;
}

static const struct node *sorted(RUN)
{
	size_t n;
	const struct keyed *list = put_in_order(a, in, v, unsure, &n);
	if (!list)
		return NULL;
	const struct node **values = arena_alloc(a, (n + 1) * sizeof *values);
	for (size_t i = 0; i < n; i++)
		values[i] = list[i].value;
	return jqvalue_group(a, NODE_ARRAY, values, n);
}

static const struct node *grouped(RUN)
{
	size_t n, groups = 0;
	int order = 0;
	const struct keyed *list = put_in_order(a, in, v, unsure, &n);
	if (!list)
		return NULL;
	const struct node **values = arena_alloc(a, (n + 1) * sizeof *values);
	const struct node **made = arena_alloc(a, (n + 1) * sizeof *made);
	for (size_t i = 0, from = 0; i < n; i++) {
		values[i] = list[i].value;
		if (i + 1 < n)
			jqvalue_compare(list[i].key, list[i + 1].key, &order);
		if (i + 1 == n || order) {
			made[groups++] = jqvalue_group(a, NODE_ARRAY, values + from,
						       i + 1 - from);
			from = i + 1;
		}
	}
	return jqvalue_group(a, NODE_ARRAY, made, groups);
}

static const struct node *least(RUN)
{
	size_t n;
	const struct keyed *list = put_in_order(a, in, v, unsure, &n);
	return !list ? NULL : n ? list[0].value : &jqvalue_null;
}

static const struct node *most(RUN)
{
	size_t n;
	const struct keyed *list = put_in_order(a, in, v, unsure, &n);
	return !list ? NULL : n ? list[n - 1].value : &jqvalue_null;
}

/* clang-format off */
const struct jqcall jqcall_lists[] = {
	{"keys", 0, keys_sorted}, {"keys_unsorted", 0, keys_unsorted}, {"has", 1, has},
	{"to_entries", 0, to_entries}, {"from_entries", 0, from_entries}, {"del", 1, del},
	{"reverse", 0, reverse}, {"join", 1, join},
	{"_sorted", 1, sorted}, {"_grouped", 1, grouped},
	{"_least", 1, least}, {"_most", 1, most},
	{NULL, 0, NULL},
};
/* clang-format on */

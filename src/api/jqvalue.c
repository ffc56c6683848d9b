/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqvalue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/jqtape.h"

#define MEMBERS_MOST 64 /* of an object whose names are compared with each other */

const struct node jqvalue_null = {"null", 4, 1, NODE_NULL, false};
const struct node jqvalue_true = {"true", 4, 1, NODE_TRUE, false};
const struct node jqvalue_false = {"false", 5, 1, NODE_FALSE, false};

static const struct node *make(struct arena *a, enum node_type type, const char *s, size_t n)
{
	struct node *made = arena_alloc(a, sizeof *made);
	*made = (struct node){s, (uint32_t)n, 1, type, false};
	return made;
}

const struct node *jqvalue_text(struct arena *a, const char *s, size_t n)
{
	return make(a, NODE_STRING, s, n);
}

/* As libjq writes it, of whichever version that is. */
static const struct node *write_number(struct arena *a, double d)
{
	jv text = jv_dump_string(jv_number(d), 0);
	size_t n = (size_t)jv_string_length_bytes(jv_copy(text));
	const struct node *made = make(a, NODE_NUMBER,
				       arena_memdup(a, jv_string_value(text), n), n);
	jv_free(text);
	return made;
}

const struct node *jqvalue_number(struct arena *a, double d)
{
	char digits[20], *p = digits + sizeof digits;
	if (!isfinite(d))
		return NULL;
	if (fabs(d) >= 1e15 || d != floor(d) || (d == 0 && signbit(d)))
		return write_number(a, d);
	uint64_t rest = (uint64_t)fabs(d);
	do
		*--p = (char)('0' + rest % 10);
	while (rest /= 10);
	if (d < 0)
		*--p = '-';
	size_t n = (size_t)(digits + sizeof digits - p);
	return make(a, NODE_NUMBER, arena_memdup(a, p, n), n);
}

const struct node *jqvalue_empty(enum node_type type)
{
	static const struct node array = {"", 0, 1, NODE_ARRAY, true};
	static const struct node object = {"", 0, 1, NODE_OBJECT, true};
	return type == NODE_ARRAY ? &array : &object;
}

const struct node *jqvalue_group(struct arena *a, enum node_type type,
				 const struct node *const *list, size_t n)
{
	size_t size = 1;
	for (size_t i = 0; i < n; i++)
		size += list[i]->size;
	struct node *made = arena_alloc(a, size * sizeof *made), *to = made + 1;
	*made = (struct node){"", 0, (uint32_t)size, type, true};
	for (size_t i = 0; i < n; to += list[i++]->size) {
		if (list[i]->size == 1)
			*to = *list[i];
		else
			memcpy(to, list[i], list[i]->size * sizeof *to);
	}
	return made;
}

bool jqvalue_double(const struct node *n, double *d)
{
	if (n->type != NODE_NUMBER || n->odd)
		return false;
	*d = node_number(n);
	return isfinite(*d);
}

size_t jqvalue_count(const struct node *group)
{
	size_t count = 0;
	for (const struct node *n = node_first(group); n < node_end(group); count++) {
		n += group->type == NODE_OBJECT;
		n = node_next(n);
	}
	return count;
}

bool jqvalue_is_proper(const struct node *object)
{
	const struct node *names[MEMBERS_MOST];
	size_t count = 0;
	for (const struct node *n = node_first(object); n < node_end(object);
	     n = node_next(n + 1)) {
		for (size_t i = 0; i < count; i++)
			if (names[i]->n == n->n && memcmp(names[i]->s, n->s, n->n) == 0)
				return false;
		if (count == MEMBERS_MOST)
			return false;
		names[count++] = n;
	}
	return true;
}

bool jqvalue_is_deep(const struct node *n)
{
	for (const struct node *at = n; at < node_end(n); at++)
		if (at->type == NODE_DEEP)
			return true;
	return false;
}

size_t jqvalue_length(const struct node *text)
{
	size_t count = 0;
	for (size_t i = 0; i < text->n; i++)
		count += ((unsigned char)text->s[i] & 0xc0) != 0x80;
	return count;
}

/* --- order --- */

static int sign(int64_t d)
{
	return (d > 0) - (d < 0);
}

static int compare_texts(const struct node *a, const struct node *b)
{
	int order = memcmp(a->s, b->s, a->n < b->n ? a->n : b->n);
	return order ? sign(order) : sign((int64_t)a->n - b->n);
}

static bool compare_numbers(const struct node *a, const struct node *b, int *order)
{
	double x, y;
	if (!jqvalue_double(a, &x) || !jqvalue_double(b, &y))
		return false;
	*order = (x > y) - (x < y);
	return true;
}

static bool compare_arrays(const struct node *a, const struct node *b, int *order)
{
	const struct node *x = node_first(a), *y = node_first(b);
	*order = 0;
	for (; x < node_end(a) && y < node_end(b); x = node_next(x), y = node_next(y))
		if (!jqvalue_compare(x, y, order) || *order)
			return *order != 0;
	*order = (x < node_end(a)) - (y < node_end(b));
	return true;
}

/* Only whether they are the same. */
static bool compare_objects(const struct node *a, const struct node *b, int *order)
{
	if (!jqvalue_is_proper(a) || !jqvalue_is_proper(b))
		return false;
	*order = jqvalue_count(a) == jqvalue_count(b) ? 0 : JQVALUE_DIFFERS;
	for (const struct node *n = node_first(a); !*order && n < node_end(a);
	     n = node_next(n + 1)) {
		const struct node *other = node_get(b, n->s, n->n);
		if (other && !jqvalue_compare(n + 1, other, order))
			return false;
		if (!other || *order)
			*order = JQVALUE_DIFFERS;
	}
	return true;
}

bool jqvalue_compare(const struct node *a, const struct node *b, int *order)
{
	*order = sign((int64_t)a->type - (int64_t)b->type);
	if (a->type == NODE_DEEP || b->type == NODE_DEEP)
		return false;
	if (*order)
		return true;
	switch (a->type) {
	case NODE_NUMBER:
		return compare_numbers(a, b, order);
	case NODE_STRING:
		*order = compare_texts(a, b);
		return true;
	case NODE_ARRAY:
		return compare_arrays(a, b, order);
	case NODE_OBJECT:
		return compare_objects(a, b, order);
	default:
		return true;
	}
}

/* --- texts --- */

static bool is_plain_integer(const struct node *n)
{
	return node_is_integer(n) && n->n <= 15 && n->s[0] != '-' &&
	       (n->n == 1 || n->s[0] != '0');
}

/* What libjq alone writes. */
static const struct node *write_by_jq(struct arena *a, const struct node *n)
{
	jv value;
	if (jqtape_value(n, &value, NULL) < 0)
		return NULL;
	jv text = jv_dump_string(value, 0);
	size_t len = (size_t)jv_string_length_bytes(jv_copy(text));
	const char *s = arena_memdup(a, jv_string_value(text), len);
	jv_free(text);
	return jqvalue_text(a, s, len);
}

const struct node *jqvalue_written(struct arena *a, const struct node *n, bool plain)
{
	switch (n->type) {
	case NODE_STRING:
		return plain ? n : write_by_jq(a, n);
	case NODE_NUMBER:
		return is_plain_integer(n) ? jqvalue_text(a, n->s, n->n) : write_by_jq(a, n);
	case NODE_NULL:
		return jqvalue_text(a, "null", 4);
	case NODE_TRUE:
		return jqvalue_text(a, "true", 4);
	case NODE_FALSE:
		return jqvalue_text(a, "false", 5);
	default:
		return write_by_jq(a, n);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* a[b] and a[b:c]. */
#include "api/jqrun_parts.h"

static const struct node *at_number(const struct node *array, double d)
{
	int64_t i = (int64_t)d;
	if (i < 0)
		i += (int64_t)jqvalue_count(array);
	if (i < 0)
		return &jqvalue_null;
	const struct node *n = node_first(array);
	while (i-- > 0 && n < node_end(array))
		n = node_next(n);
	return n < node_end(array) ? n : &jqvalue_null;
}

static bool is_in(const struct node *n, const struct node *tree)
{
	return n >= tree && n < node_end(tree);
}

static const struct node *member(struct jqrun *r, const struct node *object,
				 const struct node *name)
{
	const struct node *found;
	if (object->size >= JQINDEX_LEAST &&
	    (is_in(object, r->slots[JQ_LOOKUP]) || is_in(object, r->slots[JQ_PAGE])))
		found = jqindex_get(&r->index, object, name->s, name->n);
	else
		found = node_get(object, name->s, name->n);
	return found ? found : &jqvalue_null;
}

/* a[b]; NULL where there is no such thing, or *unsure. */
const struct node *jqrun_index(struct jqrun *r, const struct node *a, const struct node *b)
{
	double d;
	if (a->type == NODE_OBJECT && b->type == NODE_STRING)
		return member(r, a, b);
	if (a->type == NODE_NULL && (b->type == NODE_STRING || b->type == NODE_NUMBER))
		return &jqvalue_null;
	if (a->type != NODE_DEEP &&
	    (b->type == NODE_STRING || (b->type == NODE_NUMBER && a->type != NODE_ARRAY)))
		return NULL;
	if (a->type == NODE_ARRAY && jqvalue_double(b, &d) && d > -1e9 && d < 1e9 &&
	    d == (double)(int64_t)d)
		return at_number(a, d);
	return jqrun_unsure(r);
}

/* A whole number of a slice, from the end where it is negative. */
static bool bound(const struct node *n, size_t length, size_t otherwise, size_t *at)
{
	double d;
	*at = otherwise;
	if (n->type == NODE_NULL)
		return true;
	if (!jqvalue_double(n, &d) || d < -1e9 || d > 1e9 || d != (double)(int64_t)d)
		return false;
	d += d < 0 ? (double)length : 0;
	*at = d < 0 ? 0 : d > (double)length ? length : (size_t)d;
	return true;
}

static const char *character(const struct node *text, size_t i)
{
	const char *s = text->s, *end = s + text->n;
	while (s < end && i) {
		s++;
		while (s < end && ((unsigned char)*s & 0xc0) == 0x80)
			s++;
		i--;
	}
	return s;
}

static const struct node *slice_array(struct jqrun *r, const struct node *a, size_t from,
				      size_t to)
{
	size_t base = r->count, i = 0;
	for (const struct node *n = node_first(a); n < node_end(a); n = node_next(n), i++)
		if (i >= from && i < to)
			jqrun_push(r, n);
	return jqrun_group(r, NODE_ARRAY, base);
}

const struct node *jqrun_slice(struct jqrun *r, const struct node *a, const struct node *b,
			       const struct node *c)
{
	size_t from, to;
	if (a->type == NODE_NULL)
		return a;
	if (a->type != NODE_STRING && a->type != NODE_ARRAY)
		return jqrun_unsure(r);
	size_t length = a->type == NODE_STRING ? jqvalue_length(a) : jqvalue_count(a);
	if (!bound(b, length, 0, &from) || !bound(c, length, length, &to))
		return jqrun_unsure(r);
	to = to < from ? from : to;
	if (a->type == NODE_ARRAY)
		return slice_array(r, a, from, to);
	const char *start = character(a, from);
	return jqvalue_text(&r->arena, start, (size_t)(character(a, to) - start));
}

bool jqrun_find_place(struct jqrun *r, const struct jqtree *t, const struct node *in,
		      struct jqrun_place *p)
{
	p->b = t->b ? jqrun_one(r, t->b, in) : &jqvalue_null;
	p->c = t->c && p->b ? jqrun_one(r, t->c, in) : &jqvalue_null;
	return p->b && p->c;
}

const struct node *jqrun_go(struct jqrun *r, const struct jqtree *t, const struct node *a,
			    const struct jqrun_place *p)
{
	return t->op == JQ_INDEX ? jqrun_index(r, a, p->b) : jqrun_slice(r, a, p->b, p->c);
}

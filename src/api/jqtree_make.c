/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "api/jqtree_parts.h"

const struct jqtree jqtree_self = {.op = JQ_SELF, .single = true, .few = true};

struct jqtree *jqtree_make(struct jqparser *p, enum jqop op, const struct jqtree *a,
			   const struct jqtree *b, const struct jqtree *c)
{
	struct jqtree *t = arena_zero(p->arena, sizeof *t);
	t->op = op;
	t->a = a;
	t->b = b;
	t->c = c;
	t->few = op == JQ_ARRAY || op == JQ_FIRST ||
		 (op != JQ_EACH && op != JQ_COMMA && (!a || a->few) && (!b || b->few) &&
		  (!c || c->few));
	t->single = op == JQ_ARRAY || (t->few && op != JQ_TRY && op != JQ_FIRST &&
				       (!a || a->single || op == JQ_ELSE) &&
				       (!b || b->single) && (!c || c->single));
	p->nodes++;
	return t;
}

const struct jqtree *jqtree_literal(struct jqparser *p, const struct node *n)
{
	struct jqtree *t = jqtree_make(p, JQ_LITERAL, NULL, NULL, NULL);
	t->literal = n;
	return t;
}

const struct jqtree *jqtree_variable(struct jqparser *p, unsigned slot)
{
	struct jqtree *t = jqtree_make(p, JQ_VARIABLE, NULL, NULL, NULL);
	t->slot = slot;
	return t;
}

static const struct jqtree *const *copy_list(struct jqparser *p,
					     const struct jqtree *const *list, size_t n)
{
	const struct jqtree **copy = arena_alloc(p->arena, (n + 1) * sizeof *copy);
	if (n)
		memcpy(copy, list, n * sizeof *copy);
	return copy;
}

static bool all_single(const struct jqtree *const *list, size_t n, size_t step)
{
	for (size_t i = 0; i < n; i += step)
		if (!list[i]->single)
			return false;
	return true;
}

/* Of literals it is a literal itself. */
static const struct jqtree *fold(struct jqparser *p, const struct jqtree *const *list, size_t n)
{
	const struct node *values[JQTREE_PARTS_MOST];
	for (size_t i = 0; i < n; i++) {
		if (list[i]->op != JQ_LITERAL)
			return NULL;
		values[i] = list[i]->literal;
	}
	return jqtree_literal(p, jqvalue_group(p->arena, NODE_OBJECT, values, n));
}

static struct jqtree *make_list(struct jqparser *p, enum jqop op,
				const struct jqtree *const *list, size_t n)
{
	struct jqtree *t = jqtree_make(p, op, NULL, NULL, NULL);
	t->list = copy_list(p, list, n);
	t->count = n;
	return t;
}

/* One value may yield several, others none at times. */
const struct jqtree *jqtree_object(struct jqparser *p, const struct jqtree *const *list,
				   size_t n)
{
	const struct jqtree *folded = fold(p, list, n);
	if (folded || !all_single(list, n, 2))
		return folded;
	struct jqtree *t = make_list(p, JQ_OBJECT, list, n);
	t->single = all_single(list, n, 1);
	t->named = true;
	for (size_t i = 0; i < n; i += 2)
		t->named &= list[i]->op == JQ_LITERAL;
	for (size_t i = 1; i < n; i += 2) {
		if (!t->few && !list[i]->few)
			return NULL;
		t->few &= list[i]->few;
	}
	return t;
}

const struct jqtree *jqtree_text(struct jqparser *p, const struct jqtree *const *list, size_t n)
{
	return all_single(list, n, 1) ? make_list(p, JQ_TEXT, list, n) : NULL;
}

/* One argument may yield several values; `slot` is its number. */
const struct jqtree *jqtree_call(struct jqparser *p, const struct jqcall *call,
				 const struct jqtree *const *list, size_t n)
{
	struct jqtree *t = jqtree_make(p, JQ_CALL, NULL, NULL, NULL);
	for (size_t i = 0; i < n; i++) {
		if (list[i]->single)
			continue;
		if (!t->single)
			return NULL;
		t->slot = (unsigned)i;
		t->single = false;
		t->few = list[i]->few;
	}
	t->call = call;
	t->list = copy_list(p, list, n);
	return t;
}

const struct node *jqtree_constant(const struct jqtree *t)
{
	return t->op == JQ_LITERAL ? t->literal : NULL;
}

const struct jqtree *jqtree_negate(struct jqparser *p, const struct jqtree *a)
{
	double d;
	const struct node *n = jqtree_constant(a);
	if (n && jqvalue_double(n, &d) && d != 0)
		return jqtree_literal(p, jqvalue_number(p->arena, -d));
	const struct jqtree *call = jqtree_call(p, jqcall_find("_negate", 7, 0), NULL, 0);
	return jqtree_make(p, JQ_PIPE, a, call, NULL);
}

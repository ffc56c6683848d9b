/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What yields none, or several: calls the next in line for each. */
#include "api/jqrun_parts.h"

static int take_pipe(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	return jqrun_each(r, self->tree->b, n, self->next);
}

static int take_place(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	n = jqrun_go(r, self->tree, n, self->more);
	if (!n && !r->unsure && self->tree->lenient)
		return 0;
	return jqrun_give(r, self->next, n);
}

static int take_each(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	bool named = n->type == NODE_OBJECT;
	if (n->type == NODE_DEEP || (named && !jqvalue_is_proper(n)))
		return jqrun_give(r, self->next, jqrun_unsure(r));
	if (!named && n->type != NODE_ARRAY)
		return self->tree->lenient ? 0 : -1;
	for (const struct node *x = node_first(n); x < node_end(n); x = node_next(x)) {
		x += named;
		if (jqrun_give(r, self->next, x) < 0)
			return -1;
	}
	return 0;
}

/* An object whose values are just being told. */
struct object {
	const struct node **list; /* as in the tree */
	size_t i;                 /* the next value */
};

static int tell_object(struct jqrun *r, const struct jqrun_sink *to, struct object *o);

static int take_value(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	struct object o = *(const struct object *)self->more;
	o.list[o.i] = n;
	o.i += 2;
	return tell_object(r, self, &o);
}

static int tell_object(struct jqrun *r, const struct jqrun_sink *to, struct object *o)
{
	const struct jqtree *t = to->tree;
	for (; o->i < t->count; o->i += 2) {
		const struct node *name = jqrun_one(r, t->list[o->i - 1], to->input);
		if (!name || name->type != NODE_STRING)
			return jqrun_give(r, to, name ? jqrun_unsure(r) : NULL);
		o->list[o->i - 1] = name;
		struct jqrun_sink sink = *to;
		sink.take = take_value;
		sink.more = o;
		if (!t->list[o->i]->single)
			return jqrun_each(r, t->list[o->i], to->input, &sink);
		if (!(o->list[o->i] = jqrun_one(r, t->list[o->i], to->input)))
			return -1;
	}
	const struct node *made = jqvalue_group(&r->arena, NODE_OBJECT, o->list, t->count);
	r->work += made->size;
	bool proper = r->work <= JQRUN_WORK_MOST && (t->named || jqvalue_is_proper(made));
	return jqrun_give(r, to->next, proper ? made : jqrun_unsure(r));
}

static int each_object(struct jqrun *r, struct jqrun_sink *to)
{
	struct object o = {arena_alloc(&r->arena, (to->tree->count + 1) * sizeof *o.list), 1};
	return tell_object(r, to, &o);
}

static int take_condition(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	return jqrun_each(r, jqvalue_holds(n) ? t->b : t->c, self->input, self->next);
}

static int take_side(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	return jqrun_give(r, self->next, jqvalue_bool(jqvalue_holds(n)));
}

static int take_logic(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	struct jqrun_sink sink = {.take = take_side, .next = self->next};
	if (jqvalue_holds(n) != (t->op == JQ_AND))
		return take_side(r, &sink, n);
	return jqrun_each(r, t->b, self->input, &sink);
}

static int take_binding(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	const struct node *before = r->slots[t->slot];
	r->slots[t->slot] = n;
	int failed = jqrun_each(r, t->b, self->input, self->next);
	r->slots[t->slot] = before;
	return failed;
}

static int take_argument(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	const struct node *v[2];
	for (size_t i = 0; i < t->call->arity; i++) {
		v[i] = i == t->slot ? n : jqrun_one(r, t->list[i], self->input);
		if (!v[i])
			return -1;
	}
	return jqrun_give(r, self->next, t->call->run(&r->arena, self->input, v, &r->unsure));
}

/* What the other argument is comes first, as it may fail where this one yields nothing. */
static int each_argument(struct jqrun *r, const struct jqtree *t, const struct jqrun_sink *to)
{
	size_t other = 1 - t->slot;
	if (other < t->call->arity && !jqrun_one(r, t->list[other], to->input))
		return jqrun_give(r, to, jqrun_unsure(r));
	return jqrun_each(r, t->list[t->slot], to->input, to);
}

static int take_protected(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	r->caught++;
	return jqrun_give(r, self->next, n);
}

/* Versions of jq let a tree catch what goes wrong behind it, too: where another one inside has
 * yielded meanwhile it is not known which of them would. */
static int attempt(struct jqrun *r, const struct jqtree *t, const struct node *in,
		   const struct jqrun_sink *to)
{
	size_t caught = r->caught, count = r->count;
	struct jqrun_sink sink = {.take = take_protected, .next = to};
	if (jqrun_each(r, t->a, in, &sink) == 0)
		return 0;
	if (r->unsure || r->enough)
		return -1;
	r->unsure = r->caught != caught;
	r->count = count;
	return r->unsure ? -1 : 0;
}

static int take_if_holds(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	if (!jqvalue_holds(n))
		return 0;
	*(bool *)self->more = true;
	return jqrun_give(r, self->next, n);
}

/* Versions of jq differ in whether an error in front of // is one. */
static int each_otherwise(struct jqrun *r, const struct jqtree *t, const struct node *in,
			  const struct jqrun_sink *to)
{
	bool found = false;
	struct jqrun_sink sink = {.take = take_if_holds, .next = to, .more = &found};
	if (jqrun_each(r, t->a, in, &sink) < 0) {
		r->unsure |= !r->enough;
		return -1;
	}
	return found ? 0 : jqrun_each(r, t->b, in, to);
}

static int take_first(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	*(const struct node **)self->more = n;
	r->enough = true;
	return -1;
}

static int first(struct jqrun *r, const struct jqtree *t, const struct node *in,
		 const struct jqrun_sink *to)
{
	const struct node *found = NULL;
	size_t caught = r->caught, count = r->count;
	struct jqrun_sink sink = {.take = take_first, .more = &found};
	int failed = jqrun_each(r, t->a, in, &sink);
	if (!found)
		return failed;
	r->enough = false;
	r->count = count;
	/* jq's first() breaks off by an error, which may be caught, too. */
	return jqrun_give(r, to, r->caught == caught ? found : jqrun_unsure(r));
}

int jqrun_each(struct jqrun *r, const struct jqtree *t, const struct node *in,
	       const struct jqrun_sink *to)
{
	struct jqrun_place place;
	struct jqrun_sink sink = {.tree = t, .input = in, .next = to, .more = &place};
	if (t->single)
		return jqrun_give(r, to, jqrun_one(r, t, in));
	switch (t->op) {
	case JQ_EMPTY:
		return 0;
	case JQ_COMMA:
		return jqrun_each(r, t->a, in, to) < 0 ? -1 : jqrun_each(r, t->b, in, to);
	case JQ_TRY:
		return attempt(r, t, in, to);
	case JQ_ELSE:
		return each_otherwise(r, t, in, to);
	case JQ_FIRST:
		return first(r, t, in, to);
	case JQ_OBJECT:
		return each_object(r, &sink);
	case JQ_CALL:
		sink.take = take_argument;
		return each_argument(r, t, &sink);
	case JQ_PIPE:
		sink.take = take_pipe;
		break;
	case JQ_INDEX:
	case JQ_SLICE:
		if (!jqrun_find_place(r, t, in, &place))
			return -1;
		sink.take = take_place;
		break;
	case JQ_EACH:
		sink.take = take_each;
		break;
	case JQ_IF:
		sink.take = take_condition;
		break;
	case JQ_AND:
	case JQ_OR:
		sink.take = take_logic;
		break;
	case JQ_BIND:
		sink.take = take_binding;
		break;
	default:
		return jqrun_give(r, to, jqrun_unsure(r));
	}
	return jqrun_each(r, t->a, in, &sink);
}

static int keep(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	(void)r;
	*(const struct node **)self->more = n;
	return 0;
}

/* What stands in front of // yields none at times. */
const struct node *jqrun_otherwise(struct jqrun *r, const struct jqtree *t,
				   const struct node *in)
{
	const struct node *found = NULL;
	struct jqrun_sink sink = {.take = keep, .more = &found};
	if (!t->a->single)
		return each_otherwise(r, t, in, &sink) == 0 ? found : NULL;
	if (!(found = jqrun_one(r, t->a, in)))
		return jqrun_unsure(r);
	return jqvalue_holds(found) ? found : jqrun_one(r, t->b, in);
}

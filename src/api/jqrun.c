/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What yields one value is asked for it; that is what most trees are made of. */
#include "api/jqrun.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqrun_parts.h"
#include "base/alloc.h"

/* What was pushed since there were `from`. */
const struct node *jqrun_group(struct jqrun *r, enum node_type type, size_t from)
{
	size_t n = r->count - from;
	for (size_t i = from; i < r->count; i++)
		r->work += r->list[i]->size;
	r->count = from;
	if (r->work > JQRUN_WORK_MOST)
		return jqrun_unsure(r);
	if (n == 0)
		return jqvalue_empty(type);
	return jqvalue_group(&r->arena, type, r->list + from, n);
}

static const struct node *index_one(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	const struct node *b = jqrun_one(r, t->b, in), *a = b ? jqrun_one(r, t->a, in) : NULL;
	return a ? jqrun_index(r, a, b) : NULL;
}

static const struct node *slice_one(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	struct jqrun_place p;
	const struct node *a = jqrun_find_place(r, t, in, &p) ? jqrun_one(r, t->a, in) : NULL;
	return a ? jqrun_slice(r, a, p.b, p.c) : NULL;
}

static const struct node *object(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	size_t from = r->count;
	for (size_t i = 0; i < t->count; i++) {
		const struct node *n = jqrun_one(r, t->list[i], in);
		if (!n)
			return NULL;
		if (i % 2 == 0 && n->type != NODE_STRING)
			return jqrun_unsure(r);
		jqrun_push(r, n);
	}
	const struct node *made = jqrun_group(r, NODE_OBJECT, from);
	return made && !t->named && !jqvalue_is_proper(made) ? jqrun_unsure(r) : made;
}

static const struct node *text(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	size_t from = r->count, n = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct node *part = jqrun_one(r, t->list[i], in);
		if (!part)
			return NULL;
		part = jqvalue_written(&r->arena, part, true);
		if (!part)
			return jqrun_unsure(r);
		n += part->n;
		jqrun_push(r, part);
	}
	char *s = arena_alloc(&r->arena, n + 1), *at = s;
	for (size_t i = from; i < r->count; at += r->list[i++]->n)
		memcpy(at, r->list[i]->s, r->list[i]->n);
	*at = '\0';
	r->count = from;
	return jqvalue_text(&r->arena, s, n);
}

static int collect(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	(void)self;
	jqrun_push(r, n);
	return 0;
}

static const struct node *array(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	struct jqrun_sink sink = {.take = collect};
	size_t from = r->count;
	return jqrun_each(r, t->a, in, &sink) < 0 ? NULL : jqrun_group(r, NODE_ARRAY, from);
}

static const struct node *call(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *v[2];
	for (size_t i = 0; i < t->call->arity; i++)
		if (!(v[i] = jqrun_one(r, t->list[i], in)))
			return NULL;
	return t->call->run(&r->arena, in, v, &r->unsure);
}

struct replacing {
	struct jqrun *r;
	const struct jqtree *with;
};

static const struct node *replace(void *context, const struct node *groups)
{
	const struct replacing *x = context;
	return jqrun_one(x->r, x->with, groups);
}

static const struct node *run_regex(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	struct replacing x = {r, t->a};
	return jqregex_run(t->regex, &r->arena, in, replace, &x, &r->unsure);
}

static int update(struct jqrun *r, const struct jqrun_sink *self, const struct node *n)
{
	const struct node **result = self->more;
	const struct jqtree *t = self->tree;
	const struct node *before = r->slots[t->slot];
	r->slots[t->slot] = n;
	*result = jqrun_one(r, t->c, *result);
	r->slots[t->slot] = before;
	return *result ? 0 : -1;
}

static const struct node *reduce(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *result = jqrun_one(r, t->b, in);
	struct jqrun_sink sink = {.take = update, .tree = t, .more = &result};
	return result && jqrun_each(r, t->a, in, &sink) == 0 ? result : NULL;
}

static const struct node *bound_one(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	const struct node *before = r->slots[t->slot], *value = jqrun_one(r, t->a, in);
	if (!value)
		return NULL;
	r->slots[t->slot] = value;
	value = jqrun_one(r, t->b, in);
	r->slots[t->slot] = before;
	return value;
}

static const struct node *logic(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *n = jqrun_one(r, t->a, in);
	if (n && jqvalue_holds(n) == (t->op == JQ_AND))
		n = jqrun_one(r, t->b, in);
	return n ? jqvalue_bool(jqvalue_holds(n)) : NULL;
}

static const struct node *pipe_one(struct jqrun *r, const struct jqtree *t,
				   const struct node *in)
{
	const struct node *n = jqrun_one(r, t->a, in);
	return n ? jqrun_one(r, t->b, n) : NULL;
}

static const struct node *if_one(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *n = jqrun_one(r, t->a, in);
	return n ? jqrun_one(r, jqvalue_holds(n) ? t->b : t->c, in) : NULL;
}

static const struct node *variable(struct jqrun *r, const struct jqtree *t,
				   const struct node *in)
{
	(void)in;
	return r->slots[t->slot];
}

typedef const struct node *run_one(struct jqrun *r, const struct jqtree *t,
				   const struct node *in);
static run_one *const ways[] = {
	[JQ_VARIABLE] = variable,
	[JQ_INDEX] = index_one,
	[JQ_SLICE] = slice_one,
	[JQ_PIPE] = pipe_one,
	[JQ_ELSE] = jqrun_otherwise,
	[JQ_IF] = if_one,
	[JQ_AND] = logic,
	[JQ_OR] = logic,
	[JQ_OBJECT] = object,
	[JQ_ARRAY] = array,
	[JQ_TEXT] = text,
	[JQ_BIND] = bound_one,
	[JQ_REDUCE] = reduce,
	[JQ_CALL] = call,
	[JQ_REGEX] = run_regex,
};

/* NULL: it fails. */
const struct node *jqrun_one(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	if (t->op == JQ_SELF)
		return in;
	if (t->op == JQ_LITERAL)
		return t->literal;
	return t->op < ARRAY_LEN(ways) && ways[t->op] ? ways[t->op](r, t, in) : jqrun_unsure(r);
}

/* --- from outside --- */

struct jqrun *jqrun_new(const struct jqprogram *p)
{
	struct jqrun *r = xcalloc(1, sizeof *r);
	r->program = p;
	r->slots = xcalloc(p->slots, sizeof *r->slots);
	jqrun_bind(r, &jqvalue_null, &jqvalue_null);
	return r;
}

void jqrun_free(struct jqrun *r)
{
	if (!r)
		return;
	arena_free(&r->arena);
	jqindex_clear(&r->index);
	free(r->slots);
	free(r->list);
	free(r);
}

void jqrun_bind(struct jqrun *r, const struct node *page, const struct node *lookup)
{
	jqindex_clear(&r->index);
	r->slots[JQ_PAGE] = page;
	r->slots[JQ_LOOKUP] = lookup;
}

int jqrun_all(struct jqrun *r, const struct node *input, const struct node *const **out,
	      size_t *count)
{
	struct jqrun_sink sink = {.take = collect};
	arena_reset(&r->arena);
	r->count = r->work = r->caught = 0;
	r->unsure = r->enough = false;
	if (jqrun_each(r, r->program->tree, input, &sink) < 0)
		return -1;
	*out = r->list;
	*count = r->count;
	return 0;
}

void jqrun_hand_over(struct jqrun *r, struct arena *to)
{
	arena_free(to);
	*to = r->arena;
	r->arena = (struct arena)ARENA_INIT;
}

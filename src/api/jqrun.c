/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tree yields by calling the next in line for each of its values; the many that yield just
 * one are asked for it, which is faster. */
#include "api/jqrun.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqindex.h"
#include "base/alloc.h"

#define WORK_MOST ((size_t)4 << 20) /* nodes made for one input */

struct jqrun {
	const struct jqprogram *program;
	struct arena arena;
	struct jqindex index;      /* of what is in $page and $lookup */
	const struct node **slots; /* what variables are */
	const struct node **list;  /* of all arrays that are just being filled */
	size_t count, cap;
	size_t work;
	size_t caught; /* trees that catch errors and have yielded; see attempt */
	bool unsure;   /* why it fails: only libjq can say */
	bool enough;   /* or: nobody wants more */
};

/* The next in line. */
struct sink {
	int (*take)(struct jqrun *r, const struct sink *self, const struct node *n);
	const struct jqtree *tree;
	const struct node *input;
	const struct sink *next;
	void *more; /* of its own */
};

static int each(struct jqrun *r, const struct jqtree *t, const struct node *in,
		const struct sink *to);
static const struct node *one(struct jqrun *r, const struct jqtree *t, const struct node *in);

static const struct node *unsure(struct jqrun *r)
{
	r->unsure = true;
	return NULL;
}

static int give(struct jqrun *r, const struct sink *to, const struct node *n)
{
	return n ? to->take(r, to, n) : -1;
}

static void push(struct jqrun *r, const struct node *n)
{
	ARRAY_PUSH(r->list, r->count, r->cap) = n;
}

/* What was pushed since there were `from`. */
static const struct node *group(struct jqrun *r, enum node_type type, size_t from)
{
	size_t n = r->count - from;
	for (size_t i = from; i < r->count; i++)
		r->work += r->list[i]->size;
	r->count = from;
	if (r->work > WORK_MOST)
		return unsure(r);
	if (n == 0)
		return jqvalue_empty(type);
	return jqvalue_group(&r->arena, type, r->list + from, n);
}

/* --- indexes --- */

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
static const struct node *look_up(struct jqrun *r, const struct node *a, const struct node *b)
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
	return unsure(r);
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
			push(r, n);
	return group(r, NODE_ARRAY, base);
}

static const struct node *slice(struct jqrun *r, const struct node *a, const struct node *b,
				const struct node *c)
{
	size_t from, to;
	if (a->type == NODE_NULL)
		return a;
	if (a->type != NODE_STRING && a->type != NODE_ARRAY)
		return unsure(r);
	size_t length = a->type == NODE_STRING ? jqvalue_length(a) : jqvalue_count(a);
	if (!bound(b, length, 0, &from) || !bound(c, length, length, &to))
		return unsure(r);
	to = to < from ? from : to;
	if (a->type == NODE_ARRAY)
		return slice_array(r, a, from, to);
	const char *start = character(a, from);
	return jqvalue_text(&r->arena, start, (size_t)(character(a, to) - start));
}

/* --- what yields one value --- */

/* What a[b] or a[b:c] asks for; jq looks at that before it looks at a. */
struct place {
	const struct node *b, *c;
};

static bool find_place(struct jqrun *r, const struct jqtree *t, const struct node *in,
		       struct place *p)
{
	p->b = t->b ? one(r, t->b, in) : &jqvalue_null;
	p->c = t->c && p->b ? one(r, t->c, in) : &jqvalue_null;
	return p->b && p->c;
}

static const struct node *go(struct jqrun *r, const struct jqtree *t, const struct node *a,
			     const struct place *p)
{
	return t->op == JQ_INDEX ? look_up(r, a, p->b) : slice(r, a, p->b, p->c);
}

static const struct node *index_one(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	const struct node *b = one(r, t->b, in), *a = b ? one(r, t->a, in) : NULL;
	return a ? look_up(r, a, b) : NULL;
}

static const struct node *slice_one(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	struct place p;
	const struct node *a = find_place(r, t, in, &p) ? one(r, t->a, in) : NULL;
	return a ? slice(r, a, p.b, p.c) : NULL;
}

/* Whether the filter says what its members are called, which is not twice the same. */
static bool is_named(const struct jqtree *t)
{
	for (size_t i = 0; i < t->count; i += 2)
		if (t->list[i]->op != JQ_LITERAL)
			return false;
	return true;
}

static const struct node *object(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	size_t from = r->count;
	for (size_t i = 0; i < t->count; i++) {
		const struct node *n = one(r, t->list[i], in);
		if (!n)
			return NULL;
		if (i % 2 == 0 && n->type != NODE_STRING)
			return unsure(r);
		push(r, n);
	}
	const struct node *made = group(r, NODE_OBJECT, from);
	return made && !is_named(t) && !jqvalue_is_proper(made) ? unsure(r) : made;
}

static const struct node *text(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	size_t from = r->count, n = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct node *part = one(r, t->list[i], in);
		if (!part)
			return NULL;
		part = jqvalue_written(&r->arena, part, true);
		if (!part)
			return unsure(r);
		n += part->n;
		push(r, part);
	}
	char *s = arena_alloc(&r->arena, n + 1), *at = s;
	for (size_t i = from; i < r->count; at += r->list[i++]->n)
		memcpy(at, r->list[i]->s, r->list[i]->n);
	*at = '\0';
	r->count = from;
	return jqvalue_text(&r->arena, s, n);
}

static int collect(struct jqrun *r, const struct sink *self, const struct node *n)
{
	(void)self;
	push(r, n);
	return 0;
}

static const struct node *array(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	struct sink sink = {.take = collect};
	size_t from = r->count;
	return each(r, t->a, in, &sink) < 0 ? NULL : group(r, NODE_ARRAY, from);
}

static const struct node *call(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *v[2];
	for (size_t i = 0; i < t->call->arity; i++)
		if (!(v[i] = one(r, t->list[i], in)))
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
	return one(x->r, x->with, groups);
}

static const struct node *run_regex(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	struct replacing x = {r, t->a};
	return jqregex_run(t->regex, &r->arena, in, replace, &x, &r->unsure);
}

static int update(struct jqrun *r, const struct sink *self, const struct node *n)
{
	const struct node **result = self->more;
	const struct jqtree *t = self->tree;
	const struct node *before = r->slots[t->slot];
	r->slots[t->slot] = n;
	*result = one(r, t->c, *result);
	r->slots[t->slot] = before;
	return *result ? 0 : -1;
}

static const struct node *reduce(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *result = one(r, t->b, in);
	struct sink sink = {.take = update, .tree = t, .more = &result};
	return result && each(r, t->a, in, &sink) == 0 ? result : NULL;
}

static const struct node *bound_one(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	const struct node *before = r->slots[t->slot], *value = one(r, t->a, in);
	if (!value)
		return NULL;
	r->slots[t->slot] = value;
	value = one(r, t->b, in);
	r->slots[t->slot] = before;
	return value;
}

static const struct node *logic(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *n = one(r, t->a, in);
	if (n && jqvalue_holds(n) == (t->op == JQ_AND))
		n = one(r, t->b, in);
	return n ? jqvalue_bool(jqvalue_holds(n)) : NULL;
}

static const struct node *pipe_one(struct jqrun *r, const struct jqtree *t,
				   const struct node *in)
{
	const struct node *n = one(r, t->a, in);
	return n ? one(r, t->b, n) : NULL;
}

static const struct node *if_one(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	const struct node *n = one(r, t->a, in);
	return n ? one(r, jqvalue_holds(n) ? t->b : t->c, in) : NULL;
}

static const struct node *variable(struct jqrun *r, const struct jqtree *t,
				   const struct node *in)
{
	(void)in;
	return r->slots[t->slot];
}

typedef const struct node *run_one(struct jqrun *r, const struct jqtree *t,
				   const struct node *in);
static run_one otherwise;

static run_one *const ways[] = {
	[JQ_VARIABLE] = variable, [JQ_INDEX] = index_one, [JQ_SLICE] = slice_one,
	[JQ_PIPE] = pipe_one,     [JQ_ELSE] = otherwise,  [JQ_IF] = if_one,
	[JQ_AND] = logic,         [JQ_OR] = logic,        [JQ_OBJECT] = object,
	[JQ_ARRAY] = array,       [JQ_TEXT] = text,       [JQ_BIND] = bound_one,
	[JQ_REDUCE] = reduce,     [JQ_CALL] = call,       [JQ_REGEX] = run_regex,
};

/* NULL: it fails. */
static const struct node *one(struct jqrun *r, const struct jqtree *t, const struct node *in)
{
	if (t->op == JQ_SELF)
		return in;
	if (t->op == JQ_LITERAL)
		return t->literal;
	return t->op < ARRAY_LEN(ways) && ways[t->op] ? ways[t->op](r, t, in) : unsure(r);
}

/* --- what yields none, or several --- */

static int take_pipe(struct jqrun *r, const struct sink *self, const struct node *n)
{
	return each(r, self->tree->b, n, self->next);
}

static int take_place(struct jqrun *r, const struct sink *self, const struct node *n)
{
	n = go(r, self->tree, n, self->more);
	if (!n && !r->unsure && self->tree->lenient)
		return 0;
	return give(r, self->next, n);
}

static int take_each(struct jqrun *r, const struct sink *self, const struct node *n)
{
	bool named = n->type == NODE_OBJECT;
	if (n->type == NODE_DEEP || (named && !jqvalue_is_proper(n)))
		return give(r, self->next, unsure(r));
	if (!named && n->type != NODE_ARRAY)
		return self->tree->lenient ? 0 : -1;
	for (const struct node *x = node_first(n); x < node_end(n); x = node_next(x)) {
		x += named;
		if (give(r, self->next, x) < 0)
			return -1;
	}
	return 0;
}

/* An object whose values are just being told. */
struct object {
	const struct node **list; /* as in the tree */
	size_t i;                 /* the next value */
};

static int tell_object(struct jqrun *r, const struct sink *to, struct object *o);

static int take_value(struct jqrun *r, const struct sink *self, const struct node *n)
{
	struct object o = *(const struct object *)self->more;
	o.list[o.i] = n;
	o.i += 2;
	return tell_object(r, self, &o);
}

static int tell_object(struct jqrun *r, const struct sink *to, struct object *o)
{
	const struct jqtree *t = to->tree;
	for (; o->i < t->count; o->i += 2) {
		const struct node *name = one(r, t->list[o->i - 1], to->input);
		if (!name || name->type != NODE_STRING)
			return give(r, to, name ? unsure(r) : NULL);
		o->list[o->i - 1] = name;
		struct sink sink = *to;
		sink.take = take_value;
		sink.more = o;
		if (!t->list[o->i]->single)
			return each(r, t->list[o->i], to->input, &sink);
		if (!(o->list[o->i] = one(r, t->list[o->i], to->input)))
			return -1;
	}
	const struct node *made = jqvalue_group(&r->arena, NODE_OBJECT, o->list, t->count);
	r->work += made->size;
	bool proper = r->work <= WORK_MOST && (is_named(t) || jqvalue_is_proper(made));
	return give(r, to->next, proper ? made : unsure(r));
}

static int each_object(struct jqrun *r, struct sink *to)
{
	struct object o = {arena_alloc(&r->arena, (to->tree->count + 1) * sizeof *o.list), 1};
	return tell_object(r, to, &o);
}

static int take_condition(struct jqrun *r, const struct sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	return each(r, jqvalue_holds(n) ? t->b : t->c, self->input, self->next);
}

static int take_side(struct jqrun *r, const struct sink *self, const struct node *n)
{
	return give(r, self->next, jqvalue_bool(jqvalue_holds(n)));
}

static int take_logic(struct jqrun *r, const struct sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	struct sink sink = {.take = take_side, .next = self->next};
	if (jqvalue_holds(n) != (t->op == JQ_AND))
		return take_side(r, &sink, n);
	return each(r, t->b, self->input, &sink);
}

static int take_binding(struct jqrun *r, const struct sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	const struct node *before = r->slots[t->slot];
	r->slots[t->slot] = n;
	int failed = each(r, t->b, self->input, self->next);
	r->slots[t->slot] = before;
	return failed;
}

static int take_argument(struct jqrun *r, const struct sink *self, const struct node *n)
{
	const struct jqtree *t = self->tree;
	const struct node *v[2];
	for (size_t i = 0; i < t->call->arity; i++) {
		v[i] = i == t->slot ? n : one(r, t->list[i], self->input);
		if (!v[i])
			return -1;
	}
	return give(r, self->next, t->call->run(&r->arena, self->input, v, &r->unsure));
}

/* What the other argument is comes first, as it may fail where this one yields nothing. */
static int each_argument(struct jqrun *r, const struct jqtree *t, const struct sink *to)
{
	size_t other = 1 - t->slot;
	if (other < t->call->arity && !one(r, t->list[other], to->input))
		return give(r, to, unsure(r));
	return each(r, t->list[t->slot], to->input, to);
}

static int take_protected(struct jqrun *r, const struct sink *self, const struct node *n)
{
	r->caught++;
	return give(r, self->next, n);
}

/* Versions of jq let a tree catch what goes wrong behind it, too: where another one inside has
 * yielded meanwhile it is not known which of them would. */
static int attempt(struct jqrun *r, const struct jqtree *t, const struct node *in,
		   const struct sink *to)
{
	size_t caught = r->caught, count = r->count;
	struct sink sink = {.take = take_protected, .next = to};
	if (each(r, t->a, in, &sink) == 0)
		return 0;
	if (r->unsure || r->enough)
		return -1;
	r->unsure = r->caught != caught;
	r->count = count;
	return r->unsure ? -1 : 0;
}

static int take_if_holds(struct jqrun *r, const struct sink *self, const struct node *n)
{
	if (!jqvalue_holds(n))
		return 0;
	*(bool *)self->more = true;
	return give(r, self->next, n);
}

/* Versions of jq differ in whether an error in front of // is one. */
static int each_otherwise(struct jqrun *r, const struct jqtree *t, const struct node *in,
			  const struct sink *to)
{
	bool found = false;
	struct sink sink = {.take = take_if_holds, .next = to, .more = &found};
	if (each(r, t->a, in, &sink) < 0) {
		r->unsure |= !r->enough;
		return -1;
	}
	return found ? 0 : each(r, t->b, in, to);
}

static int keep(struct jqrun *r, const struct sink *self, const struct node *n)
{
	(void)r;
	*(const struct node **)self->more = n;
	return 0;
}

/* What stands in front of // yields none at times. */
static const struct node *otherwise(struct jqrun *r, const struct jqtree *t,
				    const struct node *in)
{
	const struct node *found = NULL;
	struct sink sink = {.take = keep, .more = &found};
	if (!t->a->single)
		return each_otherwise(r, t, in, &sink) == 0 ? found : NULL;
	if (!(found = one(r, t->a, in)))
		return unsure(r);
	return jqvalue_holds(found) ? found : one(r, t->b, in);
}

static int take_first(struct jqrun *r, const struct sink *self, const struct node *n)
{
	*(const struct node **)self->more = n;
	r->enough = true;
	return -1;
}

static int first(struct jqrun *r, const struct jqtree *t, const struct node *in,
		 const struct sink *to)
{
	const struct node *found = NULL;
	size_t caught = r->caught, count = r->count;
	struct sink sink = {.take = take_first, .more = &found};
	int failed = each(r, t->a, in, &sink);
	if (!found)
		return failed;
	r->enough = false;
	r->count = count;
	/* jq's first() breaks off by an error, which may be caught, too. */
	return give(r, to, r->caught == caught ? found : unsure(r));
}

static int each(struct jqrun *r, const struct jqtree *t, const struct node *in,
		const struct sink *to)
{
	struct place place;
	struct sink sink = {.tree = t, .input = in, .next = to, .more = &place};
	if (t->single)
		return give(r, to, one(r, t, in));
	switch (t->op) {
	case JQ_EMPTY:
		return 0;
	case JQ_COMMA:
		return each(r, t->a, in, to) < 0 ? -1 : each(r, t->b, in, to);
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
		if (!find_place(r, t, in, &place))
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
		return give(r, to, unsure(r));
	}
	return each(r, t->a, in, &sink);
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
	struct sink sink = {.take = collect};
	arena_reset(&r->arena);
	r->count = r->work = r->caught = 0;
	r->unsure = r->enough = false;
	if (each(r, r->program->tree, input, &sink) < 0)
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

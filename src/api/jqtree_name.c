/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and what they stand for: variables, definitions and their parameters, functions. */
#include <string.h>

#include "api/jqtree_parts.h"

#define ARGUMENTS_MOST 4

static const struct jqtree empty = {.op = JQ_EMPTY, .few = true};
static const struct jqtree error = {.op = JQ_ERROR, .single = true, .few = true};

struct jqscope *jqname_bind(struct jqparser *p, enum jqmeaning what, const char *name, size_t n)
{
	struct jqscope *s = arena_zero(p->arena, sizeof *s);
	s->what = what;
	s->name = name;
	s->n = n;
	s->outer = p->scope;
	p->scope = s;
	return s;
}

struct jqscope *jqname_find(const struct jqparser *p, bool is_variable, const char *name,
			    size_t n, size_t arity)
{
	struct jqscope *s = p->scope;
	while (s && (is_variable != (s->what == VARIABLE) || s->n != n || s->arity != arity ||
		     memcmp(s->name, name, n) != 0))
		s = s->outer;
	return s;
}

/* "def name(…): …;", whose body is read where it is called. */
bool jqname_define(struct jqparser *p)
{
	const char *end = jqtoken_definition_end(p->t);
	jqparse_step(p);
	struct jqscope *s = jqname_bind(p, DEFINITION, p->t.s, p->t.n);
	s->head = p->t.s + p->t.n;
	jqparse_step(p);
	s->arity = p->t.type == '(';
	while (p->t.type && !jqparse_is(p, ":")) {
		s->arity += p->t.type == ';';
		jqparse_step(p);
	}
	p->t = jqtoken_at(end);
	return s->arity <= ARGUMENTS_MOST;
}

/* One parameter of a definition that is put in: "f" or "$f", which is a variable as well. */
static unsigned bind_parameter(struct jqparser *p, const struct jqtree *argument)
{
	bool dollar = p->t.type == '$';
	const char *name = p->t.s + dollar;
	size_t n = p->t.n - dollar;
	unsigned slot = 0;
	if (dollar) {
		slot = p->program->slots++;
		jqname_bind(p, VARIABLE, name, n)->slot = slot;
		argument = jqtree_variable(p, slot);
	}
	jqname_bind(p, CLOSURE, name, n)->tree = argument;
	jqparse_step(p);
	return slot;
}

static const struct jqtree *read_body(struct jqparser *p, const struct jqtree *const *arguments,
				      size_t count)
{
	unsigned slots[ARGUMENTS_MOST] = {0};
	for (size_t i = 0; i < count; i++) {
		jqparse_step(p); /* ( or ; */
		slots[i] = bind_parameter(p, arguments[i]);
	}
	if (count && !jqparse_skip(p, ")"))
		return NULL;
	const struct jqtree *body = jqparse_skip(p, ":") ? jqparse_pipe(p) : NULL;
	if (!body)
		return NULL;
	for (size_t i = count; i-- > 0;) {
		if (!slots[i])
			continue;
		struct jqtree *t = jqtree_make(p, JQ_BIND, arguments[i], body, NULL);
		t->slot = slots[i];
		body = t;
	}
	return jqparse_is(p, ";") ? body : NULL;
}

static const struct jqtree *put_in(struct jqparser *p, struct jqscope *s,
				   const struct jqtree *const *arguments)
{
	struct jqtoken t = p->t;
	struct jqscope *scope = p->scope;
	if (s->busy)
		return NULL;
	s->busy = true;
	p->scope = s;
	p->t = jqtoken_at(s->head);
	const struct jqtree *body = read_body(p, arguments, s->arity);
	s->busy = false;
	p->scope = scope;
	p->t = t;
	return body;
}

static const struct jqtree *make_regex(struct jqparser *p, struct jqtoken name,
				       const struct jqtree *const *arguments, size_t flags,
				       size_t text)
{
	const struct node *given = flags ? jqtree_constant(arguments[flags]) : &jqvalue_null;
	const struct node *pattern = jqtree_constant(arguments[0]);
	if (!pattern || !given)
		return NULL;
	struct jqregex *x = jqregex_new(name.s, name.n, pattern, given, p->program->regexes);
	if (!x)
		return NULL;
	p->program->regexes = x;
	if (text && !arguments[text]->single)
		return NULL;
	struct jqtree *t = jqtree_make(p, JQ_REGEX, text ? arguments[text] : NULL, NULL, NULL);
	t->regex = x;
	return jqregex_is_many(x) ? jqtree_make(p, JQ_EACH, t, NULL, NULL) : t;
}

/* del(.a, .b) */
static const struct jqtree *make_del(struct jqparser *p, const struct jqtree *paths)
{
	const struct jqtree *name = paths->op == JQ_COMMA ? paths->b : paths;
	bool simple = name->op == JQ_INDEX && name->a->op == JQ_SELF &&
		      jqtree_constant(name->b) && jqtree_constant(name->b)->type == NODE_STRING;
	if (!simple)
		return NULL;
	const struct jqtree *gone = jqtree_call(p, jqcall_find("del", 3, 1), &name->b, 1);
	const struct jqtree *before = paths->op == JQ_COMMA ? make_del(p, paths->a)
							    : &jqtree_self;
	return before ? jqtree_make(p, JQ_PIPE, before, gone, NULL) : NULL;
}

/* Of any and all; jq goes other ways where a condition yields several. */
static bool is_odd_condition(struct jqtoken name, const struct jqtree *condition)
{
	return name.n == 3 && !condition->single &&
	       (memcmp(name.s, "any", 3) == 0 || memcmp(name.s, "all", 3) == 0);
}

static const struct jqtree *call(struct jqparser *p, struct jqtoken name,
				 const struct jqtree *const *list, size_t n)
{
	size_t flags, text;
	struct jqscope *s = jqname_find(p, false, name.s, name.n, n);
	if (s && n && is_odd_condition(name, list[n - 1]))
		return NULL;
	if (s)
		return s->what == CLOSURE ? s->tree : put_in(p, s, list);
	if (name.n == 5 && memcmp(name.s, "empty", 5) == 0)
		return n ? NULL : &empty;
	if (name.n == 5 && memcmp(name.s, "error", 5) == 0)
		return &error;
	if (n == 1 && name.n == 5 && memcmp(name.s, "first", 5) == 0)
		return jqtree_make(p, JQ_FIRST, list[0], NULL, NULL);
	if (n == 1 && name.n == 3 && memcmp(name.s, "del", 3) == 0)
		return make_del(p, list[0]);
	if (n && jqregex_is(name.s, name.n, n, &flags, &text))
		return make_regex(p, name, list, flags, text);
	const struct jqcall *known = jqcall_find(name.s, name.n, n);
	return known ? jqtree_call(p, known, list, n) : NULL;
}

const struct jqtree *jqname_parse_call(struct jqparser *p)
{
	const struct jqtree *list[ARGUMENTS_MOST];
	struct jqtoken name = p->t;
	size_t n = 0;
	jqparse_step(p);
	if (p->t.type != '(')
		return call(p, name, NULL, 0);
	do {
		jqparse_step(p);
		if (n == ARGUMENTS_MOST || !(list[n++] = jqparse_pipe(p)))
			return NULL;
	} while (jqparse_is(p, ";"));
	return jqparse_skip(p, ")") ? call(p, name, list, n) : NULL;
}

unsigned jqname_parse_as(struct jqparser *p)
{
	if (!jqparse_skip(p, "as") || p->t.type != '$' || p->t.n < 2)
		return 0;
	unsigned slot = p->program->slots++;
	jqname_bind(p, VARIABLE, p->t.s + 1, p->t.n - 1)->slot = slot;
	jqparse_step(p);
	return slot;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqtree.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqtree_parts.h"
#include "base/alloc.h"

#define DEPTH_MOST 128
#define NODES_MOST 20000 /* definitions are put in wherever they are called */

/* clang-format off */
static const struct {
	const char *sign;
	int level;
	enum jqop op;
} operators[] = {
	{",", 1, JQ_COMMA}, {"//", 2, JQ_ELSE}, {"or", 4, JQ_OR}, {"and", 5, JQ_AND},
	{"==", 6, JQ_CALL}, {"!=", 6, JQ_CALL}, {"<", 6, JQ_CALL}, {"<=", 6, JQ_CALL},
	{">", 6, JQ_CALL}, {">=", 6, JQ_CALL}, {"+", 7, JQ_CALL}, {"-", 7, JQ_CALL},
	{"*", 8, JQ_CALL}, {"/", 8, JQ_CALL}, {"%", 8, JQ_CALL},
};
/* clang-format on */
#define LEVEL_ELSE 2
#define LEVEL_HIGHEST 8

static const struct jqtree *parse_level(struct jqparser *p, int least);

/* "TERM as $name | …", whose body reaches as far as it can. */
static const struct jqtree *parse_binding(struct jqparser *p, const struct jqtree *a)
{
	struct jqscope *outer = p->scope;
	unsigned slot = jqname_parse_as(p);
	const struct jqtree *b = slot && jqparse_skip(p, "|") ? jqparse_pipe(p) : NULL;
	p->scope = outer;
	if (!b)
		return NULL;
	struct jqtree *t = jqtree_make(p, JQ_BIND, a, b, NULL);
	t->slot = slot;
	return t;
}

static const struct jqtree *parse_try(struct jqparser *p)
{
	jqparse_step(p);
	const struct jqtree *a = jqparse_operand(p);
	return a && !jqparse_is(p, "catch") ? jqtree_make(p, JQ_TRY, a, NULL, NULL) : NULL;
}

const struct jqtree *jqparse_operand(struct jqparser *p)
{
	if (jqparse_skip(p, "-")) {
		const struct jqtree *a = parse_level(p, LEVEL_HIGHEST);
		return a ? jqtree_negate(p, a) : NULL;
	}
	if (jqparse_is(p, "try"))
		return parse_try(p);
	const struct jqtree *a = jqparse_term(p);
	return a && jqparse_is(p, "as") ? parse_binding(p, a) : a;
}

static const struct jqtree *combine(struct jqparser *p, size_t i, const struct jqtree *a,
				    const struct jqtree *b)
{
	const struct jqtree *both[] = {a, b};
	const char *sign = operators[i].sign;
	if (operators[i].op == JQ_CALL)
		return jqtree_call(p, jqcall_find(sign, strlen(sign), 2), both, 2);
	return jqtree_make(p, operators[i].op, a, b, NULL);
}

static size_t find_operator(const struct jqparser *p)
{
	size_t i = 0;
	while (i < ARRAY_LEN(operators) && !jqparse_is(p, operators[i].sign))
		i++;
	return i;
}

/* What binds at least so much. */
static const struct jqtree *parse_level(struct jqparser *p, int least)
{
	const struct jqtree *a = jqparse_operand(p);
	size_t i;
	while (a && (i = find_operator(p)) < ARRAY_LEN(operators) &&
	       operators[i].level >= least) {
		jqparse_step(p);
		int level = operators[i].level;
		const struct jqtree *b = parse_level(p,
						     level == LEVEL_ELSE ? level : level + 1);
		a = b ? combine(p, i, a, b) : NULL;
	}
	return a;
}

const struct jqtree *jqparse_pipe(struct jqparser *p)
{
	struct jqscope *outer = p->scope;
	const struct jqtree *a = NULL, *b = NULL;
	if (++p->depth > DEPTH_MOST || p->nodes > NODES_MOST)
		return NULL;
	while (jqparse_is(p, "def"))
		if (!jqname_define(p))
			return NULL;
	a = parse_level(p, 1);
	if (a && jqparse_skip(p, "|")) {
		b = jqparse_pipe(p);
		a = b ? jqtree_make(p, JQ_PIPE, a, b, NULL) : NULL;
	}
	p->scope = outer;
	p->depth--;
	return a;
}

static void bind_given(struct jqparser *p, const char *name)
{
	jqname_bind(p, VARIABLE, name, strlen(name))->slot = p->program->slots++;
}

struct jqprogram *jqprogram_new(const char *prelude, const char *filter)
{
	struct jqprogram *program = xcalloc(1, sizeof *program);
	program->arena = (struct arena)ARENA_INIT;
	char *text = arena_strdup(&program->arena, filter);
	struct jqparser p = {.program = program, .arena = &program->arena};
	const char *const before[] = {jqcall_prelude, prelude};
	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		p.t = jqtoken_at(before[i]);
		while (jqparse_is(&p, "def"))
			jqname_define(&p);
	}
	bind_given(&p, "page");
	bind_given(&p, "lookup");
	p.t = jqtoken_at(text);
	program->tree = jqparse_pipe(&p);
	if (program->tree && !p.t.type)
		return program;
	jqprogram_free(program);
	return NULL;
}

void jqprogram_free(struct jqprogram *p)
{
	if (!p)
		return;
	jqregex_free(p->regexes);
	arena_free(&p->arena);
	free(p);
}

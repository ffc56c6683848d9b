/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms: what operators stand between. */
#include <jv.h>
#include <string.h>

#include "api/jqtree_parts.h"
#include "base/alloc.h"

/* --- texts --- */

/* What stands between two interpolations, escapes and all. */
static const struct node *read_piece(struct jqparser *p, const char *s, size_t n)
{
	if (!memchr(s, '\\', n))
		return jqvalue_text(p->arena, s, n);
	char *quoted = arena_memdup(p->arena, s - 1, n + 2);
	quoted[0] = quoted[n + 1] = '"';
	jv v = jv_parse_sized(quoted, (int)n + 2);
	const struct node *made = NULL;
	if (jv_get_kind(v) == JV_KIND_STRING) {
		size_t len = (size_t)jv_string_length_bytes(jv_copy(v));
		made = jqvalue_text(p->arena, arena_memdup(p->arena, jv_string_value(v), len),
				    len);
	}
	jv_free(v);
	return made;
}

/* Up to the next interpolation, or the end. */
static const char *piece_end(const char *s, const char *end)
{
	while (s < end && !(s[0] == '\\' && s[1] == '('))
		s += s[0] == '\\' ? 2 : 1;
	return s < end ? s : end;
}

/* At a text; *n pieces of it. */
static bool read_pieces(struct jqparser *p, const struct jqtree **list, size_t *n)
{
	struct jqtoken whole = p->t;
	const char *s = whole.s + 1, *end = whole.s + whole.n - 1;
	*n = 0;
	while (s < end) {
		const char *stop = piece_end(s, end);
		if (*n + 2 > JQTREE_PARTS_MOST)
			return false;
		if (stop > s) {
			const struct node *piece = read_piece(p, s, (size_t)(stop - s));
			if (!piece)
				return false;
			list[(*n)++] = jqtree_literal(p, piece);
		}
		s = stop;
		if (s == end)
			break;
		p->t = jqtoken_at(s + 2);
		if (!(list[(*n)++] = jqparse_pipe(p)) || p->t.type != ')')
			return false;
		s = p->t.s + 1;
	}
	p->t = whole;
	jqparse_step(p);
	return true;
}

static const struct jqtree *parse_text(struct jqparser *p)
{
	const struct jqtree *list[JQTREE_PARTS_MOST];
	size_t n;
	if (p->t.n < 2 || !read_pieces(p, list, &n))
		return NULL;
	if (n == 0)
		return jqtree_literal(p, jqvalue_text(p->arena, "", 0));
	return n == 1 && list[0]->op == JQ_LITERAL && list[0]->literal->type == NODE_STRING
		       ? list[0]
		       : jqtree_text(p, list, n);
}

/* --- terms --- */

static const struct jqtree *parse_number(struct jqparser *p)
{
	const char *s = p->t.s, *point = memchr(s, '.', p->t.n);
	size_t n = p->t.n;
	for (size_t i = 0; i < n; i++)
		if ((s[i] < '0' || s[i] > '9') && s + i != point)
			return NULL;
	bool written = s[0] != '.' && s[n - 1] != '.' && (s[0] != '0' || n == 1 || s[1] == '.');
	if (!written || n > 15)
		return NULL;
	struct node *made = arena_alloc(p->arena, sizeof *made);
	*made = (struct node){s, (uint32_t)n, 1, NODE_NUMBER, false};
	jqparse_step(p);
	return jqtree_literal(p, made);
}

static const struct jqtree *name_literal(struct jqparser *p, const char *s, size_t n)
{
	return jqtree_literal(p, jqvalue_text(p->arena, s, n));
}

static const struct jqtree *parse_variable(struct jqparser *p)
{
	struct jqscope *s = jqname_find(p, true, p->t.s + 1, p->t.n - 1, 0);
	if (!s)
		return NULL;
	p->program->bound |= s->slot == JQ_PAGE || s->slot == JQ_LOOKUP;
	jqparse_step(p);
	return jqtree_variable(p, s->slot);
}

static bool is_among(const struct jqtree *const *list, size_t n, const struct jqtree *name)
{
	for (size_t i = 0; i < n; i += 2)
		if (list[i]->op == JQ_LITERAL && name->op == JQ_LITERAL &&
		    list[i]->literal->n == name->literal->n &&
		    memcmp(list[i]->literal->s, name->literal->s, name->literal->n) == 0)
			return true;
	return false;
}

/* Behind the colon: terms in a pipe. */
static const struct jqtree *parse_member_value(struct jqparser *p)
{
	bool minus = jqparse_skip(p, "-");
	const struct jqtree *a = minus ? parse_member_value(p) : jqparse_term(p);
	if (a && minus)
		return jqtree_negate(p, a);
	if (!a || !jqparse_skip(p, "|"))
		return a;
	const struct jqtree *b = parse_member_value(p);
	return b ? jqtree_make(p, JQ_PIPE, a, b, NULL) : NULL;
}

/* "name: …", "text: …", "(…): …", "name", "$name"; *name and *value. */
static bool parse_member(struct jqparser *p, const struct jqtree **name,
			 const struct jqtree **value)
{
	struct jqtoken t = p->t;
	*value = NULL;
	if (t.type == '$') {
		*name = name_literal(p, t.s + 1, t.n - 1);
		return (*value = parse_variable(p)) != NULL;
	}
	if (t.type == '"') {
		*name = parse_text(p);
	} else if (t.type == 'a') {
		*name = name_literal(p, t.s, t.n);
		jqparse_step(p);
	} else {
		bool group = jqparse_skip(p, "(");
		*name = group ? jqparse_pipe(p) : NULL;
		if (!*name || !jqparse_skip(p, ")") || !jqparse_is(p, ":"))
			return false;
	}
	if (!*name)
		return false;
	if (jqparse_skip(p, ":"))
		return (*value = parse_member_value(p)) != NULL;
	if ((*name)->op != JQ_LITERAL)
		return false;
	*value = jqtree_make(p, JQ_INDEX, &jqtree_self, *name, NULL);
	return true;
}

static const struct jqtree *parse_object(struct jqparser *p)
{
	const struct jqtree *list[JQTREE_PARTS_MOST], *name, *value;
	size_t n = 0;
	do {
		jqparse_step(p);
		if (n == 0 && p->t.type == '}')
			break;
		if (n == JQTREE_PARTS_MOST || !parse_member(p, &name, &value) ||
		    (name->op == JQ_LITERAL && name->literal->type != NODE_STRING) ||
		    is_among(list, n, name))
			return NULL;
		list[n++] = name;
		list[n++] = value;
	} while (p->t.type == ',');
	return jqparse_skip(p, "}") ? jqtree_object(p, list, n) : NULL;
}

static const struct jqtree *parse_array(struct jqparser *p)
{
	jqparse_step(p);
	if (jqparse_skip(p, "]"))
		return jqtree_literal(p, jqvalue_empty(NODE_ARRAY));
	const struct jqtree *a = jqparse_pipe(p);
	return a && jqparse_skip(p, "]") ? jqtree_make(p, JQ_ARRAY, a, NULL, NULL) : NULL;
}

static const struct jqtree *parse_group(struct jqparser *p)
{
	jqparse_step(p);
	const struct jqtree *a = jqparse_pipe(p);
	return a && jqparse_skip(p, ")") ? a : NULL;
}

/* The rest of "if", or of "elif". */
static const struct jqtree *parse_if(struct jqparser *p)
{
	const struct jqtree *a, *b, *c = &jqtree_self;
	jqparse_step(p);
	if (!(a = jqparse_pipe(p)) || !jqparse_skip(p, "then") || !(b = jqparse_pipe(p)))
		return NULL;
	if (jqparse_is(p, "elif"))
		return (c = parse_if(p)) ? jqtree_make(p, JQ_IF, a, b, c) : NULL;
	if (jqparse_skip(p, "else") && !(c = jqparse_pipe(p)))
		return NULL;
	return jqparse_skip(p, "end") ? jqtree_make(p, JQ_IF, a, b, c) : NULL;
}

/* "reduce TERM as $name (…; …)" */
static const struct jqtree *parse_reduce(struct jqparser *p)
{
	struct jqscope *outer = p->scope;
	const struct jqtree *b, *c;
	jqparse_step(p);
	const struct jqtree *a = jqparse_term(p);
	unsigned slot = a ? jqname_parse_as(p) : 0;
	struct jqscope *inner = p->scope;
	p->scope = outer;
	if (!slot || !jqparse_skip(p, "(") || !(b = jqparse_pipe(p)) || !jqparse_skip(p, ";"))
		return NULL;
	p->scope = inner;
	c = jqparse_pipe(p);
	p->scope = outer;
	if (!c || !b->single || !c->single || !jqparse_skip(p, ")"))
		return NULL;
	struct jqtree *t = jqtree_make(p, JQ_REDUCE, a, b, c);
	t->slot = slot;
	t->single = t->few = true;
	return t;
}

static const struct jqtree *parse_word(struct jqparser *p)
{
	static const struct {
		const char *word;
		const struct node *is;
	} words[] = {
		{"null", &jqvalue_null}, {"true", &jqvalue_true}, {"false", &jqvalue_false}};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (jqparse_skip(p, words[i].word))
			return jqtree_literal(p, words[i].is);
	if (jqparse_is(p, "if"))
		return parse_if(p);
	if (jqparse_is(p, "reduce"))
		return parse_reduce(p);
	return jqname_parse_call(p);
}

static const struct jqtree *parse_dot(struct jqparser *p)
{
	if (p->t.n != 1)
		return NULL;
	jqparse_step(p);
	const struct jqtree *name = p->t.type == '"' ? parse_text(p) : NULL;
	return name               ? jqtree_make(p, JQ_INDEX, &jqtree_self, name, NULL)
	       : p->t.type == '"' ? NULL
				  : &jqtree_self;
}

static const struct jqtree *parse_first(struct jqparser *p)
{
	switch (p->t.type) {
	case '.': {
		const struct jqtree *name = name_literal(p, p->t.s + 1, p->t.n - 1);
		jqparse_step(p);
		return jqtree_make(p, JQ_INDEX, &jqtree_self, name, NULL);
	}
	case 'p':
		return parse_dot(p);
	case '$':
		return p->t.n > 1 ? parse_variable(p) : NULL;
	case '"':
		return parse_text(p);
	case '0':
		return parse_number(p);
	case '(':
		return parse_group(p);
	case '[':
		return parse_array(p);
	case '{':
		return parse_object(p);
	case 'a':
		return parse_word(p);
	default:
		return NULL;
	}
}

/* "[…]" behind a term. */
static struct jqtree *parse_index(struct jqparser *p, const struct jqtree *a)
{
	const struct jqtree *b = NULL, *c = NULL;
	jqparse_step(p);
	if (jqparse_skip(p, "]"))
		return jqtree_make(p, JQ_EACH, a, NULL, NULL);
	if (!jqparse_is(p, ":") && !(b = jqparse_pipe(p)))
		return NULL;
	bool slice = jqparse_skip(p, ":");
	if (slice && !jqparse_is(p, "]") && !(c = jqparse_pipe(p)))
		return NULL;
	if ((b && !b->single) || (c && !c->single) || !jqparse_skip(p, "]"))
		return NULL;
	return jqtree_make(p, slice ? JQ_SLICE : JQ_INDEX, a, b, c);
}

/* What follows a term and belongs to it; NULL where nothing does. */
static struct jqtree *parse_suffix(struct jqparser *p, const struct jqtree *a)
{
	if (p->t.type == '[')
		return parse_index(p, a);
	if (p->t.type == 'p')
		jqparse_step(p);
	const struct jqtree *name = NULL;
	if (p->t.type == '.') {
		name = name_literal(p, p->t.s + 1, p->t.n - 1);
		jqparse_step(p);
	} else if (p->t.type == '"') {
		name = parse_text(p);
	}
	return name ? jqtree_make(p, JQ_INDEX, a, name, NULL) : NULL;
}

static bool is_suffix(const struct jqparser *p)
{
	return p->t.type == '[' || p->t.type == '.' || (p->t.type == 'p' && p->t.n == 1);
}

const struct jqtree *jqparse_term(struct jqparser *p)
{
	bool own = p->t.type == '.'; /* ? speaks of the last step only */
	struct jqtree *last = NULL;
	const struct jqtree *a = parse_first(p);
	while (a && (is_suffix(p) || jqparse_is(p, "?"))) {
		if (is_suffix(p)) {
			a = last = parse_suffix(p, a);
		} else if (last || own) {
			jqparse_step(p);
			last = jqtree_make(p, a->op, a->a, a->b, a->c);
			last->lenient = true;
			last->single = false;
			a = last;
			last = NULL;
		} else {
			jqparse_step(p);
			a = jqtree_make(p, JQ_TRY, a, NULL, NULL);
		}
		own = false;
	}
	return a;
}

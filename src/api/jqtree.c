/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqtree.h"

#include <jv.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqwords.h"
#include "base/alloc.h"

#define DEPTH_MOST 128
#define NODES_MOST 20000 /* definitions are put in wherever they are called */
#define PARTS_MOST 512   /* of an object or text */
#define ARGUMENTS_MOST 4

enum meaning { VARIABLE, CLOSURE, DEFINITION };

/* What a name means from here on. */
struct scope {
	enum meaning what;
	const char *name;
	size_t n, arity;
	unsigned slot;             /* VARIABLE */
	const struct jqtree *tree; /* CLOSURE */
	const char *head;          /* DEFINITION: behind its name */
	bool busy;                 /* DEFINITION: it is just being put in */
	struct scope *outer;
};

struct parser {
	struct jqprogram *program;
	struct arena *arena;
	struct scope *scope;
	struct jqtoken t;
	size_t nodes;
	int depth;
};

static const struct jqtree self = {.op = JQ_SELF, .single = true, .few = true};
static const struct jqtree empty = {.op = JQ_EMPTY, .few = true};
static const struct jqtree error = {.op = JQ_ERROR, .single = true, .few = true};

static const struct jqtree *parse_pipe(struct parser *p);
static const struct jqtree *parse_operand(struct parser *p);
static const struct jqtree *parse_term(struct parser *p);

/* --- tokens --- */

static bool is(const struct parser *p, const char *word)
{
	return jqtoken_is(p->t, word);
}

static void step(struct parser *p)
{
	p->t = jqtoken_at(p->t.s + p->t.n);
}

static bool skip(struct parser *p, const char *word)
{
	if (!is(p, word))
		return false;
	step(p);
	return true;
}

/* --- making --- */

static struct jqtree *make(struct parser *p, enum jqop op, const struct jqtree *a,
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

static const struct jqtree *literal(struct parser *p, const struct node *n)
{
	struct jqtree *t = make(p, JQ_LITERAL, NULL, NULL, NULL);
	t->literal = n;
	return t;
}

static const struct jqtree *variable(struct parser *p, unsigned slot)
{
	struct jqtree *t = make(p, JQ_VARIABLE, NULL, NULL, NULL);
	t->slot = slot;
	return t;
}

static const struct jqtree *const *copy_list(struct parser *p, const struct jqtree *const *list,
					     size_t n)
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
static const struct jqtree *fold(struct parser *p, const struct jqtree *const *list, size_t n)
{
	const struct node *values[PARTS_MOST];
	for (size_t i = 0; i < n; i++) {
		if (list[i]->op != JQ_LITERAL)
			return NULL;
		values[i] = list[i]->literal;
	}
	return literal(p, jqvalue_group(p->arena, NODE_OBJECT, values, n));
}

static struct jqtree *make_list(struct parser *p, enum jqop op,
				const struct jqtree *const *list, size_t n)
{
	struct jqtree *t = make(p, op, NULL, NULL, NULL);
	t->list = copy_list(p, list, n);
	t->count = n;
	return t;
}

/* One value may yield several, others none at times. */
static const struct jqtree *make_object(struct parser *p, const struct jqtree *const *list,
					size_t n)
{
	const struct jqtree *folded = fold(p, list, n);
	if (folded || !all_single(list, n, 2))
		return folded;
	struct jqtree *t = make_list(p, JQ_OBJECT, list, n);
	t->single = all_single(list, n, 1);
	for (size_t i = 1; i < n; i += 2) {
		if (!t->few && !list[i]->few)
			return NULL;
		t->few &= list[i]->few;
	}
	return t;
}

static const struct jqtree *make_text(struct parser *p, const struct jqtree *const *list,
				      size_t n)
{
	return all_single(list, n, 1) ? make_list(p, JQ_TEXT, list, n) : NULL;
}

/* One argument may yield several values; `slot` is its number. */
static const struct jqtree *make_call(struct parser *p, const struct jqcall *call,
				      const struct jqtree *const *list, size_t n)
{
	struct jqtree *t = make(p, JQ_CALL, NULL, NULL, NULL);
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

/* --- names --- */

static struct scope *bind(struct parser *p, enum meaning what, const char *name, size_t n)
{
	struct scope *s = arena_zero(p->arena, sizeof *s);
	s->what = what;
	s->name = name;
	s->n = n;
	s->outer = p->scope;
	p->scope = s;
	return s;
}

static struct scope *find(const struct parser *p, bool is_variable, const char *name, size_t n,
			  size_t arity)
{
	struct scope *s = p->scope;
	while (s && (is_variable != (s->what == VARIABLE) || s->n != n || s->arity != arity ||
		     memcmp(s->name, name, n) != 0))
		s = s->outer;
	return s;
}

/* "def name(…): …;", whose body is read where it is called. */
static bool read_definition(struct parser *p)
{
	const char *end = jqtoken_definition_end(p->t);
	step(p);
	struct scope *s = bind(p, DEFINITION, p->t.s, p->t.n);
	s->head = p->t.s + p->t.n;
	step(p);
	s->arity = p->t.type == '(';
	while (p->t.type && !is(p, ":")) {
		s->arity += p->t.type == ';';
		step(p);
	}
	p->t = jqtoken_at(end);
	return s->arity <= ARGUMENTS_MOST;
}

/* One parameter of a definition that is put in: "f" or "$f", which is a variable as well. */
static unsigned bind_parameter(struct parser *p, const struct jqtree *argument)
{
	bool dollar = p->t.type == '$';
	const char *name = p->t.s + dollar;
	size_t n = p->t.n - dollar;
	unsigned slot = 0;
	if (dollar) {
		slot = p->program->slots++;
		bind(p, VARIABLE, name, n)->slot = slot;
		argument = variable(p, slot);
	}
	bind(p, CLOSURE, name, n)->tree = argument;
	step(p);
	return slot;
}

static const struct jqtree *read_body(struct parser *p, const struct jqtree *const *arguments,
				      size_t count)
{
	unsigned slots[ARGUMENTS_MOST] = {0};
	for (size_t i = 0; i < count; i++) {
		step(p); /* ( or ; */
		slots[i] = bind_parameter(p, arguments[i]);
	}
	if (count && !skip(p, ")"))
		return NULL;
	const struct jqtree *body = skip(p, ":") ? parse_pipe(p) : NULL;
	if (!body)
		return NULL;
	for (size_t i = count; i-- > 0;) {
		if (!slots[i])
			continue;
		struct jqtree *t = make(p, JQ_BIND, arguments[i], body, NULL);
		t->slot = slots[i];
		body = t;
	}
	return is(p, ";") ? body : NULL;
}

static const struct jqtree *put_in(struct parser *p, struct scope *s,
				   const struct jqtree *const *arguments)
{
	struct jqtoken t = p->t;
	struct scope *scope = p->scope;
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

static const struct node *constant(const struct jqtree *t)
{
	return t->op == JQ_LITERAL ? t->literal : NULL;
}

static const struct jqtree *make_regex(struct parser *p, struct jqtoken name,
				       const struct jqtree *const *arguments, size_t flags,
				       size_t text)
{
	const struct node *given = flags ? constant(arguments[flags]) : &jqvalue_null;
	const struct node *pattern = constant(arguments[0]);
	if (!pattern || !given)
		return NULL;
	struct jqregex *x = jqregex_new(name.s, name.n, pattern, given, p->program->regexes);
	if (!x)
		return NULL;
	p->program->regexes = x;
	if (text && !arguments[text]->single)
		return NULL;
	struct jqtree *t = make(p, JQ_REGEX, text ? arguments[text] : NULL, NULL, NULL);
	t->regex = x;
	return jqregex_is_many(x) ? make(p, JQ_EACH, t, NULL, NULL) : t;
}

/* del(.a, .b) */
static const struct jqtree *make_del(struct parser *p, const struct jqtree *paths)
{
	const struct jqtree *name = paths->op == JQ_COMMA ? paths->b : paths;
	bool simple = name->op == JQ_INDEX && name->a->op == JQ_SELF && constant(name->b) &&
		      constant(name->b)->type == NODE_STRING;
	if (!simple)
		return NULL;
	const struct jqtree *gone = make_call(p, jqcall_find("del", 3, 1), &name->b, 1);
	const struct jqtree *before = paths->op == JQ_COMMA ? make_del(p, paths->a) : &self;
	return before ? make(p, JQ_PIPE, before, gone, NULL) : NULL;
}

/* Of any and all; jq goes other ways where a condition yields several. */
static bool is_odd_condition(struct jqtoken name, const struct jqtree *condition)
{
	return name.n == 3 && !condition->single &&
	       (memcmp(name.s, "any", 3) == 0 || memcmp(name.s, "all", 3) == 0);
}

static const struct jqtree *call(struct parser *p, struct jqtoken name,
				 const struct jqtree *const *list, size_t n)
{
	size_t flags, text;
	struct scope *s = find(p, false, name.s, name.n, n);
	if (s && n && is_odd_condition(name, list[n - 1]))
		return NULL;
	if (s)
		return s->what == CLOSURE ? s->tree : put_in(p, s, list);
	if (name.n == 5 && memcmp(name.s, "empty", 5) == 0)
		return n ? NULL : &empty;
	if (name.n == 5 && memcmp(name.s, "error", 5) == 0)
		return &error;
	if (n == 1 && name.n == 5 && memcmp(name.s, "first", 5) == 0)
		return make(p, JQ_FIRST, list[0], NULL, NULL);
	if (n == 1 && name.n == 3 && memcmp(name.s, "del", 3) == 0)
		return make_del(p, list[0]);
	if (n && jqregex_is(name.s, name.n, n, &flags, &text))
		return make_regex(p, name, list, flags, text);
	const struct jqcall *known = jqcall_find(name.s, name.n, n);
	return known ? make_call(p, known, list, n) : NULL;
}

static const struct jqtree *parse_call(struct parser *p)
{
	const struct jqtree *list[ARGUMENTS_MOST];
	struct jqtoken name = p->t;
	size_t n = 0;
	step(p);
	if (p->t.type != '(')
		return call(p, name, NULL, 0);
	do {
		step(p);
		if (n == ARGUMENTS_MOST || !(list[n++] = parse_pipe(p)))
			return NULL;
	} while (is(p, ";"));
	return skip(p, ")") ? call(p, name, list, n) : NULL;
}

/* --- texts --- */

/* What stands between two interpolations, escapes and all. */
static const struct node *read_piece(struct parser *p, const char *s, size_t n)
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
static bool read_pieces(struct parser *p, const struct jqtree **list, size_t *n)
{
	struct jqtoken whole = p->t;
	const char *s = whole.s + 1, *end = whole.s + whole.n - 1;
	*n = 0;
	while (s < end) {
		const char *stop = piece_end(s, end);
		if (*n + 2 > PARTS_MOST)
			return false;
		if (stop > s) {
			const struct node *piece = read_piece(p, s, (size_t)(stop - s));
			if (!piece)
				return false;
			list[(*n)++] = literal(p, piece);
		}
		s = stop;
		if (s == end)
			break;
		p->t = jqtoken_at(s + 2);
		if (!(list[(*n)++] = parse_pipe(p)) || p->t.type != ')')
			return false;
		s = p->t.s + 1;
	}
	p->t = whole;
	step(p);
	return true;
}

static const struct jqtree *parse_text(struct parser *p)
{
	const struct jqtree *list[PARTS_MOST];
	size_t n;
	if (p->t.n < 2 || !read_pieces(p, list, &n))
		return NULL;
	if (n == 0)
		return literal(p, jqvalue_text(p->arena, "", 0));
	return n == 1 && list[0]->op == JQ_LITERAL && list[0]->literal->type == NODE_STRING
		       ? list[0]
		       : make_text(p, list, n);
}

/* --- terms --- */

static const struct jqtree *negate(struct parser *p, const struct jqtree *a)
{
	double d;
	const struct node *n = constant(a);
	if (n && jqvalue_double(n, &d) && d != 0)
		return literal(p, jqvalue_number(p->arena, -d));
	const struct jqtree *call = make_call(p, jqcall_find("_negate", 7, 0), NULL, 0);
	return make(p, JQ_PIPE, a, call, NULL);
}

static const struct jqtree *parse_number(struct parser *p)
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
	step(p);
	return literal(p, made);
}

static const struct jqtree *name_literal(struct parser *p, const char *s, size_t n)
{
	return literal(p, jqvalue_text(p->arena, s, n));
}

static const struct jqtree *parse_variable(struct parser *p)
{
	struct scope *s = find(p, true, p->t.s + 1, p->t.n - 1, 0);
	if (!s)
		return NULL;
	p->program->bound |= s->slot == JQ_PAGE || s->slot == JQ_LOOKUP;
	step(p);
	return variable(p, s->slot);
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
static const struct jqtree *parse_member_value(struct parser *p)
{
	bool minus = skip(p, "-");
	const struct jqtree *a = minus ? parse_member_value(p) : parse_term(p);
	if (a && minus)
		return negate(p, a);
	if (!a || !skip(p, "|"))
		return a;
	const struct jqtree *b = parse_member_value(p);
	return b ? make(p, JQ_PIPE, a, b, NULL) : NULL;
}

/* "name: …", "text: …", "(…): …", "name", "$name"; *name and *value. */
static bool parse_member(struct parser *p, const struct jqtree **name,
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
		step(p);
	} else {
		bool group = skip(p, "(");
		*name = group ? parse_pipe(p) : NULL;
		if (!*name || !skip(p, ")") || !is(p, ":"))
			return false;
	}
	if (!*name)
		return false;
	if (skip(p, ":"))
		return (*value = parse_member_value(p)) != NULL;
	if ((*name)->op != JQ_LITERAL)
		return false;
	*value = make(p, JQ_INDEX, &self, *name, NULL);
	return true;
}

static const struct jqtree *parse_object(struct parser *p)
{
	const struct jqtree *list[PARTS_MOST], *name, *value;
	size_t n = 0;
	do {
		step(p);
		if (n == 0 && p->t.type == '}')
			break;
		if (n == PARTS_MOST || !parse_member(p, &name, &value) ||
		    (name->op == JQ_LITERAL && name->literal->type != NODE_STRING) ||
		    is_among(list, n, name))
			return NULL;
		list[n++] = name;
		list[n++] = value;
	} while (p->t.type == ',');
	return skip(p, "}") ? make_object(p, list, n) : NULL;
}

static const struct jqtree *parse_array(struct parser *p)
{
	step(p);
	if (skip(p, "]"))
		return literal(p, jqvalue_empty(NODE_ARRAY));
	const struct jqtree *a = parse_pipe(p);
	return a && skip(p, "]") ? make(p, JQ_ARRAY, a, NULL, NULL) : NULL;
}

static const struct jqtree *parse_group(struct parser *p)
{
	step(p);
	const struct jqtree *a = parse_pipe(p);
	return a && skip(p, ")") ? a : NULL;
}

/* The rest of "if", or of "elif". */
static const struct jqtree *parse_if(struct parser *p)
{
	const struct jqtree *a, *b, *c = &self;
	step(p);
	if (!(a = parse_pipe(p)) || !skip(p, "then") || !(b = parse_pipe(p)))
		return NULL;
	if (is(p, "elif"))
		return (c = parse_if(p)) ? make(p, JQ_IF, a, b, c) : NULL;
	if (skip(p, "else") && !(c = parse_pipe(p)))
		return NULL;
	return skip(p, "end") ? make(p, JQ_IF, a, b, c) : NULL;
}

/* "as $name"; the slot, or 0. */
static unsigned parse_as(struct parser *p)
{
	if (!skip(p, "as") || p->t.type != '$' || p->t.n < 2)
		return 0;
	unsigned slot = p->program->slots++;
	bind(p, VARIABLE, p->t.s + 1, p->t.n - 1)->slot = slot;
	step(p);
	return slot;
}

/* "reduce TERM as $name (…; …)" */
static const struct jqtree *parse_reduce(struct parser *p)
{
	struct scope *outer = p->scope;
	const struct jqtree *b, *c;
	step(p);
	const struct jqtree *a = parse_term(p);
	unsigned slot = a ? parse_as(p) : 0;
	struct scope *inner = p->scope;
	p->scope = outer;
	if (!slot || !skip(p, "(") || !(b = parse_pipe(p)) || !skip(p, ";"))
		return NULL;
	p->scope = inner;
	c = parse_pipe(p);
	p->scope = outer;
	if (!c || !b->single || !c->single || !skip(p, ")"))
		return NULL;
	struct jqtree *t = make(p, JQ_REDUCE, a, b, c);
	t->slot = slot;
	t->single = t->few = true;
	return t;
}

static const struct jqtree *parse_try(struct parser *p)
{
	step(p);
	const struct jqtree *a = parse_operand(p);
	return a && !is(p, "catch") ? make(p, JQ_TRY, a, NULL, NULL) : NULL;
}

static const struct jqtree *parse_word(struct parser *p)
{
	static const struct {
		const char *word;
		const struct node *is;
	} words[] = {
		{"null", &jqvalue_null}, {"true", &jqvalue_true}, {"false", &jqvalue_false}};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (skip(p, words[i].word))
			return literal(p, words[i].is);
	if (is(p, "if"))
		return parse_if(p);
	if (is(p, "reduce"))
		return parse_reduce(p);
	return parse_call(p);
}

static const struct jqtree *parse_dot(struct parser *p)
{
	if (p->t.n != 1)
		return NULL;
	step(p);
	const struct jqtree *name = p->t.type == '"' ? parse_text(p) : NULL;
	return name ? make(p, JQ_INDEX, &self, name, NULL) : p->t.type == '"' ? NULL : &self;
}

static const struct jqtree *parse_first(struct parser *p)
{
	switch (p->t.type) {
	case '.': {
		const struct jqtree *name = name_literal(p, p->t.s + 1, p->t.n - 1);
		step(p);
		return make(p, JQ_INDEX, &self, name, NULL);
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
static struct jqtree *parse_index(struct parser *p, const struct jqtree *a)
{
	const struct jqtree *b = NULL, *c = NULL;
	step(p);
	if (skip(p, "]"))
		return make(p, JQ_EACH, a, NULL, NULL);
	if (!is(p, ":") && !(b = parse_pipe(p)))
		return NULL;
	bool slice = skip(p, ":");
	if (slice && !is(p, "]") && !(c = parse_pipe(p)))
		return NULL;
	if ((b && !b->single) || (c && !c->single) || !skip(p, "]"))
		return NULL;
	return make(p, slice ? JQ_SLICE : JQ_INDEX, a, b, c);
}

/* What follows a term and belongs to it; NULL where nothing does. */
static struct jqtree *parse_suffix(struct parser *p, const struct jqtree *a)
{
	if (p->t.type == '[')
		return parse_index(p, a);
	if (p->t.type == 'p')
		step(p);
	const struct jqtree *name = NULL;
	if (p->t.type == '.') {
		name = name_literal(p, p->t.s + 1, p->t.n - 1);
		step(p);
	} else if (p->t.type == '"') {
		name = parse_text(p);
	}
	return name ? make(p, JQ_INDEX, a, name, NULL) : NULL;
}

static bool is_suffix(const struct parser *p)
{
	return p->t.type == '[' || p->t.type == '.' || (p->t.type == 'p' && p->t.n == 1);
}

static const struct jqtree *parse_term(struct parser *p)
{
	bool own = p->t.type == '.'; /* ? speaks of the last step only */
	struct jqtree *last = NULL;
	const struct jqtree *a = parse_first(p);
	while (a && (is_suffix(p) || is(p, "?"))) {
		if (is_suffix(p)) {
			a = last = parse_suffix(p, a);
		} else if (last || own) {
			step(p);
			last = make(p, a->op, a->a, a->b, a->c);
			last->lenient = true;
			last->single = false;
			a = last;
			last = NULL;
		} else {
			step(p);
			a = make(p, JQ_TRY, a, NULL, NULL);
		}
		own = false;
	}
	return a;
}

/* --- operators --- */

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

static const struct jqtree *parse_level(struct parser *p, int least);

/* "TERM as $name | …", whose body reaches as far as it can. */
static const struct jqtree *parse_binding(struct parser *p, const struct jqtree *a)
{
	struct scope *outer = p->scope;
	unsigned slot = parse_as(p);
	const struct jqtree *b = slot && skip(p, "|") ? parse_pipe(p) : NULL;
	p->scope = outer;
	if (!b)
		return NULL;
	struct jqtree *t = make(p, JQ_BIND, a, b, NULL);
	t->slot = slot;
	return t;
}

static const struct jqtree *parse_operand(struct parser *p)
{
	if (skip(p, "-")) {
		const struct jqtree *a = parse_level(p, LEVEL_HIGHEST);
		return a ? negate(p, a) : NULL;
	}
	if (is(p, "try"))
		return parse_try(p);
	const struct jqtree *a = parse_term(p);
	return a && is(p, "as") ? parse_binding(p, a) : a;
}

static const struct jqtree *combine(struct parser *p, size_t i, const struct jqtree *a,
				    const struct jqtree *b)
{
	const struct jqtree *both[] = {a, b};
	const char *sign = operators[i].sign;
	if (operators[i].op == JQ_CALL)
		return make_call(p, jqcall_find(sign, strlen(sign), 2), both, 2);
	return make(p, operators[i].op, a, b, NULL);
}

static size_t find_operator(const struct parser *p)
{
	size_t i = 0;
	while (i < ARRAY_LEN(operators) && !is(p, operators[i].sign))
		i++;
	return i;
}

/* What binds at least so much. */
static const struct jqtree *parse_level(struct parser *p, int least)
{
	const struct jqtree *a = parse_operand(p);
	size_t i;
	while (a && (i = find_operator(p)) < ARRAY_LEN(operators) &&
	       operators[i].level >= least) {
		step(p);
		int level = operators[i].level;
		const struct jqtree *b = parse_level(p,
						     level == LEVEL_ELSE ? level : level + 1);
		a = b ? combine(p, i, a, b) : NULL;
	}
	return a;
}

static const struct jqtree *parse_pipe(struct parser *p)
{
	struct scope *outer = p->scope;
	const struct jqtree *a = NULL, *b = NULL;
	if (++p->depth > DEPTH_MOST || p->nodes > NODES_MOST)
		return NULL;
	while (is(p, "def"))
		if (!read_definition(p))
			return NULL;
	a = parse_level(p, 1);
	if (a && skip(p, "|")) {
		b = parse_pipe(p);
		a = b ? make(p, JQ_PIPE, a, b, NULL) : NULL;
	}
	p->scope = outer;
	p->depth--;
	return a;
}

static void bind_given(struct parser *p, const char *name)
{
	bind(p, VARIABLE, name, strlen(name))->slot = p->program->slots++;
}

struct jqprogram *jqprogram_new(const char *prelude, const char *filter)
{
	struct jqprogram *program = xcalloc(1, sizeof *program);
	program->arena = (struct arena)ARENA_INIT;
	char *text = arena_strdup(&program->arena, filter);
	struct parser p = {.program = program, .arena = &program->arena};
	const char *const before[] = {jqcall_prelude, prelude};
	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		p.t = jqtoken_at(before[i]);
		while (is(&p, "def"))
			read_definition(&p);
	}
	bind_given(&p, "page");
	bind_given(&p, "lookup");
	p.t = jqtoken_at(text);
	program->tree = parse_pipe(&p);
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

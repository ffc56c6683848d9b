/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqshape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqwords.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define NAMES_MOST 8 /* of one path */

struct name {
	const char *s;
	size_t n;
};

struct member;
struct object {
	struct member *list;
	size_t count, cap;
};

enum form { PATH, LITERAL, OBJECT, LIST };

/* One of the values between //. */
struct value {
	enum form form;
	struct node node;             /* LITERAL */
	struct name path[NAMES_MOST]; /* PATH, and of a LIST what its items come from */
	size_t path_count;
	bool lenient;          /* LIST: what has no items is empty: [.a[]? | …] */
	bool listed;           /* LIST: one or many: [.a | list | .[] | …] */
	bool present;          /* PATH: what says nothing is null: (.a | present) */
	struct object *object; /* OBJECT, LIST: what of each; NULL: the items themselves */
};

struct member {
	struct name name;
	struct value *values; /* none: jq computes it */
	size_t count, cap;
};

struct jqshape {
	char *text; /* what all names and literals point into */
	struct object object;
	struct value base; /* the path in front of the object */
	struct strbuf rest;
	size_t rest_count;
	bool bound;                 /* variables stand in front */
	bool own_list, own_present; /* the filter defines helpers of these names itself */
};

static const struct node nothing = {"null", 4, 1, NODE_NULL, false};

static bool is(struct jqtoken t, const char *word)
{
	return t.n == strlen(word) && memcmp(t.s, word, t.n) == 0;
}

static const char *behind(struct jqtoken t)
{
	return t.s + t.n;
}

/* How a token changes what is open. */
static int opens(struct jqtoken t)
{
	if (t.type == '(' || t.type == '[' || t.type == '{' || is(t, "if"))
		return 1;
	return t.type == ')' || t.type == ']' || t.type == '}' || is(t, "end") ? -1 : 0;
}

/* Behind the bracket that closes the one at t. */
static const char *skip_group(struct jqtoken t)
{
	int open = opens(t);
	const char *p = behind(t);
	while (open > 0 && t.type) {
		t = jqtoken_at(p);
		open += opens(t);
		p = behind(t);
	}
	return p;
}

/* --- values --- */

/* A text without escapes, which says what it says. */
static bool plain_text(struct jqtoken t, struct name *name)
{
	if (t.type != '"' || t.n < 2 || memchr(t.s, '\\', t.n))
		return false;
	*name = (struct name){t.s + 1, t.n - 2};
	return true;
}

static bool add_name(struct value *v, struct name name)
{
	if (v->path_count == NAMES_MOST)
		return false;
	v->path[v->path_count++] = name;
	return true;
}

/* "." or ".a", ."b c" in a row; NULL where it is none. */
static const char *read_path(const char *p, struct value *v)
{
	struct jqtoken t = jqtoken_at(p), next = jqtoken_at(behind(t));
	v->form = PATH;
	if (t.type == 'p' && t.n == 1 && next.type != '"')
		return behind(t);
	while (t.type == '.' || (t.type == 'p' && t.n == 1)) {
		struct name name = {t.s + 1, t.n - 1};
		if (t.type == 'p') {
			t = jqtoken_at(behind(t));
			if (!plain_text(t, &name))
				return NULL;
		}
		if (!add_name(v, name))
			return NULL;
		p = behind(t);
		t = jqtoken_at(p);
	}
	return v->path_count ? p : NULL;
}

static bool is_short_number(struct jqtoken t)
{
	if (t.type != '0' || t.n > 15)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (t.s[i] < '0' || t.s[i] > '9')
			return false;
	return t.n == 1 || t.s[0] != '0';
}

static const char *read_literal(const char *p, struct value *v)
{
	struct jqtoken t = jqtoken_at(p);
	struct name name;
	v->form = LITERAL;
	if (plain_text(t, &name))
		v->node = (struct node){name.s, (uint32_t)name.n, 1, NODE_STRING, false};
	else if (is_short_number(t))
		v->node = (struct node){t.s, (uint32_t)t.n, 1, NODE_NUMBER, false};
	else if (is(t, "null"))
		v->node = nothing;
	else if (is(t, "true") || is(t, "false"))
		v->node = (struct node){t.s, (uint32_t)t.n, 1,
					t.n == 4 ? NODE_TRUE : NODE_FALSE, false};
	else
		return NULL;
	return behind(t);
}

static const char *read_value(struct jqshape *s, const char *p, struct value *v);
static bool read_object(struct jqshape *s, struct object *o, struct jqtoken t, bool whole);

static void free_object(struct object *o);

static void free_value(struct value *v)
{
	if (v->object)
		free_object(v->object);
	free(v->object);
}

static void free_object(struct object *o)
{
	for (size_t i = 0; i < o->count; i++) {
		for (size_t j = 0; j < o->list[i].count; j++)
			free_value(&o->list[i].values[j]);
		free(o->list[i].values);
	}
	free(o->list);
}

/* An object all of whose members can be walked. */
static const char *read_inner(struct jqshape *s, const char *p, struct value *v)
{
	struct jqtoken t = jqtoken_at(p);
	v->object = xcalloc(1, sizeof *v->object);
	return read_object(s, v->object, t, false) ? skip_group(t) : NULL;
}

/* Behind tokens that must follow each other; NULL where they do not. */
static const char *expect(const char *p, const char *const *words)
{
	for (; p && *words; words++) {
		struct jqtoken t = jqtoken_at(p);
		p = is(t, *words) ? behind(t) : NULL;
	}
	return p;
}

/* "[.path[] | {…}]", "[.path[]?]", "[.path | list | .[] | {…}]" */
static const char *read_list(struct jqshape *s, const char *p, struct value *v)
{
	static const char *const helper[] = {"|", "list", "|", ".", NULL};
	p = read_path(behind(jqtoken_at(p)), v);
	v->form = LIST;
	const char *listed = s->own_list ? NULL : expect(p, helper);
	v->listed = listed != NULL;
	p = listed ? listed : p;
	for (const char *c = "[]"; p && *c; c++) {
		struct jqtoken t = jqtoken_at(p);
		p = t.type == *c ? behind(t) : NULL;
	}
	if (!p)
		return NULL;
	struct jqtoken t = jqtoken_at(p);
	v->lenient = t.type == '?' && t.n == 1;
	if (v->lenient)
		t = jqtoken_at(behind(t));
	if (t.type == '|' && t.n == 1) {
		p = read_inner(s, behind(t), v);
		t = jqtoken_at(p ? p : t.s);
	}
	return p && t.type == ']' ? behind(t) : NULL;
}

/* Fills *v, whose parts are to be freed in any case. */
static const char *read_value(struct jqshape *s, const char *p, struct value *v)
{
	switch (jqtoken_at(p).type) {
	case '.':
	case 'p':
		return read_path(p, v);
	case '[':
		return read_list(s, p, v);
	case '{':
		v->form = OBJECT;
		return read_inner(s, p, v);
	default:
		return read_literal(p, v);
	}
}

/* Behind "| present" where it follows a path, else p. */
static const char *read_present(const struct jqshape *s, const char *p, struct value *v)
{
	static const char *const helper[] = {"|", "present", NULL};
	const char *end = p && v->form == PATH && !s->own_present ? expect(p, helper) : NULL;
	v->present = end != NULL;
	return end ? end : p;
}

/* One value; in parentheses one of "(.path | present)". */
static const char *read_inner_value(struct jqshape *s, const char *p, struct value *v)
{
	struct jqtoken t = jqtoken_at(p);
	if (t.type != '(')
		return read_value(s, p, v);
	p = read_present(s, read_path(behind(t), v), v);
	t = jqtoken_at(p ? p : t.s);
	return p && v->present && t.type == ')' ? behind(t) : NULL;
}

static const char *add_value(struct jqshape *s, const char *p, bool group, struct member *m)
{
	struct value v = {.form = PATH};
	p = group ? read_inner_value(s, p, &v) : read_value(s, p, &v);
	/* Beside other values it would be said of all of them, or they of what it yields. */
	if (group && !m->count && p && !v.present) {
		p = read_present(s, p, &v);
		if (v.present && jqtoken_at(p).type != ')')
			p = NULL;
	}
	if (p)
		ARRAY_PUSH(m->values, m->count, m->cap) = v;
	else
		free_value(&v);
	return p;
}

/* The values of a member up to `end`; false where jq has to compute it. */
static bool read_values(struct jqshape *s, const char *p, const char *end, struct member *m)
{
	struct jqtoken t = jqtoken_at(p);
	bool group = t.type == '(';
	p = add_value(s, group ? behind(t) : p, group, m);
	while (group && p && is(t = jqtoken_at(p), "//"))
		p = add_value(s, behind(t), true, m);
	if (group && p) {
		t = jqtoken_at(p);
		p = t.type == ')' ? behind(t) : NULL;
	}
	return p && jqtoken_at(p).s == end;
}

/* --- members --- */

static bool is_known(const struct object *o, struct name name)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->list[i].name.n == name.n &&
		    memcmp(o->list[i].name.s, name.s, name.n) == 0)
			return true;
	return false;
}

static void forget_values(struct member *m)
{
	while (m->count)
		free_value(&m->values[--m->count]);
}

/* The comma or brace behind a member's value. */
static struct jqtoken value_end(const char *p)
{
	struct jqtoken t = jqtoken_at(p);
	while (t.type && t.type != ',' && t.type != '}') {
		p = opens(t) > 0 ? skip_group(t) : behind(t);
		t = jqtoken_at(p);
	}
	return t;
}

static void add_rest(struct jqshape *s, const char *from, const char *to)
{
	strbuf_adds(&s->rest, s->rest_count++ ? ", " : "");
	strbuf_add(&s->rest, from, (size_t)(to - from));
}

/* One member from t on; its end, or a token of type 0 where nothing is known of its name. */
static struct jqtoken read_member(struct jqshape *s, struct object *o, struct jqtoken t)
{
	static const struct jqtoken failed = {NULL, 0, 0};
	struct jqtoken colon = jqtoken_at(behind(t)), end = colon;
	struct member m = {.name = {t.s, t.n}};
	if (t.type == '$')
		m.name = (struct name){t.s + 1, t.n - 1};
	else if (t.type != 'a' && !plain_text(t, &m.name))
		return failed;
	if (is_known(o, m.name))
		return failed;
	if (colon.type == ':') {
		end = value_end(behind(colon));
		if (!read_values(s, behind(colon), end.s, &m))
			forget_values(&m);
	} else if (t.type != '$') {
		ARRAY_PUSH(m.values, m.count, m.cap) = (struct value){
			.form = PATH, .path = {m.name}, .path_count = 1};
	}
	ARRAY_PUSH(o->list, o->count, o->cap) = m;
	return end;
}

/* The object whose brace is t.  The whole of a filter may hold members for jq. */
static bool read_object(struct jqshape *s, struct object *o, struct jqtoken t, bool whole)
{
	do {
		struct jqtoken start = jqtoken_at(behind(t));
		t = start.type == '}' ? start : read_member(s, o, start);
		bool computed = t.s != start.s && t.type && !o->list[o->count - 1].count;
		if (computed && !whole)
			return false;
		if (computed)
			add_rest(s, start.s, t.s);
	} while (t.type == ',');
	return t.type == '}';
}

/* --- what stands in front --- */

/* Behind the semicolon that ends the definition at t, and all those in it. */
static const char *skip_definition(struct jqshape *s, struct jqtoken t)
{
	int open = 0;
	while (t.type) {
		const char *p = behind(t);
		if (is(t, "def")) {
			s->own_list |= is(jqtoken_at(p), "list");
			s->own_present |= is(jqtoken_at(p), "present");
			open++;
		}
		if (t.type == '(' || t.type == '[' || t.type == '{')
			p = skip_group(t);
		else if (t.type == ';' && --open == 0)
			return p;
		t = jqtoken_at(p);
	}
	return t.s;
}

/* "TERM as $name |": what binds less would be torn apart. */
static const char *skip_variable(struct jqtoken t)
{
	static const char *const torn[] = {"and",    "or",      "try", "label",
					   "reduce", "foreach", NULL};
	bool as = false;
	struct jqtoken last = t;
	while (t.type) {
		const char *p = opens(t) > 0 ? skip_group(t) : behind(t);
		for (const char *const *word = torn; *word; word++)
			if (is(t, *word))
				return NULL;
		if (t.type == '|')
			return t.n == 1 && as && last.type == '$' ? p : NULL;
		if (as && t.type != '$')
			return NULL;
		if (strchr(",+-*/%=!<>?;:)", t.type))
			return NULL;
		as |= is(t, "as");
		last = t;
		t = jqtoken_at(p);
	}
	return NULL;
}

/* ".record |" */
static const char *skip_base(struct jqshape *s, struct jqtoken t)
{
	struct value v = s->base;
	const char *p = t.type == '.' || t.type == 'p' ? read_path(t.s, &v) : NULL;
	struct jqtoken bar = jqtoken_at(p ? p : t.s);
	if (!p || bar.type != '|' || bar.n != 1)
		return NULL;
	s->base = v;
	return behind(bar);
}

static bool read_filter(struct jqshape *s)
{
	const char *p = s->text, *next;
	for (;;) {
		struct jqtoken t = jqtoken_at(p);
		if (is(t, "def")) {
			p = skip_definition(s, t);
		} else if ((next = skip_base(s, t))) {
			p = next;
		} else if (t.type == '{' && !jqtoken_at(skip_group(t)).type) {
			strbuf_add(&s->rest, s->text, (size_t)(t.s - s->text));
			strbuf_addc(&s->rest, '{');
			return read_object(s, &s->object, t, true);
		} else if ((next = skip_variable(t))) {
			s->bound = true;
			p = next;
		} else {
			return false;
		}
	}
}

/* Variables in front may yield nothing, or several. */
static bool is_worth_it(const struct jqshape *s)
{
	return s->rest_count < s->object.count && (s->rest_count || !s->bound);
}

struct jqshape *jqshape_new(const char *filter, char **rest)
{
	struct jqshape *s = xcalloc(1, sizeof *s);
	s->text = xstrdup(filter);
	s->rest = (struct strbuf)STRBUF_INIT;
	*rest = NULL;
	if (!read_filter(s) || !is_worth_it(s)) {
		jqshape_free(s);
		return NULL;
	}
	strbuf_addc(&s->rest, '}');
	if (s->rest_count)
		*rest = strbuf_detach(&s->rest);
	return s;
}

void jqshape_free(struct jqshape *s)
{
	if (!s)
		return;
	strbuf_free(&s->rest);
	free_object(&s->object);
	free(s->text);
	free(s);
}

/* --- laying out --- */

static const struct node *walk(const struct value *v, const struct node *n, struct err *e)
{
	for (size_t i = 0; i < v->path_count; i++) {
		const struct name *name = &v->path[i];
		if (n->type != NODE_OBJECT && n->type != NODE_NULL) {
			char text[80];
			snprintf(text, sizeof text, "%.*s", (int)name->n, name->s);
			err_set(e, ERR_PARSE, _("Cannot index %s with string \"%s\""),
				node_type_name(n), text);
			return NULL;
		}
		const struct node *found = node_get(n, name->s, name->n);
		n = found ? found : &nothing;
	}
	return n;
}

static int lay_copy(struct tape *t, const struct node *from, size_t count, struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		int at = tape_add(t, from[i].type, from[i].s, from[i].n, from[i].odd, e);
		if (at < 0)
			return -1;
		t->nodes[at].size = from[i].size;
	}
	return 0;
}

static int lay_object(const struct object *o, const struct node *input, struct tape *out,
		      struct err *e);

static int lay_items(const struct value *v, const struct node *from, struct tape *out,
		     struct err *e)
{
	bool object = from->type == NODE_OBJECT;
	for (const struct node *n = node_first(from); n < node_end(from); n = node_next(n)) {
		n += object; /* behind its name */
		int failed = v->object ? lay_object(v->object, n, out, e)
				       : lay_copy(out, n, n->size, e);
		if (failed)
			return -1;
	}
	return 0;
}

/* As the helper: one or many. */
static int lay_listed(const struct value *v, const struct node *input, struct tape *out,
		      struct err *e)
{
	const struct node *from = walk(v, input, e);
	int at = from ? tape_add(out, NODE_ARRAY, "", 0, true, e) : -1, failed = 0;
	if (at < 0)
		return -1;
	if (from->type == NODE_ARRAY)
		failed = lay_items(v, from, out, e);
	else if (from->type != NODE_NULL)
		failed = v->object ? lay_object(v->object, from, out, e)
				   : lay_copy(out, from, from->size, e);
	if (!failed)
		tape_close(out, at);
	return failed;
}

static int lay_list(const struct value *v, const struct node *input, struct tape *out,
		    struct err *e)
{
	const struct node *from = walk(v, input, v->lenient ? NULL : e);
	bool many = from && (from->type == NODE_ARRAY || from->type == NODE_OBJECT);
	if (!from && !v->lenient)
		return -1;
	if (!many && !v->lenient)
		return err_set(e, ERR_PARSE, _("Cannot iterate over %s"), node_type_name(from));
	int at = tape_add(out, NODE_ARRAY, "", 0, true, e);
	if (at < 0 || (many && lay_items(v, from, out, e) < 0))
		return -1;
	tape_close(out, at);
	return 0;
}

/* As the helper `present` has it. */
static bool says_nothing(const struct node *n)
{
	bool empty = n->size == 1 && (n->type == NODE_ARRAY || n->type == NODE_OBJECT);
	return empty || (n->type == NODE_STRING &&
			 (n->n == 0 || (n->n == 4 && memcmp(n->s, "null", 4) == 0)));
}

static int lay_value(const struct value *v, const struct node *input, struct tape *out,
		     struct err *e)
{
	const struct node *found;
	switch (v->form) {
	case LITERAL:
		return lay_copy(out, &v->node, 1, e);
	case OBJECT:
		return lay_object(v->object, input, out, e);
	case LIST:
		return v->listed ? lay_listed(v, input, out, e) : lay_list(v, input, out, e);
	case PATH:
		break;
	}
	found = walk(v, input, e);
	if (found && v->present && says_nothing(found))
		found = &nothing;
	return found ? lay_copy(out, found, found->size, e) : -1;
}

/* The first value that is something, or the last. */
static int lay_member(const struct member *m, const struct node *input, struct tape *out,
		      struct err *e)
{
	size_t at;
	if (tape_add(out, NODE_STRING, m->name.s, m->name.n, false, e) < 0)
		return -1;
	at = out->count;
	for (size_t i = 0; i < m->count; i++) {
		out->count = at;
		if (lay_value(&m->values[i], input, out, e) < 0)
			return -1;
		if (out->nodes[at].type != NODE_NULL && out->nodes[at].type != NODE_FALSE)
			break;
	}
	return 0;
}

static int lay_object(const struct object *o, const struct node *input, struct tape *out,
		      struct err *e)
{
	int at = tape_add(out, NODE_OBJECT, "", 0, true, e);
	if (at < 0)
		return -1;
	for (size_t i = 0; i < o->count; i++)
		if (o->list[i].count && lay_member(&o->list[i], input, out, e) < 0)
			return -1;
	tape_close(out, at);
	return 0;
}

int jqshape_lay(const struct jqshape *s, const struct node *input, const struct node *rest,
		struct tape *out, struct err *e)
{
	tape_clear(out);
	input = walk(&s->base, input, e);
	if (!input || lay_object(&s->object, input, out, e) < 0 ||
	    (rest && lay_copy(out, rest + 1, rest->size - 1, e) < 0))
		return -1;
	tape_close(out, 0);
	return 0;
}

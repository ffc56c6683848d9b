/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqshape.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqwords.h"
#include "base/strbuf.h"

#define MEMBERS_MOST 256

struct member {
	const char *name, *from, *to;
	size_t n;
	bool ours;
};

struct shape {
	const char *prelude, *filter;
	size_t front; /* bytes in front of the object */
	struct member list[MEMBERS_MOST];
	size_t count, ours;
};

/* The brace of the object that the filter ends in, or a token of type 0. */
static struct jqtoken find_object(const char *filter)
{
	struct jqtoken t = jqtoken_at(filter);
	bool start = true;
	while (t.type) {
		const char *p = t.s + t.n;
		bool pipe = t.type == '|' && t.n == 1, definition = jqtoken_is(t, "def");
		if (definition)
			p = jqtoken_definition_end(t);
		else if (jqtoken_opens(t) > 0)
			p = jqtoken_group_end(t);
		if (start && t.type == '{' && !jqtoken_at(p).type)
			return t;
		start = pipe || definition;
		t = jqtoken_at(p);
	}
	return t;
}

static bool is_known(const struct shape *s, const struct member *m)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].n == m->n && memcmp(s->list[i].name, m->name, m->n) == 0)
			return true;
	return false;
}

/* Names that say what they are. */
static bool read_name(struct jqtoken t, struct member *m)
{
	bool text = t.type == '"';
	m->name = t.s + (text || t.type == '$');
	m->n = text ? t.n - 2 : t.n - (t.type == '$');
	return t.type == 'a' || t.type == '$' || (text && !memchr(t.s, '\\', t.n));
}

/* One member from t on; the comma or brace behind it, or a token of type 0. */
static struct jqtoken read_member(struct shape *s, struct jqtoken t)
{
	struct member m = {.from = t.s};
	bool good = read_name(t, &m) && !is_known(s, &m) && s->count < MEMBERS_MOST;
	while (t.type && t.type != ',' && t.type != '}')
		t = jqtoken_at(jqtoken_opens(t) > 0 ? jqtoken_group_end(t) : t.s + t.n);
	m.to = t.s;
	if (good)
		s->list[s->count++] = m;
	else
		t.type = 0;
	return t;
}

static bool read_members(struct shape *s, struct jqtoken t)
{
	do {
		t = read_member(s, jqtoken_at(t.s + t.n));
	} while (t.type == ',');
	return t.type == '}';
}

/* Whether what it yields is one object, and nothing is done to that. */
static bool yields_object(const struct jqtree *t)
{
	bool single = t->single;
	while (t->op == JQ_PIPE || t->op == JQ_BIND)
		t = t->b;
	return single &&
	       (t->op == JQ_OBJECT || (t->op == JQ_LITERAL && t->literal->type == NODE_OBJECT));
}

/* The filter with some of its members only. */
static char *with_members(const struct shape *s, const struct member *only, bool ours)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_add(&b, s->filter, s->front);
	strbuf_addc(&b, '{');
	for (size_t i = 0; i < s->count; i++) {
		const struct member *m = &s->list[i];
		if (only ? m != only : m->ours != ours)
			continue;
		if (b.s[b.len - 1] != '{')
			strbuf_adds(&b, ", ");
		strbuf_add(&b, m->from, (size_t)(m->to - m->from));
	}
	strbuf_adds(&b, "\n}"); /* a comment may stand behind a member */
	return strbuf_detach(&b);
}

static struct jqprogram *program_of(const struct shape *s, const struct member *only)
{
	char *text = with_members(s, only, true);
	struct jqprogram *p = jqprogram_new(s->prelude, text);
	free(text);
	if (p && yields_object(p->tree))
		return p;
	jqprogram_free(p);
	return NULL;
}

static void tell_apart(struct shape *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct jqprogram *p = program_of(s, &s->list[i]);
		s->list[i].ours = p != NULL;
		s->ours += p != NULL;
		jqprogram_free(p);
	}
}

struct jqprogram *jqshape_split(const char *prelude, const char *filter, char **rest)
{
	struct shape s = {.prelude = prelude, .filter = filter};
	struct jqtoken brace = find_object(filter);
	*rest = NULL;
	if (!brace.type)
		return NULL;
	s.front = (size_t)(brace.s - filter);
	if (!read_members(&s, brace))
		return NULL;
	tell_apart(&s);
	if (s.ours == 0 || s.ours == s.count)
		return NULL;
	*rest = with_members(&s, NULL, false);
	return program_of(&s, NULL);
}

static int lay_members(struct tape *t, const struct node *object, struct err *e)
{
	for (const struct node *n = node_first(object); n < node_end(object); n++) {
		int at = tape_add(t, n->type, n->s, n->n, n->odd, e);
		if (at < 0)
			return -1;
		t->nodes[at].size = n->size;
	}
	return 0;
}

int jqshape_join(struct tape *out, const struct node *ours, const struct node *rest,
		 struct err *e)
{
	tape_clear(out);
	if (tape_add(out, NODE_OBJECT, "", 0, true, e) < 0 || lay_members(out, ours, e) < 0 ||
	    lay_members(out, rest, e) < 0)
		return -1;
	tape_close(out, 0);
	return 0;
}

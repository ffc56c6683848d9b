/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A map can yield anything, and what it yields is known only when it runs.  But nearly all end
 * in one object that is written out; that one is looked at: its members and its states. */
#include <stdio.h>
#include <string.h>

#include "api/jqwords.h"
#include "author/remarks.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "model/kind.h"

#define MEMBERS_MOST 128
#define NAME_MOST 60

static const char *const parts[] = {"kind",        "id",    "version",  "deleted", "history",
				    "attachments", "links", "location", "extra"};

struct member {
	char name[NAME_MOST + 1]; /* "" where it is computed */
	const char *at;
	const char *value, *end; /* NULL: none is written, .name is meant */
};

struct object {
	struct member members[MEMBERS_MOST];
	size_t count, named, known;
	const char *end;
};

struct look {
	struct remarks *remarks;
	const struct yaml *yaml;
	const struct yaml_node *node;
	const char *text;
	const struct kind *kind; /* NULL: any */
	bool translated;         /* states are the vendor's, which `values` maps */
};

static void warn(const struct look *l, const char *at, const char *message)
{
	int line = 1, column = 1;
	for (const char *p = l->text; p < at; p++) {
		column = *p == '\n' ? 1 : column + (((unsigned char)*p & 0xc0) != 0x80);
		line += *p == '\n';
	}
	remarks_warn(l->remarks, l->node, line - 1,
		     yaml_column_in(l->yaml, l->node, line, column), "%s", message);
}

static bool is_column(const struct kind *k, const char *name)
{
	for (size_t i = 0; !k && kinds[i]; i++)
		if (kind_column(kinds[i], name) >= 0)
			return true;
	return k && kind_column(k, name) >= 0;
}

static bool is_known(const struct kind *k, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (strcmp(parts[i], name) == 0)
			return true;
	return is_column(k, name);
}

static bool is(const struct jqtoken *t, const char *s)
{
	return t->n == strlen(s) && strncmp(t->s, s, t->n) == 0;
}

/* The end of the value that starts at p: a comma or the closing bracket of its object. */
static const char *value_end(const char *p)
{
	int open = 0;
	struct jqtoken t = jqtoken_at(p);
	for (; t.n; t = jqtoken_at(t.s + t.n)) {
		if (open == 0 && (t.type == ',' || t.type == '}'))
			break;
		open += strchr("([{", t.type) ? 1 : strchr(")]}", t.type) ? -1 : 0;
	}
	return t.s;
}

static void read_name(const struct jqtoken *t, struct member *m)
{
	const char *s = t->s;
	size_t n = t->n;
	if (t->type == '"' && n >= 2) {
		s++;
		n -= 2;
	} else if (t->type == '$') {
		s++;
		n--;
	} else if (t->type != 'a') {
		n = 0;
	}
	if (n <= NAME_MOST && !memchr(s, '\\', n))
		snprintf(m->name, sizeof m->name, "%.*s", (int)n, s);
}

/* s stands at a "{". */
static void read_object(const char *s, const struct kind *k, struct object *o)
{
	*o = (struct object){.end = s + 1};
	struct jqtoken t = jqtoken_at(s + 1);
	while (t.n && t.type != '}' && o->count < MEMBERS_MOST) {
		struct member *m = &o->members[o->count++];
		m->at = t.s;
		read_name(&t, m);
		o->end = value_end(t.s);
		struct jqtoken next = jqtoken_at(t.s + t.n);
		if (next.type == ':') {
			m->value = next.s + 1;
			m->end = o->end = value_end(m->value);
		}
		o->named += *m->name != '\0';
		o->known += is_known(k, m->name);
		t = jqtoken_at(o->end);
		if (t.type == ',')
			t = jqtoken_at(t.s + t.n);
	}
	if (t.type == '}')
		o->end = t.s + 1;
}

static void check_name(const struct look *l, const struct member *m)
{
	char message[300];
	int column = l->kind ? kind_column(l->kind, m->name) : -1;
	if (!*m->name || (is_known(l->kind, m->name) && column < 0))
		return;
	if (column >= 0) {
		if (l->kind->columns[column].flags & COLUMN_COMPUTED) {
			snprintf(message, sizeof message,
				 _("%s is computed here; what a source says is ignored"),
				 m->name);
			warn(l, m->at, message);
		}
		return;
	}
	struct suggest s = suggest_start(m->name);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		suggest_try(&s, parts[i]);
	for (size_t k = 0; kinds[k]; k++)
		for (size_t i = 0;
		     (!l->kind || kinds[k] == l->kind) && i < kinds[k]->column_count; i++)
			if (!(kinds[k]->columns[i].flags & COLUMN_COMPUTED))
				suggest_try(&s, kinds[k]->columns[i].id);
	const char *what = l->kind ? l->kind->id : "record";
	if (s.best)
		snprintf(message, sizeof message,
			 _("a %s has no column \"%s\", which is ignored; did you mean \"%s\"?"),
			 what, m->name, s.best);
	else
		snprintf(message, sizeof message,
			 _("a %s has no column \"%s\", which is ignored; what else is to be "
			   "shown "
			   "goes into extra: {…} (columns: ioc help kinds)"),
			 what, m->name);
	warn(l, m->at, message);
}

/* Whether the text is one that may become the value: not one that is compared, an argument, a
 * key or an index. */
static bool is_outcome(const struct jqtoken *before, const struct jqtoken *last,
		       const struct jqtoken *next)
{
	struct jqtoken then = next->type == ')' ? jqtoken_at(next->s + next->n) : *next;
	if (next->type == ':' || then.type == '=' || then.type == '!')
		return false;
	if (last->type == '(')
		return before->type != 'a';
	return !last->n || last->type == ':' || is(last, "then") || is(last, "else") ||
	       is(last, "//");
}

static void check_state(const struct look *l, const struct jqtoken *t)
{
	char code[NAME_MOST + 1], message[400];
	if (t->n < 2 || t->n > NAME_MOST || memchr(t->s, '\\', t->n))
		return;
	snprintf(code, sizeof code, "%.*s", (int)t->n - 2, t->s + 1);
	if (!*code || kind_state(l->kind, code))
		return;
	struct suggest s = suggest_start(code);
	struct strbuf all = STRBUF_INIT;
	for (const struct state *st = l->kind->states; st->code; st++) {
		suggest_try(&s, st->code);
		strbuf_addf(&all, "%s%s", all.len ? ", " : "", st->code);
	}
	if (s.best)
		snprintf(message, sizeof message,
			 _("a %s has no state \"%s\"; did you mean \"%s\"?"), l->kind->id, code,
			 s.best);
	else
		snprintf(message, sizeof message, _("a %s has no state \"%s\"; its states: %s"),
			 l->kind->id, code, all.s);
	warn(l, t->s, message);
	strbuf_free(&all);
}

static void check_states(const struct look *l, const struct member *m)
{
	struct jqtoken before = {m->value, 0, 0}, last = before;
	for (struct jqtoken t = jqtoken_at(m->value); t.n && t.s < m->end;) {
		struct jqtoken next = jqtoken_at(t.s + t.n);
		if (t.type == '"' && is_outcome(&before, &last, &next))
			check_state(l, &t);
		before = last;
		last = t;
		t = next;
	}
}

static bool has_member(const struct object *o, const char *name)
{
	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->members[i].name, name) == 0)
			return true;
	return false;
}

static void check_object(const struct look *l, const char *at, const struct object *o,
			 bool has_key)
{
	for (size_t i = 0; i < o->count; i++) {
		const struct member *m = &o->members[i];
		check_name(l, m);
		if (l->kind && l->kind->states && m->value && !l->translated &&
		    strcmp(m->name, "state") == 0)
			check_states(l, m);
	}
	if (o->named != o->count)
		return;
	if (!has_member(o, "id") && !has_key)
		warn(l, at,
		     _("records need an id; where the items have none, key: [MEMBER, …] makes "
		       "one"));
	if (l->kind && l->kind->states && !has_member(o, "state") && !has_member(o, "deleted"))
		warn(l, at, _("no state is mapped: all records will count as open"));
}

/* In select(…), = does not compare. */
static void check_equals(const struct look *l)
{
	struct jqtoken last = {l->text, 0, 0};
	int open = 0, within = -1;
	for (struct jqtoken t = jqtoken_at(l->text); t.n; last = t, t = jqtoken_at(t.s + t.n)) {
		if (t.type == '(' && is(&last, "select") && within < 0)
			within = open;
		open += (t.type == '(') - (t.type == ')');
		if (within >= 0 && open <= within)
			within = -1;
		if (within >= 0 && is(&t, "="))
			warn(l, t.s, _("= changes a value; to compare, write =="));
	}
}

void lint_truth(struct remarks *r, const struct yaml *y, const struct yaml_node *filter)
{
	struct look l = {r, y, filter, yaml_text(filter), NULL, false};
	if (!l.text)
		return;
	for (struct jqtoken t = jqtoken_at(l.text); t.n; t = jqtoken_at(t.s + t.n))
		if (is(&t, "="))
			warn(&l, t.s, _("= changes a value; to compare, write =="));
}

void lint_map(struct remarks *r, const struct yaml *y, const struct yaml_node *map,
	      const struct kind *k, bool has_key, bool translated)
{
	const char *text = yaml_text(map);
	struct object o;
	if (!text)
		return;
	struct look l = {r, y, map, text, k, translated};
	check_equals(&l);
	for (struct jqtoken t = jqtoken_at(text); t.n; t = jqtoken_at(t.s + t.n)) {
		if (t.type != '{')
			continue;
		read_object(t.s, k, &o);
		if (o.named >= 2 && o.known * 2 > o.named)
			check_object(&l, t.s, &o, has_key);
		t.n = (size_t)(o.end - t.s);
	}
}

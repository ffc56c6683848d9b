/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates are compiled once into trees of pieces, because a load says millions of them. */
#include "demo/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"

static const char *const slot_names[SLOT_COUNT] = {
	"at",    "channel", "child",   "colour",    "direction", "dossier", "fee",
	"house", "lane",    "mark",    "name",      "name-last", "officer", "phone",
	"place", "plate",   "problem", "procedure", "score",     "staff",   "street",
	"to",    "unit",    "vehicle", "ward",
};

enum piece_type { PIECE_TEXT, PIECE_SLOT, PIECE_NUMBER, PIECE_PHRASE };

struct piece {
	enum piece_type type;
	bool capital;
	union {
		struct {
			const char *s;
			size_t n;
		};
		enum slot slot;
		struct {
			int low, high;
		};
		const struct phrase *phrase;
	};
};
struct template
{
	struct piece *pieces;
	size_t count;
};
struct phrase {
	struct template *templates;
	size_t count;
	const struct yaml_node *where; /* NULL once it is compiled or for inner choices */
};

/* --- compiling ---------------------------------------------------------------------------- */

struct compiler {
	struct grammar *g;
	const struct yaml_node *node; /* for messages */
	const char *at;
	struct err *e;
	int depth;
};

#define DEPTH_MOST 12

static int bad(struct compiler *c, const char *what)
{
	return yaml_error(c->g->file, c->node, c->e, "%s near \"%.30s\"", what, c->at);
}

static int add_piece(struct grammar *g, struct template *t, size_t *cap, struct piece p)
{
	if (t->count == *cap) {
		size_t more = *cap ? *cap * 2 : 4;
		struct piece *grown = arena_alloc(&g->arena, more * sizeof *grown);
		if (t->count)
			memcpy(grown, t->pieces, t->count * sizeof *grown);
		t->pieces = grown;
		*cap = more;
	}
	t->pieces[t->count++] = p;
	return 0;
}

static struct phrase *rule(struct grammar *g, const char *name)
{
	return strmap_get(&g->rules, name);
}

/* <3-9>, <slot>, <rule>, <^…>: c->at is behind the '<'. */
static int reference(struct compiler *c, struct piece *p)
{
	char name[32];
	size_t n = strcspn(c->at, ">");
	if (c->at[n] != '>' || n >= sizeof name)
		return bad(c, "'<' without '>'");
	memcpy(name, c->at, n);
	name[n] = '\0';
	const char *word = name + (name[0] == '^');
	*p = (struct piece){.capital = name[0] == '^'};
	int used = 0;
	if (sscanf(word, "%9d-%9d%n", &p->low, &p->high, &used) == 2 && !word[used]) {
		p->type = PIECE_NUMBER;
	} else if (rule(c->g, word)) {
		p->type = PIECE_PHRASE;
		p->phrase = rule(c->g, word);
	} else {
		int slot = 0;
		while (slot < SLOT_COUNT && strcmp(slot_names[slot], word) != 0)
			slot++;
		if (slot == SLOT_COUNT)
			return bad(c, "no such slot or rule");
		p->type = PIECE_SLOT;
		p->slot = (enum slot)slot;
	}
	c->at += n + 1;
	return 0;
}

static int choice(struct compiler *c, struct phrase *out);

/* Up to '|', '}' or the end. */
static int sequence(struct compiler *c, struct template *t)
{
	size_t cap = 0;
	*t = (struct template){0};
	while (*c->at && *c->at != '|' && *c->at != '}') {
		struct piece p = {.type = PIECE_TEXT};
		if (*c->at == '<') {
			c->at++;
			if (reference(c, &p) < 0)
				return -1;
		} else if (*c->at == '{') {
			struct phrase *inner = arena_zero(&c->g->arena, sizeof *inner);
			c->at++;
			if (choice(c, inner) < 0)
				return -1;
			p.type = PIECE_PHRASE;
			p.phrase = inner;
		} else {
			p.n = strcspn(c->at, "{}<|");
			p.s = arena_memdup(&c->g->arena, c->at, p.n);
			c->at += p.n;
		}
		add_piece(c->g, t, &cap, p);
	}
	return 0;
}

/* Alternatives up to the closing bracket, which is taken. */
static int choice(struct compiler *c, struct phrase *out)
{
	struct template list[64];
	size_t n = 0;
	if (++c->depth > DEPTH_MOST)
		return bad(c, "choices nested too deep");
	for (;;) {
		if (n == ARRAY_LEN(list))
			return bad(c, "too many choices");
		if (sequence(c, &list[n++]) < 0)
			return -1;
		if (*c->at != '|')
			break;
		c->at++;
	}
	if (*c->at != '}')
		return bad(c, "'{' without '}'");
	c->at++;
	c->depth--;
	out->templates = arena_alloc(&c->g->arena, n * sizeof *list);
	memcpy(out->templates, list, n * sizeof *list);
	out->count = n;
	return 0;
}

static int compile(struct grammar *g, struct phrase *out, const struct yaml_node *list,
		   struct err *e)
{
	size_t n = yaml_count(list);
	if (!yaml_is_list(list) || n == 0)
		return yaml_error(g->file, list, e, "must be a list of texts");
	out->templates = arena_zero(&g->arena, n * sizeof *out->templates);
	out->count = n;
	for (size_t i = 0; i < n; i++) {
		struct compiler c = {.g = g, .node = yaml_at(list, i), .e = e};
		c.at = yaml_text(c.node);
		if (!c.at)
			return yaml_error(g->file, c.node, e, "must be a text");
		if (sequence(&c, &out->templates[i]) < 0)
			return -1;
		if (*c.at)
			return bad(&c, "'|' or '}' outside of a choice");
	}
	return 0;
}

int grammar_open(struct grammar *g, const struct yaml *file, struct err *e)
{
	*g = (struct grammar){.file = file};
	const struct yaml_node *rules = yaml_get(yaml_root(file), "rules");
	size_t n = yaml_count(rules);
	/* First the names, so that rules may name each other in any order. */
	for (size_t i = 0; i < n; i++) {
		struct phrase *p = arena_zero(&g->arena, sizeof *p);
		strmap_put(&g->rules, yaml_key(rules, i), p);
	}
	for (size_t i = 0; i < n; i++)
		if (compile(g, rule(g, yaml_key(rules, i)), yaml_at(rules, i), e) < 0)
			return -1;
	return 0;
}

void grammar_free(struct grammar *g)
{
	strmap_free(&g->rules, NULL);
	arena_free(&g->arena);
}

const struct phrase *grammar_phrase(struct grammar *g, const struct yaml_node *list,
				    struct err *e)
{
	struct phrase *p = arena_zero(&g->arena, sizeof *p);
	return compile(g, p, list, e) < 0 ? NULL : p;
}

const struct phrase *grammar_member(struct grammar *g, const struct yaml_node *map,
				    const char *key, struct err *e)
{
	const struct yaml_node *list = yaml_get(map, key);
	if (list)
		return grammar_phrase(g, list, e);
	yaml_error(g->file, map, e, "\"%s\" is missing", key);
	return NULL;
}

/* --- saying ------------------------------------------------------------------------------- */

static void say_template(const struct template *t, struct rng *r, const struct slots *s,
			 struct strbuf *out, int depth);

static void say(const struct phrase *p, struct rng *r, const struct slots *s,
		struct strbuf *out, int depth)
{
	if (p->count && depth < 4 * DEPTH_MOST) /* a rule may lead back to itself */
		say_template(&p->templates[rng_below(r, p->count)], r, s, out, depth + 1);
}

static void say_piece(const struct piece *p, struct rng *r, const struct slots *s,
		      struct strbuf *out, int depth)
{
	switch (p->type) {
	case PIECE_TEXT:
		strbuf_add(out, p->s, p->n);
		break;
	case PIECE_SLOT:
		if (s->text[p->slot])
			strbuf_adds(out, s->text[p->slot]);
		break;
	case PIECE_NUMBER:
		strbuf_addf(out, "%d", (int)rng_between(r, p->low, p->high));
		break;
	case PIECE_PHRASE:
		say(p->phrase, r, s, out, depth);
		break;
	}
}

static void say_template(const struct template *t, struct rng *r, const struct slots *s,
			 struct strbuf *out, int depth)
{
	for (size_t i = 0; i < t->count; i++) {
		size_t start = out->len;
		say_piece(&t->pieces[i], r, s, out, depth);
		if (t->pieces[i].capital)
			text_capital(out, start);
	}
}

size_t phrase_count(const struct phrase *p)
{
	return p->count;
}

void phrase_add(const struct phrase *p, struct rng *r, const struct slots *s,
		struct strbuf *out)
{
	say(p, r, s, out, 0);
}

void phrase_say_nth(const struct phrase *p, size_t i, struct rng *r, const struct slots *s,
		    struct strbuf *out)
{
	size_t start = out->len;
	say_template(&p->templates[i], r, s, out, 0);
	text_tidy(out, start);
}

void phrase_say(const struct phrase *p, struct rng *r, const struct slots *s,
		struct strbuf *out)
{
	if (p->count)
		phrase_say_nth(p, rng_below(r, p->count), r, s, out);
}

/* --- tidying ------------------------------------------------------------------------------ */

void text_capital(struct strbuf *b, size_t start)
{
	utf8proc_int32_t letter;
	utf8proc_uint8_t *at = (utf8proc_uint8_t *)b->s + start, out[4];
	if (start >= b->len)
		return;
	utf8proc_ssize_t n = utf8proc_iterate(at, (utf8proc_ssize_t)(b->len - start), &letter);
	if (n <= 0)
		return;
	/* In Vietnamese a capital always has the bytes of its small letter. */
	if (utf8proc_encode_char(utf8proc_toupper(letter), out) == n)
		memcpy(at, out, (size_t)n);
}

static bool clings(char c)
{
	return c == ',' || c == '.' || c == ';' || c == ':' || c == '?' || c == '!' ||
	       c == ')' || c == '\n';
}

static bool ends_sentence(char c)
{
	return c == '.' || c == '?' || c == '!' || c == '\n';
}

void text_tidy(struct strbuf *b, size_t start)
{
	size_t to = start;
	for (size_t from = start; from < b->len; from++) {
		char c = b->s[from];
		bool first = to == start || b->s[to - 1] == '\n';
		if (c == ' ' && (first || b->s[to - 1] == ' ' || b->s[to - 1] == '('))
			continue;
		while (clings(c) && to > start && b->s[to - 1] == ' ')
			to--;
		if ((c == ',' || c == ';') && (to == start || b->s[to - 1] == '\n'))
			continue;
		b->s[to++] = c;
	}
	while (to > start && (b->s[to - 1] == ' ' || b->s[to - 1] == ','))
		to--;
	strbuf_truncate(b, to);
	text_capital(b, start);
	for (size_t i = start + 1; i + 1 < b->len; i++)
		if ((b->s[i] == ' ' && ends_sentence(b->s[i - 1])) || b->s[i] == '\n')
			text_capital(b, i + 1);
}

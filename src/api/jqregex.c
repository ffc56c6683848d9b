/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqregex.h"

#include <oniguruma.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqplain.h"
#include "base/alloc.h"
#include "base/strbuf.h"

enum what { TEST, SUB, SCAN, SPLIT, CAPTURE };

/* clang-format off */
static const struct function {
	const char *name;
	size_t arity, text, flags; /* which argument; 0: none */
	enum what what;
	bool global, many;
} functions[] = {
	{"test", 1, 0, 0, TEST, false, false}, {"test", 2, 0, 1, TEST, false, false},
	{"sub", 2, 1, 0, SUB, false, false}, {"sub", 3, 1, 2, SUB, false, false},
	{"gsub", 2, 1, 0, SUB, true, false}, {"gsub", 3, 1, 2, SUB, true, false},
	{"scan", 1, 0, 0, SCAN, true, true},
	{"capture", 1, 0, 0, CAPTURE, false, true}, {"capture", 2, 0, 1, CAPTURE, false, true},
	{"split", 2, 0, 1, SPLIT, true, false}, {"splits", 1, 0, 0, SPLIT, true, true},
	{"splits", 2, 0, 1, SPLIT, true, true},
};
/* clang-format on */

struct jqregex {
	regex_t *regex;
	OnigRegion *region;
	const struct function *function;
	bool global;
	bool looks_back; /* what stands in front of a match may matter */
	bool named;      /* it has groups with names */
	bool is_plain;
	struct jqplain plain;
	struct strbuf scratch;
	struct jqregex *next;
};

/* One text on its way. */
struct search {
	struct jqregex *x;
	struct arena *a;
	const struct node *in;
	const char *from; /* where the next match is looked for */
	bool cut;         /* as if nothing stood in front of that */
	bool plain;       /* looked for without the library */
};

static const struct function *find(const char *name, size_t n, size_t arity)
{
	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		if (functions[i].arity == arity && strlen(functions[i].name) == n &&
		    memcmp(functions[i].name, name, n) == 0)
			return &functions[i];
	return NULL;
}

bool jqregex_is(const char *name, size_t n, size_t arity, size_t *flags, size_t *text)
{
	const struct function *f = find(name, n, arity);
	*flags = f ? f->flags : 0;
	*text = f ? f->text : 0;
	return f != NULL;
}

/* Of jq's letters those that are used. */
static bool read_flags(const struct node *flags, bool *global, OnigOptionType *options)
{
	if (flags->type == NODE_NULL)
		return true;
	if (flags->type != NODE_STRING)
		return false;
	for (size_t i = 0; i < flags->n; i++) {
		*global |= flags->s[i] == 'g';
		if (flags->s[i] == 'i')
			*options |= ONIG_OPTION_IGNORECASE;
		else if (flags->s[i] == 'x')
			*options |= ONIG_OPTION_EXTEND;
		else if (flags->s[i] != 'g')
			return false;
	}
	return true;
}

static bool looks_back(const struct node *pattern)
{
	const char *s = pattern->s;
	for (size_t i = 0; i < pattern->n; i++) {
		if (s[i] == '^' && !(i && s[i - 1] == '['))
			return true;
		if (s[i] == '(' && i + 2 < pattern->n && s[i + 1] == '?')
			return true;
		if (s[i] == '\\' && ++i < pattern->n && strchr("bBAGKXRyY", s[i]))
			return true;
	}
	return false;
}

/* A group that has a name of its own, or none. */
static int check_name(const UChar *name, const UChar *end, int count, int *groups,
		      regex_t *regex, void *context)
{
	bool *odd = context;
	(void)name, (void)end, (void)groups, (void)regex;
	*odd |= count > 1;
	return 0;
}

struct jqregex *jqregex_new(const char *name, size_t n, const struct node *pattern,
			    const struct node *flags, struct jqregex *next)
{
	struct jqregex made = {.next = next};
	OnigOptionType options = ONIG_OPTION_CAPTURE_GROUP;
	bool odd = false;
	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		if (strlen(functions[i].name) == n && memcmp(functions[i].name, name, n) == 0)
			made.function = &functions[i];
	made.global = made.function->global;
	if (pattern->type != NODE_STRING || !read_flags(flags, &made.global, &options))
		return NULL;
	const UChar *s = (const UChar *)pattern->s;
	if (onig_new(&made.regex, s, s + pattern->n, options, ONIG_ENCODING_UTF8,
		     ONIG_SYNTAX_PERL_NG, NULL) != ONIG_NORMAL)
		return NULL;
	onig_foreach_name(made.regex, check_name, &odd);
	made.looks_back = looks_back(pattern);
	made.is_plain = options == ONIG_OPTION_CAPTURE_GROUP &&
			jqplain_read(&made.plain, pattern->s, pattern->n);
	made.named = onig_number_of_names(made.regex) > 0;
	made.region = onig_region_new();
	onig_region_resize(made.region, 1);
	made.scratch = (struct strbuf)STRBUF_INIT;
	struct jqregex *x = xmalloc(sizeof *x);
	*x = made;
	if (!odd)
		return x;
	x->next = NULL;
	jqregex_free(x);
	return NULL;
}

void jqregex_free(struct jqregex *list)
{
	while (list) {
		struct jqregex *next = list->next;
		onig_region_free(list->region, 1);
		onig_free(list->regex);
		strbuf_free(&list->scratch);
		free(list);
		list = next;
	}
}

bool jqregex_is_many(const struct jqregex *x)
{
	return x->function->many;
}

/* --- searching --- */

enum found { NOWHERE, SOMEWHERE, NOT_SURE };

static enum found search_plainly(struct search *s)
{
	const char *start = s->cut ? s->from : s->in->s, *to;
	const char *found = jqplain_find(&s->x->plain, start, s->from, s->in->s + s->in->n,
					 &to);
	if (!found)
		return NOWHERE;
	s->x->region->beg[0] = (int)(found - start);
	s->x->region->end[0] = (int)(to - start);
	return SOMEWHERE;
}

static enum found search(struct search *s)
{
	if (s->plain)
		return search_plainly(s);
	const UChar *start = (const UChar *)s->from, *end = (const UChar *)s->in->s + s->in->n;
	const UChar *text = s->cut ? start : (const UChar *)s->in->s;
	int at = onig_search(s->x->regex, text, end, start, end, s->x->region,
			     ONIG_OPTION_NONE);
	if (at < 0)
		return at == ONIG_MISMATCH ? NOWHERE : NOT_SURE;
	return SOMEWHERE;
}

/* What a group of the match holds; NULL: it is no part of it. */
static const char *group_text(const struct search *s, int i, size_t *n)
{
	const OnigRegion *g = s->x->region;
	const char *text = s->cut ? s->from : s->in->s;
	*n = 0;
	if (g->beg[i] < 0)
		return NULL;
	*n = (size_t)(g->end[i] - g->beg[i]);
	return text + g->beg[i];
}

static const struct node *group_node(const struct search *s, int i, bool *unsure)
{
	size_t n;
	const char *text = group_text(s, i, &n);
	if (!text)
		return &jqvalue_null;
	*unsure |= n == 0;
	return jqvalue_text(s->a, text, n);
}

struct naming {
	const struct search *s;
	const struct node **list;
	size_t count;
	bool unsure;
};

static int add_named(const UChar *name, const UChar *end, int count, int *groups,
		     regex_t *regex, void *context)
{
	struct naming *x = context;
	(void)count, (void)regex;
	x->list[x->count++] = jqvalue_text(x->s->a, (const char *)name, (size_t)(end - name));
	x->list[x->count++] = group_node(x->s, groups[0], &x->unsure);
	return 0;
}

/* {name: what it holds} */
static const struct node *named_groups(const struct search *s, bool *unsure)
{
	if (!s->x->named)
		return jqvalue_empty(NODE_OBJECT);
	size_t most = 2 * (size_t)onig_number_of_names(s->x->regex);
	struct naming x = {s, arena_alloc(s->a, (most + 1) * sizeof *x.list), 0, false};
	onig_foreach_name(s->x->regex, add_named, &x);
	*unsure |= x.unsure;
	return x.unsure ? NULL : jqvalue_group(s->a, NODE_OBJECT, x.list, x.count);
}

/* --- putting in --- */

struct replacing {
	jqregex_replace *replace;
	void *context;
	bool *unsure;
};

/* Appends up to the match, and what comes in its place. */
static bool put(struct search *s, struct strbuf *out, const struct replacing *by)
{
	size_t n;
	const char *match = group_text(s, 0, &n);
	const struct node *groups = named_groups(s, by->unsure);
	const struct node *with = groups && n ? by->replace(by->context, groups) : NULL;
	*by->unsure |= n == 0 || (with && with->type != NODE_STRING);
	if (*by->unsure || !with)
		return false;
	strbuf_add(out, s->from, (size_t)(match - s->from));
	strbuf_add(out, with->s, with->n);
	s->from = match + n;
	return true;
}

/* Whether all went well. */
static bool put_all(struct search *s, struct strbuf *out, const struct replacing *by)
{
	const char *end = s->in->s + s->in->n;
	enum found found;
	while ((found = search(s)) == SOMEWHERE) {
		if (!put(s, out, by))
			return false;
		if (!s->x->global || s->from == end)
			break;
	}
	*by->unsure |= found == NOT_SURE;
	strbuf_add(out, s->from, (size_t)(end - s->from));
	return found != NOT_SURE;
}

static const struct node *substitute(const struct search *start, const struct replacing *by)
{
	struct search s = *start;
	struct strbuf *out = &s.x->scratch;
	strbuf_clear(out);
	if (!put_all(&s, out, by))
		return NULL;
	if (s.from == s.in->s)
		return s.in;
	return jqvalue_text(s.a, arena_memdup(s.a, out->s, out->len), out->len);
}

/* Versions of jq differ in what a second match sees in front of it. */
static const struct node *run_sub(struct search *s, const struct replacing *by)
{
	const struct node *made = substitute(s, by), *other;
	if (!made || !s->x->global || !s->x->looks_back)
		return made;
	s->cut = true;
	other = substitute(s, by);
	*by->unsure |= other &&
		       (other->n != made->n || memcmp(other->s, made->s, made->n) != 0);
	return *by->unsure ? NULL : other;
}

/* --- what yields several --- */

/* As scan has it: the match, or what its groups hold. */
static const struct node *scanned(const struct search *s, bool *unsure)
{
	int groups = s->x->region->num_regs - 1;
	if (groups == 0)
		return group_node(s, 0, unsure);
	const struct node **list = arena_alloc(s->a, (size_t)groups * sizeof *list);
	for (int i = 0; i < groups; i++)
		list[i] = group_node(s, i + 1, unsure);
	return jqvalue_group(s->a, NODE_ARRAY, list, (size_t)groups);
}

/* The piece in front of the match. */
static const struct node *cut_off(const struct search *s)
{
	size_t n;
	const char *match = group_text(s, 0, &n);
	return jqvalue_text(s->a, s->from, (size_t)(match - s->from));
}

static const struct node *found_one(const struct search *s, bool *unsure)
{
	switch (s->x->function->what) {
	case SCAN:
		return scanned(s, unsure);
	case CAPTURE:
		return named_groups(s, unsure);
	default:
		return cut_off(s);
	}
}

static const struct node *run_many(struct search *s, bool *unsure)
{
	const struct node **list = NULL, *made = NULL;
	const char *end = s->in->s + s->in->n;
	size_t count = 0, cap = 0, n = 0;
	enum found found;
	while (!*unsure && (found = search(s)) != NOWHERE) {
		const char *match = found == SOMEWHERE ? group_text(s, 0, &n) : NULL;
		*unsure |= !match || n == 0;
		if (*unsure)
			break;
		ARRAY_PUSH(list, count, cap) = found_one(s, unsure);
		s->from = match + n;
		if (!s->x->global || s->from == end)
			break;
	}
	if (s->x->function->what == SPLIT)
		ARRAY_PUSH(list, count, cap) = jqvalue_text(s->a, s->from,
							    (size_t)(end - s->from));
	if (!*unsure)
		made = jqvalue_group(s->a, NODE_ARRAY, list, count);
	free(list);
	return made;
}

const struct node *jqregex_run(struct jqregex *x, struct arena *a, const struct node *in,
			       jqregex_replace *replace, void *context, bool *unsure)
{
	struct search s = {x, a, in, in->s, false, false};
	struct replacing by = {replace, context, unsure};
	if (in->type != NODE_STRING)
		return NULL;
	s.plain = x->is_plain && jqplain_suits(&x->plain, in->s, in->n);
	if (x->function->what == SUB)
		return run_sub(&s, &by);
	if (x->function->what != TEST)
		return run_many(&s, unsure);
	enum found found = search(&s);
	*unsure |= found == NOT_SURE;
	return *unsure ? NULL : jqvalue_bool(found == SOMEWHERE);
}

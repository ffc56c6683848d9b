/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and numbers, as people type them. */
#include "model/filter_parts.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "text/word.h"

#define VALUES_MOST 2000

static int add(struct filter_parser *p, struct filter *f, struct value v)
{
	if (f->count == VALUES_MOST)
		return err_set(p->error, ERR_USAGE, _("more than %d values"), VALUES_MOST);
	if ((f->count & (f->count - 1)) == 0) { /* 0, 1, 2, 4, … are full */
		size_t cap = f->count ? f->count * 2 : 1;
		struct value *bigger = arena_alloc(p->arena, cap * sizeof *bigger);
		if (f->count)
			memcpy(bigger, f->values, f->count * sizeof *bigger);
		f->values = bigger;
	}
	f->values[f->count++] = v;
	return 0;
}

static int add_text(struct filter_parser *p, struct filter *f, const char *s, size_t n)
{
	struct value v = {.set = true, .s = arena_memdup(p->arena, s, n), .n = n};
	return add(p, f, v);
}

/* --- states and choices --- */

struct code_list {
	const char *(*code)(const void *of, size_t i, const char **label);
	const void *of;
};

static const char *state_at(const void *of, size_t i, const char **label)
{
	const struct kind *k = of;
	if (!k->states || !k->states[i].code)
		return NULL;
	*label = k->states[i].label;
	return k->states[i].code;
}

static const char *choice_at(const void *of, size_t i, const char **label)
{
	const struct column *c = of;
	*label = c->choices[i].label;
	return c->choices[i].code;
}

static struct code_list list_of(const struct kind *k, const struct column *c)
{
	if (c->type == COLUMN_STATE)
		return (struct code_list){state_at, k};
	return (struct code_list){choice_at, c};
}

/* A code by itself or by its label in either language. */
static bool means(const char *s, size_t n, const char *code, const char *label)
{
	char name[FILTER_NAME_MOST + 1];
	if (strlen(code) == n && strncasecmp(code, s, n) == 0)
		return true;
	filter_squeeze(s, n, name);
	return *name && (filter_means(code, name) || filter_means_text(label, name));
}

static bool is_listed(const struct code_list *l, const char *s, size_t n)
{
	const char *code, *label;
	for (size_t i = 0; (code = l->code(l->of, i, &label)); i++)
		if (means(s, n, code, label))
			return true;
	return false;
}

#define KNOWN_MOST 330 /* bytes of a list in a message */

void filter_add_known(struct strbuf *list, const char *code, const char *label)
{
	size_t n = list->len;
	bool full = n >= KNOWN_MOST;
	if (!full)
		strbuf_addf(list, "%s%s (%s)", n ? ", " : "", code, _(label));
	else if (list->s[n - 1] == ')')
		strbuf_adds(list, ", …");
}

/* "MOI (mới), DONG (đóng)" */
static void list_codes(const struct code_list *l, struct strbuf *b)
{
	const char *code, *label;
	for (size_t i = 0; (code = l->code(l->of, i, &label)); i++)
		filter_add_known(b, code, label);
}

static const char *suggest_code(const struct code_list *l, struct filter_piece p)
{
	char wanted[FILTER_NAME_MOST + 1], name[FILTER_NAME_MOST + 1];
	const char *code, *label;
	filter_squeeze(p.s, p.n, wanted);
	struct suggest near = suggest_start(wanted);
	for (size_t i = 0; (code = l->code(l->of, i, &label)); i++) {
		filter_squeeze(code, strlen(code), name);
		suggest_try_as(&near, name, code);
		filter_squeeze(_(label), strlen(_(label)), name);
		suggest_try_as(&near, name, code);
	}
	return near.best;
}

static int unlisted(struct filter_parser *p, const struct column *c, const struct code_list *l,
		    struct filter_piece v)
{
	const char *meant = suggest_code(l, v);
	bool state = c->type == COLUMN_STATE;
	if (meant)
		return err_set(p->error, ERR_USAGE,
			       state ? _("no state '%.*s'; did you mean '%s'?")
				     : _("no value '%.*s'; did you mean '%s'?"),
			       (int)v.n, v.s, meant);
	struct strbuf known = STRBUF_INIT;
	list_codes(l, &known);
	err_set(p->error, ERR_USAGE,
		state ? _("no state '%.*s'; there are %s") : _("no value '%.*s'; there are %s"),
		(int)v.n, v.s, known.s);
	strbuf_free(&known);
	return -1;
}

static int add_listed(struct filter_parser *p, const struct column *c, struct filter *f,
		      struct filter_piece v)
{
	struct code_list l = list_of(p->context->kind, c);
	const char *code, *label;
	for (size_t i = 0; (code = l.code(l.of, i, &label)); i++)
		if (means(v.s, v.n, code, label) && add_text(p, f, code, strlen(code)) < 0)
			return -1;
	if (f->count)
		return 0;
	/* A vendor's own word is asked for in quotes. */
	return v.quoted ? add_text(p, f, v.s, v.n) : unlisted(p, c, &l, v);
}

/* --- plain values --- */

/* Codes are often typed in small letters. */
static int add_code(struct filter_parser *p, struct filter *f, struct filter_piece v)
{
	char *upper = arena_memdup(p->arena, v.s, v.n);
	for (size_t i = 0; i < v.n; i++)
		upper[i] = (char)toupper((unsigned char)upper[i]);
	if (memcmp(upper, v.s, v.n) != 0 && add_text(p, f, upper, v.n) < 0)
		return -1;
	return add_text(p, f, v.s, v.n);
}

static int add_flag(struct filter_parser *p, struct filter *f, struct filter_piece v)
{
	static const char *const yes[] = {"1", "true", "yes", "co"};
	static const char *const no[] = {"0", "false", "no", "khong"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (fold_equal(v.s, v.n, yes[i]))
			return add(p, f, (struct value){.set = true, .i = 1});
		if (fold_equal(v.s, v.n, no[i]))
			return add(p, f, (struct value){.set = true, .i = 0});
	}
	return err_set(p->error, ERR_USAGE, _("'%.*s' is neither yes nor no"), (int)v.n, v.s);
}

static bool read_number(struct filter_piece p, double *v)
{
	char copy[40], *end;
	if (p.n == 0 || p.n >= sizeof copy)
		return false;
	memcpy(copy, p.s, p.n);
	copy[p.n] = '\0';
	if (strspn(copy, "+-.0123456789eE") != p.n)
		return false;
	errno = 0;
	*v = strtod(copy, &end);
	return !*end && !errno && *v > -0x1p53 && *v < 0x1p53;
}

static int add_number(struct filter_parser *p, const struct column *c, struct filter *f,
		      struct filter_piece v)
{
	double n;
	int64_t ms;
	if (c->type == COLUMN_DURATION && filter_duration(v.s, v.n, 1000, &ms) == 0)
		return add(p, f, (struct value){.set = true, .i = ms / 1000});
	if (!read_number(v, &n))
		return err_set(p->error, ERR_USAGE,
			       c->type == COLUMN_DURATION
				       ? _("'%.*s' is no length of time; try 90s, 2m or 1h")
				       : _("'%.*s' is not a number"),
			       (int)v.n, v.s);
	if (c->type == COLUMN_REAL)
		return add(p, f, (struct value){.set = true, .r = n});
	if (n != (double)(int64_t)n)
		return err_set(p->error, ERR_USAGE, _("'%.*s' is not a whole number"), (int)v.n,
			       v.s);
	return add(p, f, (struct value){.set = true, .i = (int64_t)n});
}

/* --- whoever asks --- */

static bool is_me(struct filter_piece v)
{
	static const char *const words[] = {"me", "mine", "toi", "cuatoi", "minh", "cuaminh"};
	char name[FILTER_NAME_MOST + 1];
	filter_squeeze(v.s, v.n, name);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!v.quoted && strcmp(name, words[i]) == 0)
			return true;
	return false;
}

static int add_me(struct filter_parser *p, struct filter *f)
{
	const struct filter_context *c = p->context;
	if (!c->me && !c->user && c->believes)
		return add_text(p, f, "me", 2);
	if (!c->me && !c->user)
		return err_set(p->error, ERR_USAGE, _("nobody is known here who asks"));
	if (c->me && add_text(p, f, c->me, strlen(c->me)) < 0)
		return -1;
	if (c->user && (!c->me || strcmp(c->user, c->me) != 0))
		return add_text(p, f, c->user, strlen(c->user));
	return 0;
}

/* --- references --- */

/* What a reference is made of: codes that hold always, and those that hold for a time. */
struct reference {
	struct filter_parser *p;
	const struct column *column;
	struct filter *in;
	const struct filter *others;
	bool exact;
};

/* A code that was given away anew means this one only in records of its time. */
static int add_for_a_time(struct reference *r, const struct filter_code *code)
{
	struct filter_parser *p = r->p;
	struct filter *in = filter_node(p, FILTER_IN, NULL, NULL);
	if (!in || add_text(p, in, code->code, strlen(code->code)) < 0)
		return -1;
	in->column = r->in->column;
	const struct filter *f = in;
	if (code->from != INT64_MIN)
		f = filter_both(p, f,
				filter_at(p, COL_CREATED_AT, FILTER_GREATER_EQUAL, code->from));
	if (code->to != INT64_MAX)
		f = filter_both(p, f, filter_at(p, COL_CREATED_AT, FILTER_LESS, code->to));
	if (f && r->others)
		f = filter_node(p, FILTER_OR, r->others, f);
	r->others = f;
	return f ? 0 : -1;
}

static bool has_value(const struct filter *f, const char *s)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->values[i].s, s) == 0)
			return true;
	return false;
}

static int add_reference(struct reference *r, const char *code, int64_t from)
{
	const struct filter_context *c = r->p->context;
	const struct kind *catalogue = kind_find(r->column->ref);
	struct filter_code one;
	size_t n = 0;
	while (!r->exact && c->below && c->below(c->data, catalogue, code, from, n, &one)) {
		bool always = one.from == INT64_MIN && one.to == INT64_MAX;
		if (!always && !c->kind->catalogue && add_for_a_time(r, &one) < 0)
			return -1;
		if ((always || c->kind->catalogue) && !has_value(r->in, one.code) &&
		    add_text(r->p, r->in, one.code, strlen(one.code)) < 0)
			return -1;
		n++;
	}
	if (n > 0 || has_value(r->in, code))
		return 0;
	return add_text(r->p, r->in, code, strlen(code));
}

/* Where no rows are known, at least names may be. */
static int add_resolved(struct reference *r, const struct kind *catalogue, const char *name)
{
	const struct filter_context *c = r->p->context;
	const char *code;
	for (size_t i = 0; c->resolve && (code = c->resolve(c->data, catalogue, name, i)); i++)
		if (add_reference(r, code, INT64_MIN) < 0)
			return -1;
	return 0;
}

/* A code in any case, or all that are called so. */
static int add_named(struct reference *r, const char *name)
{
	const struct filter_context *c = r->p->context;
	const struct kind *catalogue = kind_find(r->column->ref);
	char squeezed[FILTER_NAME_MOST + 1];
	struct filter_name row;
	if (!c->name)
		return add_resolved(r, catalogue, name);
	for (size_t i = 0; c->name(c->data, catalogue, i, &row); i++)
		if (strcasecmp(row.code, name) == 0)
			return add_reference(r, row.code, INT64_MIN);
	filter_squeeze(name, strlen(name), squeezed);
	for (size_t i = 0; *squeezed && c->name(c->data, catalogue, i, &row); i++)
		if ((filter_means(row.brief, squeezed) || filter_means(row.title, squeezed)) &&
		    add_reference(r, row.code, row.from) < 0)
			return -1;
	return 0;
}

/* Whether a name has these words, folded, side by side. */
static bool has_words(const char *name, const char *words)
{
	struct strbuf b = STRBUF_INIT;
	struct fold_token t;
	size_t at = 0, n = strlen(name);
	strbuf_addc(&b, ' ');
	while (fold_next_token(name, n, &at, &t)) {
		strbuf_add(&b, t.text, t.n);
		strbuf_addc(&b, ' ');
	}
	bool found = strstr(b.s, words) != NULL;
	strbuf_free(&b);
	return found;
}

#define PARTLY_MOST 6 /* rows of a catalogue that part of a name may mean at once */

/* The words of a text between blanks. */
static const char *spaced(struct arena *a, struct filter_piece v)
{
	struct strbuf b = STRBUF_INIT;
	struct fold_token t;
	size_t at = 0;
	strbuf_addc(&b, ' ');
	while (fold_next_token(v.s, v.n, &at, &t)) {
		strbuf_add(&b, t.text, t.n);
		strbuf_addc(&b, ' ');
	}
	const char *words = arena_memdup(a, b.s, b.len);
	strbuf_free(&b);
	return words;
}

/* "chiềng-lề" for "phường Chiềng Lề": all whose names have these words, unless they are many.
 */
static int add_partly_named(struct reference *r, struct filter_piece v)
{
	struct filter_parser *p = r->p;
	const struct filter_context *c = p->context;
	const struct kind *catalogue = kind_find(r->column->ref);
	const char *words = spaced(p->arena, v);
	struct strbuf several = STRBUF_INIT;
	struct filter_name row;
	size_t found = 0;
	int rc = 0;
	for (size_t i = 0; words[1] && c->name && c->name(c->data, catalogue, i, &row); i++) {
		if (!has_words(row.title, words) && !has_words(row.brief, words))
			continue;
		if (++found <= PARTLY_MOST) {
			rc = rc < 0 ? rc : add_reference(r, row.code, row.from);
			strbuf_addf(&several, "%s%s (%s)", found > 1 ? ", " : "", row.code,
				    row.brief);
		}
	}
	if (found > PARTLY_MOST)
		rc = err_set(p->error, ERR_USAGE,
			     _("'%.*s' may mean %zu of %s: %s …; say more of the name, or a "
			       "code"),
			     (int)v.n, v.s, found, _(catalogue->title), several.s);
	strbuf_free(&several);
	return rc;
}

static int unknown_reference(struct reference *r, struct filter_piece v)
{
	struct filter_parser *p = r->p;
	const struct filter_context *c = p->context;
	const struct kind *catalogue = kind_find(r->column->ref);
	char wanted[FILTER_NAME_MOST + 1], name[FILTER_NAME_MOST + 1];
	struct filter_name row;
	filter_squeeze(v.s, v.n, wanted);
	struct suggest near = suggest_start(wanted);
	for (size_t i = 0; c->name(c->data, catalogue, i, &row); i++) {
		const char *names[] = {row.code, row.brief, row.title};
		for (size_t j = 0; j < 3; j++) {
			filter_squeeze(names[j], strlen(names[j]), name);
			suggest_try_as(&near, name, j ? row.brief : row.code);
		}
	}
	if (near.best)
		return err_set(p->error, ERR_USAGE,
			       _("'%.*s' is not in %s; did you mean '%s'? (in quotes it is "
				 "taken as a code)"),
			       (int)v.n, v.s, _(catalogue->title), near.best);
	return err_set(p->error, ERR_USAGE,
		       _("'%.*s' is not in %s (in quotes it is taken as a code)"), (int)v.n,
		       v.s, _(catalogue->title));
}

static int add_ref(struct reference *r, struct filter_piece v)
{
	struct filter_parser *p = r->p;
	const struct filter_context *c = p->context;
	const struct kind *catalogue = kind_find(r->column->ref);
	struct filter_name any;
	if (strcmp(catalogue->id, "unit") == 0 && is_me(v)) {
		if (c->unit || c->believes)
			return add_reference(r, c->unit ? c->unit : "mine", INT64_MIN);
		return err_set(p->error, ERR_USAGE,
			       _("the configuration gives you no unit (operators: unit:)"));
	}
	if (add_named(r, arena_memdup(p->arena, v.s, v.n)) < 0)
		return -1;
	bool found = r->in->count || r->others;
	if (!found && c->name && c->name(c->data, catalogue, 0, &any)) {
		if (add_partly_named(r, v) < 0)
			return -1;
		if (!r->in->count && !r->others && !v.quoted)
			return unknown_reference(r, v);
	}
	if (!r->in->count && !r->others) /* nobody knows: it is a code */
		return add_text(p, r->in, v.s, v.n);
	return 0;
}

static const struct filter *reference(struct filter_parser *p, struct filter *in,
				      struct filter_piece v, bool exact)
{
	struct reference r = {.p = p,
			      .column = &p->context->kind->columns[in->column],
			      .in = in,
			      .exact = exact};
	if (add_ref(&r, v) < 0)
		return NULL;
	if (!r.others)
		return in;
	return in->count ? filter_node(p, FILTER_OR, in, r.others) : r.others;
}

/* --- all of them --- */

static int add_value(struct filter_parser *p, struct filter *f, struct filter_piece v,
		     bool exact)
{
	if (f->column < 0)
		return add_text(p, f, v.s, v.n);
	const struct column *c = &p->context->kind->columns[f->column];
	switch (c->type) {
	case COLUMN_STATE:
	case COLUMN_CHOICE:
		return add_listed(p, c, f, v);
	case COLUMN_TEXT:
		if (c->flags & COLUMN_STAFF && is_me(v))
			return add_me(p, f);
		return exact && !(c->flags & COLUMN_INDEXED) ? add_text(p, f, v.s, v.n)
							     : add_code(p, f, v);
	case COLUMN_FLAG:
		return add_flag(p, f, v);
	default:
		return add_number(p, c, f, v);
	}
}

const struct filter *filter_value(struct filter_parser *p, int field, struct filter_piece v,
				  bool exact)
{
	struct filter *f = filter_node(p, FILTER_IN, NULL, NULL);
	if (!f)
		return NULL;
	f->column = field;
	if (field >= 0 && p->context->kind->columns[field].type == COLUMN_REF) {
		const struct filter *all = reference(p, f, v, exact);
		return all ? all : filter_fail(p, v.s);
	}
	return add_value(p, f, v, exact) < 0 ? filter_fail(p, v.s) : f;
}

bool filter_is_me(const struct filter_parser *p, int field, struct filter_piece v)
{
	return field >= 0 && p->context->kind->columns[field].flags & COLUMN_STAFF && is_me(v);
}

/* Whether a row of the catalogue has these words in its name, or they resolve to a code. */
static bool is_name(const struct filter_context *c, const struct kind *catalogue, const char *s,
		    size_t n)
{
	struct arena a = ARENA_INIT;
	struct filter_name row;
	bool found = c->resolve &&
		     c->resolve(c->data, catalogue, arena_memdup(&a, s, n), 0) != NULL;
	const char *words = spaced(&a, (struct filter_piece){s, n, false});
	for (size_t i = 0;
	     !found && words[1] && c->name && c->name(c->data, catalogue, i, &row); i++)
		found = has_words(row.title, words) || has_words(row.brief, words);
	arena_free(&a);
	return found;
}

bool filter_is_value(const struct filter_context *c, int field, const char *s, size_t n)
{
	struct filter_piece v = {s, n, false};
	struct filter_span t;
	struct fold_token number;
	if (field == FILTER_IS)
		return filter_predicate(c->kind, s, n) != NULL;
	if (field == FILTER_PLATE)
		return word_number(s, n, false, &number) == n;
	if (field < 0)
		return false;
	const struct column *column = &c->kind->columns[field];
	switch (column->type) {
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		return filter_when(s, n, c->now, false, &t) == 0;
	case COLUMN_STATE:
	case COLUMN_CHOICE: {
		struct code_list l = list_of(c->kind, column);
		return is_listed(&l, s, n);
	}
	case COLUMN_REF:
		if (strcmp(column->ref, "unit") == 0 && is_me(v))
			return true;
		return is_name(c, kind_find(column->ref), s, n);
	case COLUMN_TEXT:
		if (column->personal == PERSONAL_PHONE || column->personal == PERSONAL_PLATE)
			return word_number(s, n, false, &number) == n;
		return column->flags & COLUMN_STAFF && is_me(v);
	default:
		return false;
	}
}

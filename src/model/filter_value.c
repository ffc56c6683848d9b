/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and numbers, as people type them. */
#include "model/filter_parts.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/fold.h"

#define VALUES_MOST 256

static int add(struct arena *a, struct filter *f, struct value v, struct err *e)
{
	if (f->count == VALUES_MOST)
		return err_set(e, ERR_USAGE, _("more than %d values"), VALUES_MOST);
	if ((f->count & (f->count - 1)) == 0) { /* 0, 1, 2, 4, … are full */
		size_t cap = f->count ? f->count * 2 : 1;
		struct value *bigger = arena_alloc(a, cap * sizeof *bigger);
		if (f->count)
			memcpy(bigger, f->values, f->count * sizeof *bigger);
		f->values = bigger;
	}
	f->values[f->count++] = v;
	return 0;
}

static int add_text(struct arena *a, struct filter *f, const char *s, size_t n, struct err *e)
{
	struct value v = {.set = true, .s = arena_memdup(a, s, n), .n = n};
	return add(a, f, v, e);
}

/* A code by itself or by its label in either language. */
static bool means(struct filter_piece p, const char *code, const char *label)
{
	if (strlen(code) == p.n && strncasecmp(code, p.s, p.n) == 0)
		return true;
	return fold_equal(p.s, p.n, label) || fold_equal(p.s, p.n, _(label));
}

static int add_state(struct arena *a, const struct kind *k, struct filter *f,
		     struct filter_piece p, struct err *e)
{
	size_t before = f->count;
	for (const struct state *s = k->states; s && s->code; s++)
		if (means(p, s->code, s->label) &&
		    add_text(a, f, s->code, strlen(s->code), e) < 0)
			return -1;
	if (f->count > before)
		return 0;
	/* A vendor's own word is asked for in quotes. */
	if (p.quoted)
		return add_text(a, f, p.s, p.n, e);
	struct strbuf known = STRBUF_INIT;
	for (const struct state *s = k->states; s && s->code; s++)
		strbuf_addf(&known, "%s%s", known.len ? ", " : "", s->code);
	err_set(e, ERR_USAGE, _("no state '%.*s'; there are %s"), (int)p.n, p.s, known.s);
	strbuf_free(&known);
	return -1;
}

static int add_choice(struct arena *a, const struct column *c, struct filter *f,
		      struct filter_piece p, struct err *e)
{
	size_t before = f->count;
	for (const struct choice *x = c->choices; x->code; x++)
		if (means(p, x->code, x->label) &&
		    add_text(a, f, x->code, strlen(x->code), e) < 0)
			return -1;
	if (f->count > before)
		return 0;
	if (p.quoted)
		return add_text(a, f, p.s, p.n, e);
	struct strbuf known = STRBUF_INIT;
	for (const struct choice *x = c->choices; x->code; x++)
		strbuf_addf(&known, "%s%s", known.len ? ", " : "", x->code);
	err_set(e, ERR_USAGE, _("no value '%.*s'; there are %s"), (int)p.n, p.s, known.s);
	strbuf_free(&known);
	return -1;
}

/* By name where the caller knows names, and then all that are called so; else it is a code. */
static int add_ref(struct arena *a, const struct filter_context *x, const struct column *c,
		   struct filter *f, struct filter_piece p, struct err *e)
{
	const char *name = arena_memdup(a, p.s, p.n);
	const struct kind *catalogue = kind_find(c->ref);
	const char *code = NULL;
	size_t n = 0;
	for (; x->resolve && (code = x->resolve(x->data, catalogue, name, n)); n++)
		if (add_text(a, f, code, strlen(code), e) < 0)
			return -1;
	return n ? 0 : add_text(a, f, p.s, p.n, e);
}

/* Codes are often typed in small letters. */
static int add_code(struct arena *a, struct filter *f, struct filter_piece p, struct err *e)
{
	char *upper = arena_memdup(a, p.s, p.n);
	for (size_t i = 0; i < p.n; i++)
		upper[i] = (char)toupper((unsigned char)upper[i]);
	if (memcmp(upper, p.s, p.n) != 0 && add_text(a, f, upper, p.n, e) < 0)
		return -1;
	return add_text(a, f, p.s, p.n, e);
}

static int add_flag(struct arena *a, struct filter *f, struct filter_piece p, struct err *e)
{
	static const char *const yes[] = {"1", "true", "yes", "co"};
	static const char *const no[] = {"0", "false", "no", "khong"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (fold_equal(p.s, p.n, yes[i]))
			return add(a, f, (struct value){.set = true, .i = 1}, e);
		if (fold_equal(p.s, p.n, no[i]))
			return add(a, f, (struct value){.set = true, .i = 0}, e);
	}
	return err_set(e, ERR_USAGE, _("'%.*s' is neither yes nor no"), (int)p.n, p.s);
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

static int add_number(struct arena *a, const struct column *c, struct filter *f,
		      struct filter_piece p, struct err *e)
{
	double v;
	int64_t ms;
	if (c->type == COLUMN_DURATION && filter_duration(p.s, p.n, 1000, &ms) == 0)
		return add(a, f, (struct value){.set = true, .i = ms / 1000}, e);
	if (!read_number(p, &v))
		return err_set(e, ERR_USAGE, _("'%.*s' is not a number"), (int)p.n, p.s);
	if (c->type == COLUMN_REAL)
		return add(a, f, (struct value){.set = true, .r = v}, e);
	if (v != (double)(int64_t)v)
		return err_set(e, ERR_USAGE, _("'%.*s' is not a whole number"), (int)p.n, p.s);
	return add(a, f, (struct value){.set = true, .i = (int64_t)v}, e);
}

int filter_add_value(struct arena *a, const struct filter_context *x, struct filter *f,
		     struct filter_piece p, struct err *e)
{
	if (f->column < 0)
		return add_text(a, f, p.s, p.n, e);
	const struct column *c = &x->kind->columns[f->column];
	switch (c->type) {
	case COLUMN_STATE:
		return add_state(a, x->kind, f, p, e);
	case COLUMN_CHOICE:
		return add_choice(a, c, f, p, e);
	case COLUMN_REF:
		return add_ref(a, x, c, f, p, e);
	case COLUMN_TEXT:
		return add_code(a, f, p, e);
	case COLUMN_FLAG:
		return add_flag(a, f, p, e);
	default:
		return add_number(a, c, f, p, e);
	}
}

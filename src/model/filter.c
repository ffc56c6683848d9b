/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recursive descent over the text; every error knows its byte. */
#include "model/filter.h"

#include <string.h>

#include "base/i18n.h"
#include "model/filter_parts.h"
#include "text/word.h"

#define TEXT_MOST 4096
#define DEPTH_MOST 40
#define PREDICATE_DEPTH_MOST 8

static const struct filter *parse_or(struct filter_parser *p);

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct filter_parser *p)
{
	while (p->s < p->end && is_blank(*p->s))
		p->s++;
}

static bool is_at(const struct filter_parser *p, char c)
{
	return p->s < p->end && *p->s == c;
}

/* Takes a whole word, in any case. */
static bool take_keyword(struct filter_parser *p, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(p->end - p->s) < n || strncasecmp(p->s, word, n) != 0)
		return false;
	if (p->s + n < p->end && !is_blank(p->s[n]) && p->s[n] != '(')
		return false;
	p->s += n;
	return true;
}

/* From the opening quote on. */
static int take_quoted(struct filter_parser *p, struct filter_piece *out)
{
	const char *open = p->s++;
	const char *close = memchr(p->s, '"', (size_t)(p->end - p->s));
	if (!close) {
		err_set(p->error, ERR_USAGE, _("a quote is not closed"));
		filter_fail(p, open);
		return -1;
	}
	*out = (struct filter_piece){p->s, (size_t)(close - p->s), true};
	p->s = close + 1;
	return 0;
}

static const struct filter *parse_phrase(struct filter_parser *p)
{
	struct filter_piece piece;
	if (take_quoted(p, &piece) < 0)
		return NULL;
	bool star = is_at(p, '*');
	p->s += star;
	return filter_words(p, FILTER_ANY_TEXT, piece, star);
}

/* "0912 345 678" is one word: goes on to where a number that begins here ends. */
static void take_number(struct filter_parser *p, const char *start)
{
	size_t n = (size_t)(p->end - start);
	bool star = n && start[n - 1] == '*';
	struct fold_token t;
	size_t taken = word_number(start, n - star, star, &t);
	if (taken && start + taken > p->s)
		p->s = start + taken + (star && taken == n - star);
}

static const struct filter *parse_free_word(struct filter_parser *p)
{
	const char *start = p->s;
	while (p->s < p->end && !is_blank(*p->s) && !strchr("()|\"", *p->s))
		p->s++;
	take_number(p, start);
	struct filter_piece piece = {start, (size_t)(p->s - start), false};
	bool star = filter_drop_star(&piece);
	return filter_words(p, FILTER_ANY_TEXT, piece, star);
}

/* --- values --- */

/* One value of a list, or one end of a range. */
static int take_value(struct filter_parser *p, struct filter_piece *v)
{
	if (is_at(p, '"'))
		return take_quoted(p, v);
	const char *start = p->s;
	while (p->s < p->end && !is_blank(*p->s) && !strchr(",()|\"", *p->s) &&
	       !(p->s[0] == '.' && p->s + 1 < p->end && p->s[1] == '.'))
		p->s++;
	*v = (struct filter_piece){start, (size_t)(p->s - start), false};
	return 0;
}

static bool take_dots(struct filter_parser *p)
{
	if (p->end - p->s < 2 || p->s[0] != '.' || p->s[1] != '.')
		return false;
	p->s += 2;
	return true;
}

/* The ends of a range of times stand for points, not for ages: "1h..2h" goes either way. */
static const struct filter *range(struct filter_parser *p, int field, struct filter_piece from)
{
	struct filter_piece to;
	if (take_value(p, &to) < 0)
		return NULL;
	if (from.n == 0 && to.n == 0) {
		err_set(p->error, ERR_USAGE, _("a range needs at least one end"));
		return filter_fail(p, p->s);
	}
	const struct filter *a = NULL, *b = NULL;
	if (from.n && !(a = filter_compare_with(p, field, FILTER_GREATER_EQUAL, from)))
		return NULL;
	if (to.n && !(b = filter_compare_with(p, field, FILTER_LESS_EQUAL, to)))
		return NULL;
	return a && b ? filter_both(p, a, b) : a ? a : b;
}

static const struct filter *value_list(struct filter_parser *p, int field)
{
	const struct filter *all = NULL;
	do {
		struct filter_piece v;
		const char *start = p->s;
		if (take_value(p, &v) < 0)
			return NULL;
		const struct filter *f;
		if (take_dots(p)) {
			f = range(p, field, v);
		} else if (v.n == 0) {
			err_set(p->error, ERR_USAGE, _("a value is missing"));
			return filter_fail(p, start);
		} else {
			f = filter_one_value(p, field, v);
		}
		if (!f || !(all = filter_join(p, all, f)))
			return NULL;
	} while (is_at(p, ',') && p->s++);
	return all;
}

/* --- predicates --- */

static const struct filter *expand(struct filter_parser *p, const struct predicate *is,
				   const char *where)
{
	if (++p->predicates > PREDICATE_DEPTH_MOST) {
		err_set(p->error, ERR_USAGE, _("'is:%s' refers to itself"), is->name);
		return filter_fail(p, where);
	}
	struct filter_parser inner = *p;
	inner.text = inner.s = is->filter;
	inner.end = is->filter + strlen(is->filter);
	const struct filter *f = parse_or(&inner);
	p->nodes = inner.nodes;
	p->predicates--;
	return f ? f : filter_fail(p, where);
}

static const struct filter *predicate(struct filter_parser *p, struct filter_piece v)
{
	const struct kind *k = p->context->kind;
	const struct predicate *is = filter_predicate(k, v.s, v.n);
	if (is && strcmp(is->name, "open") == 0 && !k->catalogue)
		return filter_node(p, FILTER_OPEN, NULL, NULL);
	if (is)
		return expand(p, is, v.s);
	const char *meant = filter_suggest_predicate(k, v.s, v.n);
	if (meant)
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'; did you mean 'is:%s'?"), (int)v.n,
			v.s, meant);
	else
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'"), (int)v.n, v.s);
	return filter_fail(p, v.s);
}

static const struct filter *predicate_list(struct filter_parser *p)
{
	const struct filter *all = NULL;
	do {
		struct filter_piece v;
		if (take_value(p, &v) < 0)
			return NULL;
		const struct filter *f = predicate(p, v);
		if (!f || !(all = filter_join(p, all, f)))
			return NULL;
	} while (is_at(p, ',') && p->s++);
	return all;
}

/* --- structure --- */

/* Where a name and an operator stand at s: the length of the name, else 0. */
static size_t name_length(const struct filter_parser *p)
{
	const char *s = p->s;
	while (s < p->end && !is_blank(*s) && !strchr("()|\":<>=,*!", *s))
		s++;
	if (s == p->s || s == p->end || !strchr(":<>=", *s))
		return 0;
	/* 19:42 and 2026-11-21T08:00 are words. */
	return *p->s >= '0' && *p->s <= '9' ? 0 : (size_t)(s - p->s);
}

static const struct filter *unknown_field(struct filter_parser *p, const char *s, size_t n)
{
	const char *meant = filter_suggest_field(p->context->kind, s, n);
	if (meant)
		err_set(p->error, ERR_USAGE,
			_("no field '%.*s'; did you mean '%s'? (in quotes it is searched for)"),
			(int)n, s, meant);
	else
		err_set(p->error, ERR_USAGE,
			_("no field '%.*s' (in quotes it is searched for)"), (int)n, s);
	return filter_fail(p, s);
}

static bool take_operator(struct filter_parser *p, enum filter_compare *how)
{
	char c = *p->s++;
	bool equal = is_at(p, '=');
	if (c == ':')
		return false;
	p->s += equal;
	*how = c == '='   ? FILTER_EQUAL
	       : c == '<' ? (equal ? FILTER_LESS_EQUAL : FILTER_LESS)
			  : (equal ? FILTER_GREATER_EQUAL : FILTER_GREATER);
	return true;
}

static const struct filter *parse_field(struct filter_parser *p, size_t n)
{
	const char *name = p->s;
	int field = filter_field(p->context->kind, name, n);
	if (field == FILTER_NO_FIELD)
		return unknown_field(p, name, n);
	p->s += n;
	enum filter_compare how;
	bool compares = take_operator(p, &how);
	if (field == FILTER_IS) {
		if (!compares)
			return predicate_list(p);
		err_set(p->error, ERR_USAGE, _("'is' takes a colon"));
		return filter_fail(p, name);
	}
	if (!compares)
		return value_list(p, field);
	struct filter_piece v;
	const char *start = p->s;
	if (take_value(p, &v) < 0)
		return NULL;
	if (v.n == 0) {
		err_set(p->error, ERR_USAGE, _("a value is missing"));
		return filter_fail(p, start);
	}
	return filter_compare_with(p, field, how, v);
}

static const struct filter *parse_group(struct filter_parser *p)
{
	const char *open = p->s++;
	if (++p->depth > DEPTH_MOST) {
		err_set(p->error, ERR_USAGE, _("too many parentheses"));
		return filter_fail(p, open);
	}
	const struct filter *f = parse_or(p);
	p->depth--;
	if (!f)
		return NULL;
	skip_blanks(p);
	if (!is_at(p, ')')) {
		err_set(p->error, ERR_USAGE, _("a parenthesis is not closed"));
		return filter_fail(p, open);
	}
	p->s++;
	return f;
}

static const struct filter *parse_primary(struct filter_parser *p)
{
	if (p->s == p->end || *p->s == ')' || *p->s == '|') {
		err_set(p->error, ERR_USAGE, _("something is missing here"));
		return filter_fail(p, p->s);
	}
	if (*p->s == '(')
		return parse_group(p);
	if (*p->s == '"')
		return parse_phrase(p);
	size_t n = name_length(p);
	return n ? parse_field(p, n) : parse_free_word(p);
}

static const struct filter *parse_unary(struct filter_parser *p)
{
	bool not = false;
	for (;;) {
		bool sign = is_at(p, '-') || is_at(p, '!');
		p->s += sign;
		if (!sign && !take_keyword(p, "not"))
			break;
		skip_blanks(p);
		not = !not ;
	}
	const struct filter *f = parse_primary(p);
	return f && not ? filter_negate(p, f) : f;
}

static bool take_or(struct filter_parser *p)
{
	skip_blanks(p);
	if (is_at(p, '|')) {
		p->s++;
		return true;
	}
	return take_keyword(p, "or");
}

static bool at_or(struct filter_parser *p)
{
	struct filter_parser ahead = *p;
	return take_or(&ahead);
}

static const struct filter *parse_and(struct filter_parser *p)
{
	const struct filter *all = NULL;
	for (;;) {
		skip_blanks(p);
		if (all && (p->s == p->end || is_at(p, ')') || at_or(p)))
			return all;
		if (all && take_keyword(p, "and"))
			skip_blanks(p);
		const struct filter *f = parse_unary(p);
		if (!f || !(all = all ? filter_node(p, FILTER_AND, all, f) : f))
			return NULL;
	}
}

static const struct filter *parse_or(struct filter_parser *p)
{
	const struct filter *all = parse_and(p);
	while (all && take_or(p)) {
		const struct filter *f = parse_and(p);
		all = f ? filter_node(p, FILTER_OR, all, f) : NULL;
	}
	return all;
}

static const struct filter *parse_all(struct filter_parser *p)
{
	skip_blanks(p);
	if (p->s == p->end)
		return filter_node(p, FILTER_ALL, NULL, NULL);
	const struct filter *f = parse_or(p);
	if (f && p->s < p->end) {
		err_set(p->error, ERR_USAGE, _("a parenthesis was never opened"));
		return filter_fail(p, p->s);
	}
	return f;
}

const struct filter *filter_parse(struct arena *a, const struct filter_context *c,
				  const char *text, size_t *at, struct err *e)
{
	struct err own = ERR_INIT;
	struct filter_parser p = {.arena = a, .context = c, .error = e ? e : &own};
	p.text = p.s = text ? text : "";
	size_t n = strlen(p.s);
	p.end = p.s + n;
	const struct filter *f = NULL;
	if (n > TEXT_MOST)
		err_set(p.error, ERR_USAGE, _("the filter is too long"));
	else
		f = parse_all(&p);
	if (!f) {
		err_prefix(p.error, _("filter, at %zu"), p.error_at + 1);
		if (at)
			*at = p.error_at;
	}
	return f;
}

bool filter_implies_open(const struct filter *f, const struct kind *k)
{
	switch (f->op) {
	case FILTER_OPEN:
		return true;
	case FILTER_AND:
		return filter_implies_open(f->a, k) || filter_implies_open(f->b, k);
	case FILTER_OR:
		return filter_implies_open(f->a, k) && filter_implies_open(f->b, k);
	case FILTER_IN:
		if (f->column != COL_STATE || k->catalogue)
			return false;
		for (size_t i = 0; i < f->count; i++)
			if (!kind_state_is_open(k, f->values[i].s))
				return false;
		return true;
	default:
		return false;
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recursive descent over the text; every error knows its byte. */
#include "model/filter.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "model/filter_parts.h"
#include "text/fold.h"

#define TEXT_MOST 4096
#define DEPTH_MOST 40
#define NODES_MOST 600
#define PREDICATE_DEPTH_MOST 8

struct parser {
	struct arena *arena;
	const struct filter_context *context;
	const char *text, *s, *end;
	unsigned depth, nodes, predicates;
	size_t error_at;
	struct err *error;
};

static const struct filter *parse_or(struct parser *p);

static struct filter *fail(struct parser *p, const char *where)
{
	p->error_at = (size_t)(where - p->text);
	return NULL;
}

static struct filter *node(struct parser *p, enum filter_op op, const struct filter *a,
			   const struct filter *b)
{
	if (++p->nodes > NODES_MOST) {
		err_set(p->error, ERR_USAGE, _("the filter is too long"));
		return fail(p, p->s);
	}
	struct filter *f = arena_zero(p->arena, sizeof *f);
	*f = (struct filter){.op = op, .a = a, .b = b, .column = FILTER_ANY_TEXT};
	return f;
}

static struct filter *negate(struct parser *p, const struct filter *f)
{
	return f ? node(p, FILTER_NOT, f, NULL) : NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct parser *p)
{
	while (p->s < p->end && is_blank(*p->s))
		p->s++;
}

static bool is_at(const struct parser *p, char c)
{
	return p->s < p->end && *p->s == c;
}

/* Takes a whole word, in any case. */
static bool take_keyword(struct parser *p, const char *word)
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
static int take_quoted(struct parser *p, struct filter_piece *out)
{
	const char *open = p->s++;
	const char *close = memchr(p->s, '"', (size_t)(p->end - p->s));
	if (!close) {
		err_set(p->error, ERR_USAGE, _("a quote is not closed"));
		fail(p, open);
		return -1;
	}
	*out = (struct filter_piece){p->s, (size_t)(close - p->s), true};
	p->s = close + 1;
	return 0;
}

/* --- words --- */

/* The folded tokens with one blank between them; "" where there is none. */
static const char *fold_words(struct parser *p, struct filter_piece piece)
{
	struct strbuf b = STRBUF_INIT;
	struct fold_token t;
	size_t at = 0;
	while (fold_next_token(piece.s, piece.n, &at, &t)) {
		if (b.len)
			strbuf_addc(&b, ' ');
		strbuf_add(&b, t.text, t.n);
	}
	const char *words = arena_memdup(p->arena, b.s, b.len);
	strbuf_free(&b);
	return words;
}

/* Punctuation alone narrows nothing. */
static const struct filter *words(struct parser *p, int column, struct filter_piece piece,
				  bool prefix)
{
	const char *folded = fold_words(p, piece);
	struct filter *f = node(p, *folded ? FILTER_WORDS : FILTER_ALL, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->words = folded;
	f->prefix = prefix;
	return f;
}

static bool drop_star(struct filter_piece *piece)
{
	if (piece->quoted || piece->n == 0 || piece->s[piece->n - 1] != '*')
		return false;
	piece->n--;
	return true;
}

static const struct filter *parse_phrase(struct parser *p)
{
	struct filter_piece piece;
	if (take_quoted(p, &piece) < 0)
		return NULL;
	bool star = is_at(p, '*');
	p->s += star;
	return words(p, FILTER_ANY_TEXT, piece, star);
}

static const struct filter *parse_free_word(struct parser *p)
{
	const char *start = p->s;
	while (p->s < p->end && !is_blank(*p->s) && !strchr("()|\"", *p->s))
		p->s++;
	struct filter_piece piece = {start, (size_t)(p->s - start), false};
	bool star = drop_star(&piece);
	return words(p, FILTER_ANY_TEXT, piece, star);
}

/* --- fields --- */

static bool is_time(const struct column *c)
{
	return c->type == COLUMN_TIME || c->type == COLUMN_DEADLINE;
}

static const struct column *column_of(const struct parser *p, int field)
{
	return field < 0 ? NULL : &p->context->kind->columns[field];
}

static const struct filter *compare_int(struct parser *p, int column, enum filter_compare how,
					int64_t i)
{
	struct filter *f = node(p, FILTER_COMPARE, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->compare = how;
	f->values = arena_zero(p->arena, sizeof *f->values);
	*f->values = (struct value){.set = true, .i = i};
	f->count = 1;
	return f;
}

static const struct filter *both(struct parser *p, const struct filter *a,
				 const struct filter *b)
{
	return a && b ? node(p, FILTER_AND, a, b) : NULL;
}

/* "created_at<1h": the age of what was, the time left of what will be. */
static const struct filter *compare_age(struct parser *p, int column, enum filter_compare how,
					int64_t length)
{
	static const enum filter_compare turned[] = {
		[FILTER_LESS] = FILTER_GREATER,
		[FILTER_LESS_EQUAL] = FILTER_GREATER_EQUAL,
		[FILTER_GREATER] = FILTER_LESS,
		[FILTER_GREATER_EQUAL] = FILTER_LESS_EQUAL,
		[FILTER_EQUAL] = FILTER_GREATER_EQUAL, /* created_at:1h, within it */
	};
	int64_t now = p->context->now;
	if (column_of(p, column)->type == COLUMN_TIME)
		return compare_int(p, column, turned[how], now - length);
	return compare_int(p, column, how == FILTER_EQUAL ? FILTER_LESS_EQUAL : how,
			   now + length);
}

static const struct filter *compare_time(struct parser *p, int column, enum filter_compare how,
					 struct filter_piece v)
{
	struct filter_span t;
	if (filter_time(v.s, v.n, p->context->now, &t) < 0) {
		err_set(p->error, ERR_USAGE,
			_("'%.*s' is no time; try 4h, today, 21/11/2026 or 2026-11-21T08:00"),
			(int)v.n, v.s);
		return fail(p, v.s);
	}
	if (t.relative)
		return compare_age(p, column, how, t.start);
	switch (how) {
	case FILTER_LESS:
	case FILTER_GREATER_EQUAL:
		return compare_int(p, column, how, t.start);
	case FILTER_LESS_EQUAL:
		return compare_int(p, column, FILTER_LESS, t.end);
	case FILTER_GREATER:
		return compare_int(p, column, FILTER_GREATER_EQUAL, t.end);
	default:
		return both(p, compare_int(p, column, FILTER_GREATER_EQUAL, t.start),
			    compare_int(p, column, FILTER_LESS, t.end));
	}
}

static bool comparable(const struct column *a, const struct column *b)
{
	return a->type == b->type || (is_time(a) && is_time(b)) ||
	       (a->type != COLUMN_TEXT && b->type != COLUMN_TEXT && !is_time(a) &&
		!is_time(b) && a->type != COLUMN_REF && b->type != COLUMN_REF);
}

static const struct filter *compare_columns(struct parser *p, int column, int other,
					    enum filter_compare how)
{
	struct filter *f = node(p, FILTER_COLUMNS, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->other = other;
	f->compare = how;
	return f;
}

static const struct filter *compare(struct parser *p, int column, enum filter_compare how,
				    struct filter_piece v)
{
	const struct column *c = column_of(p, column);
	int other = v.quoted ? FILTER_NO_FIELD : filter_field(p->context->kind, v.s, v.n);
	if (c && other >= 0 && other != column && comparable(c, column_of(p, other)))
		return compare_columns(p, column, other, how);
	if (c && is_time(c))
		return compare_time(p, column, how, v);
	struct filter *f = node(p, FILTER_COMPARE, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->compare = how;
	if (filter_add_value(p->arena, p->context, f, v, p->error) < 0)
		return fail(p, v.s);
	/* A code with several spellings or meanings has no order: the last is as typed. */
	f->values += f->count - 1;
	f->count = 1;
	return f;
}

/* One value of a list, or one end of a range. */
static int take_value(struct parser *p, struct filter_piece *v)
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

static bool take_dots(struct parser *p)
{
	if (p->end - p->s < 2 || p->s[0] != '.' || p->s[1] != '.')
		return false;
	p->s += 2;
	return true;
}

static bool is_word(struct filter_piece v, const char *word)
{
	return !v.quoted && v.n == strlen(word) && strncasecmp(v.s, word, v.n) == 0;
}

/* The ends of a range of times stand for points, not for ages: "1h..2h" goes either way. */
static const struct filter *range(struct parser *p, int field, struct filter_piece from)
{
	struct filter_piece to;
	if (take_value(p, &to) < 0)
		return NULL;
	if (from.n == 0 && to.n == 0) {
		err_set(p->error, ERR_USAGE, _("a range needs at least one end"));
		return fail(p, p->s);
	}
	const struct filter *a = NULL, *b = NULL;
	if (from.n && !(a = compare(p, field, FILTER_GREATER_EQUAL, from)))
		return NULL;
	if (to.n && !(b = compare(p, field, FILTER_LESS_EQUAL, to)))
		return NULL;
	return a && b ? both(p, a, b) : a ? a : b;
}

static const struct filter *set(struct parser *p, int field, bool wanted)
{
	struct filter *f = node(p, FILTER_SET, NULL, NULL);
	if (!f)
		return NULL;
	f->column = field;
	return wanted ? f : negate(p, f);
}

/* Codes are compared whole, other texts are searched for the words. */
static bool is_searched_text(const struct parser *p, int field, bool star)
{
	const struct column *c = column_of(p, field);
	return c && c->type == COLUMN_TEXT && (star || !(c->flags & COLUMN_INDEXED));
}

static const struct filter *one_value(struct parser *p, int field, struct filter_piece v)
{
	bool star = drop_star(&v);
	const struct column *c = column_of(p, field);
	if (is_searched_text(p, field, star))
		return words(p, field, v, star);
	if (c && is_time(c))
		return compare_time(p, field, FILTER_EQUAL, v);
	struct filter *f = node(p, FILTER_IN, NULL, NULL);
	if (!f)
		return NULL;
	f->column = field;
	if (filter_add_value(p->arena, p->context, f, v, p->error) < 0)
		return fail(p, v.s);
	return f;
}

/* Lists of plain values become one question. */
static const struct filter *join(struct parser *p, const struct filter *a,
				 const struct filter *b)
{
	if (!a || !b)
		return b;
	if (a->op != FILTER_IN || b->op != FILTER_IN)
		return node(p, FILTER_OR, a, b);
	struct filter *f = node(p, FILTER_IN, NULL, NULL);
	if (!f)
		return NULL;
	f->column = a->column;
	f->count = a->count + b->count;
	f->values = arena_alloc(p->arena, f->count * sizeof *f->values);
	memcpy(f->values, a->values, a->count * sizeof *f->values);
	memcpy(f->values + a->count, b->values, b->count * sizeof *f->values);
	return f;
}

static const struct filter *value_or_word(struct parser *p, int field, struct filter_piece v)
{
	if (is_word(v, "none") || is_word(v, "trong"))
		return set(p, field, false);
	if (is_word(v, "any") || is_word(v, "*"))
		return set(p, field, true);
	return one_value(p, field, v);
}

static const struct filter *value_list(struct parser *p, int field)
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
			return fail(p, start);
		} else {
			f = value_or_word(p, field, v);
		}
		if (!f || !(all = join(p, all, f)))
			return NULL;
	} while (is_at(p, ',') && p->s++);
	return all;
}

/* --- predicates --- */

static const struct filter *expand(struct parser *p, const struct predicate *is,
				   const char *where)
{
	if (++p->predicates > PREDICATE_DEPTH_MOST) {
		err_set(p->error, ERR_USAGE, _("'is:%s' refers to itself"), is->name);
		return fail(p, where);
	}
	struct parser inner = *p;
	inner.text = inner.s = is->filter;
	inner.end = is->filter + strlen(is->filter);
	const struct filter *f = parse_or(&inner);
	p->nodes = inner.nodes;
	p->predicates--;
	return f ? f : fail(p, where);
}

static const struct filter *predicate(struct parser *p, struct filter_piece v)
{
	const struct kind *k = p->context->kind;
	const struct predicate *is = filter_predicate(k, v.s, v.n);
	if (is && strcmp(is->name, "open") == 0 && !k->catalogue)
		return node(p, FILTER_OPEN, NULL, NULL);
	if (is)
		return expand(p, is, v.s);
	const char *meant = filter_suggest_predicate(k, v.s, v.n);
	if (meant)
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'; did you mean 'is:%s'?"), (int)v.n,
			v.s, meant);
	else
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'"), (int)v.n, v.s);
	return fail(p, v.s);
}

static const struct filter *predicate_list(struct parser *p)
{
	const struct filter *all = NULL;
	do {
		struct filter_piece v;
		if (take_value(p, &v) < 0)
			return NULL;
		const struct filter *f = predicate(p, v);
		if (!f || !(all = join(p, all, f)))
			return NULL;
	} while (is_at(p, ',') && p->s++);
	return all;
}

/* --- structure --- */

/* Where a name and an operator stand at s: the length of the name, else 0. */
static size_t name_length(const struct parser *p)
{
	const char *s = p->s;
	while (s < p->end && !is_blank(*s) && !strchr("()|\":<>=,*!", *s))
		s++;
	if (s == p->s || s == p->end || !strchr(":<>=", *s))
		return 0;
	/* 19:42 and 2026-11-21T08:00 are words. */
	return *p->s >= '0' && *p->s <= '9' ? 0 : (size_t)(s - p->s);
}

static const struct filter *unknown_field(struct parser *p, const char *s, size_t n)
{
	const char *meant = filter_suggest_field(p->context->kind, s, n);
	if (meant)
		err_set(p->error, ERR_USAGE,
			_("no field '%.*s'; did you mean '%s'? (in quotes it is searched for)"),
			(int)n, s, meant);
	else
		err_set(p->error, ERR_USAGE,
			_("no field '%.*s' (in quotes it is searched for)"), (int)n, s);
	return fail(p, s);
}

static bool take_operator(struct parser *p, enum filter_compare *how)
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

static const struct filter *parse_field(struct parser *p, size_t n)
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
		return fail(p, name);
	}
	if (!compares)
		return value_list(p, field);
	struct filter_piece v;
	const char *start = p->s;
	if (take_value(p, &v) < 0)
		return NULL;
	if (v.n == 0) {
		err_set(p->error, ERR_USAGE, _("a value is missing"));
		return fail(p, start);
	}
	return compare(p, field, how, v);
}

static const struct filter *parse_group(struct parser *p)
{
	const char *open = p->s++;
	if (++p->depth > DEPTH_MOST) {
		err_set(p->error, ERR_USAGE, _("too many parentheses"));
		return fail(p, open);
	}
	const struct filter *f = parse_or(p);
	p->depth--;
	if (!f)
		return NULL;
	skip_blanks(p);
	if (!is_at(p, ')')) {
		err_set(p->error, ERR_USAGE, _("a parenthesis is not closed"));
		return fail(p, open);
	}
	p->s++;
	return f;
}

static const struct filter *parse_primary(struct parser *p)
{
	if (p->s == p->end || *p->s == ')' || *p->s == '|') {
		err_set(p->error, ERR_USAGE, _("something is missing here"));
		return fail(p, p->s);
	}
	if (*p->s == '(')
		return parse_group(p);
	if (*p->s == '"')
		return parse_phrase(p);
	size_t n = name_length(p);
	return n ? parse_field(p, n) : parse_free_word(p);
}

static const struct filter *parse_unary(struct parser *p)
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
	return f && not ? negate(p, f) : f;
}

static bool take_or(struct parser *p)
{
	skip_blanks(p);
	if (is_at(p, '|')) {
		p->s++;
		return true;
	}
	return take_keyword(p, "or");
}

static bool at_or(struct parser *p)
{
	struct parser ahead = *p;
	return take_or(&ahead);
}

static const struct filter *parse_and(struct parser *p)
{
	const struct filter *all = NULL;
	for (;;) {
		skip_blanks(p);
		if (all && (p->s == p->end || is_at(p, ')') || at_or(p)))
			return all;
		if (all && take_keyword(p, "and"))
			skip_blanks(p);
		const struct filter *f = parse_unary(p);
		if (!f || !(all = all ? node(p, FILTER_AND, all, f) : f))
			return NULL;
	}
}

static const struct filter *parse_or(struct parser *p)
{
	const struct filter *all = parse_and(p);
	while (all && take_or(p)) {
		const struct filter *f = parse_and(p);
		all = f ? node(p, FILTER_OR, all, f) : NULL;
	}
	return all;
}

static const struct filter *parse_all(struct parser *p)
{
	skip_blanks(p);
	if (p->s == p->end)
		return node(p, FILTER_ALL, NULL, NULL);
	const struct filter *f = parse_or(p);
	if (f && p->s < p->end) {
		err_set(p->error, ERR_USAGE, _("a parenthesis was never opened"));
		return fail(p, p->s);
	}
	return f;
}

const struct filter *filter_parse(struct arena *a, const struct filter_context *c,
				  const char *text, size_t *at, struct err *e)
{
	struct err own = ERR_INIT;
	struct parser p = {.arena = a, .context = c, .error = e ? e : &own};
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recursive descent over the text; every error knows its byte. */
#include "model/filter.h"

#include <string.h>

#include "base/i18n.h"
#include "model/filter_parts.h"
#include "text/fold.h"
#include "text/utf8.h"
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

/* The word that stands here. */
static struct filter_piece next_word(const struct filter_parser *p)
{
	const char *s = p->s;
	while (s < p->end && !is_blank(*s) && *s != '(')
		s++;
	return (struct filter_piece){p->s, (size_t)(s - p->s), false};
}

/* Takes a whole word, in any case. */
static bool take_keyword(struct filter_parser *p, const char *word)
{
	struct filter_piece next = next_word(p);
	if (next.n != strlen(word) || strncasecmp(next.s, word, next.n) != 0)
		return false;
	p->s += next.n;
	return true;
}

/* The same of a Vietnamese word, given folded. */
static bool take_folded(struct filter_parser *p, const char *folded)
{
	struct filter_piece next = next_word(p);
	if (next.n > 3 * strlen(folded) || !fold_equal(next.s, next.n, folded))
		return false;
	p->s += next.n;
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

#define RUN_MOST 6 /* words that one value may have without quotes */

static const char *skip_value(const struct filter_parser *p, const char *s)
{
	while (s < p->end && !is_blank(*s) && !strchr(",()|\"", *s) &&
	       !(s[0] == '.' && s + 1 < p->end && s[1] == '.'))
		s++;
	return s;
}

/* "due_at<now" is no word of a value. */
static bool is_comparison(const char *s, const char *end)
{
	return s + strcspn(s, "<>=") < end;
}

/* Where the longest run of words ends that is one value: "đang xử lý", "21/11 08:00". */
static const char *run_end(const struct filter_parser *p, int field, const char *end)
{
	const char *start = p->s, *s = end;
	for (int i = 1; i < RUN_MOST; i++) {
		const char *word = s;
		while (word < p->end && is_blank(*word))
			word++;
		s = skip_value(p, word);
		if (s == word || word == end || is_comparison(word, s))
			break;
		if (filter_is_value(p->context, field, start, (size_t)(s - start)))
			end = s;
	}
	return end;
}

/* One value of a list, or one end of a range. */
static int take_value(struct filter_parser *p, int field, struct filter_piece *v)
{
	if (is_at(p, '"'))
		return take_quoted(p, v);
	const char *end = skip_value(p, p->s);
	if (end > p->s)
		end = run_end(p, field, end);
	*v = (struct filter_piece){p->s, (size_t)(end - p->s), false};
	p->s = end;
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
	const char *start = from.s;
	if (take_value(p, field, &to) < 0)
		return NULL;
	if (field == FILTER_PLATE) {
		err_set(p->error, ERR_USAGE, _("plates have no range"));
		return filter_fail(p, start);
	}
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

static const struct filter *value_list(struct filter_parser *p, int field, bool exact)
{
	const struct filter *all = NULL;
	do {
		struct filter_piece v;
		const char *start = p->s;
		if (take_value(p, field, &v) < 0)
			return NULL;
		const struct filter *f;
		if (take_dots(p)) {
			f = range(p, field, v);
		} else if (v.n == 0) {
			err_set(p->error, ERR_USAGE, _("a value is missing"));
			return filter_fail(p, start);
		} else {
			f = filter_one_value(p, field, v, exact);
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

static const struct filter *no_predicate(struct filter_parser *p, struct filter_piece v)
{
	const struct kind *k = p->context->kind;
	const char *meant = NULL, *end = v.s + v.n;
	for (int words = 0; words < 3 && !meant; words++) { /* "quá hạm" */
		meant = filter_suggest_predicate(k, v.s, (size_t)(end - v.s));
		if (meant)
			v.n = (size_t)(end - v.s);
		end = filter_next_word(p, end);
	}
	struct strbuf known = STRBUF_INIT;
	for (const struct predicate *is = k->predicates; is && is->name; is++)
		filter_add_known(&known, is->name, is->label);
	if (v.n == 0)
		err_set(p->error, ERR_USAGE, _("is what? There are %s"), known.s);
	else if (meant)
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'; did you mean 'is:%s'?"), (int)v.n,
			v.s, meant);
	else if (known.len)
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'; there are %s"), (int)v.n, v.s,
			known.s);
	else
		err_set(p->error, ERR_USAGE, _("no 'is:%.*s'"), (int)v.n, v.s);
	strbuf_free(&known);
	return filter_fail(p, v.s);
}

static const struct filter *predicate(struct filter_parser *p, struct filter_piece v)
{
	const struct kind *k = p->context->kind;
	const struct predicate *is = filter_predicate(k, v.s, v.n);
	if (is && strcmp(is->name, "open") == 0 && !k->catalogue)
		return filter_node(p, FILTER_OPEN, NULL, NULL);
	if (is)
		return expand(p, is, v.s);
	return no_predicate(p, v);
}

static const struct filter *predicate_list(struct filter_parser *p)
{
	const struct filter *all = NULL;
	do {
		struct filter_piece v;
		if (take_value(p, FILTER_IS, &v) < 0)
			return NULL;
		const struct filter *f = predicate(p, v);
		if (!f || !(all = filter_join(p, all, f)))
			return NULL;
	} while (is_at(p, ',') && p->s++);
	return all;
}

/* --- structure --- */

#define NAME_WORDS_MOST 5

static bool at_operator(const struct filter_parser *p, const char *s)
{
	return s < p->end &&
	       (strchr(":<>=", *s) || (*s == '!' && s + 1 < p->end && s[1] == '='));
}

/* Where a name and an operator stand at s: the length of the name, else 0.  Several words are
 * a name where they are known as one: "trạng thái:". */
size_t filter_name_length(const struct filter_parser *p)
{
	const char *s = p->s;
	/* 19:42 and 2026-11-21T08:00 are words. */
	if (s == p->end || (*s >= '0' && *s <= '9'))
		return 0;
	for (int words = 1; words <= NAME_WORDS_MOST; words++) {
		const char *word = s;
		while (s < p->end && !is_blank(*s) && !strchr("()|\":<>=,*!", *s))
			s++;
		size_t n = (size_t)(s - p->s);
		if (s == word)
			return 0;
		if (at_operator(p, s))
			return words == 1 || filter_field(p->context->kind, p->s, n) !=
						       FILTER_NO_FIELD
				       ? n
				       : 0;
		if (s == p->end || !is_blank(*s))
			return 0;
		while (s < p->end && is_blank(*s))
			s++;
	}
	return 0;
}

static const struct filter *unknown_field(struct filter_parser *p, const char *s, size_t n)
{
	const char *from = s;
	const char *meant = filter_suggest_field(p, &from, s + n);
	n += (size_t)(s - from);
	s = from;
	if (meant)
		err_set(p->error, ERR_USAGE,
			_("no field '%.*s'; did you mean '%s'? (in quotes it is searched for)"),
			(int)n, s, meant);
	else
		err_set(p->error, ERR_USAGE,
			_("no field '%.*s' (in quotes it is searched for)"), (int)n, s);
	return filter_fail(p, s);
}

enum relation { IS_ONE_OF, IS_EXACTLY, IS_NOT, COMPARES };

/* ":", ":=" and "=", "!=" and "<>", or "<" and the like in *how. */
static enum relation take_operator(struct filter_parser *p, enum filter_compare *how)
{
	char c = *p->s++;
	bool equal = is_at(p, '='), unequal = c == '<' && is_at(p, '>');
	p->s += equal || unequal;
	if (unequal)
		return IS_NOT;
	if (c == ':')
		return equal ? IS_EXACTLY : IS_ONE_OF;
	if (c == '!')
		return IS_NOT;
	if (c == '=')
		return IS_EXACTLY;
	*how = c == '<' ? (equal ? FILTER_LESS_EQUAL : FILTER_LESS)
			: (equal ? FILTER_GREATER_EQUAL : FILTER_GREATER);
	return COMPARES;
}

static const struct filter *compare(struct filter_parser *p, int field, enum filter_compare how)
{
	struct filter_piece v;
	const char *start = p->s;
	if (take_value(p, field, &v) < 0)
		return NULL;
	if (v.n)
		return filter_compare_with(p, field, how, v);
	err_set(p->error, ERR_USAGE, _("a value is missing"));
	return filter_fail(p, start);
}

/* "closed_at=due_at"; else the values behind "=". */
static const struct filter *equals(struct filter_parser *p, int field)
{
	struct filter_parser ahead = *p;
	struct filter_piece v;
	struct err none = ERR_INIT;
	ahead.error = &none;
	if (take_value(&ahead, field, &v) < 0 || v.quoted || v.n == 0 ||
	    filter_field(p->context->kind, v.s, v.n) < 0)
		return value_list(p, field, true);
	return compare(p, field, FILTER_EQUAL);
}

/* "is" and "near" are no columns: they have but one way to be asked. */
static const struct filter *colon_only(struct filter_parser *p, int field, const char *name,
				       enum relation relation)
{
	if (relation == IS_ONE_OF)
		return field == FILTER_IS ? predicate_list(p) : filter_near(p);
	err_set(p->error, ERR_USAGE, _("'%s' takes a colon"),
		field == FILTER_IS ? "is" : "near");
	return filter_fail(p, name);
}

static const struct filter *parse_field(struct filter_parser *p, size_t n)
{
	const char *name = p->s;
	int field = filter_field(p->context->kind, name, n);
	if (field == FILTER_NO_FIELD)
		return unknown_field(p, name, n);
	p->s += n;
	enum filter_compare how = FILTER_EQUAL;
	enum relation relation = take_operator(p, &how);
	if (field == FILTER_IS || field == FILTER_NEAR_TO)
		return colon_only(p, field, name, relation);
	switch (relation) {
	case IS_ONE_OF:
		return value_list(p, field, false);
	case IS_EXACTLY:
		return equals(p, field);
	case IS_NOT:
		return filter_negate(p, equals(p, field));
	case COMPARES:
		break;
	}
	if (field != FILTER_PLATE)
		return compare(p, field, how);
	err_set(p->error, ERR_USAGE, _("'%s' takes a colon"), "plate");
	return filter_fail(p, name);
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
	size_t n = filter_name_length(p);
	return n ? parse_field(p, n) : parse_free_word(p);
}

/* "không" is often a word like any other: it negates fields and groups only, or everything
 * where it is written in capitals. */
static bool take_khong(struct filter_parser *p)
{
	struct filter_parser ahead = *p;
	bool capitals = memcmp(ahead.s, "KH", ahead.end - ahead.s < 2 ? 0 : 2) == 0 &&
			ahead.end - ahead.s > 2;
	if (!take_folded(&ahead, "khong"))
		return false;
	skip_blanks(&ahead);
	if (ahead.s == ahead.end ||
	    (!capitals && *ahead.s != '(' && !filter_name_length(&ahead)))
		return false;
	p->s = ahead.s;
	return true;
}

static const struct filter *parse_unary(struct filter_parser *p)
{
	bool not = false;
	for (;;) {
		bool sign = is_at(p, '-') || is_at(p, '!');
		p->s += sign;
		if (!sign && !take_keyword(p, "not") && !take_khong(p))
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
	return take_keyword(p, "or") || take_folded(p, "hoac");
}

/* Without its accent it is another word: "va chạm". */
static bool take_and(struct filter_parser *p)
{
	return take_keyword(p, "and") || take_keyword(p, "và") || take_keyword(p, "VÀ");
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
		if (all && take_and(p))
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

size_t filter_character(const char *text, size_t at)
{
	struct utf8_cluster c;
	size_t n = strlen(text), count = 1;
	for (size_t i = 0; i < at && i < n; count++)
		i += utf8_next(text + i, n - i, &c);
	return count;
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
		err_prefix(p.error, _("filter, at %zu"), filter_character(p.text, p.error_at));
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one field and one value mean, as nodes of the filter. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "model/filter_parts.h"
#include "text/accent.h"
#include "text/word.h"

#define NODES_MOST 600

struct filter *filter_fail(struct filter_parser *p, const char *where)
{
	p->error_at = (size_t)(where - p->text);
	return NULL;
}

struct filter *filter_node(struct filter_parser *p, enum filter_op op, const struct filter *a,
			   const struct filter *b)
{
	if (++p->nodes > NODES_MOST) {
		err_set(p->error, ERR_USAGE, _("the filter is too long"));
		return filter_fail(p, p->s);
	}
	struct filter *f = arena_zero(p->arena, sizeof *f);
	*f = (struct filter){.op = op, .a = a, .b = b, .column = FILTER_ANY_TEXT};
	return f;
}

const struct filter *filter_negate(struct filter_parser *p, const struct filter *f)
{
	return f ? filter_node(p, FILTER_NOT, f, NULL) : NULL;
}

/* The tokens of a text with one blank between, folded and as they were typed. */
struct words {
	struct strbuf folded, typed;
	bool accents;
};

static void add_word(struct words *w, const struct fold_token *t, const char *s, size_t n)
{
	if (w->folded.len) {
		strbuf_addc(&w->folded, ' ');
		strbuf_addc(&w->typed, ' ');
	}
	strbuf_add(&w->folded, t->text, t->n);
	strbuf_add(&w->typed, s, n);
	w->accents |= accent_typed(s, n);
}

/* A plate or phone number is one word, however it is written. */
static void read_words(struct words *w, struct filter_piece piece, bool prefix)
{
	struct fold_token t, next;
	size_t at = 0;
	if (word_number(piece.s, piece.n, prefix, &t) == piece.n && piece.n) {
		add_word(w, &t, t.text, t.n);
		return;
	}
	bool more = fold_next_token(piece.s, piece.n, &at, &next);
	while (more) {
		t = next;
		more = fold_next_token(piece.s, piece.n, &at, &next);
		if (more || !prefix)
			word_settle(&t);
		add_word(w, &t, piece.s + t.start, t.end - t.start);
	}
}

/* Punctuation alone narrows nothing. */
const struct filter *filter_words(struct filter_parser *p, int column,
				  struct filter_piece piece, bool prefix)
{
	struct words w = {STRBUF_INIT, STRBUF_INIT, false};
	read_words(&w, piece, prefix);
	struct filter *f = filter_node(p, w.folded.len ? FILTER_WORDS : FILTER_ALL, NULL, NULL);
	if (f) {
		f->column = column;
		f->words = arena_memdup(p->arena, w.folded.s, w.folded.len);
		if (w.accents)
			f->typed = arena_memdup(p->arena, w.typed.s, w.typed.len);
		f->prefix = prefix;
	}
	strbuf_free(&w.folded);
	strbuf_free(&w.typed);
	return f;
}

bool filter_drop_star(struct filter_piece *piece)
{
	if (piece->quoted || piece->n == 0 || piece->s[piece->n - 1] != '*')
		return false;
	piece->n--;
	return true;
}

static bool is_time(const struct column *c)
{
	return c->type == COLUMN_TIME || c->type == COLUMN_DEADLINE;
}

static const struct column *column_of(const struct filter_parser *p, int field)
{
	return field < 0 ? NULL : &p->context->kind->columns[field];
}

const struct filter *filter_at(struct filter_parser *p, int column, enum filter_compare how,
			       int64_t i)
{
	struct filter *f = filter_node(p, FILTER_COMPARE, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->compare = how;
	f->values = arena_zero(p->arena, sizeof *f->values);
	*f->values = (struct value){.set = true, .i = i};
	f->count = 1;
	return f;
}

const struct filter *filter_both(struct filter_parser *p, const struct filter *a,
				 const struct filter *b)
{
	return a && b ? filter_node(p, FILTER_AND, a, b) : NULL;
}

/* The instant so long after now; before it for what lies behind. */
static int from_now(struct filter_parser *p, const struct filter_span *length, bool back,
		    struct filter_piece v, int64_t *out)
{
	const struct filter_context *c = p->context;
	int64_t n = back ? -length->start : length->start;
	*out = c->now + n;
	if (length->by == SPAN_CLOCK)
		return 0;
	*out = c->work ? c->work(c->data, c->now, n, length->by == SPAN_WORK_DAYS) : CLOCK_NONE;
	if (*out == CLOCK_NONE && c->believes)
		*out = c->now;
	if (*out != CLOCK_NONE)
		return 0;
	err_set(p->error, ERR_USAGE,
		_("'%.*s' is working time, and no calendar is known here; try 4h or 2d"),
		(int)v.n, v.s);
	filter_fail(p, v.s);
	return -1;
}

/* "created_at<1h": the age of what was, the time left of what will be. */
static const struct filter *compare_age(struct filter_parser *p, int column,
					enum filter_compare how,
					const struct filter_span *length, struct filter_piece v)
{
	static const enum filter_compare turned[] = {
		[FILTER_LESS] = FILTER_GREATER,
		[FILTER_LESS_EQUAL] = FILTER_GREATER_EQUAL,
		[FILTER_GREATER] = FILTER_LESS,
		[FILTER_GREATER_EQUAL] = FILTER_LESS_EQUAL,
		[FILTER_EQUAL] = FILTER_GREATER_EQUAL, /* created_at:1h, within it */
	};
	bool back = column_of(p, column)->type == COLUMN_TIME;
	int64_t t;
	if (from_now(p, length, back, v, &t) < 0)
		return NULL;
	if (back)
		return filter_at(p, column, turned[how], t);
	return filter_at(p, column, how == FILTER_EQUAL ? FILTER_LESS_EQUAL : how, t);
}

const char *filter_next_word(const struct filter_parser *p, const char *end)
{
	while (end < p->end && *end == ' ')
		end++;
	while (end < p->end && !strchr(" ()|,\"", *end))
		end++;
	return end;
}

/* "hôm nai": the words behind it may belong to it. */
static const char *suggest_time(const struct filter_parser *p, struct filter_piece *v)
{
	const char *meant = NULL, *end = v->s + v->n;
	for (int words = 0; words < 3 && !meant; words++) {
		meant = filter_suggest_time(v->s, (size_t)(end - v->s));
		if (meant)
			v->n = (size_t)(end - v->s);
		end = filter_next_word(p, end);
	}
	return meant;
}

static const struct filter *no_time(struct filter_parser *p, struct filter_piece v)
{
	const char *meant = suggest_time(p, &v);
	if (meant)
		err_set(p->error, ERR_USAGE, _("'%.*s' is no time; did you mean '%s'?"),
			(int)v.n, v.s, meant);
	else
		err_set(p->error, ERR_USAGE,
			_("'%.*s' is no time; try 4h, today, 21/11/2026 or 2026-11-21T08:00"),
			(int)v.n, v.s);
	return filter_fail(p, v.s);
}

static bool read_time(const struct filter_parser *p, int column, struct filter_piece v,
		      struct filter_span *t)
{
	bool ahead = column_of(p, column)->type == COLUMN_DEADLINE;
	return filter_when(v.s, v.n, p->context->now, ahead, t) == 0;
}

static const struct filter *compare_span(struct filter_parser *p, int column,
					 enum filter_compare how, const struct filter_span *t,
					 struct filter_piece v)
{
	if (t->relative)
		return compare_age(p, column, how, t, v);
	switch (how) {
	case FILTER_LESS:
	case FILTER_GREATER_EQUAL:
		return filter_at(p, column, how, t->start);
	case FILTER_LESS_EQUAL:
		return filter_at(p, column, FILTER_LESS, t->end);
	case FILTER_GREATER:
		return filter_at(p, column, FILTER_GREATER_EQUAL, t->end);
	default:
		return filter_both(p, filter_at(p, column, FILTER_GREATER_EQUAL, t->start),
				   filter_at(p, column, FILTER_LESS, t->end));
	}
}

static const struct filter *compare_time(struct filter_parser *p, int column,
					 enum filter_compare how, struct filter_piece v)
{
	struct filter_span t;
	return read_time(p, column, v, &t) ? compare_span(p, column, how, &t, v)
					   : no_time(p, v);
}

static bool comparable(const struct column *a, const struct column *b)
{
	return a->type == b->type || (is_time(a) && is_time(b)) ||
	       (a->type != COLUMN_TEXT && b->type != COLUMN_TEXT && !is_time(a) &&
		!is_time(b) && a->type != COLUMN_REF && b->type != COLUMN_REF);
}

static const struct filter *compare_columns(struct filter_parser *p, int column, int other,
					    enum filter_compare how)
{
	struct filter *f = filter_node(p, FILTER_COLUMNS, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->other = other;
	f->compare = how;
	return f;
}

static bool has_order(const struct column *c)
{
	return c->type != COLUMN_STATE && c->type != COLUMN_CHOICE && c->type != COLUMN_REF &&
	       c->type != COLUMN_FLAG;
}

static const struct filter *no_order(struct filter_parser *p, const struct column *c,
				     struct filter_piece v)
{
	err_set(p->error, ERR_USAGE, _("values of '%s' are not more or less; try %s:%.*s"),
		c->id, c->id, (int)v.n, v.s);
	return filter_fail(p, v.s);
}

const struct filter *filter_compare_with(struct filter_parser *p, int column,
					 enum filter_compare how, struct filter_piece v)
{
	const struct column *c = column_of(p, column);
	struct filter_span t;
	if (c && is_time(c) && read_time(p, column, v, &t))
		return compare_span(p, column, how, &t, v);
	int other = v.quoted ? FILTER_NO_FIELD : filter_field(p->context->kind, v.s, v.n);
	if (c && other >= 0 && other != column && comparable(c, column_of(p, other)))
		return compare_columns(p, column, other, how);
	if (c && is_time(c))
		return no_time(p, v);
	if (how == FILTER_EQUAL)
		return filter_one_value(p, column, v, true);
	if (c && !has_order(c))
		return no_order(p, c, v);
	const struct filter *one = filter_value(p, column, v, true);
	struct filter *f = one ? filter_node(p, FILTER_COMPARE, NULL, NULL) : NULL;
	if (!f)
		return NULL;
	f->column = column;
	f->compare = how;
	/* A code has several spellings: the last is as typed. */
	f->values = one->values + one->count - 1;
	f->count = 1;
	return f;
}

/* With marks or without, in any case. */
static bool is_word(struct filter_piece v, const char *word)
{
	return !v.quoted && v.n <= 3 * strlen(word) && fold_equal(v.s, v.n, word);
}

/* "có" is yes there. */
static bool is_flag(const struct filter_parser *p, int field)
{
	return field >= 0 && column_of(p, field)->type == COLUMN_FLAG;
}

static const struct filter *set(struct filter_parser *p, int field, bool wanted)
{
	struct filter *f = filter_node(p, FILTER_SET, NULL, NULL);
	if (!f)
		return NULL;
	f->column = field;
	return wanted ? f : filter_negate(p, f);
}

/* Codes are compared whole, other texts are searched for the words. */
static bool is_searched_text(const struct column *c, bool star)
{
	return c && c->type == COLUMN_TEXT && (star || !(c->flags & COLUMN_INDEXED));
}

static const struct filter *one_value(struct filter_parser *p, int field, struct filter_piece v,
				      bool exact)
{
	const struct column *c = column_of(p, field);
	if (field == FILTER_PLATE)
		return filter_plate(p, v);
	if (c && filter_has_tail(c) && !exact && !(v.quoted && c->flags & COLUMN_INDEXED))
		return filter_tail(p, field, v);
	if (filter_is_me(p, field, v))
		return filter_value(p, field, v, true);
	bool star = filter_drop_star(&v);
	if (is_searched_text(c, star) && !exact)
		return filter_words(p, field, v, star);
	if (c && is_time(c))
		return compare_time(p, field, FILTER_EQUAL, v);
	return filter_value(p, field, v, exact);
}

/* Lists of plain values become one question. */
const struct filter *filter_join(struct filter_parser *p, const struct filter *a,
				 const struct filter *b)
{
	if (!a || !b)
		return b;
	if (a->op != FILTER_IN || b->op != FILTER_IN || a->column != b->column)
		return filter_node(p, FILTER_OR, a, b);
	struct filter *f = filter_node(p, FILTER_IN, NULL, NULL);
	if (!f)
		return NULL;
	f->column = a->column;
	f->count = a->count + b->count;
	f->values = arena_alloc(p->arena, f->count * sizeof *f->values);
	memcpy(f->values, a->values, a->count * sizeof *f->values);
	memcpy(f->values + a->count, b->values, b->count * sizeof *f->values);
	return f;
}

const struct filter *filter_one_value(struct filter_parser *p, int field, struct filter_piece v,
				      bool exact)
{
	bool column = field != FILTER_PLATE;
	if (column && (is_word(v, "none") || is_word(v, "trong")))
		return set(p, field, false);
	if (column && (is_word(v, "any") || is_word(v, "*")))
		return set(p, field, true);
	if (column && is_word(v, "co") && !is_flag(p, field))
		return set(p, field, true);
	return one_value(p, field, v, exact);
}

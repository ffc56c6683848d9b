/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values from outside take the type of their column here, once; everything later trusts them.
 */
#include "model/record.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/clean.h"

#define TITLE_MOST 2000
#define TEXT_MOST (64 * 1024)
#define NUMBER_MOST 64 /* bytes of a number or time written as text */
#define ELLIPSIS "\xe2\x80\xa6"
/* Vendors write "no date" as the first or last instant of their calendar. */
#define YEAR_ONE_ENDS (INT64_C(-62135596800000) + 2 * DAY)
#define YEAR_9999_STARTS (INT64_C(253370764800000) - DAY)
#define YEAR_9999_ENDS INT64_C(253402300799999)

struct record *record_new(struct arena *a, const struct kind *k)
{
	struct record *r = arena_zero(a, sizeof *r);
	r->kind = k;
	r->source = r->id = "";
	r->values = arena_zero(a, k->column_count * sizeof *r->values);
	return r;
}

struct record *record_copy(struct arena *a, const struct record *r)
{
	struct record *c = record_new(a, r->kind);
	struct value *values = c->values;
	*c = *r;
	c->values = values;
	c->source = r->source ? arena_strdup(a, r->source) : NULL;
	c->id = r->id ? arena_strdup(a, r->id) : NULL;
	c->detail = c->raw = NULL;
	c->detail_n = c->raw_n = 0;
	for (size_t i = 0; i < r->kind->column_count; i++) {
		values[i] = r->values[i];
		if (values[i].set && column_is_textual(r->kind->columns[i].type))
			values[i].s = arena_memdup(a, values[i].s, values[i].n);
	}
	return c;
}

static int refuse(const struct record *r, size_t column, const char *what, struct err *e)
{
	return err_set(e, ERR_PARSE, "%s: %s", r->kind->columns[column].id, what);
}

static void clear(struct record *r, size_t column)
{
	r->values[column] = (struct value){0};
}

static int put_int(struct record *r, size_t column, int64_t i)
{
	r->values[column] = (struct value){.set = true, .i = i};
	return 0;
}

static void trim(const char **s, size_t *n)
{
	while (*n && isspace((unsigned char)**s))
		(*s)++, (*n)--;
	while (*n && isspace((unsigned char)(*s)[*n - 1]))
		(*n)--;
}

/* The longest start of at most `most` bytes that ends between characters. */
static size_t cut_at(const char *s, size_t most)
{
	while (most && ((unsigned char)s[most] & 0xc0) == 0x80)
		most--;
	return most;
}

static size_t text_limit(size_t column)
{
	return column == COL_TITLE ? TITLE_MOST : TEXT_MOST;
}

static void put_clean(struct arena *a, struct record *r, size_t column, const char *s, size_t n,
		      bool cut)
{
	size_t most = text_limit(column);
	if (n > most) {
		n = cut_at(s, most - strlen(ELLIPSIS));
		cut = true;
	}
	char *copy = arena_alloc(a, n + sizeof ELLIPSIS);
	memcpy(copy, s, n);
	copy[n] = '\0';
	if (cut) {
		memcpy(copy + n, ELLIPSIS, sizeof ELLIPSIS);
		n += strlen(ELLIPSIS);
	}
	r->values[column] = (struct value){.set = true, .s = copy, .n = n};
}

static int put_text(struct arena *a, struct record *r, size_t column, const char *s, size_t n)
{
	unsigned flags = r->kind->columns[column].flags & COLUMN_LONG ? CLEAN_LINES : 0;
	/* Cleaning may shorten; what is far over the limit need not be looked at. */
	size_t worth = 4 * text_limit(column);
	bool cut = n > worth;
	if (cut)
		n = cut_at(s, worth);
	trim(&s, &n);
	if (n == 0) {
		clear(r, column);
	} else if (clean_is(s, n, flags)) {
		put_clean(a, r, column, s, n, cut);
	} else {
		struct strbuf b = STRBUF_INIT;
		clean_append(&b, s, n, flags);
		const char *p = b.s;
		size_t left = b.len;
		trim(&p, &left);
		if (left)
			put_clean(a, r, column, p, left, cut);
		else
			clear(r, column);
		strbuf_free(&b);
	}
	return 0;
}

int record_put_time(struct record *r, size_t column, int64_t t, struct err *e)
{
	bool last = t >= YEAR_9999_STARTS && t <= YEAR_9999_ENDS;
	if (t < YEAR_ONE_ENDS || (t > -DAY && t < DAY) || last) {
		clear(r, column);
		return 0;
	}
	if (t > YEAR_9999_ENDS)
		return refuse(r, column, _("a time after the year 9999"), e);
	return put_int(r, column, t);
}

/* A place that can't be, or the point off Africa where failed lookups lie, is no place. */
static void drop_false_place(struct record *r)
{
	int lat = kind_column(r->kind, "lat"), lon = kind_column(r->kind, "lon");
	if (lat < 0 || lon < 0)
		return;
	struct value *y = &r->values[lat], *x = &r->values[lon];
	bool outside = (y->set && fabs(y->r) > 90) || (x->set && fabs(x->r) > 180);
	bool zero = y->set && x->set && fabs(y->r) < 1e-9 && fabs(x->r) < 1e-9;
	if (outside || zero)
		*y = *x = (struct value){0};
}

static int put_real(struct record *r, size_t column, double v)
{
	const char *id = r->kind->columns[column].id;
	r->values[column] = (struct value){.set = true, .r = v};
	if (id[0] == 'l' && (strcmp(id, "lat") == 0 || strcmp(id, "lon") == 0))
		drop_false_place(r);
	return 0;
}

static int put_number_as_text(struct arena *a, struct record *r, size_t column, double v)
{
	bool whole = v == floor(v) && fabs(v) < 1e15;
	const char *s = whole ? arena_printf(a, "%.0f", v) : arena_printf(a, "%.15g", v);
	r->values[column] = (struct value){.set = true, .s = s, .n = strlen(s)};
	return 0;
}

int record_put_number(struct arena *a, struct record *r, size_t column, double v, struct err *e)
{
	if (!isfinite(v))
		return refuse(r, column, _("not a finite number"), e);
	enum column_type type = r->kind->columns[column].type;
	if (column_is_textual(type))
		return put_number_as_text(a, r, column, v);
	if (type == COLUMN_REAL)
		return put_real(r, column, v);
	if (type == COLUMN_FLAG && v != 0 && v != 1)
		return refuse(r, column, _("neither true nor false"), e);
	if (fabs(v) >= 0x1p53)
		return refuse(r, column, _("number too large"), e);
	if (type == COLUMN_TIME || type == COLUMN_DEADLINE)
		return fabs(v) > 1e15
			       ? refuse(r, column, _("not a time in seconds"), e)
			       : record_put_time(r, column, llround(v * (double)SECOND), e);
	return put_int(r, column, llround(v));
}

int record_put_bool(struct record *r, size_t column, bool v, struct err *e)
{
	switch (r->kind->columns[column].type) {
	case COLUMN_FLAG:
	case COLUMN_INTEGER:
		return put_int(r, column, v);
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		r->values[column] = (struct value){
			.set = true, .s = v ? "true" : "false", .n = v ? 4 : 5};
		return 0;
	default:
		return refuse(r, column, _("true or false where a number or time belongs"), e);
	}
}

static int put_number_text(struct arena *a, struct record *r, size_t column, const char *s,
			   struct err *e)
{
	char *end;
	errno = 0;
	double v = strtod(s, &end);
	bool plain = strspn(s, "+-.0123456789eE") == strlen(s);
	enum column_type type = r->kind->columns[column].type;
	bool is_time = type == COLUMN_TIME || type == COLUMN_DEADLINE;
	if (*end || errno || !plain)
		return refuse(r, column, is_time ? "not a time" : _("not a number"), e);
	return record_put_number(a, r, column, v, e);
}

static int put_flag_text(struct record *r, size_t column, const char *s, struct err *e)
{
	if (strcmp(s, "1") == 0 || strcasecmp(s, "true") == 0)
		return put_int(r, column, 1);
	if (strcmp(s, "0") == 0 || strcasecmp(s, "false") == 0)
		return put_int(r, column, 0);
	return refuse(r, column, _("neither true nor false"), e);
}

int record_put_text(struct arena *a, struct record *r, size_t column, const char *s, size_t n,
		    struct err *e)
{
	enum column_type type = r->kind->columns[column].type;
	if (column_is_textual(type))
		return put_text(a, r, column, s, n);
	trim(&s, &n);
	if (n == 0) {
		clear(r, column);
		return 0;
	}
	if (n > NUMBER_MOST || memchr(s, '\0', n))
		return refuse(r, column, _("too long for a number or time"), e);
	char copy[NUMBER_MOST + 1];
	memcpy(copy, s, n);
	copy[n] = '\0';
	if (type == COLUMN_FLAG)
		return put_flag_text(r, column, copy, e);
	int64_t t;
	bool is_time = type == COLUMN_TIME || type == COLUMN_DEADLINE;
	if (is_time && clock_parse(copy, n, &t) == 0)
		return record_put_time(r, column, t, e);
	return put_number_text(a, r, column, copy, e);
}

const char *record_text(const struct record *r, size_t column)
{
	const struct value *v = &r->values[column];
	return v->set && column_is_textual(r->kind->columns[column].type) ? v->s : "";
}

int64_t record_int(const struct record *r, size_t column, int64_t otherwise)
{
	const struct value *v = &r->values[column];
	enum column_type type = r->kind->columns[column].type;
	return v->set && !column_is_textual(type) && type != COLUMN_REAL ? v->i : otherwise;
}

bool record_is_open(const struct record *r)
{
	return !r->kind->catalogue && kind_state_is_open(r->kind, record_text(r, COL_STATE));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes by any part, phones by their digits, plates however they are written, and places. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "model/filter_parts.h"
#include "text/word.h"

#define TAIL_LEAST 3   /* letters or digits by which an end is looked for */
#define PHONE_WHOLE 9  /* digits of a whole number */
#define PLATE_WHOLE 7  /* letters and digits of a whole plate */
#define NEAR_USUAL 300 /* metres */
#define NEAR_MOST 50000

/* --- by the end --- */

bool filter_has_tail(const struct column *c)
{
	return c->type == COLUMN_TEXT && c->flags & COLUMN_SEARCHED &&
	       (c->flags & COLUMN_TAIL || c->personal == PERSONAL_PHONE ||
		c->personal == PERSONAL_PLATE);
}

static const struct filter *tail_node(struct filter_parser *p, int column, const char *tail,
				      enum tail_match how)
{
	struct filter *f = filter_node(p, FILTER_TAIL, NULL, NULL);
	if (!f)
		return NULL;
	f->column = column;
	f->words = arena_strdup(p->arena, tail);
	f->tail = how;
	return f;
}

static bool take_first_star(struct filter_piece *v)
{
	if (v->quoted || v->n == 0 || *v->s != '*')
		return false;
	v->s++;
	v->n--;
	return true;
}

static const struct filter *too_short(struct filter_parser *p, struct filter_piece v)
{
	err_set(p->error, ERR_USAGE, _("'%.*s' is too short an end: at least %d are needed"),
		(int)v.n, v.s, TAIL_LEAST);
	return filter_fail(p, v.s);
}

/* A part between others is one of the words that a code is made of, or its end. */
static const struct filter *any_part(struct filter_parser *p, int column, struct filter_piece v,
				     const char *tail)
{
	const struct filter *words = filter_words(p, column, v, false);
	if (!words || strlen(tail) < TAIL_LEAST)
		return words;
	const struct filter *end = tail_node(p, column, tail, TAIL_ENDS);
	return end ? filter_node(p, FILTER_OR, words, end) : NULL;
}

const struct filter *filter_tail(struct filter_parser *p, int column, struct filter_piece v)
{
	const struct column *c = &p->context->kind->columns[column];
	bool phone = c->personal == PERSONAL_PHONE;
	struct filter_piece whole = v;
	char tail[TAIL_MOST + 1];
	bool ends = take_first_star(&v), begins = filter_drop_star(&v);
	size_t n = tail_of(v.s, v.n, phone, tail);
	if (n == 0) {
		err_set(p->error, ERR_USAGE,
			phone ? _("'%.*s' has no digits")
			      : _("'%.*s' has no letters or digits"),
			(int)whole.n, whole.s);
		return filter_fail(p, whole.s);
	}
	if (begins && !ends)
		return filter_words(p, column, v, true);
	if (ends && n < TAIL_LEAST)
		return too_short(p, whole);
	if (ends)
		return tail_node(p, column, tail, begins ? TAIL_HOLDS : TAIL_ENDS);
	if (c->flags & COLUMN_TAIL)
		return any_part(p, column, v, tail);
	if (n < TAIL_LEAST)
		return too_short(p, whole);
	return tail_node(p, column, tail,
			 n >= (phone ? PHONE_WHOLE : PLATE_WHOLE) ? TAIL_IS : TAIL_ENDS);
}

/* --- plates in texts --- */

static const struct filter *or_words(struct filter_parser *p, const struct filter *all,
				     const char *words)
{
	struct filter_piece v = {words, strlen(words), true};
	const struct filter *f = filter_words(p, FILTER_ANY_TEXT, v, false);
	return f && all ? filter_node(p, FILTER_OR, all, f) : f;
}

/* In one piece: two digits, a letter or two, four to six digits. */
static bool is_plate(struct filter_piece v)
{
	char plate[FILTER_NAME_MOST + 1];
	size_t n = filter_squeeze(v.s, v.n, plate);
	size_t first = strspn(plate, "0123456789");
	size_t letters = strspn(plate + first, "abcdefghijklmnopqrstuvwxyz");
	size_t digits = strspn(plate + first + letters, "0123456789");
	return first == 2 && (letters == 1 || letters == 2) && digits >= 4 && digits <= 6 &&
	       first + letters + digits == n;
}

/* The search knows plates in one piece, however they are written (text/word.h); of the last
 * digits it knows those that were written together. */
const struct filter *filter_plate(struct filter_parser *p, struct filter_piece v)
{
	struct fold_token whole;
	char plate[FILTER_NAME_MOST + 1];
	if (is_plate(v))
		return filter_words(p, FILTER_ANY_TEXT, v, false);
	if (v.n && word_number(v.s, v.n, false, &whole) == v.n)
		return filter_words(p, FILTER_ANY_TEXT, v, false);
	size_t n = filter_squeeze(v.s, v.n, plate);
	if (n >= 4 && n <= 5 && strspn(plate, "0123456789") == n) {
		const struct filter *f = or_words(p, NULL, plate);
		return f && n == 5
			       ? or_words(p, f,
					  arena_printf(p->arena, "%.3s %s", plate, plate + 3))
			       : f;
	}
	err_set(p->error, ERR_USAGE,
		_("'%.*s' is no plate; try 26A-123.45 or its last 5 digits"), (int)v.n, v.s);
	return filter_fail(p, v.s);
}

/* --- places --- */

static bool is_end(char c)
{
	return strchr(" \t\n\r()|,", c) != NULL; /* also the text's end */
}

static struct filter_piece take_part(struct filter_parser *p)
{
	struct filter_piece v = {.s = p->s};
	if (p->s < p->end && *p->s == '"') {
		const char *close = memchr(p->s + 1, '"', (size_t)(p->end - p->s - 1));
		if (close) {
			v = (struct filter_piece){p->s + 1, (size_t)(close - p->s - 1), true};
			p->s = close + 1;
			return v;
		}
	}
	while (p->s < p->end && !is_end(*p->s))
		p->s++;
	v.n = (size_t)(p->s - v.s);
	return v;
}

static bool take_comma(struct filter_parser *p)
{
	if (p->s == p->end || *p->s != ',')
		return false;
	p->s++;
	return true;
}

/* The number at the piece's start; *rest is what follows it. */
static bool read_real(struct filter_piece v, double *out, struct filter_piece *rest)
{
	char copy[40], *end;
	if (v.n == 0 || v.n >= sizeof copy)
		return false;
	memcpy(copy, v.s, v.n);
	copy[v.n] = '\0';
	if (!strchr("-.0123456789", *copy))
		return false;
	errno = 0;
	*out = strtod(copy, &end);
	size_t used = (size_t)(end - copy);
	*rest = (struct filter_piece){v.s + used, v.n - used, false};
	return used && !errno && isfinite(*out);
}

static int read_radius(struct filter_parser *p, struct filter_piece v, double *metres)
{
	struct filter_piece unit;
	char name[FILTER_NAME_MOST + 1];
	if (!read_real(v, metres, &unit)) {
		err_set(p->error, ERR_USAGE, _("'%.*s' is no distance; try 300m or 1.5km"),
			(int)v.n, v.s);
		return filter_fail(p, v.s), -1;
	}
	filter_squeeze(unit.s, unit.n, name);
	if (strcmp(name, "km") == 0)
		*metres *= 1000;
	else if (strcmp(name, "m") != 0 && *name) {
		err_set(p->error, ERR_USAGE, _("'%.*s' is no distance; try 300m or 1.5km"),
			(int)v.n, v.s);
		return filter_fail(p, v.s), -1;
	}
	if (*metres >= 1 && *metres <= NEAR_MOST)
		return 0;
	err_set(p->error, ERR_USAGE, _("a distance is from 1m to %dkm"), NEAR_MOST / 1000);
	return filter_fail(p, v.s), -1;
}

static int check_point(struct filter_parser *p, struct filter_piece v, double lat, double lon)
{
	if (fabs(lat) <= 90 && fabs(lon) <= 180)
		return 0;
	err_set(p->error, ERR_USAGE,
		fabs(lat) <= 180 && fabs(lon) <= 90
			? _("a point is latitude, longitude: 21.327,103.914")
			: _("no such point: latitudes go to 90, longitudes to 180"));
	return filter_fail(p, v.s), -1;
}

static int find_place(struct filter_parser *p, struct filter_piece v, double *lat, double *lon)
{
	const struct filter_context *c = p->context;
	const char *code = arena_memdup(p->arena, v.s, v.n);
	if (!c->place && c->believes)
		return 0;
	switch (c->place ? c->place(c->data, c->kind, code, lat, lon) : PLACE_NO_RECORD) {
	case PLACE_FOUND:
		return 0;
	case PLACE_NOT_KNOWN:
		err_set(p->error, ERR_USAGE, _("nobody knows where '%s' is"), code);
		break;
	case PLACE_NO_RECORD:
		err_set(p->error, ERR_USAGE,
			_("no record '%s'; try near:21.327,103.914,300m for a point"), code);
		break;
	}
	return filter_fail(p, v.s), -1;
}

/* A point, or the place of a record. */
static int take_place(struct filter_parser *p, double *lat, double *lon)
{
	struct filter_piece v = take_part(p), rest;
	if (v.n == 0) {
		err_set(p->error, ERR_USAGE,
			_("near what? A code or a point: near:PA-00423,300m"));
		return filter_fail(p, v.s), -1;
	}
	/* 21.327,103.914: a code has no point, and what follows it is no point either. */
	if (v.quoted || !read_real(v, lat, &rest) || rest.n || !memchr(v.s, '.', v.n))
		return find_place(p, v, lat, lon);
	const char *second = p->s;
	struct filter_piece w = {p->s, 0, false};
	if (take_comma(p))
		w = take_part(p);
	if (!read_real(w, lon, &rest) || rest.n) {
		err_set(p->error, ERR_USAGE,
			_("a point is latitude, longitude: 21.327,103.914"));
		return filter_fail(p, w.n ? w.s : second), -1;
	}
	return check_point(p, v, *lat, *lon);
}

const struct filter *filter_near(struct filter_parser *p)
{
	const struct kind *k = p->context->kind;
	const char *start = p->s;
	double lat = 0, lon = 0, metres = NEAR_USUAL;
	if (kind_column(k, "lat") < 0 || kind_column(k, "lon") < 0) {
		err_set(p->error, ERR_USAGE, _("%s have no place on the map"), _(k->title));
		return filter_fail(p, start);
	}
	if (take_place(p, &lat, &lon) < 0)
		return NULL;
	if (take_comma(p) && read_radius(p, take_part(p), &metres) < 0)
		return NULL;
	struct filter *f = filter_node(p, FILTER_NEAR, NULL, NULL);
	if (!f)
		return NULL;
	f->column = kind_column(k, "lat");
	f->other = kind_column(k, "lon");
	f->count = 3;
	f->values = arena_zero(p->arena, 3 * sizeof *f->values);
	f->values[0] = (struct value){.set = true, .r = lat};
	f->values[1] = (struct value){.set = true, .r = lon};
	f->values[2] = (struct value){.set = true, .r = metres};
	return f;
}

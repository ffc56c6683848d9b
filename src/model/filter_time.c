/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and spans, as people type them. */
#include "model/filter_parts.h"

#include <string.h>

#include "base/clock.h"
#include "text/fold.h"

#define WORD_MOST 48
#define SPAN_MOST (INT64_C(100000) * DAY) /* 270 years, so that sums can't overflow */

struct reader {
	const char *s, *end;
};

static bool at_digit(const struct reader *r)
{
	return r->s < r->end && *r->s >= '0' && *r->s <= '9';
}

static bool number(struct reader *r, int64_t *out)
{
	if (!at_digit(r))
		return false;
	int64_t v = 0;
	while (at_digit(r)) {
		if (v < INT64_C(1000000000000))
			v = v * 10 + (*r->s - '0');
		r->s++;
	}
	*out = v;
	return true;
}

static bool literal(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->s) < n || memcmp(r->s, word, n) != 0)
		return false;
	r->s += n;
	return true;
}

/* Longer names before their beginnings. */
static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{"phut", MINUTE}, {"ph", MINUTE}, {"min", MINUTE},   {"ms", 1},      {"m", MINUTE},
	{"giay", SECOND}, {"gio", HOUR},  {"g", HOUR},       {"h", HOUR},    {"ngay", DAY},
	{"ng", DAY},      {"d", DAY},     {"tuan", 7 * DAY}, {"w", 7 * DAY}, {"s", SECOND},
};

static int64_t unit(struct reader *r)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (literal(r, units[i].name))
			return units[i].ms;
	return 0;
}

/* "2h", "1h30m"; a bare number where `bare` is not 0.  Reads up to the end. */
static int span(struct reader *r, int64_t bare, int64_t *ms)
{
	int64_t total = 0;
	do {
		int64_t n;
		if (!number(r, &n))
			return -1;
		int64_t u = r->s == r->end && bare ? bare : unit(r);
		if (u == 0 || n > SPAN_MOST / u)
			return -1;
		total += n * u;
	} while (r->s < r->end && total <= SPAN_MOST);
	*ms = total;
	return total <= SPAN_MOST ? 0 : -1;
}

/* Folded, so that giờ and ngày are known with marks and without. */
static bool fold_word(const char *s, size_t n, char *word, struct reader *r)
{
	if (n == 0 || n > WORD_MOST)
		return false;
	struct strbuf b = STRBUF_INIT;
	fold_append(&b, s, n);
	bool fits = b.len && b.len <= WORD_MOST;
	if (fits)
		memcpy(word, b.s, b.len);
	*r = (struct reader){word, word + (fits ? b.len : 0)};
	strbuf_free(&b);
	return fits;
}

int filter_duration(const char *s, size_t n, int64_t bare, int64_t *ms)
{
	char word[WORD_MOST];
	struct reader r;
	return fold_word(s, n, word, &r) ? span(&r, bare, ms) : -1;
}

static struct filter_span day(int64_t t, int offset)
{
	struct clock_civil c = clock_local(t);
	int64_t days = clock_days(c.year, c.month, c.day) + offset;
	struct clock_civil from = {0}, to = {0};
	clock_date(days, &from.year, &from.month, &from.day);
	clock_date(days + 1, &to.year, &to.month, &to.day);
	return (struct filter_span){clock_from_local(&from), clock_from_local(&to), false};
}

static struct filter_span instant(int64_t t)
{
	return (struct filter_span){t, t + 1, false};
}

static int around_now(struct reader *r, int64_t now, struct filter_span *out)
{
	int64_t ms = 0;
	bool minus = false;
	if (r->s < r->end) {
		minus = literal(r, "-");
		if ((!minus && !literal(r, "+")) || span(r, 0, &ms) < 0)
			return -1;
	}
	*out = instant(minus ? now - ms : now + ms);
	return 0;
}

/* 21/11/2026 or 21/11, of the running year. */
static int vietnamese_date(struct reader r, int64_t now, struct filter_span *out)
{
	int64_t d, m, y = clock_local(now).year;
	if (!number(&r, &d) || !literal(&r, "/") || !number(&r, &m))
		return -1;
	if (r.s < r.end && (!literal(&r, "/") || !number(&r, &y)))
		return -1;
	if (r.s < r.end || d < 1 || d > 31 || m < 1 || m > 12 || y < 1900 || y > 9998)
		return -1;
	struct clock_civil c = {.year = (int)y, .month = (int)m, .day = (int)d, .hour = 12};
	*out = day(clock_from_local(&c), 0);
	struct clock_civil back = clock_local(out->start);
	return back.day == d && back.month == m ? 0 : -1;
}

/* RFC 3339, as much of it as was typed: a day, a minute, a second. */
static int iso_date(const char *s, size_t n, struct filter_span *out)
{
	int64_t t;
	if (clock_parse(s, n, &t) < 0)
		return -1;
	if (n == 10)
		*out = day(t + HOUR, 0);
	else if (n == 16)
		*out = (struct filter_span){t, t + MINUTE, false};
	else
		*out = (struct filter_span){t, memchr(s, '.', n) ? t + 1 : t + SECOND, false};
	return 0;
}

int filter_time(const char *s, size_t n, int64_t now, struct filter_span *out)
{
	char word[WORD_MOST];
	struct reader r;
	*out = (struct filter_span){0};
	if (n && *s == '-') {
		if (filter_time(s + 1, n - 1, now, out) < 0 || !out->relative)
			return -1;
		out->start = -out->start;
		return 0;
	}
	if (!fold_word(s, n, word, &r))
		return -1;
	size_t len = (size_t)(r.end - r.s);
#define IS(text) (len == strlen(text) && memcmp(word, text, len) == 0)
	if (IS("today") || IS("homnay"))
		*out = day(now, 0);
	else if (IS("yesterday") || IS("homqua"))
		*out = day(now, -1);
	else if (IS("tomorrow") || IS("mai") || IS("ngaymai"))
		*out = day(now, 1);
	else if (literal(&r, "now") || literal(&r, "baygio"))
		return around_now(&r, now, out);
	else if (iso_date(s, n, out) == 0 || vietnamese_date(r, now, out) == 0)
		return 0;
	else if (span(&r, 0, &out->start) == 0)
		out->relative = true;
	else
		return -1;
	return 0;
#undef IS
}

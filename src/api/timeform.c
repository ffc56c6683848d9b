/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/timeform.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/kind.h"

#define TEXT_MOST 64
/* A number beyond it counts milliseconds: the second of this number is in the year 5138. */
#define LARGE INT64_C(100000000000)
#define FIRST INT64_C(-2208988800000) /* 1900 */
#define END INT64_C(253370678400000)  /* 9999, wherever */

struct moment {
	struct clock_civil c;
	int ms;
	bool zoned, pm, twelve;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* --- none --- */

static bool is_zeros(const char *s, size_t n)
{
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		if (!strchr("0-/:. TZ+", s[i]) || !s[i])
			return false;
		any |= s[i] == '0';
	}
	return any || n == 0;
}

bool timeform_is_none(const char *s, size_t n)
{
	static const char *const words[] = {"null", "none", "nil",         "undefined",
					    "n/a",  "-",    "253402300799"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(words[i]) == n && strncasecmp(words[i], s, n) == 0)
			return true;
	return is_zeros(s, n);
}

/* --- patterns --- */

static bool take_number(const char **s, int least, int most, int *out)
{
	int v = 0, n = 0;
	while (n < most && is_digit(**s)) {
		v = v * 10 + (*(*s)++ - '0');
		n++;
	}
	*out = v;
	return n >= least;
}

/* AM, PM, SA (morning) and CH (afternoon), with or without points. */
static bool take_half(const char **s, struct moment *m)
{
	static const struct {
		const char *word;
		bool pm;
	} halves[] = {{"sáng", false}, {"chiều", true}, {"AM", false}, {"A.M.", false},
		      {"PM", true},    {"P.M.", true},  {"SA", false}, {"CH", true}};
	for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
		size_t n = strlen(halves[i].word);
		if (strncasecmp(*s, halves[i].word, n) != 0)
			continue;
		*s += n;
		m->pm = halves[i].pm;
		return true;
	}
	return false;
}

static bool take_zone(const char **s, struct moment *m)
{
	int h, min = 0, sign = **s == '-' ? -1 : 1;
	m->zoned = true;
	if (**s == 'Z' || **s == 'z') {
		(*s)++;
		return true;
	}
	if (strncmp(*s, "GMT", 3) == 0 || strncmp(*s, "UTC", 3) == 0) {
		*s += 3;
		if (**s != '+' && **s != '-')
			return true;
		sign = **s == '-' ? -1 : 1;
	}
	if (**s != '+' && **s != '-')
		return false;
	(*s)++;
	if (!take_number(s, 1, 2, &h))
		return false;
	*s += **s == ':';
	if (is_digit(**s) && !take_number(s, 2, 2, &min))
		return false;
	m->c.offset = sign * (h * 3600 + min * 60);
	return h < 24 && min < 60;
}

static bool take_fraction(const char **s, struct moment *m)
{
	int scale = 100;
	if (!is_digit(**s))
		return false;
	for (; is_digit(**s); (*s)++, scale /= 10)
		m->ms += (**s - '0') * scale;
	return true;
}

static bool take_field(char letter, size_t run, const char **s, struct moment *m)
{
	bool fixed = run >= 2;
	int least = fixed ? 2 : 1;
	switch (letter) {
	case 'y':
		if (run == 2 && take_number(s, 2, 2, &m->c.year)) {
			m->c.year += m->c.year < 70 ? 2000 : 1900;
			return true;
		}
		return run != 2 && take_number(s, 4, 4, &m->c.year);
	case 'M':
		return take_number(s, least, 2, &m->c.month);
	case 'd':
		return take_number(s, least, 2, &m->c.day);
	case 'h':
		m->twelve = true;
		return take_number(s, least, 2, &m->c.hour);
	case 'H':
		return take_number(s, least, 2, &m->c.hour);
	case 'm':
		return take_number(s, least, 2, &m->c.minute);
	case 's':
		return take_number(s, least, 2, &m->c.second);
	case 'S':
		return take_fraction(s, m);
	case 'a':
		return take_half(s, m);
	default:
		return take_zone(s, m);
	}
}

static bool is_field(char c)
{
	return c && strchr("yMdHhmsSaXxZz", c);
}

/* Runs through a pattern up to its end or the bracket that closes it; where the text stops to
 * fit, *s stays there and false comes back. */
static bool match(const char **form, const char **s, struct moment *m);

/* Behind the bracket that closes what stands at p. */
static const char *behind_bracket(const char *p)
{
	int open = 1;
	while (*p && open) {
		open += (*p == '[') - (*p == ']');
		p++;
	}
	return p;
}

static void match_optional(const char **form, const char **s, struct moment *m)
{
	const char *end = behind_bracket(*form), *at = *s;
	struct moment tried = *m;
	if (match(form, &at, &tried)) {
		*s = at;
		*m = tried;
	}
	*form = end;
}

/* One character of the text as it stands in the pattern. */
static bool match_plain(char c, const char **s)
{
	if (c == ' ') {
		*s += strspn(*s, " \t");
		return true;
	}
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool match(const char **form, const char **s, struct moment *m)
{
	const char *f = *form;
	char quote = '\0';
	while (*f && (quote || *f != ']')) {
		size_t run = 1;
		if (*f == quote || (!quote && (*f == '\'' || *f == '"'))) {
			quote = quote ? '\0' : *f;
		} else if (!quote && *f == '[') {
			f++;
			match_optional(&f, s, m);
			continue;
		} else if (!quote && is_field(*f)) {
			while (f[run] == *f)
				run++;
			if (!take_field(*f, run, s, m))
				return false;
		} else if (!match_plain(*f, s)) {
			return false;
		}
		f += run;
	}
	*form = f;
	return true;
}

static bool is_sound(const struct moment *m)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const struct clock_civil *c = &m->c;
	bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
	return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= length[c->month - 1] + (c->month == 2 && leap) && c->hour <= 23 &&
	       c->minute <= 59 && c->second <= 60;
}

/* The instant. */
static int settle(struct moment *m, const struct zone *z, int64_t *t)
{
	if (m->twelve && m->pm && m->c.hour < 12)
		m->c.hour += 12;
	else if (m->twelve && !m->pm && m->c.hour == 12)
		m->c.hour = 0;
	if (!is_sound(m))
		return -1;
	if (m->zoned)
		*t = (clock_days(m->c.year, m->c.month, m->c.day) * 86400 + m->c.hour * 3600 +
		      m->c.minute * 60 + m->c.second - m->c.offset) *
		     SECOND;
	else
		*t = zone_instant(z, &m->c);
	*t += m->ms;
	return 0;
}

static int read_pattern(const char *form, const struct zone *z, const char *s, int64_t *t)
{
	struct moment m = {.c = {.month = 1, .day = 1}};
	if (!match(&form, &s, &m) || s[strspn(s, " \t")])
		return -1;
	return settle(&m, z, t);
}

/* --- numbers --- */

static int read_count(const char *s, int64_t unit, int64_t *t)
{
	char *end;
	double v = strtod(s, &end);
	if (end == s || *end || !(fabs(v) < 1e16) || strspn(s, "+-.0123456789eE") != strlen(s))
		return -1;
	*t = unit == 1 || fabs(v) >= (double)LARGE ? llround(v) : llround(v * (double)unit);
	return 0;
}

/* --- forms --- */

static int read_iso(const struct zone *z, const char *s, int64_t *t)
{
	static const char *const patterns[] = {
		"yyyy-MM-dd['T'][ ][HH:mm[:ss[.SSS][,SSS]]][ ][XXX]",
		"yyyyMMdd'T'HHmm[ss[.SSS]][XXX]"};
	for (size_t i = 0; i < ARRAY_LEN(patterns); i++)
		if (read_pattern(patterns[i], z, s, t) == 0)
			return 0;
	return -1;
}

/* What .NET makes of a time in JSON: "/Date(1763600000000+0700)/". */
static int read_net(const char *s, int64_t *t)
{
	char *end;
	if (strncmp(s, "/Date(", 6) != 0)
		return -1;
	long long v = strtoll(s + 6, &end, 10);
	if (end == s + 6 || !strchr("+-)", *end) || v > INT64_C(1) << 50 ||
	    v < -(INT64_C(1) << 50))
		return -1;
	*t = v;
	return 0;
}

/* A row of digits is told by its length: a date, one with a time, or a count. */
static int read_digits(const struct zone *z, const char *s, int64_t *t)
{
	switch (strlen(s)) {
	case 8:
		return read_pattern("yyyyMMdd", z, s, t);
	case 12:
		return read_pattern("yyyyMMddHHmm", z, s, t);
	case 14:
		return read_pattern("yyyyMMddHHmmss", z, s, t);
	case 17:
		return read_pattern("yyyyMMddHHmmssSSS", z, s, t);
	default:
		return read_count(s, SECOND, t);
	}
}

static int read_auto(const struct zone *z, const char *s, int64_t *t)
{
	size_t n = strlen(s);
	if (n && strspn(s, "0123456789") == n)
		return read_digits(z, s, t);
	if (read_iso(z, s, t) == 0 || read_net(s, t) == 0)
		return 0;
	return read_count(s, SECOND, t);
}

static int read_form(const char *form, const struct zone *z, const char *s, int64_t *t)
{
	if (strcmp(form, "auto") == 0)
		return read_auto(z, s, t);
	if (strcmp(form, "iso") == 0)
		return read_iso(z, s, t);
	if (strcmp(form, "seconds") == 0)
		return read_count(s, SECOND, t);
	if (strcmp(form, "milliseconds") == 0)
		return read_count(s, 1, t);
	return read_pattern(form, z, s, t);
}

const char *timeform_wrong(const char *form)
{
	static const char *const named[] = {"auto", "iso", "seconds", "milliseconds"};
	int open = 0;
	char quote = '\0';
	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (strcmp(form, named[i]) == 0)
			return NULL;
	for (const char *p = form; *p; p++) {
		if (*p == quote || (!quote && (*p == '\'' || *p == '"')))
			quote = quote ? '\0' : *p;
		else if (!quote)
			open += (*p == '[') - (*p == ']');
		if (open < 0 || open > 8)
			return N_("brackets that do not fit");
		if (!quote && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')) &&
		    !is_field(*p))
			return N_("a letter that stands for nothing; quote it with '…'");
	}
	if (open || quote)
		return quote ? N_("a quote that is not closed")
			     : N_("brackets that do not fit");
	return strstr(form, "yy") ? NULL : N_("without a year (yyyy)");
}

static int read_forms(const struct words *forms, const struct zone *z, const char *s,
		      int64_t *t)
{
	for (size_t i = 0; i < forms->count; i++)
		if (read_form(forms->list[i], z, s, t) == 0)
			return 0;
	return forms->count ? -1 : read_auto(z, s, t);
}

/* Calendars have first and last days that mean no day. */
static bool is_told(int64_t t)
{
	return t >= FIRST && t < END && (t <= -DAY || t >= DAY);
}

int timeform_read(const struct words *forms, const struct zone *z, const char *s, size_t n,
		  int64_t *t)
{
	char copy[TEXT_MOST + 1];
	for (; n && strchr(" \t\r\n", *s); n--)
		s++;
	while (n && strchr(" \t\r\n", s[n - 1]))
		n--;
	*t = CLOCK_NONE;
	if (timeform_is_none(s, n))
		return 0;
	if (n > TEXT_MOST || memchr(s, '\0', n))
		return -1;
	memcpy(copy, s, n);
	copy[n] = '\0';
	if (read_forms(forms, z, copy, t) < 0)
		return -1;
	if (!is_told(*t))
		*t = CLOCK_NONE;
	return 0;
}

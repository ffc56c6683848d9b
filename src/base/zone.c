/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zone files as of RFC 8536: a list of transitions, and behind the last one a rule in the way
 * of POSIX ("CET-1CEST,M3.5.0,M10.5.0/3"). */
#include "base/zone.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FILE_MOST (256 * 1024)
#define HEAD 44

/* The m-th month's w-th weekday d (5: the last), at so many seconds after midnight. */
struct turn {
	int month, week, day, time;
};

struct zone {
	size_t count;
	int64_t *at;  /* seconds */
	int *offsets; /* from there on */
	int first;    /* offset before the first */
	/* behind the last transition */
	bool ruled, saves;
	int standard, summer; /* offsets */
	struct turn begin, end;
};

/* --- the rule --- */

static const char *skip_name(const char *s)
{
	if (*s == '<') {
		s += strcspn(s, ">");
		return *s ? s + 1 : s;
	}
	while (isalpha((unsigned char)*s))
		s++;
	return s;
}

/* "[+-]H[:M[:S]]" as seconds. */
static const char *read_span(const char *s, int *seconds)
{
	static const int units[] = {3600, 60, 1};
	int sign = *s == '-' ? -1 : 1, sum = 0;
	s += *s == '-' || *s == '+';
	for (int i = 0; i < 3 && isdigit((unsigned char)*s); i++) {
		char *end;
		long v = strtol(s, &end, 10);
		sum += (int)(v > 167 ? 167 : v) * units[i];
		s = end;
		if (*s != ':')
			break;
		s++;
	}
	*seconds = sign * sum;
	return s;
}

static const char *read_turn(const char *s, struct turn *t)
{
	int n = 0;
	t->time = 2 * 3600;
	if (sscanf(s, ",M%2d.%1d.%1d%n", &t->month, &t->week, &t->day, &n) != 3 ||
	    t->month < 1 || t->month > 12 || t->week < 1 || t->week > 5 || t->day > 6)
		return NULL;
	s += n;
	return *s == '/' ? read_span(s + 1, &t->time) : s;
}

/* Rules by the number of a day, which hardly any zone has, are not read. */
static void read_rule(struct zone *z, const char *s)
{
	int west;
	s = read_span(skip_name(s), &west);
	z->standard = z->summer = -west;
	z->ruled = true;
	if (!*s)
		return;
	z->summer = z->standard + 3600;
	s = skip_name(s);
	if (*s && *s != ',') {
		s = read_span(s, &west);
		z->summer = -west;
	}
	s = read_turn(s, &z->begin);
	z->saves = s && read_turn(s, &z->end);
}

/* In seconds of local time. */
static int64_t turn_in(const struct turn *t, int year)
{
	int64_t first = clock_days(year, t->month, 1);
	int weekday = (int)((first + 4) % 7); /* 0: Sunday */
	int64_t day = first + (t->day - weekday + 7) % 7 + 7 * (t->week - 1);
	int next_year = t->month == 12 ? year + 1 : year;
	if (day >= clock_days(next_year, t->month % 12 + 1, 1))
		day -= 7;
	return day * 86400 + t->time;
}

static int rule_offset(const struct zone *z, int64_t seconds)
{
	int year, month, day;
	if (!z->saves)
		return z->standard;
	int64_t local = seconds + z->standard;
	clock_date(local / 86400 - (local % 86400 < 0), &year, &month, &day);
	int64_t begin = turn_in(&z->begin, year) - z->standard;
	int64_t end = turn_in(&z->end, year) - z->summer;
	bool summer = begin < end ? seconds >= begin && seconds < end
				  : seconds >= begin || seconds < end;
	return summer ? z->summer : z->standard;
}

/* --- the file --- */

static int64_t big_endian(const unsigned char *p, int bytes)
{
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

struct head {
	size_t utc, standard, leaps, times, types, chars;
};

static bool read_head(const unsigned char *p, size_t n, struct head *h)
{
	size_t *const counts[] = {&h->utc,   &h->standard, &h->leaps,
				  &h->times, &h->types,    &h->chars};
	if (n < HEAD || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	for (size_t i = 0; i < 6; i++) {
		int64_t v = big_endian(p + 20 + 4 * i, 4);
		if (v < 0 || v > FILE_MOST)
			return false;
		*counts[i] = (size_t)v;
	}
	return h->types > 0;
}

static size_t data_size(const struct head *h, size_t time_size)
{
	return h->times * (time_size + 1) + h->types * 6 + h->chars +
	       h->leaps * (time_size + 4) + h->standard + h->utc;
}

static bool take_times(struct zone *z, const unsigned char *p, const struct head *h)
{
	const unsigned char *index = p + 8 * h->times, *types = index + h->times;
	z->at = xcalloc(h->times + 1, sizeof *z->at);
	z->offsets = xcalloc(h->times + 1, sizeof *z->offsets);
	z->count = h->times;
	z->first = (int)big_endian(types, 4);
	for (size_t i = 0; i < h->times; i++) {
		if (index[i] >= h->types)
			return false;
		z->at[i] = big_endian(p + 8 * i, 8);
		z->offsets[i] = (int)big_endian(types + 6 * index[i], 4);
	}
	return true;
}

/* The second half of the file has 64 bits and, between line ends, the rule. */
static bool take_file(struct zone *z, const unsigned char *p, size_t n)
{
	struct head old, h;
	if (!read_head(p, n, &old))
		return false;
	size_t skip = HEAD + data_size(&old, 4);
	if (skip > n || !read_head(p + skip, n - skip, &h))
		return false;
	p += skip + HEAD;
	n -= skip + HEAD;
	size_t size = data_size(&h, 8);
	if (size > n || !take_times(z, p, &h))
		return false;
	char rule[100];
	snprintf(rule, sizeof rule, "%.*s", (int)(n - size), (const char *)p + size);
	if (*rule == '\n') {
		rule[1 + strcspn(rule + 1, "\n")] = '\0';
		if (rule[1])
			read_rule(z, rule + 1);
	}
	return true;
}

static bool is_name(const char *s)
{
	return *s != '/' && !strstr(s, "..") && strlen(s) < 100 &&
	       strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			 "0123456789_+-/") == strlen(s);
}

static bool load(struct zone *z, const char *name)
{
	char path[160];
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	FILE *f = is_name(name) ? fopen(path, "rbe") : NULL;
	if (!f)
		return false;
	unsigned char *data = xmalloc(FILE_MOST);
	size_t n = fread(data, 1, FILE_MOST, f);
	fclose(f);
	bool good = take_file(z, data, n);
	free(data);
	return good;
}

/* "+07:00" */
static bool is_fixed(const char *s, int *offset)
{
	int h, m, n = 0;
	if ((*s != '+' && *s != '-') || sscanf(s + 1, "%2d:%2d%n", &h, &m, &n) != 2 ||
	    s[1 + n] || n != 5 || h > 14 || m > 59)
		return false;
	*offset = (h * 3600 + m * 60) * (*s == '-' ? -1 : 1);
	return true;
}

struct zone *zone_open(const char *name)
{
	struct zone *z = xcalloc(1, sizeof *z);
	if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 || is_fixed(name, &z->first) ||
	    load(z, name))
		return z;
	zone_free(z);
	return NULL;
}

void zone_free(struct zone *z)
{
	if (!z)
		return;
	free(z->at);
	free(z->offsets);
	free(z);
}

/* --- asking --- */

static int offset_at(const struct zone *z, int64_t seconds)
{
	size_t low = 0, high = z->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (z->at[middle] <= seconds)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == z->count && z->ruled)
		return rule_offset(z, seconds);
	return low ? z->offsets[low - 1] : z->first;
}

int zone_offset(const struct zone *z, int64_t t)
{
	return z ? offset_at(z, t / SECOND - (t % SECOND < 0)) : clock_local(t).offset;
}

int64_t zone_instant(const struct zone *z, const struct clock_civil *c)
{
	if (!z)
		return clock_from_local(c);
	int64_t local = clock_days(c->year, c->month, c->day) * 86400 + c->hour * 3600 +
			c->minute * 60 + c->second;
	/* What the offset is a day before and after tells both candidates. */
	int before = offset_at(z, local - 86400), after = offset_at(z, local + 86400);
	if (offset_at(z, local - before) == before)
		return (local - before) * SECOND;
	if (offset_at(z, local - after) == after)
		return (local - after) * SECOND;
	return (local - before) * SECOND;
}

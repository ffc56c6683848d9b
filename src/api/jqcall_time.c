/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of times, for what is whole seconds in forms that no locale and no zone changes. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "api/jqcall.h"

#define RUN struct arena *a, const struct node *in, const struct node *const *v, bool *unsure
#define PARTS 8

static const struct node *leave(bool *unsure)
{
	*unsure = true;
	return NULL;
}

/* A terminated format of letters that are known; NULL where it is none. */
static const char *format(struct arena *a, const struct node *n, const char *letters)
{
	if (n->type != NODE_STRING || memchr(n->s, '\0', n->n))
		return NULL;
	for (size_t i = 0; i < n->n; i++)
		if (n->s[i] == '%' && (++i == n->n || !strchr(letters, n->s[i])))
			return NULL;
	return arena_memdup(a, n->s, n->n);
}

/* jq's array of a broken-down time. */
static const struct node *lay_parts(struct arena *a, const struct tm *t)
{
	const int parts[PARTS] = {t->tm_year + 1900, t->tm_mon, t->tm_mday, t->tm_hour,
				  t->tm_min,         t->tm_sec, t->tm_wday, t->tm_yday};
	const struct node *list[PARTS];
	for (size_t i = 0; i < PARTS; i++)
		list[i] = jqvalue_number(a, parts[i]);
	return jqvalue_group(a, NODE_ARRAY, list, PARTS);
}

static bool read_parts(const struct node *in, struct tm *t)
{
	int parts[PARTS];
	const struct node *n = node_first(in);
	if (in->type != NODE_ARRAY || jqvalue_count(in) != PARTS)
		return false;
	for (size_t i = 0; i < PARTS; i++, n = node_next(n)) {
		double d;
		if (!jqvalue_double(n, &d) || d < 0 || d > 9999 || d != floor(d))
			return false;
		parts[i] = (int)d;
	}
	*t = (struct tm){.tm_year = parts[0] - 1900,
			 .tm_mon = parts[1],
			 .tm_mday = parts[2],
			 .tm_hour = parts[3],
			 .tm_min = parts[4],
			 .tm_sec = parts[5],
			 .tm_wday = parts[6],
			 .tm_yday = parts[7]};
	return true;
}

/* What was read is a day that there is, and since 1970: jq has odd errors before. */
static bool complete(struct tm *t)
{
	struct tm asked = *t;
	time_t when = timegm(t);
	return when >= 0 && gmtime_r(&when, t) && t->tm_mday == asked.tm_mday &&
	       t->tm_sec == asked.tm_sec && t->tm_year >= 0;
}

/* So many digits; -1 where they are none. */
static int digits(const char *s, size_t n)
{
	int v = 0;
	for (; n; s++, n--) {
		if (*s < '0' || *s > '9')
			return -1;
		v = v * 10 + (*s - '0');
	}
	return v;
}

/* "2026-11-22T08:00:00Z", which is what nearly all maps read.  False for all else. */
static bool read_instant(const struct node *in, const char *form, struct tm *t)
{
	const char *s = in->s;
	if (strcmp(form, "%Y-%m-%dT%H:%M:%SZ") != 0 || in->n != 20 || s[4] != '-' ||
	    s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z')
		return false;
	*t = (struct tm){.tm_year = digits(s, 4) - 1900,
			 .tm_mon = digits(s + 5, 2) - 1,
			 .tm_mday = digits(s + 8, 2),
			 .tm_hour = digits(s + 11, 2),
			 .tm_min = digits(s + 14, 2),
			 .tm_sec = digits(s + 17, 2)};
	return t->tm_year >= 0 && t->tm_mon >= 0 && t->tm_mon < 12 && t->tm_mday > 0 &&
	       t->tm_hour >= 0 && t->tm_hour < 24 && t->tm_min >= 0 && t->tm_min < 60 &&
	       t->tm_sec >= 0 && t->tm_sec < 60;
}

static bool read_time(struct arena *a, const struct node *in, const char *form, struct tm *t)
{
	if (read_instant(in, form, t))
		return true;
	*t = (struct tm){.tm_mday = 0};
	const char *end = strptime(arena_memdup(a, in->s, in->n), form, t);
	return end && !*end && t->tm_mday != 0;
}

static const struct node *do_strptime(RUN)
{
	struct tm t;
	const char *form = format(a, v[0], "YmdHMSTFDRyj%");
	if (in->type != NODE_STRING || !form || memchr(in->s, '\0', in->n) ||
	    !read_time(a, in, form, &t) || !complete(&t))
		return leave(unsure);
	return lay_parts(a, &t);
}

static const struct node *do_mktime(RUN)
{
	struct tm t;
	(void)v;
	if (!read_parts(in, &t))
		return leave(unsure);
	return jqvalue_number(a, (double)timegm(&t));
}

static bool from_number(const struct node *in, struct tm *t)
{
	double d;
	if (!jqvalue_double(in, &d) || d != floor(d) || d < 0 || d > 1e11)
		return false;
	time_t when = (time_t)d;
	return gmtime_r(&when, t) != NULL;
}

static const struct node *do_gmtime(RUN)
{
	struct tm t;
	(void)v;
	return from_number(in, &t) ? lay_parts(a, &t) : leave(unsure);
}

/* The letters of the format are known. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static size_t write_time(char *text, size_t size, const char *form, const struct tm *t)
{
	return strftime(text, size, form, t);
}
#pragma GCC diagnostic pop

static const struct node *do_strftime(RUN)
{
	char text[256];
	struct tm t;
	const char *form = format(a, v[0], "YmdHMSTFDRyj%");
	if (!form || strlen(form) > 60 || !(from_number(in, &t) || read_parts(in, &t)))
		return leave(unsure);
	size_t n = write_time(text, sizeof text, form, &t);
	return n ? jqvalue_text(a, arena_memdup(a, text, n), n) : leave(unsure);
}

/* clang-format off */
const struct jqcall jqcall_times[] = {
	{"strptime", 1, do_strptime}, {"mktime", 0, do_mktime}, {"gmtime", 0, do_gmtime},
	{"strftime", 1, do_strftime},
	{NULL, 0, NULL},
};
/* clang-format on */

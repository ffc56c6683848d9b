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

/* What was read is a day that there is. */
static bool complete(struct tm *t)
{
	struct tm asked = *t;
	time_t when = timegm(t);
	return when != (time_t)-1 && gmtime_r(&when, t) && t->tm_mday == asked.tm_mday &&
	       t->tm_sec == asked.tm_sec && t->tm_year >= 0;
}

static const struct node *do_strptime(RUN)
{
	struct tm t = {.tm_mday = 0};
	const char *form = format(a, v[0], "YmdHMSTFDRyj%");
	if (in->type != NODE_STRING || !form || memchr(in->s, '\0', in->n))
		return leave(unsure);
	const char *end = strptime(arena_memdup(a, in->s, in->n), form, &t);
	if (!end || *end || t.tm_mday == 0 || !complete(&t))
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

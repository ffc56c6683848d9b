/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/instant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "model/filter_parts.h"
#include "text/fold.h"

#define MINUS "\u2212"
#define DIGITS "0123456789"
#define DAYS_MOST 7 /* digits of a number of days */

/* "16:30", "16h30", "9h": seconds since midnight, or -1. */
static int clock_time(const char *s)
{
	size_t hours = strspn(s, DIGITS);
	if (hours < 1 || hours > 2 || (s[hours] != ':' && s[hours] != 'h'))
		return -1;
	const char *rest = s + hours + 1;
	size_t minutes = strspn(rest, DIGITS);
	if (rest[minutes] || (minutes != 2 && (minutes || s[hours] == ':')))
		return -1;
	int hour = atoi(s), minute = atoi(rest);
	return hour < 24 && minute < 60 ? hour * 3600 + minute * 60 : -1;
}

bool instant_is_clock(const char *word)
{
	size_t n = strlen(word);
	return n > 3 && clock_time(word) >= 0; /* "16h" would be an amount */
}

/* A date as the filter line knows it, and a clock time behind a blank. */
static int date_and_clock(const char *text, int64_t now, int64_t *t)
{
	const char *blank = strrchr(text, ' ');
	int seconds = blank ? clock_time(blank + 1) : 0;
	size_t n = blank ? (size_t)(blank - text) : strlen(text);
	struct filter_span span;
	if (seconds < 0 || filter_time(text, n, now, &span) < 0)
		return -1;
	*t = span.start;
	if (!blank)
		return 0;
	struct clock_civil c = clock_local(span.start);
	c.hour = seconds / 3600;
	c.minute = seconds / 60 % 60;
	c.second = 0;
	*t = clock_from_local(&c);
	return 0;
}

int instant_read(const char *text, int64_t now, int64_t *t, struct err *e)
{
	if (clock_parse(text, strlen(text), t) == 0 || date_and_clock(text, now, t) == 0)
		return 0;
	return err_set(e, ERR_USAGE,
		       _("\"%.40s\" is no time: write now, 20/11/2026 16:30 or "
			 "2026-11-20T16:30"),
		       text);
}

/* Takes the sign away, which may be a hyphen or a true minus. */
static const char *after_sign(const char *s, bool *minus)
{
	*minus = *s == '-' || strncmp(s, MINUS, strlen(MINUS)) == 0;
	return !*minus ? s + (*s == '+') : *s == '-' ? s + 1 : s + strlen(MINUS);
}

/* Folded and without blanks: "5 Ngày" is "5ngay". */
static void squeeze(const char *s, struct strbuf *b)
{
	struct strbuf folded = STRBUF_INIT;
	fold_append(&folded, s, strlen(s));
	for (const char *c = folded.s; *c; c++)
		if (*c != ' ')
			strbuf_addc(b, *c);
	strbuf_free(&folded);
}

static bool whole_days(const char *s, int64_t *n)
{
	size_t digits = strspn(s, DIGITS);
	const char *unit = s + digits;
	if (!digits || digits > DAYS_MOST)
		return false;
	*n = strtoll(s, NULL, 10);
	return strcmp(unit, "d") == 0 || strcmp(unit, "ng") == 0 || strcmp(unit, "ngay") == 0;
}

/* Days of 24 hours and weeks would be misunderstood. */
static bool has_long_units(const char *s)
{
	return strchr(s, 'd') || strchr(s, 'w') || strstr(s, "ng") || strstr(s, "tuan");
}

int amount_read(const char *text, struct amount *a, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	bool minus;
	squeeze(after_sign(text, &minus), &b);
	a->days = whole_days(b.s, &a->n);
	bool good = a->days ||
		    (!has_long_units(b.s) && filter_duration(b.s, b.len, 0, &a->n) == 0);
	strbuf_free(&b);
	if (!good)
		return err_set(e, ERR_USAGE,
			       _("\"%.40s\" is no amount: write 2h, 90m, 1h30m, or 5d for "
				 "working days"),
			       text);
	if (minus)
		a->n = -a->n;
	return 0;
}

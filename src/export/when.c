/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the C library for each instant would cost more than all the rest of an export.  No
 * zone ever changed its offset within a quarter of an hour, and the times of a list lie close
 * together, so small tables answer nearly always. */
#include "export/when.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define QUARTER (15 * MINUTE)
#define YEAR_1 INT64_C(-62135500000000)
#define YEAR_9999 INT64_C(253402200000000)

void when_init(struct when *w)
{
	for (size_t i = 0; i < WHEN_OFFSETS; i++)
		w->offsets[i].quarter = INT64_MIN;
	for (size_t i = 0; i < WHEN_DAYS; i++)
		w->days[i].day = INT64_MIN;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int32_t offset_at(struct when *w, int64_t t)
{
	int64_t quarter = floor_div(t, QUARTER);
	size_t i = (size_t)quarter % WHEN_OFFSETS;
	if (w->offsets[i].quarter != quarter) {
		w->offsets[i].quarter = quarter;
		w->offsets[i].offset = clock_local(quarter * QUARTER).offset;
	}
	return w->offsets[i].offset;
}

static char *put2(char *p, int v)
{
	p[0] = (char)('0' + v / 10 % 10);
	p[1] = (char)('0' + v % 10);
	return p + 2;
}

static char *put_day(struct when *w, int64_t day, char *p)
{
	size_t i = (size_t)day % WHEN_DAYS;
	if (w->days[i].day != day) {
		int year, month, date;
		clock_date(day, &year, &month, &date);
		w->days[i].day = day;
		w->days[i].n = (uint8_t)snprintf(w->days[i].text, sizeof w->days[i].text,
						 "%04d-%02d-%02d", year % 100000, month % 100,
						 date % 100);
	}
	memcpy(p, w->days[i].text, w->days[i].n);
	return p + w->days[i].n;
}

size_t when_iso(struct when *w, int64_t t, char *buf)
{
	if (t < YEAR_1 || t > YEAR_9999) /* no calendar has it: the number as it is */
		return (size_t)snprintf(buf, WHEN_TEXT, "%lld", (long long)t);
	int32_t offset = offset_at(w, t);
	int64_t local = t + offset * SECOND;
	int64_t day = floor_div(local, DAY);
	int in_day = (int)(local - day * DAY);
	int seconds = in_day / 1000, ms = in_day % 1000;
	char *p = put_day(w, day, buf);
	*p++ = 'T';
	p = put2(p, seconds / 3600);
	*p++ = ':';
	p = put2(p, seconds / 60 % 60);
	*p++ = ':';
	p = put2(p, seconds % 60);
	if (ms) {
		*p++ = '.';
		*p++ = (char)('0' + ms / 100);
		p = put2(p, ms % 100);
	}
	*p++ = offset < 0 ? '-' : '+';
	int minutes = (offset < 0 ? -offset : offset) / 60;
	p = put2(p, minutes / 60);
	*p++ = ':';
	p = put2(p, minutes % 60);
	return (size_t)(p - buf);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/moment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define MILLISECONDS_FROM 1e11 /* as seconds, the year 5138 */

int64_t moment_unit(const char *format)
{
	static const struct {
		char letter;
		int64_t unit;
	} letters[] = {{'f', 1},   {'S', SECOND},   {'M', MINUTE},   {'H', HOUR},
		       {'d', DAY}, {'m', 31 * DAY}, {'Y', 366 * DAY}};
	int64_t unit = 0;
	if (strcmp(format, "rfc3339") == 0 || strcmp(format, "milliseconds") == 0)
		return 1;
	if (strcmp(format, "seconds") == 0)
		return SECOND;
	for (const char *p = format; (p = strchr(p, '%')); p += 2) {
		if (!p[1] || !strchr("YmdHMSfz%", p[1]))
			return 0;
		for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
			if (letters[i].letter == p[1] && (!unit || letters[i].unit < unit))
				unit = letters[i].unit;
	}
	/* Coarser than a day is no way to ask for what is new. */
	return unit <= DAY ? unit : 0;
}

static int64_t rounded(int64_t t, int64_t unit, int64_t offset, bool up)
{
	if (unit < 1)
		return t;
	int64_t rest = ((t + offset) % unit + unit) % unit;
	return t - rest + (up && rest ? unit : 0);
}

static void write_pattern(int64_t t, const char *format, int offset, struct strbuf *out)
{
	int64_t local = t + offset * SECOND;
	int64_t day = (local - ((local % DAY) + DAY) % DAY) / DAY, rest = local - day * DAY;
	int year, month, date;
	clock_date(day, &year, &month, &date);
	strbuf_addc(out, '"');
	for (const char *p = format; *p; p++) {
		if (*p != '%') {
			if (*p == '"' || *p == '\\')
				strbuf_addc(out, '\\');
			strbuf_addc(out, *p);
			continue;
		}
		switch (*++p) {
		case 'Y':
			strbuf_addf(out, "%04d", year);
			break;
		case 'm':
			strbuf_addf(out, "%02d", month);
			break;
		case 'd':
			strbuf_addf(out, "%02d", date);
			break;
		case 'H':
			strbuf_addf(out, "%02d", (int)(rest / HOUR));
			break;
		case 'M':
			strbuf_addf(out, "%02d", (int)(rest / MINUTE % 60));
			break;
		case 'S':
			strbuf_addf(out, "%02d", (int)(rest / SECOND % 60));
			break;
		case 'f':
			strbuf_addf(out, "%03d", (int)(rest % SECOND));
			break;
		case 'z':
			strbuf_addf(out, "%c%02d:%02d", offset < 0 ? '-' : '+',
				    abs(offset) / 3600, abs(offset) / 60 % 60);
			break;
		default:
			strbuf_addc(out, '%');
		}
	}
	strbuf_addc(out, '"');
}

void moment_write(int64_t t, const char *format, const struct zone *zone, bool up,
		  struct strbuf *out)
{
	char text[CLOCK_TEXT];
	int offset = zone_offset(zone, t);
	t = rounded(t, moment_unit(format), offset * SECOND, up);
	if (strcmp(format, "rfc3339") == 0) {
		clock_format_utc(t, text);
		strbuf_addf(out, "\"%s\"", text);
	} else if (strcmp(format, "seconds") == 0) {
		strbuf_addf(out, "%lld", (long long)(t / SECOND));
	} else if (strcmp(format, "milliseconds") == 0) {
		strbuf_addf(out, "%lld", (long long)t);
	} else {
		write_pattern(t, format, offset, out);
	}
}

/* Whether the text tells its zone itself. */
static bool has_zone(const char *s, size_t n)
{
	for (size_t i = 10; i < n; i++)
		if (strchr("Zz+-", s[i]) && s[i])
			return true;
	return false;
}

int moment_read(const struct node *n, const struct zone *zone, int64_t *t)
{
	if (n->type == NODE_NUMBER) {
		double v = node_number(n);
		if (!(fabs(v) < 1e15))
			return -1;
		*t = llround(fabs(v) < MILLISECONDS_FROM ? v * (double)SECOND : v);
		return 0;
	}
	if (n->type != NODE_STRING || clock_parse(n->s, n->n, t) < 0)
		return -1;
	if (zone && !has_zone(n->s, n->n)) {
		struct clock_civil c = clock_local(*t);
		*t = zone_instant(zone, &c);
	}
	return 0;
}

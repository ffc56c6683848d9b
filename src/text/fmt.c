/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/fmt.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

#define NO_VALUE "–"

static char *no_value(char *buf)
{
	memcpy(buf, NO_VALUE, sizeof NO_VALUE);
	return buf;
}

/* Separators of thousands and decimals, as one text of two characters. */
static const char *separators(void)
{
	const char *s = _(",.");
	return strlen(s) == 2 ? s : ",.";
}

/* The digits of v in groups of three. */
static void group(uint64_t v, char *buf)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, v);
	char mark = separators()[0], *out = buf;
	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			*out++ = mark;
		*out++ = digits[i];
	}
	*out = '\0';
}

static uint64_t magnitude(int64_t v)
{
	return v < 0 ? UINT64_C(0) - (uint64_t)v : (uint64_t)v;
}

char *fmt_integer(int64_t v, char *buf)
{
	buf[0] = '-';
	group(magnitude(v), buf + (v < 0));
	return buf;
}

char *fmt_signed(int64_t v, char *buf)
{
	char digits[32];
	group(magnitude(v), digits);
	snprintf(buf, FMT_TEXT, "%s%s", v > 0 ? "+" : v < 0 ? "−" : "", digits);
	return buf;
}

/* Numbers too long for groups to help are written as a computer would. */
char *fmt_real(double v, int decimals, char *buf)
{
	if (!isfinite(v))
		return no_value(buf);
	if (fabs(v) >= 1e15) {
		snprintf(buf, FMT_TEXT, "%.6g", v);
		return buf;
	}
	char plain[64], whole[32];
	int places = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
	snprintf(plain, sizeof plain, "%.*f", places, fabs(v));
	uint64_t units = 0;
	const char *p = plain;
	for (; *p >= '0' && *p <= '9'; p++)
		units = units * 10 + (uint64_t)(*p - '0');
	bool zero = strspn(plain, "0.") == strlen(plain);
	group(units, whole);
	int n = snprintf(buf, FMT_TEXT, "%s%s", v < 0 && !zero ? "-" : "", whole);
	if (places > 0)
		snprintf(buf + n, (size_t)(FMT_TEXT - n), "%c%s", separators()[1], p + 1);
	return buf;
}

char *fmt_number(double v, char *buf)
{
	char plain[64];
	int places = 6;
	if (isfinite(v) && fabs(v) < 1e15) {
		size_t n = (size_t)snprintf(plain, sizeof plain, "%.6f", v);
		while (places > 0 && plain[--n] == '0')
			places--;
	}
	return fmt_real(v, places, buf);
}

__extension__ typedef unsigned __int128 wide;

/* Hundredths of a percent, half up, and never all of it for less than all. */
static uint64_t hundredths(uint64_t part, uint64_t whole)
{
	wide share = ((wide)part * 20000 + whole) / ((wide)whole * 2);
	if (part < whole && share >= 10000)
		return 9999;
	return share > UINT64_MAX ? UINT64_MAX : (uint64_t)share;
}

static char *write_share(const char *sign, uint64_t share, char *buf)
{
	char units[32];
	group(share / 100, units);
	snprintf(buf, FMT_TEXT, "%s%s%c%02d%%", share ? sign : "", units, separators()[1],
		 (int)(share % 100));
	return buf;
}

char *fmt_percent(int64_t part, int64_t whole, char *buf)
{
	if (whole == 0)
		return no_value(buf);
	const char *sign = (part < 0) != (whole < 0) ? "−" : "";
	return write_share(sign, hundredths(magnitude(part), magnitude(whole)), buf);
}

char *fmt_change(int64_t now, int64_t before, char *buf)
{
	int64_t change;
	if (__builtin_sub_overflow(now, before, &change))
		change = now < before ? INT64_MIN : INT64_MAX;
	fmt_signed(change, buf);
	if (before == 0)
		return buf;
	char share[FMT_TEXT];
	write_share(change < 0 ? "−" : "+", hundredths(magnitude(change), magnitude(before)),
		    share);
	size_t n = strlen(buf);
	snprintf(buf + n, FMT_TEXT - n, " (%.40s)", share);
	return buf;
}

char *fmt_bytes(uint64_t n, char *buf)
{
	static const char *const units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
	size_t unit = 0;
	double v = (double)n;
	while (v >= 999.5 && unit + 1 < sizeof units / sizeof units[0]) {
		v /= 1024;
		unit++;
	}
	fmt_real(v, unit > 0 && v < 9.95 ? 1 : 0, buf);
	size_t end = strlen(buf);
	snprintf(buf + end, FMT_TEXT - end, " %s", units[unit]);
	return buf;
}

char *fmt_flag(bool v, char *buf)
{
	snprintf(buf, FMT_TEXT, "%s", v ? _("yes") : _("no"));
	return buf;
}

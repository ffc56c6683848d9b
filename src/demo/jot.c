/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/jot.h"

#include <string.h>

#include "base/clock.h"

static void escape(struct strbuf *b, unsigned char c)
{
	switch (c) {
	case '"':
		strbuf_adds(b, "\\\"");
		break;
	case '\\':
		strbuf_adds(b, "\\\\");
		break;
	case '\n':
		strbuf_adds(b, "\\n");
		break;
	default:
		strbuf_addf(b, "\\u%04x", c);
	}
}

void jot_quote(struct strbuf *b, const char *s, size_t n)
{
	size_t from = 0;
	strbuf_addc(b, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		strbuf_add(b, s + from, i - from);
		escape(b, c);
		from = i + 1;
	}
	strbuf_add(b, s + from, n - from);
	strbuf_addc(b, '"');
}

void jot_key(struct strbuf *b, const char *key)
{
	if (b->len && b->s[b->len - 1] != '{')
		strbuf_addc(b, ',');
	strbuf_addc(b, '"');
	strbuf_adds(b, key);
	strbuf_add(b, "\":", 2);
}

void jot_text_n(struct strbuf *b, const char *key, const char *s, size_t n)
{
	if (n == 0)
		return;
	jot_key(b, key);
	jot_quote(b, s, n);
}

void jot_text(struct strbuf *b, const char *key, const char *s)
{
	if (s)
		jot_text_n(b, key, s, strlen(s));
}

void jot_int(struct strbuf *b, const char *key, int64_t v)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t rest = v < 0 ? -(uint64_t)v : (uint64_t)v;
	do
		digits[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (v < 0)
		digits[--at] = '-';
	jot_key(b, key);
	strbuf_add(b, digits + at, sizeof digits - at);
}

void jot_decimal(struct strbuf *b, const char *key, double v, int decimals)
{
	jot_key(b, key);
	strbuf_addf(b, "%.*f", decimals, v);
}

void jot_flag(struct strbuf *b, const char *key, bool v)
{
	jot_key(b, key);
	strbuf_adds(b, v ? "true" : "false");
}

static void digits(char *at, int64_t v, int count)
{
	for (int i = count - 1; i >= 0; i--, v /= 10)
		at[i] = (char)('0' + v % 10);
}

void jot_instant(struct strbuf *b, int64_t t)
{
	char text[] = "2026-01-01T00:00:00.000Z";
	int64_t days = t / DAY - (t % DAY < 0), rest = t - days * DAY;
	int year, month, day;
	clock_date(days, &year, &month, &day);
	digits(text, year, 4);
	digits(text + 5, month, 2);
	digits(text + 8, day, 2);
	digits(text + 11, rest / HOUR, 2);
	digits(text + 14, rest / MINUTE % 60, 2);
	digits(text + 17, rest / SECOND % 60, 2);
	digits(text + 20, rest % SECOND, 3);
	strbuf_addc(b, '"');
	strbuf_add(b, text, sizeof text - 1);
	strbuf_addc(b, '"');
}

void jot_time(struct strbuf *b, const char *key, int64_t t)
{
	if (t == CLOCK_NONE)
		return;
	jot_key(b, key);
	jot_instant(b, t);
}

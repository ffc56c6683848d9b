/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <string.h>

static bool is_between(unsigned char c, unsigned char low, unsigned char high)
{
	return c >= low && c <= high;
}

/* Whether byte `at` may continue a sequence of that lead byte (Unicode table 3-7). */
static bool continues(unsigned char lead, size_t at, unsigned char c)
{
	if (at == 1) {
		if (lead == 0xe0)
			return is_between(c, 0xa0, 0xbf);
		if (lead == 0xed)
			return is_between(c, 0x80, 0x9f);
		if (lead == 0xf0)
			return is_between(c, 0x90, 0xbf);
		if (lead == 0xf4)
			return is_between(c, 0x80, 0x8f);
	}
	return is_between(c, 0x80, 0xbf);
}

static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;
	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	size_t length = sequence_length(u[0]);
	*cp = UTF8_BROKEN;
	if (length == 0)
		return 1;
	uint32_t value = u[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		if (i >= n || !continues(u[0], i, u[i]))
			return i;
		value = value << 6 | (u[i] & 0x3fU);
	}
	*cp = value;
	return length;
}

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* The length of the character at u, or 0 where it needs a closer look. */
static inline size_t plain_length(const unsigned char *u, size_t n)
{
	if (u[0] < 0x80)
		return 1;
	if (n >= 2 && u[0] >= 0xc2 && u[0] < 0xe0)
		return is_tail(u[1]) ? 2 : 0;
	bool three = n >= 3 && u[0] > 0xe0 && u[0] < 0xf0 && u[0] != 0xed;
	return three && is_tail(u[1]) && is_tail(u[2]) ? 3 : 0;
}

bool utf8_is_valid(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	const uint64_t high = UINT64_C(0x8080808080808080);
	for (size_t at = 0; at < n;) {
		uint64_t word = high;
		uint32_t cp;
		if (n - at >= sizeof word)
			memcpy(&word, u + at, sizeof word);
		size_t length = word & high ? plain_length(u + at, n - at) : sizeof word;
		if (!length) {
			length = utf8_decode(s + at, n - at, &cp);
			if (cp == UTF8_BROKEN)
				return false;
		}
		at += length;
	}
	return true;
}

void utf8_drop_half(char *text)
{
	size_t n = strlen(text), at = n;
	uint32_t cp;
	while (at > 0 && n - at < 3 && is_between((unsigned char)text[at - 1], 0x80, 0xbf))
		at--;
	if (at == 0 || (unsigned char)text[at - 1] < 0xc0)
		return;
	at--;
	utf8_decode(text + at, n - at, &cp);
	if (cp == UTF8_BROKEN)
		text[at] = '\0';
}

void utf8_copy(char *field, size_t size, const char *text)
{
	size_t n = strnlen(text, size - 1);
	memcpy(field, text, n);
	field[n] = '\0';
	utf8_drop_half(field);
}

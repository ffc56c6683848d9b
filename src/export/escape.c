/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nearly no cell holds anything to escape, so eight bytes are looked at in one go and copied
 * in long runs; the careful way begins at the first special byte. */
#include "export/escape.h"

#include <stdint.h>
#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

static inline uint64_t zeros(uint64_t v)
{
	return (v - ONES) & ~v & HIGHS;
}

static inline uint64_t equals(uint64_t v, unsigned char c)
{
	return zeros(v ^ ONES * c);
}

static inline bool csv_byte(unsigned char c)
{
	return c == '"' || c == ',' || c == '\n' || c == '\r';
}

static inline bool tsv_byte(unsigned char c)
{
	return c == '\t' || c == '\n' || c == '\r' || c == '\\';
}

static inline bool json_byte(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\';
}

static inline uint64_t csv_word(uint64_t v)
{
	return equals(v, '"') | equals(v, ',') | equals(v, '\n') | equals(v, '\r');
}

static inline uint64_t tsv_word(uint64_t v)
{
	return equals(v, '\t') | equals(v, '\n') | equals(v, '\r') | equals(v, '\\');
}

static inline uint64_t json_word(uint64_t v)
{
	uint64_t controls = (v - ONES * 0x20) & ~v & HIGHS;
	return controls | equals(v, '"') | equals(v, '\\');
}

/* Length of the prefix without special bytes. */
static inline __attribute__((always_inline)) size_t
plain_prefix(const char *s, size_t n, uint64_t (*word)(uint64_t), bool (*byte)(unsigned char))
{
	size_t i = 0;
	for (uint64_t v; i + 8 <= n; i += 8) {
		memcpy(&v, s + i, 8);
		if (word(v))
			break;
	}
	while (i < n && !byte((unsigned char)s[i]))
		i++;
	return i;
}

void escape_csv(struct out *o, const char *s, size_t n)
{
	if (plain_prefix(s, n, csv_word, csv_byte) == n) {
		out_add(o, s, n);
		return;
	}
	out_addc(o, '"');
	for (const char *q; (q = memchr(s, '"', n)); s = q + 1) {
		out_add(o, s, (size_t)(q - s) + 1);
		out_addc(o, '"');
		n -= (size_t)(q - s) + 1;
	}
	out_add(o, s, n);
	out_addc(o, '"');
}

void escape_tsv(struct out *o, const char *s, size_t n)
{
	while (n) {
		size_t k = plain_prefix(s, n, tsv_word, tsv_byte);
		out_add(o, s, k);
		if (k == n)
			return;
		char c = s[k];
		char pair[2] = {'\\', c == '\t'   ? 't'
				      : c == '\n' ? 'n'
				      : c == '\r' ? 'r'
						  : '\\'};
		out_add(o, pair, 2);
		s += k + 1;
		n -= k + 1;
	}
}

static void escape_json_byte(struct out *o, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
	size_t n = 6;
	if (c == '"' || c == '\\')
		text[1] = (char)c, n = 2;
	else if (c == '\n')
		text[1] = 'n', n = 2;
	else if (c == '\t')
		text[1] = 't', n = 2;
	out_add(o, text, n);
}

void escape_json(struct out *o, const char *s, size_t n)
{
	out_addc(o, '"');
	while (n) {
		size_t k = plain_prefix(s, n, json_word, json_byte);
		out_add(o, s, k);
		if (k == n)
			break;
		escape_json_byte(o, (unsigned char)s[k]);
		s += k + 1;
		n -= k + 1;
	}
	out_addc(o, '"');
}

static bool starts_formula(const char *s, size_t n)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};
	for (; n && *s == ' '; n--)
		s++;
	if (!n)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (n >= 3 && memcmp(s, wide[i], 3) == 0)
			return true;
	return *s && strchr("=+-@\t\r", *s);
}

bool escape_is_formula(const char *s, size_t n)
{
	/* letters and digits of ASCII begin nearly every cell */
	unsigned char c = n ? (unsigned char)*s : 'a';
	bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	return !plain && starts_formula(s, n);
}

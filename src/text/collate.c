/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One letter after the other, with its marks: the base and the marks that make another letter
 * of it (ă â ê ô ơ ư đ) are its primary weight, the tone and foreign marks its secondary one,
 * case the third.  The levels of two texts are compared in one walk: a difference of letters
 * ends it, the first difference of the lower levels is kept for the end.  Composed characters
 * are decomposed while reading, which is why NFC and NFD are equal. */
#include "text/collate.h"

#include <stdbool.h>
#include <stdint.h>
#include <utf8proc.h>

#include "text/utf8.h"

enum class { CLASS_BLANK = 1, CLASS_PUNCTUATION, CLASS_DIGIT, CLASS_LATIN, CLASS_OTHER };

struct weight {
	uint32_t primary; /* class in the highest byte */
	uint16_t secondary;
	bool upper;
};

struct reader {
	const char *s;
	size_t n;
};

/* Which letter a mark makes of a base: its place after the plain one; 0 for none. */
static uint32_t letter_variant(uint32_t base, uint32_t mark)
{
	switch (mark) {
	case 0x306: /* breve */
		return base == 'a' ? 1 : 0;
	case 0x302: /* circumflex */
		return base == 'a' ? 2 : base == 'e' || base == 'o' ? 1 : 0;
	case 0x31b: /* horn */
		return base == 'o' ? 2 : base == 'u' ? 1 : 0;
	default:
		return 0;
	}
}

/* Tones in their order, then any other mark. */
static uint16_t mark_weight(uint32_t mark)
{
	switch (mark) {
	case 0x300:
		return 1; /* huyền */
	case 0x309:
		return 2; /* hỏi */
	case 0x303:
		return 3; /* ngã */
	case 0x301:
		return 4; /* sắc */
	case 0x323:
		return 5; /* nặng */
	default:
		return (uint16_t)(8 + mark * 8);
	}
}

static uint32_t primary(enum class class, uint32_t value)
{
	return (uint32_t) class << 24 | value;
}

static uint32_t latin(uint32_t letter, uint32_t variant)
{
	return primary(CLASS_LATIN, (letter - 'a') * 4 + variant);
}

/* The primary weight of a small base letter or anything else. */
static uint32_t base_weight(uint32_t c)
{
	if (c >= 'a' && c <= 'z')
		return latin(c, 0);
	if (c == 0x111)
		return latin('d', 1);
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC:
		return primary(CLASS_BLANK, 0);
	case UTF8PROC_CATEGORY_ND:
		return primary(CLASS_DIGIT, c);
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return primary(CLASS_OTHER, c);
	default:
		return primary(CLASS_PUNCTUATION, c);
	}
}

static void start_weight(struct weight *w, uint32_t cp)
{
	uint32_t lower = cp >= 'a' && cp <= 'z'
				 ? cp
				 : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
	*w = (struct weight){.primary = base_weight(lower), .upper = lower != cp};
}

static void add_mark(struct weight *w, uint32_t mark)
{
	uint32_t place = w->primary - latin('a', 0);
	bool plain = w->primary >> 24 == CLASS_LATIN && place % 4 == 0;
	uint32_t variant = plain ? letter_variant('a' + place / 4, mark) : 0;
	if (variant)
		w->primary += variant;
	else
		w->secondary = (uint16_t)(w->secondary + mark_weight(mark));
}

static void start_decomposed(struct weight *w, uint32_t cp)
{
	utf8proc_int32_t parts[8];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8,
						     UTF8PROC_DECOMPOSE, &boundary);
	if (n < 1 || n > 8) {
		start_weight(w, cp);
		return;
	}
	start_weight(w, (uint32_t)parts[0]);
	for (utf8proc_ssize_t i = 1; i < n; i++)
		add_mark(w, (uint32_t)parts[i]);
}

static bool next_weight(struct reader *r, struct weight *w)
{
	if (r->n == 0)
		return false;
	uint32_t cp;
	size_t length = utf8_decode(r->s, r->n, &cp);
	if (cp < 0x80)
		start_weight(w, cp);
	else
		start_decomposed(w, cp == UTF8_BROKEN ? UTF8_REPLACEMENT : cp);
	r->s += length;
	r->n -= length;
	while (r->n > 0 && (unsigned char)*r->s >= 0xcc) {
		length = utf8_decode(r->s, r->n, &cp);
		if (cp == UTF8_BROKEN || !utf8_is_mark(cp))
			break;
		add_mark(w, cp);
		r->s += length;
		r->n -= length;
	}
	return true;
}

/* Whether a character that is not a mark starts here, by its first byte. */
static bool is_boundary(unsigned char c)
{
	return c < 0x80 || (c >= 0xc0 && c < 0xcc);
}

/* Bytes at the start that are the same in both and end where characters do. */
static size_t common_prefix(const char *a, size_t an, const char *b, size_t bn)
{
	size_t n = an < bn ? an : bn, at = 0;
	while (at < n && a[at] == b[at])
		at++;
	if (at == an && at == bn)
		return at;
	while (at > 0 && ((at < an && !is_boundary((unsigned char)a[at])) ||
			  (at < bn && !is_boundary((unsigned char)b[at]))))
		at--;
	return at;
}

int collate_compare(const char *a, size_t an, const char *b, size_t bn)
{
	size_t same = common_prefix(a, an, b, bn);
	struct reader ra = {a + same, an - same}, rb = {b + same, bn - same};
	struct weight wa, wb;
	int second = 0, third = 0;
	for (;;) {
		bool more_a = next_weight(&ra, &wa), more_b = next_weight(&rb, &wb);
		if (!more_a || !more_b) {
			if (more_a != more_b)
				return more_a ? 1 : -1;
			return second ? second : third;
		}
		if (wa.primary != wb.primary)
			return wa.primary < wb.primary ? -1 : 1;
		if (!second && wa.secondary != wb.secondary)
			second = wa.secondary < wb.secondary ? -1 : 1;
		if (!third && wa.upper != wb.upper)
			third = wa.upper ? 1 : -1;
	}
}

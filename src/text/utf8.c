/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables are utf8proc's.  ASCII and Latin, which is nearly all that is ever drawn, never
 * reach them: below U+0300 and from U+1E00 to U+1EFF every printable character takes one
 * column and none is a mark.
 *
 * A cluster here is what one terminal cell (or two) can hold: a base and the nonspacing marks
 * after it.  Joined emoji and flags are left apart, because terminals disagree about them and
 * clean.h takes the joiners away. */
#include "text/utf8.h"

#include <utf8proc.h>

#include "text/clean.h"

static bool is_between(uint32_t c, uint32_t low, uint32_t high)
{
	return c >= low && c <= high;
}

size_t utf8_encode(uint32_t cp, char buf[4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)buf);
}

static bool is_latin(uint32_t cp)
{
	return is_between(cp, 0x20, 0x7e) || (is_between(cp, 0xa0, 0x2ff) && cp != 0xad) ||
	       is_between(cp, 0x1e00, 0x1eff);
}

/* Medial vowels and finals of Korean, when they were not composed. */
static bool is_joining_jamo(uint32_t cp)
{
	return is_between(cp, 0x1160, 0x11ff) || is_between(cp, 0xd7b0, 0xd7ff);
}

static bool is_noncharacter(uint32_t cp)
{
	return (cp & 0xfffe) == 0xfffe || is_between(cp, 0xfdd0, 0xfdef);
}

/* Default-ignorable, as far as utf8proc's flag does not know it: reserved places. */
static bool is_reserved_ignorable(uint32_t cp)
{
	return cp == 0x2065 || is_between(cp, 0xfff0, 0xfff8) ||
	       is_between(cp, 0xe0000, 0xe0fff);
}

static const utf8proc_property_t *property(uint32_t cp)
{
	return utf8proc_get_property((utf8proc_int32_t)cp);
}

bool utf8_is_printable(uint32_t cp)
{
	if (is_latin(cp))
		return true;
	if (cp < 0x300 || cp > 0x10ffff || is_noncharacter(cp) || is_reserved_ignorable(cp))
		return false;
	const utf8proc_property_t *p = property(cp);
	if (p->ignorable)
		return false;
	switch (p->category) {
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
		return false;
	default:
		return true;
	}
}

bool utf8_is_mark(uint32_t cp)
{
	if (cp < 0x300 || is_between(cp, 0x1e00, 0x1eff) || cp > 0x10ffff)
		return false;
	utf8proc_propval_t category = property(cp)->category;
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
	       is_joining_jamo(cp);
}

/* Embeddings, overrides and isolates: they can make a line say what it does not. */
static bool is_bidi_spoof(uint32_t cp)
{
	return is_between(cp, 0x202a, 0x202e) || is_between(cp, 0x2066, 0x2069);
}

uint32_t utf8_substitute(uint32_t cp)
{
	if (cp < 0x20)
		return 0x2400 + cp;
	if (cp == 0x7f)
		return 0x2421;
	if (cp == 0x2028 || cp == 0x2029)
		return 0x21b5;
	if (cp > 0x10ffff || is_noncharacter(cp) || is_bidi_spoof(cp) ||
	    is_between(cp, 0xe0000, 0xe007f))
		return UTF8_REPLACEMENT;
	return property(cp)->ignorable || is_reserved_ignorable(cp) ? 0 : UTF8_REPLACEMENT;
}

int utf8_char_width(uint32_t cp)
{
	if (is_latin(cp))
		return 1;
	if (!utf8_is_printable(cp))
		return utf8_substitute(cp) ? 1 : 0;
	if (utf8_is_mark(cp))
		return 0;
	const utf8proc_property_t *p = property(cp);
	if (p->charwidth == 2 ||
	    (p->category == UTF8PROC_CATEGORY_CN && is_between(cp, 0x1f300, 0x1faff)))
		return 2;
	return 1;
}

/* Whether the bytes at s can't start a mark, by the lead bytes alone: U+0000 to U+02FF and
 * most of U+1E00 to U+1EFF. */
static bool starts_no_mark(const char *s, size_t n)
{
	unsigned char lead = n ? (unsigned char)s[0] : 0;
	if (lead < 0xcc)
		return true;
	return lead == 0xe1 && n > 1 && is_between((unsigned char)s[1], 0xb8, 0xbb);
}

/* Takes the marks after a base, as many as a cell holds. */
static size_t take_marks(const char *s, size_t n)
{
	size_t at = 0;
	for (int marks = 0; marks < CLEAN_MARKS && at < n; marks++) {
		uint32_t cp;
		size_t length = utf8_decode(s + at, n - at, &cp);
		if (cp == UTF8_BROKEN || !utf8_is_mark(cp) || !utf8_is_printable(cp))
			break;
		at += length;
	}
	return at;
}

size_t utf8_next(const char *s, size_t n, struct utf8_cluster *c)
{
	uint32_t cp;
	size_t length = utf8_decode(s, n, &cp);
	*c = (struct utf8_cluster){.n = length, .cp = cp, .width = 1, .single = true};
	if (!is_latin(cp)) {
		if (!utf8_is_printable(cp)) {
			c->cp = utf8_substitute(cp);
			c->width = c->cp != 0;
			return length;
		}
		c->width = utf8_char_width(cp);
		if (c->width == 0) { /* a mark without a base */
			c->cp = 0;
			return length;
		}
	}
	if (!starts_no_mark(s + length, n - length)) {
		size_t marks = take_marks(s + length, n - length);
		c->single = marks == 0;
		c->n += marks;
	}
	return c->n;
}

/* Where the character before s[at] starts; broken bytes count one by one. */
static size_t previous_char(const char *s, size_t at)
{
	size_t start = at - 1;
	while (start > 0 && at - start < 4 && ((unsigned char)s[start] & 0xc0) == 0x80)
		start--;
	uint32_t cp;
	return start + utf8_decode(s + start, at - start, &cp) == at ? start : at - 1;
}

size_t utf8_previous(const char *s, size_t at)
{
	size_t start = at;
	uint32_t cp = 0x300;
	for (int i = 0; i <= CLEAN_MARKS && start > 0 && utf8_is_mark(cp); i++) {
		size_t before = previous_char(s, start);
		utf8_decode(s + before, start - before, &cp);
		start = before;
	}
	struct utf8_cluster c;
	while (start + utf8_next(s + start, at - start, &c) < at)
		start += c.n;
	return start;
}

int utf8_width(const char *s, size_t n)
{
	int width = 0;
	struct utf8_cluster c;
	for (size_t at = 0; at < n; at += c.n) {
		utf8_next(s + at, n - at, &c);
		width += c.width;
	}
	return width;
}

int utf8_swidth(const char *s)
{
	size_t n = 0;
	while (s[n])
		n++;
	return utf8_width(s, n);
}

uint32_t utf8_lower(uint32_t cp)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

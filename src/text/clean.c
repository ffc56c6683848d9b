/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two gears.  The fast one copies runs of characters that are printable, in NFC and never
 * combine with what stands before them, which is known from their ranges alone.  The slow one
 * takes one code point after the other: substitutes what must not pass, decomposes, puts
 * marks in canonical order and composes again, with utf8proc's tables.  The slow gear works
 * on one base and its marks at a time, so a hostile line of a megabyte costs no more memory
 * than a short one, and hands back as soon as a base follows that can't combine. */
#include "text/clean.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "text/utf8.h"

#define SEGMENT_MOST 24 /* a base and the marks looked at before composing */
#define DOTTED_CIRCLE 0x25cc
#define RETURN_SIGN 0x21b5

static bool is_quick_two(unsigned char a, unsigned char b)
{
	if (a == 0xc2) /* U+00A1 to U+00BF without the soft hyphen */
		return b >= 0xa1 && b <= 0xbf && b != 0xad;
	return a >= 0xc3 && a <= 0xcb && (b & 0xc0) == 0x80;
}

static bool is_quick_three(const unsigned char *u)
{
	if ((u[1] & 0xc0) != 0x80 || (u[2] & 0xc0) != 0x80)
		return false;
	switch (u[0]) {
	case 0xe1: /* U+1E00 to U+1EFF */
		return u[1] >= 0xb8 && u[1] <= 0xbb;
	case 0xe2:
		if (u[1] == 0x80) /* U+2010 to U+2027: dashes, quotes, bullets, ellipsis */
			return u[2] >= 0x90 && u[2] <= 0xa7;
		if (u[1] == 0x82) /* U+20A0 to U+20BF: currencies */
			return u[2] >= 0xa0;
		/* U+2190 to U+21FF, U+2400 to U+26FF: arrows, pictures, lines, shapes */
		return (u[1] == 0x86 && u[2] >= 0x90) || u[1] == 0x87 ||
		       (u[1] >= 0x90 && u[1] <= 0x9b);
	case 0xe4: /* U+4E00 to U+9FFF: CJK; after it U+AC00 to U+D7A3: Korean syllables */
		return u[1] >= 0xb8;
	case 0xe5:
	case 0xe6:
	case 0xe7:
	case 0xe8:
	case 0xe9:
		return true;
	default:
		return false;
	}
}

static bool is_quick_four(const unsigned char *u)
{
	/* U+1F300 to U+1F9FF: emoji */
	return u[0] == 0xf0 && u[1] == 0x9f && u[2] >= 0x8c && u[2] <= 0xa7 &&
	       (u[3] & 0xc0) == 0x80;
}

/* The length of the quick character at u, or 0 where it is none. */
static size_t quick_length(const unsigned char *u, size_t n)
{
	if (u[0] < 0x80)
		return u[0] >= 0x20 && u[0] != 0x7f;
	if (n >= 2 && u[0] < 0xe0)
		return is_quick_two(u[0], u[1]) ? 2 : 0;
	if (n >= 3 && u[0] < 0xf0)
		return is_quick_three(u) ? 3 : 0;
	return n >= 4 && is_quick_four(u) ? 4 : 0;
}

/* How many of the eight bytes at u are printable ASCII before the first that is not: that has
 * the high bit, is below a blank, or is DEL. */
static size_t ascii_prefix(const unsigned char *u)
{
	uint64_t w;
	memcpy(&w, u, sizeof w);
	w = le64toh(w);
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
	uint64_t del = w ^ (ones * 0x7f);
	uint64_t odd = (w | (w - ones * 0x20) | ((del - ones) & ~del)) & high;
	return odd ? (size_t)__builtin_ctzll(odd) / 8 : 8;
}

/* How many bytes from the start need no look at all.  The last quick character is left out
 * when something slow follows, which may be a mark that combines with it. */
static size_t quick_run(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t at = 0, last = 0;
	while (at < n) {
		size_t skipped = n - at >= 8 ? ascii_prefix(u + at) : 0;
		if (skipped > 0) {
			at += skipped;
			last = at - 1;
			if (skipped == 8 || at == n)
				continue;
		}
		size_t length = quick_length(u + at, n - at);
		if (length == 0)
			return last;
		last = at;
		at += length;
	}
	return n;
}

/* The slow gear. */
struct composer {
	struct strbuf *out;
	utf8proc_int32_t segment[SEGMENT_MOST]; /* decomposed, marks in canonical order */
	size_t n;
	unsigned marks; /* written since the last base */
	bool has_base;  /* something stands in this line for marks to sit on */
};

static bool is_spacing_mark(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MC;
}

static void put(struct composer *c, uint32_t cp)
{
	/* What follows marks left out could combine with those that stayed. */
	if (c->marks > CLEAN_MARKS && is_spacing_mark(cp))
		return;
	if (!utf8_is_mark(cp)) {
		c->marks = 0;
		c->has_base = cp != '\n';
	} else {
		if (!c->has_base)
			put(c, DOTTED_CIRCLE);
		if (++c->marks > CLEAN_MARKS)
			return;
	}
	char buf[4];
	strbuf_add(c->out, buf, utf8_encode(cp, buf));
}

static void compose(struct composer *c)
{
	utf8proc_ssize_t n = utf8proc_normalize_utf32(c->segment, (utf8proc_ssize_t)c->n,
						      UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n >= 0)
		c->n = (size_t)n;
}

static void flush(struct composer *c)
{
	if (c->n > 1)
		compose(c);
	for (size_t i = 0; i < c->n; i++)
		put(c, (uint32_t)c->segment[i]);
	c->n = 0;
}

static utf8proc_propval_t combining_class(utf8proc_int32_t cp)
{
	return utf8proc_get_property(cp)->combining_class;
}

/* A mark goes behind those of its own and lower classes. */
static void insert_mark(struct composer *c, utf8proc_int32_t cp)
{
	if (c->n == SEGMENT_MOST)
		return;
	size_t at = c->n++;
	for (; at > 0 && combining_class(c->segment[at - 1]) > combining_class(cp); at--)
		c->segment[at] = c->segment[at - 1];
	c->segment[at] = cp;
}

/* A starter may still combine with the starter before it: Korean, some Indic vowels. */
static void add_starter(struct composer *c, utf8proc_int32_t cp)
{
	if (c->n > 1)
		compose(c);
	if (c->n == 1) {
		c->segment[c->n++] = cp;
		compose(c);
		if (c->n == 1)
			return;
		c->n--;
	}
	flush(c);
	c->segment[c->n++] = cp;
}

static void add(struct composer *c, uint32_t cp)
{
	utf8proc_int32_t parts[SEGMENT_MOST];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, SEGMENT_MOST,
						     UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
						     &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < SEGMENT_MOST; i++) {
		if (combining_class(parts[i]) > 0)
			insert_mark(c, parts[i]);
		else
			add_starter(c, parts[i]);
	}
}

static bool is_line_end(uint32_t cp)
{
	return cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

/* What a code point becomes on its way in; 0 where it vanishes. */
static uint32_t admit(uint32_t cp, unsigned flags)
{
	if (is_line_end(cp))
		return flags & CLEAN_LINES ? '\n' : RETURN_SIGN;
	if (cp == '\t')
		return ' ';
	if (!utf8_is_printable(cp))
		return utf8_substitute(cp);
	if (cp >= 0xa0 && utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ZS)
		return ' ';
	return cp;
}

/* Works through s until a quick character follows that starts afresh; returns the bytes. */
static size_t slow_run(struct composer *c, const char *s, size_t n, unsigned flags)
{
	size_t at = 0;
	do {
		uint32_t cp;
		size_t length = utf8_decode(s + at, n - at, &cp);
		if (cp == '\r' && at + 1 < n && s[at + 1] == '\n')
			length = 2;
		at += length;
		uint32_t shown = admit(cp, flags);
		if (shown)
			add(c, shown);
	} while (at < n && !quick_length((const unsigned char *)s + at, n - at));
	flush(c);
	return at;
}

void clean_append(struct strbuf *out, const char *s, size_t n, unsigned flags)
{
	struct composer c = {.out = out};
	strbuf_reserve(out, n);
	for (size_t at = 0; at < n;) {
		size_t quick = quick_run(s + at, n - at);
		if (quick > 0) {
			strbuf_add(out, s + at, quick);
			c.has_base = true;
			c.marks = 0;
			at += quick;
		}
		if (at < n)
			at += slow_run(&c, s + at, n - at, flags);
	}
}

bool clean_is(const char *s, size_t n, unsigned flags)
{
	if (quick_run(s, n) == n)
		return true;
	struct strbuf copy = STRBUF_INIT;
	clean_append(&copy, s, n, flags);
	bool same = copy.len == n && memcmp(copy.s, s, n) == 0;
	strbuf_free(&copy);
	return same;
}

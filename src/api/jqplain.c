/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqplain.h"

#include <string.h>

#define TEXT_MOST 4096 /* what a + has to give back is tried anew */

static void add(struct jqplain_one *one, unsigned char c)
{
	one->set[c / 64] |= UINT64_C(1) << c % 64;
}

static void add_range(struct jqplain_one *one, unsigned char from, unsigned char to)
{
	for (unsigned c = from; c <= to; c++)
		add(one, (unsigned char)c);
}

/* What stands behind a backslash. */
static bool read_escape(struct jqplain_one *one, char c)
{
	static const char letters[] = "t\tn\nr\r";
	const char *letter = c == 't' || c == 'n' || c == 'r' ? strchr(letters, c) : NULL;
	one->wide |= c == 's' || c == 'd';
	if (letter) {
		add(one, (unsigned char)letter[1]);
	} else if (c == 's') {
		add_range(one, '\t', '\r');
		add(one, ' ');
	} else if (c == 'd') {
		add_range(one, '0', '9');
	} else if (c && strchr(".-+*?/()[]{}|^$\\", c)) {
		add(one, (unsigned char)c);
	} else {
		return false;
	}
	return true;
}

static bool is_ordinary(char c)
{
	return c >= ' ' && c < 0x7f && !strchr(".*+?()[]{}|^$\\", c);
}

static bool has(const struct jqplain_one *one, char c)
{
	unsigned char byte = (unsigned char)c;
	return one->set[byte / 64] >> byte % 64 & 1;
}

/* All that it was not, and all beyond ASCII. */
static void negate(struct jqplain_one *one)
{
	one->set[0] = ~one->set[0];
	one->set[1] = ~one->set[1];
	one->set[3] = UINT64_MAX;
}

/* s stands behind the bracket; behind the closing one, or NULL. */
static const char *read_class(struct jqplain_one *one, const char *s, const char *end)
{
	bool negated = s < end && *s == '^';
	s += negated;
	const char *first = s;
	for (; s < end && *s != ']'; s++) {
		if (*s == '\\') {
			if (++s == end || !read_escape(one, *s))
				return NULL;
		} else if (*s < ' ' || *s >= 0x7f || strchr("[&^", *s)) {
			return NULL;
		} else if (s + 2 < end && s[1] == '-' && s[2] != ']') {
			bool letters = s[2] > *s && s[2] < 0x7f && s[2] != '\\';
			if (!letters)
				return NULL;
			add_range(one, (unsigned char)*s, (unsigned char)s[2]);
			s += 2;
		} else {
			add(one, (unsigned char)*s);
		}
	}
	if (negated)
		negate(one);
	return s < end && s > first ? s + 1 : NULL;
}

/* One character or class; what stands behind it, or NULL. */
static const char *read_one(struct jqplain_one *one, const char *s, const char *end)
{
	if (*s == '[')
		return read_class(one, s + 1, end);
	if (*s == '\\')
		return s + 1 < end && read_escape(one, s[1]) ? s + 2 : NULL;
	if (!is_ordinary(*s))
		return NULL;
	add(one, (unsigned char)*s);
	return s + 1;
}

bool jqplain_read(struct jqplain *p, const char *pattern, size_t n)
{
	const char *s = pattern, *end = s + n;
	bool many = false;
	*p = (struct jqplain){.from_start = n && *s == '^'};
	s += p->from_start;
	while (s < end && !(*s == '$' && s + 1 == end)) {
		struct jqplain_one *one = &p->list[p->count];
		if (p->count++ == JQPLAIN_MOST || !(s = read_one(one, s, end)))
			return false;
		p->wide |= one->wide;
		one->many = s < end && *s == '+';
		if (one->many && many)
			return false;
		many |= one->many;
		s += one->many;
	}
	p->to_end = s < end;
	return p->count > 0;
}

/* Letters of Latin-1 to Latin Extended-B, and those of Vietnamese. */
static bool is_letter(unsigned char lead, unsigned char next)
{
	return (lead >= 0xc3 && lead <= 0xc6) ||
	       (lead == 0xe1 && (next == 0xba || next == 0xbb));
}

bool jqplain_suits(const struct jqplain *p, const char *s, size_t n)
{
	const char *end = s + n;
	if (n > TEXT_MOST || ((p->from_start || p->to_end) && memchr(s, '\n', n)))
		return false;
	for (; p->wide && s < end; s++) {
		unsigned char c = (unsigned char)*s;
		if (c >= 0xc0 && !is_letter(c, s + 1 < end ? (unsigned char)s[1] : 0))
			return false;
	}
	return true;
}

/* Behind the character at s where it is one of these, else NULL. */
static const char *step(const struct jqplain_one *one, const char *s, const char *end)
{
	if (s == end || !has(one, *s))
		return NULL;
	bool several = (unsigned char)*s++ >= 0xc0;
	while (several && s < end && ((unsigned char)*s & 0xc0) == 0x80)
		s++;
	return s;
}

static const char *match(const struct jqplain *p, size_t i, const char *s, const char *end)
{
	for (; i < p->count; i++) {
		const struct jqplain_one *one = &p->list[i];
		const char *least = step(one, s, end), *most = least, *next;
		if (!least || !one->many) {
			if (!(s = least))
				return NULL;
			continue;
		}
		while ((next = step(one, most, end)))
			most = next;
		for (; most >= least; most--)
			if ((most == end || ((unsigned char)*most & 0xc0) != 0x80) &&
			    (next = match(p, i + 1, most, end)))
				return next;
		return NULL;
	}
	return p->to_end && s != end ? NULL : s;
}

const char *jqplain_find(const struct jqplain *p, const char *start, const char *from,
			 const char *end, const char **to)
{
	if (p->from_start)
		return from == start && (*to = match(p, 0, from, end)) ? from : NULL;
	for (; from < end; from++)
		if (has(&p->list[0], *from) && (*to = match(p, 0, from, end)))
			return from;
	return NULL;
}

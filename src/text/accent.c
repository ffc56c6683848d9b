/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/accent.h"

#include <string.h>
#include <utf8proc.h>

#include "text/fold.h"
#include "text/utf8.h"

/* A tone belongs to the syllable: hoà and hòa; all other marks to their letter. */
static unsigned tone_of(uint32_t mark)
{
	static const uint32_t tones[] = {0x300, 0x301, 0x303, 0x309, 0x323};
	for (unsigned i = 0; i < sizeof tones / sizeof *tones; i++)
		if (tones[i] == mark)
			return 1U << i;
	return 0;
}

struct accents {
	unsigned tones;
	size_t letters;
	uint32_t shapes[FOLD_TOKEN_MOST]; /* the mark of a letter; 0: none */
};

static void add_mark(struct accents *a, uint32_t mark)
{
	unsigned tone = tone_of(mark);
	a->tones |= tone;
	if (!tone && a->letters)
		a->shapes[a->letters - 1] = mark;
}

static void add_letters(struct accents *a, size_t count)
{
	for (; count && a->letters < FOLD_TOKEN_MOST; count--)
		a->shapes[a->letters++] = 0;
}

static void add_char(struct accents *a, uint32_t cp, size_t folded)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	add_letters(a, folded);
	if (cp == 0x110 || cp == 0x111) {
		add_mark(a, cp | 1);
		return;
	}
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 32,
						     UTF8PROC_DECOMPOSE, &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < 32; i++)
		if (utf8_is_mark((uint32_t)parts[i]))
			add_mark(a, (uint32_t)parts[i]);
}

static void read_accents(const char *s, size_t n, struct accents *a)
{
	char folded[FOLD_MOST];
	a->tones = 0;
	a->letters = 0;
	for (size_t at = 0; at < n;) {
		uint32_t cp;
		size_t count, length = fold_char(s + at, n - at, folded, &count);
		utf8_decode(s + at, n - at, &cp);
		if ((unsigned char)s[at] < 0x80)
			add_letters(a, count);
		else if (cp != UTF8_BROKEN)
			add_char(a, cp, count);
		at += length;
	}
}

bool accent_typed(const char *s, size_t n)
{
	struct accents a;
	read_accents(s, n, &a);
	for (size_t i = 0; i < a.letters; i++)
		if (a.shapes[i])
			return true;
	return a.tones;
}

bool accent_fits(const char *typed, size_t typed_n, const char *text, size_t text_n)
{
	struct accents want, have;
	read_accents(typed, typed_n, &want);
	read_accents(text, text_n, &have);
	if (want.tones && want.tones != have.tones)
		return false;
	for (size_t i = 0; i < want.letters && i < have.letters; i++)
		if (want.shapes[i] && want.shapes[i] != have.shapes[i])
			return false;
	return true;
}

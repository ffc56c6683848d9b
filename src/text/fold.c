/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ASCII and accented Latin, which is all of Vietnamese, fold by two tables to one letter; the
 * rest asks utf8proc.  A test holds the tables to what utf8proc says.  Because each code point
 * folds by itself and marks fold to nothing, NFC and NFD give the same. */
#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "text/utf8.h"

/* clang-format off */
/* U+00C0 to U+023F and U+1E00 to U+1EFF; a dot where the answer is not one ASCII letter. */
static const char latin[] =
	"aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
	"...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzzs"
	"................................oo.............uu..............."
	".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
	"aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............";
static const char latin_additional[] =
	"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
/* clang-format on */

/* The letter that an accented Latin character folds to, or 0. */
static char latin_letter(uint32_t cp)
{
	char c = '.';
	if (cp >= 0xc0 && cp < 0xc0 + sizeof latin - 1)
		c = latin[cp - 0xc0];
	else if (cp >= 0x1e00 && cp < 0x1e00 + sizeof latin_additional - 1)
		c = latin_additional[cp - 0x1e00];
	return c == '.' ? '\0' : c;
}

static char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static size_t fold_rare(uint32_t cp, char *out)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	size_t n = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char(
		(utf8proc_int32_t)cp, parts, 32,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
		&boundary);
	for (utf8proc_ssize_t i = 0; i < count && i < 32 && n + 4 <= FOLD_MOST; i++)
		n += utf8_encode((uint32_t)utf8proc_tolower(parts[i]), out + n);
	return n;
}

size_t fold_char(const char *s, size_t n, char *out, size_t *out_n)
{
	*out_n = 1;
	if ((unsigned char)*s < 0x80) {
		out[0] = ascii_lower(*s);
		return 1;
	}
	uint32_t cp;
	size_t length = utf8_decode(s, n, &cp);
	if (cp == UTF8_BROKEN)
		cp = UTF8_REPLACEMENT;
	out[0] = latin_letter(cp);
	if (!out[0])
		*out_n = fold_rare(cp, out);
	return length;
}

static bool is_blank(char c)
{
	return (c >= '\0' && c <= ' ') || c == 0x7f;
}

void fold_append(struct strbuf *out, const char *s, size_t n)
{
	char folded[FOLD_MOST];
	size_t count, start = out->len;
	bool blank = false;
	strbuf_reserve(out, n);
	for (size_t at = 0; at < n;) {
		at += fold_char(s + at, n - at, folded, &count);
		for (size_t i = 0; i < count; i++) {
			if (is_blank(folded[i])) {
				blank = out->len > start;
				continue;
			}
			if (blank)
				strbuf_addc(out, ' ');
			blank = false;
			strbuf_addc(out, folded[i]);
		}
	}
}

bool fold_has_marks(const char *s, size_t n)
{
	uint32_t cp;
	for (size_t at = 0; at < n;) {
		at += utf8_decode(s + at, n - at, &cp);
		if (cp != UTF8_BROKEN && (latin_letter(cp) || utf8_is_mark(cp)))
			return true;
	}
	return false;
}

static bool is_ascii_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether what a character folded to belongs in a word. */
static bool is_word(const char *folded, size_t n)
{
	if ((unsigned char)folded[0] < 0x80)
		return is_ascii_word(folded[0]);
	uint32_t cp;
	utf8_decode(folded, n, &cp);
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool fold_next_token(const char *s, size_t n, size_t *at, struct fold_token *t)
{
	char folded[FOLD_MOST];
	size_t count, length;
	t->n = 0;
	for (; *at < n; *at += length) {
		length = fold_char(s + *at, n - *at, folded, &count);
		if (count == 0)
			continue;
		if (!is_word(folded, count)) {
			if (t->n == 0)
				continue;
			break;
		}
		if (t->n == 0)
			t->start = *at;
		if (t->n + count <= FOLD_TOKEN_MOST) {
			memcpy(t->text + t->n, folded, count);
			t->n += count;
		}
		t->end = *at + length;
	}
	return t->n > 0;
}

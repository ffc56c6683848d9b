/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ASCII and accented Latin, which is all of Vietnamese, fold by two tables to one letter; the
 * rest asks utf8proc.  A test holds the tables to what utf8proc says.  Because each code point
 * folds by itself and marks fold to nothing, NFC and NFD give the same. */
#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "text/utf8.h"

/* clang-format off */
/* ASCII as it stands in words; a dot where it does not. */
static const char words[] =
	"................................................0123456789......"
	".abcdefghijklmnopqrstuvwxyz......abcdefghijklmnopqrstuvwxyz.....";
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

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Folds what the tables know: returns the bytes of s taken and the one letter in *out; 0 for
 * everything else. */
static inline size_t fold_quick(const char *s, size_t n, char *out)
{
	const unsigned char *u = (const unsigned char *)s;
	if (u[0] < 0x80) {
		*out = ascii_lower(s[0]);
		return 1;
	}
	if (u[0] >= 0xc3 && u[0] <= 0xc8 && n >= 2 && is_tail(u[1])) {
		*out = latin_letter((u[0] & 0x1fU) << 6 | (u[1] & 0x3fU));
		return *out ? 2 : 0;
	}
	if (u[0] == 0xe1 && n >= 3 && is_tail(u[1]) && is_tail(u[2])) {
		*out = latin_letter(0x1000U | (u[1] & 0x3fU) << 6 | (u[2] & 0x3fU));
		return *out ? 3 : 0;
	}
	return 0;
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
	size_t length = fold_quick(s, n, out);
	*out_n = 1;
	if (length)
		return length;
	uint32_t cp;
	length = utf8_decode(s, n, &cp);
	*out_n = fold_rare(cp == UTF8_BROKEN ? UTF8_REPLACEMENT : cp, out);
	return length;
}

static bool is_blank(char c)
{
	return (c >= '\0' && c <= ' ') || c == 0x7f;
}

static inline void add_folded(struct strbuf *out, size_t start, char c)
{
	if (is_blank(c)) {
		if (out->len == start || out->s[out->len - 1] == ' ')
			return;
		c = ' ';
	}
	out->s[out->len++] = c;
}

void fold_append(struct strbuf *out, const char *s, size_t n)
{
	char folded[FOLD_MOST];
	size_t count, start = out->len;
	strbuf_reserve(out, n);
	for (size_t at = 0; at < n;) {
		size_t length = fold_quick(s + at, n - at, folded);
		if (length) {
			add_folded(out, start, folded[0]);
			at += length;
			continue;
		}
		at += fold_char(s + at, n - at, folded, &count);
		strbuf_reserve(out, n - at + count);
		for (size_t i = 0; i < count; i++)
			add_folded(out, start, folded[i]);
	}
	if (out->len > start && out->s[out->len - 1] == ' ')
		out->len--;
	out->s[out->len] = '\0';
}

bool fold_equal(const char *a, size_t an, const char *b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	fold_append(&x, a, an);
	fold_append(&y, b, strlen(b));
	bool same = x.len == y.len && memcmp(x.s, y.s, x.len) == 0;
	strbuf_free(&x);
	strbuf_free(&y);
	return same;
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

static bool is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

/* Whether what a character folded to belongs in a word. */
static bool is_word(const char *folded, size_t n)
{
	if (is_ascii(folded[0]))
		return words[(unsigned char)folded[0]] != '.';
	uint32_t cp;
	utf8_decode(folded, n, &cp);
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static void add_rare(struct fold_token *t, const char *folded, size_t n)
{
	if (t->n + n <= FOLD_TOKEN_MOST) {
		memcpy(t->text + t->n, folded, n);
		t->n += n;
	}
}

/* Takes the character at *at into the token, or leaves it where it does not belong there.
 * Characters that fold to nothing extend a token that has begun. */
static bool take_rare(const char *s, size_t n, size_t *at, struct fold_token *t)
{
	char folded[FOLD_MOST];
	size_t count, length = fold_char(s + *at, n - *at, folded, &count);
	if (count > 0 && !is_word(folded, count))
		return false;
	if (count > 0 && t->n == 0)
		t->start = *at;
	add_rare(t, folded, count);
	*at += length;
	return true;
}

/* The same for what the tables know, as far as it goes. */
static void take_quick(const char *s, size_t n, size_t *at, struct fold_token *t)
{
	size_t pos = *at, filled = t->n;
	while (pos < n) {
		char c;
		size_t length = 1;
		if (is_ascii(s[pos]))
			c = words[(unsigned char)s[pos]];
		else
			length = fold_quick(s + pos, n - pos, &c);
		if (!length || c == '.')
			break;
		if (filled == 0)
			t->start = pos;
		if (filled < FOLD_TOKEN_MOST)
			t->text[filled++] = c;
		pos += length;
	}
	t->n = filled;
	*at = pos;
}

static size_t skip_ascii(const char *s, size_t n)
{
	size_t at = 0;
	while (at < n && is_ascii(s[at]) && words[(unsigned char)s[at]] == '.')
		at++;
	return at;
}

static size_t skip_character(const char *s, size_t n)
{
	uint32_t cp;
	return utf8_decode(s, n, &cp);
}

bool fold_next_token(const char *s, size_t n, size_t *at, struct fold_token *t)
{
	t->n = 0;
	while (*at < n) {
		take_quick(s, n, at, t);
		if (*at < n && !is_ascii(s[*at]) && take_rare(s, n, at, t))
			continue;
		if (t->n > 0)
			break;
		if (*at < n)
			*at += is_ascii(s[*at]) ? skip_ascii(s + *at, n - *at)
						: skip_character(s + *at, n - *at);
	}
	t->end = *at;
	return t->n > 0;
}

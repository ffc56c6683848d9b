/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/mask.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

#include "text/fold.h"
#include "text/utf8.h"

#define HIDDEN "***"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The next word (between blanks) from *at; false at the end. */
static bool next_word(const char *s, size_t n, size_t *at, size_t *start)
{
	while (*at < n && s[*at] == ' ')
		(*at)++;
	*start = *at;
	while (*at < n && s[*at] != ' ')
		(*at)++;
	return *at > *start;
}

void mask_name(struct strbuf *out, const char *s, size_t n)
{
	size_t at = 0, start, words = 0, first = 0;
	while (next_word(s, n, &at, &start)) {
		struct utf8_cluster c;
		if (words++ == 0) {
			strbuf_add(out, s + start, at - start);
			first = at - start;
			continue;
		}
		utf8_next(s + start, n - start, &c);
		strbuf_addc(out, ' ');
		strbuf_add(out, s + start, c.n);
		strbuf_addc(out, '.');
	}
	if (words != 1)
		return;
	struct utf8_cluster c;
	const char *word = out->s + out->len - first;
	strbuf_truncate(out, out->len - first + utf8_next(word, first, &c));
	strbuf_adds(out, HIDDEN);
}

/* The digits of a phone or identity number, hidden but for head and tail. */
static void add_number(struct strbuf *out, const char *digits, size_t n)
{
	bool phone = n == 10 || n == 11;
	size_t head = phone ? 2 : 0, tail = phone ? 4 : n >= 9 ? 3 : 0;
	strbuf_add(out, digits, head);
	strbuf_addn(out, '*', n - head - tail);
	strbuf_add(out, digits + n - tail, tail);
}

enum { DIGITS_MOST = 32 };

/* Collects the digits, +84 at the start as 0; at most DIGITS_MOST. */
static size_t collect_digits(const char *s, size_t n, char *digits)
{
	size_t count = 0, at = 0;
	if (n >= 3 && memcmp(s, "+84", 3) == 0) {
		digits[count++] = '0';
		at = 3;
	}
	for (; at < n && count < DIGITS_MOST; at++)
		if (is_digit(s[at]))
			digits[count++] = s[at];
	return count;
}

void mask_phone(struct strbuf *out, const char *s, size_t n)
{
	char digits[DIGITS_MOST];
	if (n == 0)
		return;
	size_t count = collect_digits(s, n, digits);
	if (count == 0)
		strbuf_adds(out, HIDDEN);
	else
		add_number(out, digits, count);
}

void mask_plate(struct strbuf *out, const char *s, size_t n)
{
	size_t start = out->len, digits = 0, hidden = 0;
	strbuf_add(out, s, n);
	for (size_t i = 0; i < n; i++)
		digits += is_digit(s[i]);
	if (n > 0 && digits < 5) { /* no plate: two for the province, three at least behind */
		strbuf_truncate(out, start);
		strbuf_adds(out, HIDDEN);
		return;
	}
	for (size_t i = out->len; i > start && hidden < 2; i--)
		if (is_digit(out->s[i - 1])) {
			out->s[i - 1] = '*';
			hidden++;
		}
}

static size_t run_of_digits(const char *s, size_t n)
{
	size_t at = 0;
	while (at < n && is_digit(s[at]))
		at++;
	return at;
}

/* Bytes of a number written in groups with one blank, dot or hyphen between; 0 where it does
 * not start as phones and identity cards do, which keeps amounts of money readable. */
static size_t run_of_groups(const char *s, size_t n)
{
	size_t at = n >= 3 && memcmp(s, "+84", 3) == 0 ? 1 : 0, digits = 0;
	if (at == 0 && s[0] != '0')
		return 0;
	for (;;) {
		size_t group = run_of_digits(s + at, n - at);
		at += group;
		digits += group;
		if (at + 1 >= n || !strchr(" .-", s[at]) || !is_digit(s[at + 1]))
			break;
		size_t next = run_of_digits(s + at + 1, n - at - 1);
		if (digits + next > 12)
			break;
		at++;
	}
	return digits >= 9 && digits <= 12 ? at : 0;
}

/* Length of a licence plate at s (26A-123.45, 26B1 12345, 29A-1234), 0 where there is none.
 * The form is that of Thông tư 79/2024/TT-BCA and of the plates before it. */
static size_t run_of_plate(const char *s, size_t n)
{
	size_t at = 2, letters = 0, digits = 0;
	if (n < 7 || !is_digit(s[0]) || !is_digit(s[1]))
		return 0;
	for (; at < n && letters < 2 && s[at] >= 'A' && s[at] <= 'Z'; at++)
		letters++;
	if (!letters)
		return 0;
	if (letters == 1 && at + 1 < n && is_digit(s[at]) &&
	    (s[at + 1] == '-' || s[at + 1] == ' '))
		at++; /* a motorcycle's series */
	if (at < n && (s[at] == '-' || s[at] == ' '))
		at++;
	for (; at < n && (is_digit(s[at]) || (s[at] == '.' && digits == 3)); at++)
		digits += is_digit(s[at]);
	if (at > 0 && s[at - 1] == '.')
		at--;
	return digits == 4 || digits == 5 ? at : 0;
}

void mask_text(struct strbuf *out, const char *s, size_t n)
{
	char digits[DIGITS_MOST];
	size_t at = 0, copied = 0;
	while (at < n) {
		if (!is_digit(s[at]) && s[at] != '+') {
			at++;
			continue;
		}
		size_t plate = run_of_plate(s + at, n - at);
		if (plate) {
			strbuf_add(out, s + copied, at - copied);
			mask_plate(out, s + at, plate);
			copied = at += plate;
			continue;
		}
		size_t plain = run_of_digits(s + at, n - at);
		size_t length = plain >= 9 && plain <= 12 ? plain
				: plain > 12              ? 0
							  : run_of_groups(s + at, n - at);
		if (length) {
			strbuf_add(out, s + copied, at - copied);
			add_number(out, digits, collect_digits(s + at, length, digits));
			copied = at + length;
		}
		at += length ? length : plain ? plain : 1;
	}
	strbuf_add(out, s + copied, n - copied);
}

/* Addresses.  Words that name a street or something larger, and such that name a house; with
 * their marks and folded. */
struct word {
	const char *text, *bare;
};
/* clang-format off */
static const struct word street_words[] = {
	{"đường", "duong"}, {"phố", "pho"}, {"tổ", "to"}, {"bản", "ban"}, {"thôn", "thon"},
	{"xóm", "xom"}, {"ấp", "ap"}, {"buôn", "buon"}, {"khu", "khu"}, {"tiểu", "tieu"},
	{"quốc", "quoc"}, {"ql", "ql"}, {"tỉnh", "tinh"}, {"tl", "tl"}, {"đại", "dai"},
	{"phường", "phuong"}, {"xã", "xa"}, {"thị", "thi"}, {"huyện", "huyen"},
	{"thành", "thanh"}, {"tp", "tp"}, {"quảng", "quang"}, {"chợ", "cho"},
	{"cầu", "cau"}, {NULL, NULL},
};
static const struct word house_words[] = {
	{"số", "so"}, {"nhà", "nha"}, {"ngõ", "ngo"}, {"ngách", "ngach"}, {"hẻm", "hem"},
	{"kiệt", "kiet"}, {"căn", "can"}, {"phòng", "phong"}, {"lô", "lo"},
	{"tầng", "tang"}, {"block", "block"}, {"sn", "sn"}, {NULL, NULL},
};
/* clang-format on */

/* Whether two words are the same but for case. */
static bool same_letters(const char *a, size_t an, const char *b, size_t bn)
{
	while (an > 0 && bn > 0) {
		uint32_t ca, cb;
		size_t la = utf8_decode(a, an, &ca), lb = utf8_decode(b, bn, &cb);
		if (utf8proc_tolower((utf8proc_int32_t)ca) != (utf8proc_int32_t)cb)
			return false;
		a += la;
		an -= la;
		b += lb;
		bn -= lb;
	}
	return an == bn;
}

/* Whether the token is one of the words: exactly, or typed without any mark. */
static bool is_one_of(const struct word *words, const char *s, const struct fold_token *t)
{
	const char *text = s + t->start;
	size_t n = t->end - t->start;
	for (; words->text; words++) {
		if (words->bare[0] != t->text[0] || strlen(words->bare) != t->n ||
		    memcmp(words->bare, t->text, t->n) != 0)
			continue;
		if (same_letters(text, n, words->text, strlen(words->text)) ||
		    !fold_has_marks(text, n))
			return true;
	}
	return false;
}

/* Whether a piece of an address that begins with this token begins with a house: a number, a
 * word for one, or both in one: "SN58". */
static bool is_house(const char *s, const struct fold_token *t)
{
	bool glued = t->n > 2 && t->text[0] == 's' && strchr("no", t->text[1]) &&
		     is_digit(t->text[2]);
	return glued || is_digit(t->text[0]) || is_one_of(house_words, s, t);
}

/* Where the public part of a piece (without commas) starts; n where none of it is. */
static size_t public_start(const char *s, size_t n)
{
	struct fold_token t;
	size_t at = 0;
	bool house = false;
	for (size_t i = 0; fold_next_token(s, n, &at, &t); i++) {
		if (is_one_of(street_words, s, &t))
			return i == 0 || house ? t.start : 0;
		if (i == 0)
			house = is_house(s, &t);
	}
	if (!house)
		return 0;
	return n;
}

void mask_address(struct strbuf *out, const char *s, size_t n)
{
	bool hidden = false;
	size_t start = out->len;
	for (size_t at = 0; at < n;) {
		while (at < n && (s[at] == ' ' || s[at] == ','))
			at++;
		const char *comma = memchr(s + at, ',', n - at);
		size_t length = comma ? (size_t)(comma - s) - at : n - at;
		size_t from = public_start(s + at, length);
		if (from > 0 && !hidden) {
			strbuf_adds(out, out->len > start ? ", " HIDDEN : HIDDEN);
			hidden = true;
		}
		if (from < length) {
			if (out->len > start)
				strbuf_adds(out, from > 0 ? " " : ", ");
			strbuf_add(out, s + at + from, length - from);
		}
		at += length;
	}
}

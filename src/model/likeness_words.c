/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as sets of pairs of neighbouring words, folded: most Vietnamese words are two
 * syllables, so that a pair says something where a syllable ("da", "co") says nothing.  Numbers
 * stand for themselves. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/likeness_parts.h"
#include "text/fold.h"

/* What everybody writes to an office, about anything; sorted. */
/* clang-format off */
static const char *const empty_phrases[] = {
	"anh chi", "ba con", "bao gio", "cac anh", "cac bac", "cac ho", "cam on", "can bo",
	"chi xem", "chinh quyen", "cho dan", "cho em", "cho toi", "chuc nang", "chung toi",
	"co bien", "co quan", "cua toi", "dan nho", "de nghi", "don vi", "dung don",
	"em cam", "gia dinh", "giai quyet", "giup em", "giup voi", "hom nay", "hom qua",
	"ket qua", "kiem tra", "kinh de", "kinh gui", "mong cac", "nguoi dan", "nha toi",
	"nhanh chong", "nhieu lan", "phan anh", "quan chuc", "rat mong", "sang nay",
	"som kiem", "thuong xuyen", "tinh trang", "toi nay", "toi o", "toi qua", "tra xu",
	"trung tam", "truong hop", "ubnd phuong", "ubnd xa", "voi a", "xem giup", "xin cam",
	"xin phan", "xu ly",
};
/* clang-format on */

static int compare_texts(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool is_empty(const char *phrase)
{
	return bsearch(phrase, empty_phrases, ARRAY_LEN(empty_phrases), sizeof *empty_phrases,
		       compare_texts) != NULL;
}

static uint64_t hash(const char *s, size_t n)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h;
}

static bool has_digit(const struct fold_token *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->text[i] >= '0' && t->text[i] <= '9')
			return true;
	return false;
}

static void add_pair(struct likeness_words *w, const struct fold_token *a,
		     const struct fold_token *b)
{
	char phrase[2 * FOLD_TOKEN_MOST + 2];
	memcpy(phrase, a->text, a->n);
	phrase[a->n] = ' ';
	memcpy(phrase + a->n + 1, b->text, b->n);
	size_t n = a->n + 1 + b->n;
	phrase[n] = '\0';
	if (w->count < LIKENESS_WORDS_MOST && !is_empty(phrase))
		w->list[w->count++] = hash(phrase, n);
}

void likeness_words_add(struct likeness_words *w, const char *s, size_t n)
{
	struct fold_token t[2];
	size_t at = 0, i = 0;
	for (; w->count < LIKENESS_WORDS_MOST && fold_next_token(s, n, &at, &t[i & 1]); i++) {
		if (has_digit(&t[i & 1]) && w->number_count < ARRAY_LEN(w->numbers))
			w->numbers[w->number_count++] = hash(t[i & 1].text, t[i & 1].n);
		if (i)
			add_pair(w, &t[(i - 1) & 1], &t[i & 1]);
	}
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

static size_t sort_out(uint64_t *list, size_t count)
{
	size_t kept = 0;
	qsort(list, count, sizeof *list, compare);
	for (size_t i = 0; i < count; i++)
		if (!kept || list[i] != list[kept - 1])
			list[kept++] = list[i];
	return kept;
}

void likeness_words_end(struct likeness_words *w)
{
	w->count = sort_out(w->list, w->count);
	w->number_count = sort_out(w->numbers, w->number_count);
}

static size_t common(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
	size_t n = 0;
	for (size_t i = 0, j = 0; i < na && j < nb;) {
		n += a[i] == b[j];
		uint64_t x = a[i], y = b[j];
		i += x <= y;
		j += y <= x;
	}
	return n;
}

size_t likeness_words_shared(const struct likeness_words *a, const struct likeness_words *b)
{
	return common(a->list, a->count, b->list, b->count);
}

size_t likeness_numbers_shared(const struct likeness_words *a, const struct likeness_words *b)
{
	return common(a->numbers, a->number_count, b->numbers, b->number_count);
}

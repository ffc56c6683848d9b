/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding for search: "Đường Hoà Bình", in NFC or NFD, is "duong hoa binh".  Lower case,
 * without marks, đ as d, compatibility forms as plain ones. */
#ifndef IOC_TEXT_FOLD_H
#define IOC_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

#define FOLD_MOST 80 /* bytes that one character may become */
/* Bytes of a folded token; the rest of a longer one is left out. */
#define FOLD_TOKEN_MOST 160

/* Folds the character at s (n > 0) into out[FOLD_MOST], not terminated.  *out_n is 0 for marks
 * and for what vanishes.  Returns the bytes of s taken, at least 1.  No allocation. */
size_t fold_char(const char *s, size_t n, char *out, size_t *out_n);

/* Appends the folded text, runs of blanks as one, none at the ends. */
void fold_append(struct strbuf *out, const char *s, size_t n);

/* Whether two texts are the same once folded. */
bool fold_equal(const char *a, size_t an, const char *b);

/* Whether the text bears marks or đ, so that exact hits should come first. */
bool fold_has_marks(const char *s, size_t n);

/* A run of letters and digits. */
struct fold_token {
	size_t start, end; /* bytes of the source */
	size_t n;          /* bytes of text, at least 1 */
	char text[FOLD_TOKEN_MOST];
};

/* The next token at or after *at, which moves behind it; false where there is none.  Made for
 * FTS5 tokenizers: no allocation. */
bool fold_next_token(const char *s, size_t n, size_t *at, struct fold_token *t);

#endif

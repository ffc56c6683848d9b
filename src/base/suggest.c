/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/suggest.h"

#include <string.h>

#define WORD_MOST 40

struct suggest suggest_start(const char *word)
{
	size_t n = strlen(word);
	return (struct suggest){word, NULL, n < 4 ? 2 : n < 8 ? 3 : 4};
}

static int least(int a, int b, int c)
{
	int m = a < b ? a : b;
	return m < c ? m : c;
}

/* Insertions, deletions and replacements from a to b. */
static int edits(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);
	if (na > WORD_MOST || nb > WORD_MOST)
		return WORD_MOST;
	int row[WORD_MOST + 1];
	for (size_t j = 0; j <= nb; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		int corner = row[0];
		row[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			int above = row[j];
			row[j] = least(above + 1, row[j - 1] + 1,
				       corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[nb];
}

void suggest_try_as(struct suggest *s, const char *known, const char *shown)
{
	int d = edits(s->word, known);
	if (d < s->distance) {
		s->distance = d;
		s->best = shown;
	}
}

void suggest_try(struct suggest *s, const char *known)
{
	suggest_try_as(s, known, known);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/suggest.h"

#include <string.h>

#define WORD_MOST 40

struct suggest suggest_start(const char *word)
{
	size_t n = strlen(word);
	return (struct suggest){word, NULL, n < 4 ? 2 : n < 8 ? 3 : 4};
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours from a to b. */
static int edits(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);
	if (na > WORD_MOST || nb > WORD_MOST)
		return WORD_MOST;
	int rows[3][WORD_MOST + 1]; /* for the last three letters of a */
	for (size_t i = 0; i <= na; i++) {
		int *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
		row[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = i ? least(above[j], row[j - 1]) + 1 : (int)j;
			if (i)
				row[j] = least(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], higher[j - 2] + 1);
		}
	}
	return rows[na % 3][nb];
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that somebody looks for, in texts as they stand: whether they are there, and where. */
#ifndef IOC_TEXT_PATTERN_H
#define IOC_TEXT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct pattern;

/* One phrase a line, its words with one blank between, as they were typed; "*" behind one whose
 * last word may go on.  Accents that are typed must be there. */
struct pattern *pattern_new(const char *lines);
void pattern_free(void *pattern); /* NULL is fine */

struct pattern_text {
	const char *s; /* may be NULL */
	size_t n;
};

/* Whether the texts of a row have all phrases; none spans two texts. */
bool pattern_matches(struct pattern *p, const struct pattern_text *texts, size_t count);

struct pattern_range {
	size_t start, end; /* bytes */
};

/* Where a text has any of the phrases, ascending and apart; at most `most`.  Of a word that may
 * go on, what was typed of it. */
size_t pattern_find(struct pattern *p, const char *s, size_t n, struct pattern_range *out,
		    size_t most);

#endif

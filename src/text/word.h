/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a text as search knows them: folded (text/fold.h); "lý" and "lí" the same; a
 * plate or phone number in one piece, however it is written.
 *
 * What these functions yield stands in the search index: whoever changes it raises
 * WORD_VERSION, so that caches are made anew. */
#ifndef IOC_TEXT_WORD_H
#define IOC_TEXT_WORD_H

#include "text/fold.h"

#define WORD_VERSION 2

/* Spells a folded syllable in the one way that stands for both: "ly" as "li", "quy" as "qui";
 * "lay" and "thuy" stay what they are. */
void word_settle(struct fold_token *t);

#define WORD_PARTS_MOST 4
struct word_reader {
	const char *s;
	size_t n, at;
	/* Parts of what may become a number. */
	char run[48];
	size_t count, ends[WORD_PARTS_MOST], starts[WORD_PARTS_MOST];
	size_t behind; /* the last one */
	bool whole_waits;
	struct fold_token whole;
};

void word_start(struct word_reader *r, const char *s, size_t n);
/* The next word; false where there is none.  *whole: a number put together, which stands
 * beside the words that it was made of and follows the last of them.  No allocation. */
bool word_next(struct word_reader *r, struct fold_token *t, bool *whole);

/* Where s begins with a plate or phone number, in however many parts: its bytes, and in *t as
 * it stands in the index; 0 where it does not.  With `unfinished` the beginning of one counts
 * too, if it is all of s. */
size_t word_number(const char *s, size_t n, bool unfinished, struct fold_token *t);

#endif

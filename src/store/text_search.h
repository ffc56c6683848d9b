/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite learns about Vietnamese: the tokenizer of the search index, the order of texts,
 * and matching words in a row. */
#ifndef IOC_STORE_TEXT_SEARCH_H
#define IOC_STORE_TEXT_SEARCH_H

#include "base/strbuf.h"
#include "model/kind.h"
#include "model/filter.h"
#include "store/db.h"
#include "text/fold.h"

/* Registers on the connection:
 *   tokenizer "vietnamese" for FTS5,
 *   COLLATE vietnamese,
 *   ioc_match(WORDS, text, …): 1 where the texts hold all the words (see below),
 *   ioc_tail(text, BACKWARD, phone, how): whether the text ends so (text/tail.h),
 *   ioc_name(CATALOGUE, code, at): the name behind a code, or the code itself. */
int text_search_register(struct db *db, struct err *e);

/* Appends what a row's text of this column is indexed as. */
void text_search_add_text(struct strbuf *b, const struct column *c, const char *text, size_t n);

/* Appends a FILTER_WORDS for ioc_match: one phrase a line, "*" behind an unfinished word. */
void text_search_add_pattern(struct strbuf *b, const struct filter *words);
/* The unfinished word; "" where all are finished. */
const char *text_search_begun(const struct filter *words);
/* Whether an unfinished "ly" may be all of what stands as "li": *t is that. */
bool text_search_settles(const char *s, size_t n, struct fold_token *t);
/* Appends it for MATCH, which finds at least the same rows: "a" AND (BEGUN).  Without `begun`,
 * which is what to ask for in place of the unfinished word, that is left out; false where
 * nothing remains. */
bool text_search_add_match(struct strbuf *b, const struct filter *words, const char *begun);
/* Appends a FILTER_TAIL for MATCH; false where the index can't answer it. */
bool text_search_add_tail(struct strbuf *b, const struct filter *tail);

#endif

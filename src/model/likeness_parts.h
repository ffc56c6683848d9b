/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of likeness share. */
#ifndef IOC_MODEL_LIKENESS_PARTS_H
#define IOC_MODEL_LIKENESS_PARTS_H

#include "model/likeness.h"

/* Adds a text's pairs and numbers; after the last one, likeness_words_end. */
void likeness_words_add(struct likeness_words *w, const char *s, size_t n);
void likeness_words_end(struct likeness_words *w);
/* How many both have. */
size_t likeness_words_shared(const struct likeness_words *a, const struct likeness_words *b);
size_t likeness_numbers_shared(const struct likeness_words *a, const struct likeness_words *b);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that can be done here, found by what one wants to do: in the language of the screen or in
 * English, with accents or without, in any order of words.  Made of the table of commands, the
 * actions of the record in hand, views, queues, columns, themes and the operator's aliases. */
#ifndef IOC_UI_PALETTE_H
#define IOC_UI_PALETTE_H

#include "model/complete.h"

struct app;
struct command;
struct effects;

/* Opens it with these words typed; NULL: none. */
void palette_open(struct app *a, const char *words, struct effects *fx);
/* The themes came; false where nobody waits for them. */
bool palette_answer(struct app *a, const struct complete_answer *answer);
/* Why the command would be refused on the screen that the palette lies over, translated; NULL:
 * it would not. */
const char *palette_refusal(struct app *a, const struct command *c);
/* Other words that people say for a command, folded or not; "" for none. */
const char *palette_synonyms(const char *command);
/* The n-th command that has some; NULL behind the last one. */
const char *palette_synonym_of(size_t n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form as a conversation: one question after the other, for line mode.  What is answered goes
 * into the same form, so that checks, drafts and the last question are those of the screen. */
#ifndef IOC_UI_DIALOG_H
#define IOC_UI_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "ui/effect.h"

struct app;

struct dialog {
	bool begun;     /* the form's heading was told */
	bool listed;    /* names were told: a number means one of them */
	size_t skipped; /* gaps of a reply that were left as they are */
	char *query;    /* what the names were listed for; owned, NULL: all */
};

/* Whether a form waits for an answer. */
bool dialog_is_open(const struct app *a);
/* Whether all is filled in and only asked once more. */
bool dialog_is_question(const struct app *a);
/* Appends what is to be read before the question: heading, problems, what is offered. */
void dialog_tell(struct app *a, struct strbuf *out, int columns);
/* Appends the question itself, with what stands in the field now. */
void dialog_ask(const struct app *a, struct strbuf *out);
/* Takes the answer.  Nothing keeps what stands there; "?" lists what may be said, "?xyz" those
 * with these letters, a number then takes one; "-" empties the field, "<" goes back to the one
 * before, "." leaves the form.  A text that ends with "\" goes on in the next line. */
void dialog_answer(struct app *a, const char *text, struct effects *fx);
/* Leaves the form; what was typed is kept as a draft. */
void dialog_leave(struct app *a, struct effects *fx);
/* Appends what the form wants to be said, for those who can't be asked: "--unit (required)". */
void dialog_options(const struct app *a, struct strbuf *out);
void dialog_free(struct dialog *d);

#endif

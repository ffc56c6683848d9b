/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From keys, mouse and prompt to command text. */
#ifndef IOC_UI_INPUT_H
#define IOC_UI_INPUT_H

#include "ui/app.h"

void input_key(struct app *a, uint32_t key, struct effects *fx);
/* Takes the keys that were held back, as far as nothing holds them any more. */
void input_release(struct app *a, struct effects *fx);
void input_mouse(struct app *a, const struct event *e, struct effects *fx);
/* Opens the prompt with this text in it, or with the unfinished command that begins so. */
void input_open_prompt(struct app *a, enum prompt_use use, const char *text,
		       struct effects *fx);
/* Opens it with a line that went wrong, the cursor at that byte. */
void input_reopen_prompt(struct app *a, const char *text, size_t at, struct effects *fx);
/* The line editor's text changed. */
void input_prompt(struct app *a, const struct event *e, struct effects *fx);
/* Tab was typed in it. */
void input_prompt_tab(struct app *a, const struct event *e, struct effects *fx);
/* Puts another text in its place. */
void input_set_prompt(struct app *a, const char *text, size_t cursor, struct effects *fx);
/* The line was entered; NULL: given up. */
void input_prompt_done(struct app *a, const char *text, struct effects *fx);

#endif

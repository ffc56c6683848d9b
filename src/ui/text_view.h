/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What help, themes and sources share: a text over the whole body that scrolls. */
#ifndef IOC_UI_TEXT_VIEW_H
#define IOC_UI_TEXT_VIEW_H

#include "ui/state.h"

/* Scrolls a->text. */
void text_move(struct app *a, enum motion m, int64_t n);
/* Draws a->text, and the hardware cursor at its start. */
void text_draw(struct app *a, struct cellbuf *b, struct rect r);

#endif

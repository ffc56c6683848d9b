/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small menu above the line that is being typed: what may come next.  The first Tab puts in
 * what all candidates have in common, the next ones go through them; typing on narrows them. */
#ifndef IOC_UI_MENU_H
#define IOC_UI_MENU_H

#include "ui/complete.h"
#include "ui/draw.h"

struct app;
struct effects;

struct menu {
	bool open;
	struct completion found;
	char *base; /* the line as it was typed; owned */
	size_t base_cursor;
	int picked; /* candidate that stands in the line; -1: none */
	uint64_t generation;
	bool waiting;  /* for what was asked */
	bool stepping; /* it was opened, or goes on, by Tab: not by typing */
};

void menu_free(struct menu *m);
/* Tab (step 1) or Shift-Tab (-1) in the prompt. */
void menu_step(struct app *a, int step, struct effects *fx);
/* The line changed otherwise. */
void menu_typed(struct app *a, struct effects *fx);
/* The answer to EFFECT_COMPLETE; borrowed. */
void menu_answer(struct app *a, const struct complete_answer *answer, struct effects *fx);
/* Keys that are the menu's while it is open, and not the line's: Esc, Up and Down. */
bool menu_wants(const struct app *a, uint32_t key);
/* Whether it was one. */
bool menu_key(struct app *a, uint32_t key, struct effects *fx);
void menu_close(struct menu *m);
/* Draws it above row `bottom`, over what is there. */
void menu_draw(struct app *a, struct cellbuf *b, int bottom);

#endif

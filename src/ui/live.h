/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "/": the list on screen shows what is being typed.  Enter keeps it as the filter; Esc gives
 * the list back as it was. */
#ifndef IOC_UI_LIVE_H
#define IOC_UI_LIVE_H

#include "ui/app.h"
#include "ui/list.h"

struct live {
	struct list *list;       /* NULL: nothing is being typed */
	struct list_place place; /* as it was */
	bool changed;
	struct err problem; /* why what is typed can't be shown yet */
};

/* Opens the prompt over the list on screen, with this text in it. */
void live_open(struct app *a, struct list *l, const char *text, struct effects *fx);
void live_typed(struct app *a, const char *text, struct effects *fx);
/* Entered; NULL: given up. */
void live_done(struct app *a, const char *text);
/* What is typed was not understood: true where the prompt says so, and nobody else need. */
bool live_refused(struct app *a, const struct list *l, const struct err *e);
void live_free(struct live *v);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are made here: of what, and at which source, where several take them. */
#ifndef IOC_UI_NEW_H
#define IOC_UI_NEW_H

#include "model/action_text.h"
#include "ui/state.h"

/* What is made here: the queue on screen if records are made of it, else the first of which
 * they are; NULL: there is none. */
const struct kind *new_kind(struct app *a);
/* The sources that take new records of the kind; their number. */
size_t new_sources(const struct app *a, const struct kind *k,
		   const struct source_status *list[SOURCES_MOST]);
/* Opens the form of a new record at this source.  -1 with *e where it may not be made. */
int new_begin(struct app *a, const struct kind *k, const struct source_status *s,
	      struct effects *fx, struct err *e);
/* Whether the text says that a record is to be made; then it is taken as what something is done
 * to, and errand_do may follow.  -1 with *e where it can't be. */
int new_take(struct app *a, const struct action_text *t, bool *is, struct err *e);
/* A key for the screen that asks which source.  Whether it was its. */
bool new_key(struct app *a, uint32_t key, struct effects *fx);

#endif

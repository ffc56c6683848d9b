/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ":do ACTION CODE …": the records are asked of the cache, by their code, whether a list has
 * them in hand or not. */
#ifndef IOC_UI_ERRAND_H
#define IOC_UI_ERRAND_H

#include "model/action_text.h"
#include "model/query.h"
#include "ui/target.h"

struct app;
struct effects;

struct errand {
	struct arena arena; /* holds the words */
	struct action_text text;
	bool wanted;
	struct target *found;
	size_t count;        /* of them; the next code is looked for */
	size_t queue, tried; /* in this queue, after so many others */
};

/* Begins; takes over the words and the arena that holds them.  -1 with *e where no queue has
 * this action or there are too many records. */
int errand_start(struct app *a, struct arena *arena, const struct action_text *t,
		 struct err *e);
void errand_free(struct errand *x);
struct page_query *errand_query(struct app *a);
/* Takes the answer, and frees it; does it when the last record was found. */
void errand_answer(struct app *a, struct page *p, struct effects *fx);
/* Does it to the targets taken. */
int errand_do(struct app *a, const struct action_text *t, struct effects *fx, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed and not sent yet: it outlives the console, so that neither a line that breaks
 * nor a program that is killed costs a sentence. */
#ifndef IOC_UI_DRAFTS_H
#define IOC_UI_DRAFTS_H

#include <stdbool.h>

#include "ui/kept.h"

#define DRAFT_ID_SIZE 40

struct app;
struct effects;

struct drafts {
	struct kept kept;     /* forms by record and action, the line, names said last */
	uint64_t seed, count; /* of their ids */
	bool line_kept;       /* the line being typed is among what is on disk */
	bool failed;          /* the last time: not at once again */
};

void drafts_init(struct drafts *d, uint64_t seed);
void drafts_free(struct drafts *d);
/* An id that no other draft has. */
void drafts_new_id(struct drafts *d, char id[DRAFT_ID_SIZE]);
/* Keeps what was typed under this key; NULL: nothing is to be kept any more.  Takes the
 * reference. */
void drafts_set(struct app *a, const char *key, json_t *draft);
/* What is typed has to be on disk before anything else is done. */
void drafts_hurry(struct app *a);
/* Has it written when it is time: when nothing is being typed, or some time after a change. */
void drafts_settle(struct app *a, struct effects *fx);

/* The line that was being typed and never entered; NULL: none.  Borrowed. */
const char *drafts_line(const struct app *a);
void drafts_set_line(struct app *a, const char *text);
/* It was brought back to be typed on. */
void drafts_resume_line(struct app *a);
/* It was entered or given up: what was never written need not be taken away. */
void drafts_forget_line(struct app *a);

#endif

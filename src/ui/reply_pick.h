/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing a canned reply in a form: typed letters narrow the list, those made for the record's
 * field come first. */
#ifndef IOC_UI_REPLY_PICK_H
#define IOC_UI_REPLY_PICK_H

#include "ui/doc.h"
#include "ui/edit.h"

struct app;
struct effects;
struct replies;

struct reply_pick {
	bool open;
	struct edit query;
	size_t picked;
};

/* The replies came: takes the list, which may be NULL, and opens where there is a text to put
 * one in. */
void reply_pick_open(struct app *a, struct replies *list, const char *problem);
void reply_pick_close(struct reply_pick *p);
/* A key or paste in a form.  Whether it was the picker's: while it is open, or to open it. */
bool reply_pick_key(struct app *a, uint32_t key, struct effects *fx);
bool reply_pick_paste(struct app *a, const char *text);
/* The n-th reply that is offered as it stands; NULL: there are no more.  Borrowed. */
const char *reply_pick_title(const struct app *a, size_t n);
/* Lays it out below the text, from that column on; tells where the cursor is. */
void reply_pick_lay(struct app *a, struct doc *d, int at, int width, int *line, int *column);

#endif

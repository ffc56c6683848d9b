/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done last, done again to the next record; and the names said last, offered first. */
#ifndef IOC_UI_REPEAT_H
#define IOC_UI_REPEAT_H

#include <jansson.h>

#include "base/err.h"
#include "model/action.h"

struct app;
struct effects;

struct repeat {
	const struct action *action; /* NULL: nothing was done yet */
	const struct kind *kind;
	int64_t rowid; /* of the one record it was done to; 0: several */
	json_t *fields;
};

/* Something is handed over: notes what, and the names in it. */
void repeat_note(struct app *a, const struct action *act, const json_t *fields);
void repeat_free(struct repeat *r);
/* Does it to the records in hand; where the one in hand is the one that it was done to last, to
 * the next one.  -1 with *e. */
int repeat_last(struct app *a, struct effects *fx, struct err *e);
/* Codes of the catalogue that were said last, the latest first; a new reference, or NULL. */
json_t *repeat_recent(const struct app *a, const char *catalogue);

#endif

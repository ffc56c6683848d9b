/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done together: records handed over to the writer at once, what became of each, and
 * taking it all back. */
#ifndef IOC_UI_BATCH_H
#define IOC_UI_BATCH_H

#include <jansson.h>

#include "base/err.h"
#include "ui/effect.h"
#include "ui/target.h"

struct app;

/* One thing to be done to one record, of several that are handed over together. */
struct act_wish {
	struct target target;
	const struct action *action;
	const json_t *fields; /* borrowed; NULL: none */
};

enum act_outcome { ACT_LEFT_OUT, ACT_ASKED, ACT_TAKEN, ACT_REFUSED };

/* One record of those that something was done to. */
struct act_row {
	struct target target;
	const struct action *action;
	enum act_outcome outcome;
	char uuid[40];   /* of what was taken */
	char why[256];   /* of what was left out or refused */
	bool taken_back; /* refused, because under its name it was taken back */
};

/* What is being done, or was done last. */
struct batch {
	const struct action *action;
	struct act_row *rows;
	size_t count, asked, answered, taken;
	int64_t first_id;   /* of its commands */
	int64_t since;      /* when it was handed over */
	int64_t undo_until; /* CLOCK_NONE: nothing to take back */
	struct {
		int64_t first_id; /* of the commands that take it back */
		size_t asked, answered, back;
		char why[256]; /* of what was not */
	} undo;
	json_t *draft; /* what was typed for it, and where it was kept */
	char draft_key[512];
};

void batch_free(struct batch *b);
/* Hands the action over for the records taken, with these fields, of which it takes the
 * reference.  -1 with *e. */
int batch_send(struct app *a, const struct action *act, json_t *fields, struct effects *fx,
	       struct err *e);
/* The same for wishes, which are done in their order; `act` names all of it. */
int batch_send_all(struct app *a, const struct action *act, const struct act_wish *list,
		   size_t count, struct effects *fx, struct err *e);
/* The writer's answer to one of them.  Whether it was one. */
bool batch_answer(struct app *a, int64_t id, const json_t *message);
/* Whether it is still being handed over, or taken back. */
bool batch_is_busy(const struct app *a);
/* Whether keys wait until the writer has answered, which is a matter of milliseconds: what was
 * typed ahead is meant for what is there then.  Never longer than a second. */
bool batch_holds_keys(const struct app *a);
/* Whether an item of the outbox is one of its rows. */
bool batch_has(const struct batch *b, const char *uuid);

/* --- undo.c --- */
/* Asks to take back what was done last.  -1 with *e: too late, or nothing. */
int undo_last(struct app *a, struct effects *fx, struct err *e);
/* The writer's answer to that: only now it is said to be taken back.  Whether it was one. */
bool undo_answer(struct app *a, int64_t id, const json_t *message);
/* Whether an answer to that is awaited. */
bool undo_is_busy(const struct batch *b);

#endif

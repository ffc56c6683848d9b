/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `ioc do` is to do: commands as people type them, read and checked against the cache and
 * the operator's rights before the first of them is handed over. */
#ifndef IOC_APP_DO_PLAN_H
#define IOC_APP_DO_PLAN_H

#include <jansson.h>

#include "app/program.h"
#include "model/action.h"
#include "store/outbox.h"

/* One action on one record, and what became of it. */
struct do_step {
	const struct action *action;
	const struct record *record; /* as it will be after the steps before it; of one that is
					to be made, what is said of it */
	const char *from;            /* its state before this one */
	int64_t version;             /* as the cache has it */
	const char *unit; /* for which it is done, where that is not configured; "" */
	json_t *fields;
	char uuid[OUTBOX_UUID];
	char state[16];   /* as the outbox names it; "": not taken yet; "refused": not at all */
	struct err error; /* the code of a refusal by the writer; the last words about it */
	bool handed_over; /* the writer may have it */
	char made[96], made_code[96]; /* id and code of the record that it made; "" */
};

struct do_plan;

/* `kind` NULL: actions and codes of all kinds.  `source` NULL: of all sources; it is borrowed,
 * and a command's own --source goes before it.  NULL with *e. */
struct do_plan *do_plan_new(const struct program *p, const struct kind *kind,
			    const char *source, struct err *e);
void do_plan_free(struct do_plan *plan);
/* Adds a command's steps.  -1 with *e: ERR_USAGE for words that mean nothing, ERR_NOT_FOUND for
 * records, ERR_PERMISSION for what can't be done by this operator or in this state; then none
 * of the command's steps is to be trusted. */
int do_plan_add(struct do_plan *plan, const char *command, struct err *e);

size_t do_plan_count(const struct do_plan *plan);
struct do_step *do_plan_step(struct do_plan *plan, size_t i);
/* NULL where no step has it. */
struct do_step *do_plan_find(struct do_plan *plan, const char *uuid);

#endif

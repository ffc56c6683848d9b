/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doing something to records: who may, to which, what became of it, and taking it back. */
#ifndef IOC_UI_ACTING_H
#define IOC_UI_ACTING_H

#include "ui/effect.h"
#include "ui/event.h"
#include "ui/form.h"
#include "ui/pending.h"
#include "ui/repeat.h"
#include "ui/reply_pick.h"
#include "ui/target.h"

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

struct acting {
	bool known; /* the writer said who we are */
	unsigned staff;
	char unit[64], name[128];
	int64_t undo_ms;
	int64_t next_id;
	struct batch batch;

	/* Of the menu, the form and the confirmation: to what it will be done. */
	struct target *targets;
	size_t target_count;
	struct form form;
	struct arena about_arena;
	struct record *about; /* the one target as it was then; NULL: several, or not at hand */
	struct replies *replies; /* NULL: not read yet */
	struct reply_pick pick;
	/* The form changes what is in the outbox under this uuid; "": it is for something new.
	 */
	char again[40];
	int64_t again_id, again_version;
	size_t picked; /* line of the menu */
	struct repeat repeat;

	size_t outbox_at; /* row of the outbox in hand */
};

struct app;

void acting_init(struct acting *x);
void acting_free(struct acting *x);
struct actor acting_actor(const struct acting *x);

/* Takes the records in hand: those marked, else the one under the cursor or on screen.  -1 with
 * *e where there is none. */
int acting_take_targets(struct app *a, struct err *e);
/* The record in hand: under the cursor or on screen; NULL: none. */
const struct record *acting_record(struct app *a);
/* Takes this record, whatever is marked. */
void acting_take_record(struct app *a, const struct record *r);
/* Whether it is done to records, and the source of any target takes it at all. */
bool acting_offered(const struct app *a, const struct action *act);
/* Whether it will be done here only, since the source of some target does not take it. */
bool acting_is_here(const struct app *a, const struct action *act);
/* How many of the targets allow it; *why is set from the first that does not. */
size_t acting_allowed(const struct app *a, const struct action *act, const char **why);
/* Whether one record allows it, by its state, our rights and what its source offers. */
enum action_refusal acting_allows(const struct app *a, const struct target *t,
				  const struct action *act, const struct actor *who);
/* Begins: opens its form, or does it at once where nothing need be said and `at_once` is
 * wished. -1 with *e where it may not be done. */
int acting_begin(struct app *a, const struct action *act, bool at_once, struct effects *fx,
		 struct err *e);
/* Hands it over with these fields, of which it takes the reference. */
int acting_send(struct app *a, const struct action *act, json_t *fields, struct effects *fx,
		struct err *e);
/* The same action with these fields, borrowed, on the records taken: at once, or after the
 * question where there is one. */
int acting_again(struct app *a, const struct action *act, const json_t *fields,
		 struct effects *fx, struct err *e);
/* Whether what was done last is still being handed over. */
bool acting_is_busy(const struct app *a);
/* The same for wishes, which are done in their order; `act` names all of it. */
int acting_send_all(struct app *a, const struct action *act, const struct act_wish *list,
		    size_t count, struct effects *fx, struct err *e);
/* Whether keys wait until the writer has answered, which is a matter of milliseconds: what was
 * typed ahead is meant for what is there then.  Never longer than a second. */
bool acting_holds_keys(const struct app *a);
/* Opens the form of what was refused, with what was said, to be said otherwise. */
void acting_edit(struct app *a, const struct pending_item *i);
/* Asks to take back what was done last.  -1 with *e: too late, or nothing. */
int acting_undo(struct app *a, struct effects *fx, struct err *e);
/* The writer's answer to that: only now it is said to be taken back.  Whether it was one. */
bool undo_answer(struct app *a, int64_t id, const json_t *message);
/* Whether an answer to that is awaited. */
bool undo_is_busy(const struct batch *b);
/* Sends a command about an item of the outbox. */
void acting_ask(struct app *a, json_t *command, struct effects *fx);
/* What is typed into the form changed. */
void acting_keep_form(struct app *a);
/* A key or paste for the menu or the form.  Whether it was theirs. */
bool acting_key(struct app *a, uint32_t key, struct effects *fx);
bool acting_paste(struct app *a, const char *text);
/* EVENT_EDITED, EVENT_REPLIES, EVENT_OPERATOR, EVENT_OUTBOX, EVENT_OUTBOX_ALL, EVENT_ACTED. */
void acting_event(struct app *a, const struct event *e, struct effects *fx);

/* The letter of each action of a kind in its menu: of its title, and always the same. */
#define ACTIONS_MOST 40
void acting_letters(const struct kind *k, char letters[ACTIONS_MOST]);
/* The actions of the targets' kind as the menu has them, by their index: those that are
 * possible first.  Returns how many there are, and in *possible how many of them are. */
size_t acting_menu(const struct app *a, size_t order[ACTIONS_MOST], size_t *possible);

#endif

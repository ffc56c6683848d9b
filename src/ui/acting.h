/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doing something to records: who may, and to which; its form and its menu. */
#ifndef IOC_UI_ACTING_H
#define IOC_UI_ACTING_H

#include "ui/batch.h"
#include "ui/event.h"
#include "ui/form.h"
#include "ui/pending.h"
#include "ui/repeat.h"
#include "ui/reply_pick.h"

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
/* The same for several, of one kind. */
void acting_take_list(struct app *a, const struct target *list, size_t count);
/* The record that an item of the outbox is about, as it was then. */
void acting_take_item(struct app *a, const struct pending_item *i);
/* Appends the codes of what was taken, `most` at most, and how many more there are. */
void acting_add_codes(const struct acting *x, size_t most, struct strbuf *out);
/* Whether it is done to records, and the source of any target takes it at all. */
bool acting_offered(const struct app *a, const struct action *act);
/* Whether it will be done here only, since the source of some target does not take it. */
bool acting_is_here(const struct app *a, const struct action *act);
/* How many of the targets allow it; *why is set from the first that does not. */
size_t acting_allowed(const struct app *a, const struct action *act, const char **why);
/* Whether one record allows it, by its state, our rights and what its source offers. */
enum action_refusal acting_allows(const struct app *a, const struct target *t,
				  const struct action *act, const struct actor *who);
/* Sends a command about an item of the outbox. */
void acting_ask(struct app *a, json_t *command, struct effects *fx);
/* A key for what lies over the screen: the menu, the form, the question of which source.
 * Whether it was theirs. */
bool acting_key(struct app *a, uint32_t key, struct effects *fx);
/* EVENT_EDITED, EVENT_REPLIES, EVENT_OPERATOR, EVENT_OUTBOX, EVENT_OUTBOX_ALL, EVENT_ACTED. */
void acting_event(struct app *a, const struct event *e, struct effects *fx);
/* The key of the draft of this action: one for each record, for several one for the kind. */
void acting_draft_key(const struct acting *x, const struct action *act, char *key, size_t size);

/* --- acting_form.c --- */
/* Begins: opens its form, or does it at once where nothing need be said and `at_once` is
 * wished. -1 with *e where it may not be done. */
int acting_begin(struct app *a, const struct action *act, bool at_once, struct effects *fx,
		 struct err *e);
/* The same action with these fields, borrowed, on the records taken: at once, or after the
 * question where there is one. */
int acting_again(struct app *a, const struct action *act, const json_t *fields,
		 struct effects *fx, struct err *e);
/* Opens the form of what was refused, with what was said, to be said otherwise. */
void acting_edit(struct app *a, const struct pending_item *i);
/* The writer's answer to that.  Whether it was one. */
bool acting_edit_answer(struct app *a, int64_t id, const json_t *message);
void acting_close_form(struct app *a);
/* What is typed into the form changed. */
void acting_keep_form(struct app *a);
/* A key or paste for the form.  Whether it was its own. */
bool acting_form_key(struct app *a, uint32_t key, struct effects *fx);
bool acting_paste(struct app *a, const char *text);
/* EVENT_EDITED. */
void acting_edited(struct app *a, const struct event *e, struct effects *fx);

/* --- actions_screen.c: the menu --- */
/* The letter of each action of a kind in its menu: of its title, and always the same. */
#define ACTIONS_MOST 40
void acting_letters(const struct kind *k, char letters[ACTIONS_MOST]);
/* The actions of the targets' kind as the menu has them, by their index: those that are
 * possible first.  Returns how many there are, and in *possible how many of them are. */
size_t acting_menu(const struct app *a, size_t order[ACTIONS_MOST], size_t *possible);
/* A key for it.  Whether it was its own. */
bool actions_key(struct app *a, uint32_t key, struct effects *fx);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of act share; nobody else includes it. */
#ifndef IOC_API_ACT_PARTS_H
#define IOC_API_ACT_PARTS_H

#include "api/act.h"
#include "api/detail.h"
#include "api/jqfilter.h"

enum act_phase { PHASE_BEFORE, PHASE_STEPS, PHASE_FIND, PHASE_AFTER, PHASE_DETAIL };

/* An answer, and the record in it. */
struct act_reply {
	struct strbuf text;
	struct tape tape;
	struct jqfilter_out record;
	struct strbuf json; /* of the record; empty: there is none */
};

struct act {
	const struct site *site;
	const struct action_spec *spec;
	struct mapper *mapper;
	struct act_order order; /* its texts are in the arena */
	struct arena arena;
	enum act_phase phase;
	struct step_spec only; /* where there is one request */
	size_t step;
	enum act_state state;
	struct failure failure;
	struct http_call *call;
	struct act_reply now, kept; /* that is read; that the record is in */
	struct strbuf answers;      /* of the steps before: a list in JSON, without its end */
	struct strbuf current;      /* the record as it was read before, as JSON */
	struct details *details;    /* what the record lacks, asked for at the end */
	enum act_state ended;       /* what it has come to, while that is asked for */
	const char *made;           /* the id of the record that was made; in the arena */
	int64_t version;
};

void act_reply_init(struct act_reply *r);
void act_reply_free(struct act_reply *r);
/* Keeps the answer at hand where `filter` (or NULL) finds the record in it. */
bool act_keep_record(struct act *a, struct jqfilter *filter);

/* The request that is under way, of so many. */
const struct step_spec *act_step(const struct act *a);
size_t act_step_count(const struct act *a);

/* It has come to this. */
void act_end(struct act *a, enum act_state state, const struct failure *f);
/* What an action has come to whose effect is not known; `status` is that of the answer, or 0.
 */
enum act_state act_unknown(const struct act *a, long status);
/* Judges the answer to the step at hand: a->state, and a->failure where it is not done. */
void act_judge_step(struct act *a, const struct http_result *r);
/* What a refusal by this status means to who acts; `otherwise` where nothing special. */
const char *act_words_of_status(long status, const char *otherwise);
/* Looks for the id of the record that was made; templates see it from then on. */
void act_note_id(struct act *a, struct jqfilter *filter);

#endif

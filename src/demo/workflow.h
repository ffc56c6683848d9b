/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may happen to a record: the legal moves from state to state, who makes them, and how
 * the histories call them.  The load walks these tables to make pasts, the living demo to make
 * futures. */
#ifndef IOC_DEMO_WORKFLOW_H
#define IOC_DEMO_WORKFLOW_H

#include <stddef.h>

#include "model/kind.h"

enum who { WHO_CITIZEN, WHO_STAFF, WHO_LEADER, WHO_OFFICER, WHO_SYSTEM };

struct move {
	const char *from;
	const char *to;     /* NULL: the state stays */
	const char *action; /* as histories call it */
	const char *says;   /* which texts go with it; NULL: none */
	enum who who;
	unsigned odds;   /* when the demo lives; 0: only in pasts */
	unsigned weight; /* how long it takes, beside the others */
};

enum complaint_move {
	COMPLAINT_RECEIVE,
	COMPLAINT_ASK,
	COMPLAINT_GIVEN,
	COMPLAINT_EXPIRE,
	COMPLAINT_REJECT,
	COMPLAINT_REFER,
	COMPLAINT_ASSIGN,
	COMPLAINT_RETURN,
	COMPLAINT_TAKE,
	COMPLAINT_PROGRESS,
	COMPLAINT_EXTEND,
	COMPLAINT_SUBMIT,
	COMPLAINT_REFUSE,
	COMPLAINT_APPROVE,
	COMPLAINT_TELL,
	COMPLAINT_CONFIRM,
	COMPLAINT_PUBLISH,
	COMPLAINT_REOPEN,
	COMPLAINT_MOVES
};
enum dossier_move {
	DOSSIER_RECEIVE,
	DOSSIER_REFUSE,
	DOSSIER_PROCESS,
	DOSSIER_SUPPLEMENT,
	DOSSIER_SUPPLIED,
	DOSSIER_CHARGE,
	DOSSIER_PAID,
	DOSSIER_SIGN,
	DOSSIER_SORRY,
	DOSSIER_DONE,
	DOSSIER_HAND,
	DOSSIER_WITHDRAW,
	DOSSIER_STOP,
	DOSSIER_MOVES
};
enum alert_move { ALERT_CONFIRM, ALERT_DISMISS, ALERT_FORWARD, ALERT_CLOSE, ALERT_MOVES };
enum call_move { CALL_BACK, CALL_MOVES };

extern const struct move complaint_moves[COMPLAINT_MOVES];
extern const struct move dossier_moves[DOSSIER_MOVES];
extern const struct move alert_moves[ALERT_MOVES];
extern const struct move call_moves[CALL_MOVES];

/* The moves of a queue; NULL and 0 for kinds without. */
const struct move *workflow_moves(const struct kind *k, size_t *count);

#endif

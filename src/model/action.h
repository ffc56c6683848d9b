/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions: what may be done to a record, in which states, by whom, and what must be said with
 * it.  The console offers by these tables, the writer checks by them and the gateway enforces
 * them: one source for all three.  A vendor's API may allow less; its answer decides. */
#ifndef IOC_MODEL_ACTION_H
#define IOC_MODEL_ACTION_H

#include "model/record.h"

/* What an operator is, and so may do; a person may be several (3-domain: roles). */
enum staff {
	STAFF_OPERATOR = 1 << 0,     /* trực ban, điều phối viên */
	STAFF_SHIFT_LEADER = 1 << 1, /* trưởng ca */
	STAFF_UNIT = 1 << 2,         /* đơn vị xử lý: only records of its own unit */
	STAFF_MANAGER = 1 << 3,      /* lãnh đạo */
	STAFF_ADMIN = 1 << 4,        /* quản trị: catalogues and calendars, no records */
	STAFF_AUDITOR = 1 << 5,      /* kiểm toán: reads, does nothing */
	STAFF_ALL = (1 << 6) - 1,
};

enum action_field_flag {
	FIELD_REQUIRED = 1 << 0,
	FIELD_LINES = 1 << 1,  /* text of many lines */
	FIELD_LIST = 1 << 2,   /* several codes, parted by commas */
	FIELD_RECORD = 1 << 3, /* code of another record */
	FIELD_NOTE = 1 << 4,   /* becomes the text of the history's entry */
};

/* A thing to be said with an action. */
struct action_field {
	const char *id;    /* name in JSON and on the command line */
	const char *title; /* N_() */
	enum column_type type;
	unsigned flags;               /* enum action_field_flag */
	const char *ref;              /* COLUMN_REF: the catalogue's kind */
	const struct choice *choices; /* COLUMN_CHOICE */
	const char *column;           /* column of the record that it sets; NULL: none */
	const char *history;          /* its name in the history's text; NULL: not told there */
};

enum action_flag {
	ACTION_CONFIRM = 1 << 0, /* asked once more even for one record: it ends something */
	ACTION_BULK = 1 << 1,    /* may be done to many at a time */
	ACTION_COUNTS = 1 << 2,  /* adds one to `counter` */
	ACTION_NEW = 1 << 3,     /* makes a record: there is none yet, and so no state */
	ACTION_HERE = 1 << 4,    /* done here where the record's source does not take it */
};

#define ACTION_FIELDS 12
struct action {
	const char *id;      /* "assign": command, API and audit */
	const char *title;   /* "Distribute", N_() */
	const char *history; /* entry in the history, in Vietnamese as provinces write it */
	const char *from;    /* states, parted by commas; "*": every open one; "": none */
	const char *to;      /* state afterwards; NULL: stays */
	const char *needs;   /* column that must have a value; NULL: none */
	const char *bars;    /* column that must have none; NULL: none */
	unsigned staff;      /* enum staff: any of them may */
	unsigned flags;      /* enum action_flag */
	const char *counter; /* ACTION_COUNTS: column */
	const char *stamp;   /* column that gets the time of the action; NULL: none */
	const char *actor;   /* column that gets who did it; NULL: none */
	struct action_field fields[ACTION_FIELDS]; /* ended by one without id, or full */
};

/* The actions of a kind, ended by one without id; NULL: none. */
const struct action *actions_of(const struct kind *k);
/* By id; NULL. */
const struct action *action_find(const struct kind *k, const char *id);
/* The one that makes a record of the kind; NULL: none does. */
const struct action *action_new(const struct kind *k);

/* Why an action may not be done. */
enum action_refusal {
	ACTION_ALLOWED,
	ACTION_WRONG_STATE,
	ACTION_WRONG_STAFF, /* needs one of action->staff */
	ACTION_OTHER_UNIT,  /* STAFF_UNIT only, and the record is another unit's */
	ACTION_NEEDS,       /* action->needs has no value */
	ACTION_BARRED,      /* action->bars has one */
	ACTION_WITHHELD,    /* the record's source does not take it */
};

/* Who acts. */
struct actor {
	unsigned staff;   /* enum staff */
	const char *unit; /* code of the unit of STAFF_UNIT; NULL: none */
};
enum action_refusal action_allowed(const struct action *a, const struct record *r,
				   const struct actor *who);
/* Whether the action may be done in this state at all; "": there is no record. */
bool action_fits_state(const struct kind *k, const struct action *a, const char *state);
/* The same staff by its name in configuration and tokens ("operator", "shift-leader", "unit",
 * "manager", "admin", "auditor"); 0 for none. */
unsigned staff_find(const char *name);
/* What a refusal means, translated; "" for ACTION_ALLOWED. */
const char *action_refusal_text(enum action_refusal why);

/* Number of fields. */
size_t action_field_count(const struct action *a);
/* NULL where the action has no such field. */
const struct action_field *action_field(const struct action *a, const char *id);

/* --- the tables, each in the file of its kind --- */
extern const struct action complaint_actions[], dossier_actions[], call_actions[],
	alert_actions[], hazard_actions[], mention_actions[];

#endif

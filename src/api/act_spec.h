/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a connector writes what operators do: the requests of each action, what their answers
 * mean, and what may be done where no answer came. */
#ifndef IOC_API_ACT_SPEC_H
#define IOC_API_ACT_SPEC_H

#include "api/envelope.h"
#include "api/format.h"
#include "api/request_spec.h"
#include "model/kind.h"

/* Where the record stands that an action leaves behind. */
enum act_after { AFTER_ANSWER, AFTER_REFETCH };
/* What happens where nobody knows whether an action took effect. */
enum act_idempotent {
	IDEMPOTENT_KEY,     /* sent again: the server knows it by its key */
	IDEMPOTENT_NATURAL, /* sent again: twice is as good as once */
	IDEMPOTENT_CHECK,   /* the record is read first, and tells */
	IDEMPOTENT_NEVER,   /* a person decides */
};

/* Statuses that mean something else here than elsewhere. */
struct outcome_spec {
	struct words done, conflict, rejected, again;
};

/* One of several requests that make an action. */
struct step_spec {
	struct request_spec request;
	struct format_spec format;
	struct envelope_spec envelope;
};

/* How one record is read. */
struct read_spec {
	struct request_spec request;
	struct jqfilter *record; /* in the answer */
};

/* Where the id of a record stands that was made, if its answer has none yet. */
struct find_spec {
	struct request_spec request;
	struct jqfilter *id; /* in the answer */
};

struct action_spec {
	const char *name;            /* ACTION or KIND.ACTION; NULL: of every action */
	struct request_spec request; /* without a path: none */
	struct format_spec format;
	struct envelope_spec envelope;
	struct maps requests;       /* struct step_spec, in place of `request` */
	struct jqfilter *already;   /* it had been done before: that is success */
	struct outcome_spec status; /* … by status */
	struct jqfilter *record;    /* in an answer; NULL: none is told */
	struct jqfilter *map;       /* of it; NULL: that of the kind's resource */
	struct jqfilter *version;   /* of the record afterwards, where there is no record */
	struct jqfilter *id;        /* of the record that was made */
	struct find_spec find;      /* … where the answer has none; without a path: no way */
	struct read_spec read;      /* without a path: it can't be read */
	struct jqfilter *applied;   /* whether the record that was read shows the effect */
	int after, idempotent;      /* enum act_after, enum act_idempotent */
	bool compare;               /* read first: it must be as the operator saw it */
	/* of the general one only */
	struct words offers; /* the actions that `request` is for; none: all */
	struct maps verbs;   /* struct action_spec */
};

extern const struct field action_fields[];

/* Complains at `n` about what no single key can tell, and fills in what verbs leave out;
 * `identity` is the filter ".". */
void action_check(struct reading *rd, struct action_spec *s, const struct yaml_node *n,
		  struct jqfilter *identity);
/* How this action is sent; NULL: it is not offered. */
const struct action_spec *action_spec_find(const struct action_spec *s, const struct kind *k,
					   const char *action);

#endif

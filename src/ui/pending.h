/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What operators want and the province has not confirmed yet, as the writer tells it: the
 * outbox, by record.  Lists and records show the wanted values with a mark until then. */
#ifndef IOC_UI_PENDING_H
#define IOC_UI_PENDING_H

#include <jansson.h>

#include "model/action.h"
#include "model/record.h"

enum pending_state {
	PENDING_QUEUED,
	PENDING_SENDING,
	PENDING_RETRY,
	PENDING_DONE,
	PENDING_REJECTED,
	PENDING_CONFLICT,
	PENDING_UNCLEAR, /* a person must say whether it is sent again */
};

/* Texts are borrowed from `json`, never NULL. */
struct pending_item {
	json_t *json; /* the item as it came, owned */
	enum pending_state state;
	const struct kind *kind;     /* NULL: unknown to this program */
	const struct action *action; /* likewise */
	const char *uuid, *source, *record, *code, *who, *error;
	const json_t *fields, *answer; /* objects or NULL */
	int64_t at, next_at, changed_at, version;
	int tries;
};

struct pending {
	struct pending_item *list; /* in the order of their coming */
	size_t count, cap;
	size_t waiting, refused, conflicts, unclear; /* how many of each are open */
};

void pending_free(struct pending *p);
/* Takes items in; `all`: there are no others.  What was dropped is forgotten. */
void pending_take(struct pending *p, const json_t *items, bool all);
const struct pending_item *pending_find(const struct pending *p, const char *uuid);

/* The open item of a record that should strike the eye: a conflict before a refusal before
 * what waits.  What was done counts as waiting until the record shows it.  NULL: none. */
const struct pending_item *pending_mark(const struct pending *p, const struct kind *k,
					const char *source, const char *id, int64_t version);
/* What a column of the record will be if all that waits is confirmed; false where that changes
 * nothing.  *v borrows until the next pending_take. */
bool pending_value(const struct pending *p, const struct record *r, size_t column,
		   struct value *v);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state × action × role of the tables, for a test that asks a gateway:
 *
 *   actions records    NDJSON of one kind: actions records complaint
 *   actions asks       a line each: KIND ID ROLE STATUS BODY, parted by tabs
 *
 * The status is what the tables say: 200 it may be done, 409 not in this state, 403 not by this
 * role.  Each ask has a record of its own, and one of whom it is a double where it needs that.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/action.h"
#include "model/kinds.h"

static const char *const roles[] = {"operator", "shift-leader", "unit",
				    "manager",  "admin",        "auditor"};

struct ask {
	const struct kind *kind;
	const struct state *state;
	const struct action *action;
	const char *role;
	int number;
};

static void walk(void (*each)(const struct ask *, const char *), const char *kind)
{
	int n = 0;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct state *s = kinds[i]->states; s && s->code; s++)
			for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
				for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
					struct ask q = {kinds[i], s, a, roles[r], n++};
					each(&q, kind);
				}
}

static const char *value(const struct ask *q, const struct action_field *f, char buf[24])
{
	snprintf(buf, 24, "other%d", q->number);
	return f->flags & FIELD_RECORD                                ? buf
	       : f->type == COLUMN_CHOICE                             ? f->choices[0].code
	       : f->type == COLUMN_TIME || f->type == COLUMN_DEADLINE ? "2099-01-01T00:00:00Z"
								      : "word";
}

static json_t *fields_of(const struct ask *q)
{
	char buf[24];
	json_t *fields = json_object();
	for (size_t i = 0; i < action_field_count(q->action); i++) {
		const struct action_field *f = &q->action->fields[i];
		if (f->flags & FIELD_REQUIRED)
			json_object_set_new(fields, f->id,
					    f->type == COLUMN_FLAG
						    ? json_true()
						    : json_string(value(q, f, buf)));
	}
	return fields;
}

static int status_of(const struct ask *q)
{
	if (!action_fits_state(q->kind, q->action, q->state->code) || q->action->needs)
		return 409;
	return q->action->staff & staff_find(q->role) ? 200 : 403;
}

static void print_ask(const struct ask *q, const char *kind)
{
	(void)kind;
	json_t *body = json_pack("{s:s, s:o}", "action", q->action->id, "fields", fields_of(q));
	char *text = json_dumps(body, JSON_COMPACT);
	printf("%s\tr%d\t%s\t%d\t%s\n", q->kind->plural, q->number, q->role, status_of(q),
	       text);
	free(text);
	json_decref(body);
}

static void print_records(const struct ask *q, const char *kind)
{
	if (strcmp(q->kind->id, kind) == 0)
		printf("{\"id\":\"r%d\",\"code\":\"r%d\",\"state\":\"%s\",\"unit\":\"CATP\"}\n",
		       q->number, q->number, q->state->code);
	if (strcmp(kind, "complaint") == 0)
		printf("{\"id\":\"other%d\",\"code\":\"other%d\",\"state\":\"MOI\"}\n",
		       q->number, q->number);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "asks") == 0)
		walk(print_ask, NULL);
	else if (argc == 3 && strcmp(argv[1], "records") == 0)
		walk(print_records, argv[2]);
	else
		return 2;
	return 0;
}

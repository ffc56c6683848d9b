/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/outbox_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/member.h"
#include "store/outbox_json.h"

#define KEPT (30 * DAY) /* what ended is shown as long */
#define LIST_MOST 1000
/* Numbers as they were said, not as binary fractions come near them. */
#define OUTBOX_JSON (JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(15))
#define LIST_BYTES ((size_t)768 << 10) /* a message of the control socket takes 1 MiB */

struct outbox_job *outbox_job_new(enum outbox_task task, json_t *item)
{
	struct outbox_job *o = xcalloc(1, sizeof *o);
	o->task = task;
	o->item = item;
	o->items = json_array();
	o->next = INT64_MAX;
	return o;
}

void outbox_job_free(struct outbox_job *o)
{
	if (!o)
		return;
	json_decref(o->item);
	json_decref(o->sources);
	json_decref(o->here);
	json_decref(o->items);
	free(o->who);
	free(o);
}

char *outbox_job_name(const char *source, const char *kind, const char *action)
{
	return xasprintf("%s/%s/%s", source, kind, action);
}

struct outbox_job *outbox_job_again(const struct outbox_job *o)
{
	struct outbox_job *again = outbox_job_new(o->task, json_incref(o->item));
	again->sources = json_incref(o->sources);
	again->who = o->who ? xstrdup(o->who) : NULL;
	again->at = o->at;
	again->state = o->state;
	again->unsent = o->unsent;
	again->made = o->made;
	again->at_home = o->at_home;
	again->severity = o->severity;
	again->here = json_incref(o->here);
	again->version = o->version;
	return again;
}

static int collect(void *context, const struct outbox_item *i)
{
	json_t *list = context;
	json_array_append_new(list, outbox_item_json(i));
	return json_array_size(list) >= LIST_MOST;
}

static int add(struct outbox_job *o, struct journal *j, struct err *e)
{
	const json_t *x = o->item;
	char *fields = json_dumps(json_object_get(x, "fields"), OUTBOX_JSON);
	char *seen = json_dumps(json_object_get(x, "seen"), JSON_COMPACT);
	struct outbox_item i = {
		.at = clock_now(),
		.who = member_text(x, "who"),
		.place = member_text(x, "place"),
		.staff = member_text(x, "staff"),
		.unit = member_text(x, "unit"),
		.source = member_text(x, "source"),
		.kind = member_text(x, "kind"),
		.record = member_text(x, "record"),
		.code = member_text(x, "code"),
		.action = member_text(x, "action"),
		.fields = fields ? fields : "{}",
		.rule = member_text(x, "rule"),
		.seen = seen ? seen : "",
		.version = json_integer_value(json_object_get(x, "version")),
	};
	snprintf(i.uuid, sizeof i.uuid, "%s", member_text(x, "uuid"));
	int rc = i.uuid[0] ? 0 : outbox_make_uuid(i.uuid, e);
	if (!*i.record)
		i.record = i.uuid;
	if (rc == 0)
		rc = outbox_add(j, &i, o->at, e);
	if (rc == 0)
		rc = outbox_find(j, i.uuid, collect, o->items, e);
	free(seen);
	free(fields);
	return rc;
}

/* Takes out as many for each source as it can take now; the others wait. */
struct choice {
	json_t *room, *here, *items;
};

static bool is_done_here(const struct choice *c, const struct outbox_item *i)
{
	char *name = outbox_job_name(i->source, i->kind, i->action);
	bool is = json_object_get(c->here, name);
	free(name);
	return is;
}

static int choose(void *context, const struct outbox_item *i)
{
	struct choice *c = context;
	json_int_t room = json_integer_value(json_object_get(c->room, i->source));
	if (is_done_here(c, i)) {
		json_array_append_new(c->items, outbox_item_json(i));
	} else if (room > 0) {
		json_object_set_new(c->room, i->source, json_integer(room - 1));
		json_array_append_new(c->items, outbox_item_json(i));
	}
	return 0;
}

static int due(struct outbox_job *o, struct journal *j, struct err *e)
{
	struct choice c = {o->sources, o->here, o->items};
	int64_t now = clock_now();
	size_t n;
	const json_t *item;
	if (outbox_due(j, now, choose, &c, e) < 0)
		return -1;
	if (!json_array_size(o->items))
		return 0;
	bool ok = journal_begin(j, e) == 0;
	if (ok) {
		json_array_foreach (o->items, n, item)
			ok = ok && outbox_sending(j, member_text(item, "uuid"), now, e) == 0;
		ok = journal_end(j, ok, e) == 0;
	}
	if (!ok) /* what is not noted as being sent is not sent */
		json_array_clear(o->items);
	return ok ? 0 : -1;
}

static int settle(struct outbox_job *o, struct journal *j, struct err *e)
{
	const char *uuid = member_text(o->item, "uuid"), *error = member_text(o->item, "error");
	int64_t now = clock_now();
	char *answer = json_dumps(json_object_get(o->item, "answer"), JSON_COMPACT);
	int rc = -1;
	if (o->unsent)
		rc = outbox_unsent(j, uuid, o->state, o->at, error, now, e);
	else if (o->state == OUTBOX_RETRY)
		rc = outbox_retry(j, uuid, o->at, error, now, e);
	else if (o->state == OUTBOX_UNCLEAR)
		rc = outbox_unclear(j, uuid, error, now, e);
	else if (o->state == OUTBOX_DONE && o->made)
		rc = outbox_made(j, uuid, o->version,
				 member_text(json_object_get(o->item, "answer"), "id"),
				 answer ? answer : "", now, e);
	else if (o->state == OUTBOX_DONE && o->at_home)
		rc = outbox_done_here(j, uuid, o->severity, now, e);
	else if (o->state == OUTBOX_DONE)
		rc = outbox_done(j, uuid, o->version, now, e);
	else if (o->state == OUTBOX_REJECTED)
		rc = outbox_rejected(j, uuid, error, now, e);
	else if (o->state == OUTBOX_CONFLICT)
		rc = outbox_conflict(j, uuid, error, answer ? answer : "", now, e);
	free(answer);
	return rc < 0 ? -1 : outbox_find(j, uuid, collect, o->items, e);
}

static int drop(struct outbox_job *o, struct journal *j, struct err *e)
{
	const char *uuid = member_text(o->item, "uuid");
	return outbox_drop(j, uuid, o->who, clock_now(), e) < 0
		       ? -1
		       : outbox_find(j, uuid, collect, o->items, e);
}

static bool has_uuid(const json_t *items, const char *uuid)
{
	size_t i;
	const json_t *item;
	json_array_foreach (items, i, item)
		if (strcmp(member_text(item, "uuid"), uuid) == 0)
			return true;
	return false;
}

/* It may get another uuid: everything open is told, and that the old one is no more. */
static int again(struct outbox_job *o, struct journal *j, struct err *e)
{
	const char *uuid = member_text(o->item, "uuid");
	json_t *fields = json_object_get(o->item, "fields");
	char *words = fields ? json_dumps(fields, OUTBOX_JSON) : NULL;
	int rc = outbox_again(j, uuid, words,
			      json_integer_value(json_object_get(o->item, "version")), o->who,
			      clock_now(), e);
	free(words);
	if (rc < 0 || outbox_walk(j, INT64_MAX, collect, o->items, e) < 0)
		return -1;
	if (!has_uuid(o->items, uuid))
		json_array_append_new(o->items, json_pack("{s:s, s:s}", "uuid", uuid, "state",
							  outbox_state_name(OUTBOX_DROPPED)));
	return 0;
}

/* A list that fits into one message of the control socket. */
struct listing {
	json_t *open, *ended;
	size_t room; /* bytes */
};

static size_t size_of(const json_t *item)
{
	return json_dumpb(item, NULL, 0, JSON_COMPACT) + 1;
}

static int list_open(void *context, const struct outbox_item *i)
{
	struct listing *l = context;
	json_t *item = outbox_item_json(i);
	size_t n = size_of(item);
	bool fits = n <= l->room;
	if (fits)
		json_array_append(l->open, item);
	l->room -= fits ? n : 0;
	json_decref(item);
	return !fits;
}

/* Where there is no room for all, the oldest of them go. */
static int list_ended(void *context, const struct outbox_item *i)
{
	struct listing *l = context;
	if (!outbox_is_ended(i->state))
		return 0;
	json_t *item = outbox_item_json(i);
	size_t n = size_of(item);
	while (n > l->room && json_array_size(l->ended)) {
		l->room += size_of(json_array_get(l->ended, 0));
		json_array_remove(l->ended, 0);
	}
	if (n <= l->room) {
		json_array_append(l->ended, item);
		l->room -= n;
	}
	json_decref(item);
	return 0;
}

/* What is open comes behind what has ended; both oldest first. */
static int list(struct outbox_job *o, struct journal *j, struct err *e)
{
	struct listing l = {json_array(), json_array(), LIST_BYTES};
	outbox_purge(j, clock_now() - KEPT, NULL);
	int rc = outbox_walk(j, INT64_MAX, list_open, &l, e);
	if (rc == 0)
		rc = outbox_walk(j, o->at, list_ended, &l, e);
	json_array_extend(o->items, l.ended);
	json_array_extend(o->items, l.open);
	json_decref(l.ended);
	json_decref(l.open);
	return rc;
}

void outbox_job_run(struct outbox_job *o, struct journal *j, struct err *e)
{
	static int (*const tasks[])(struct outbox_job *, struct journal *, struct err *) = {
		[OUTBOX_ADD] = add,   [OUTBOX_DUE] = due,     [OUTBOX_SETTLE] = settle,
		[OUTBOX_DROP] = drop, [OUTBOX_AGAIN] = again, [OUTBOX_LIST] = list,
	};
	if (tasks[o->task](o, j, e) < 0)
		return;
	int64_t next = outbox_next(j, e);
	o->next = next < 0 ? INT64_MAX : next;
}

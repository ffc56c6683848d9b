/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pending.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/member.h"

static int64_t time_of(const json_t *item, const char *name)
{
	int64_t t = 0;
	const char *s = member_text(item, name);
	return clock_parse(s, strlen(s), &t) == 0 ? t : 0;
}

static const json_t *object(const json_t *item, const char *name)
{
	const json_t *j = json_object_get(item, name);
	return json_is_object(j) ? j : NULL;
}

/* -1 for one that has ended without an effect, or is of a sort that we don't know. */
static int state_of(const char *name)
{
	static const char *const names[] = {
		[PENDING_QUEUED] = "queued",     [PENDING_SENDING] = "sending",
		[PENDING_RETRY] = "retry",       [PENDING_DONE] = "done",
		[PENDING_REJECTED] = "rejected", [PENDING_CONFLICT] = "conflict",
		[PENDING_UNCLEAR] = "unclear",
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	return -1;
}

static void clear(struct pending_item *i)
{
	json_decref(i->json);
}

void pending_free(struct pending *p)
{
	for (size_t i = 0; i < p->count; i++)
		clear(&p->list[i]);
	free(p->list);
	*p = (struct pending){0};
}

static size_t index_of(const struct pending *p, const char *uuid)
{
	size_t i = 0;
	while (i < p->count && strcmp(p->list[i].uuid, uuid) != 0)
		i++;
	return i;
}

const struct pending_item *pending_find(const struct pending *p, const char *uuid)
{
	size_t i = index_of(p, uuid);
	return i < p->count ? &p->list[i] : NULL;
}

static struct pending_item item_of(json_t *json, int state)
{
	struct pending_item i = {
		.json = json_incref(json),
		.state = (enum pending_state)state,
		.kind = kind_find(member_text(json, "kind")),
		.uuid = member_text(json, "uuid"),
		.source = member_text(json, "source"),
		.record = member_text(json, "record"),
		.code = member_text(json, "code"),
		.who = member_text(json, "who"),
		.error = member_text(json, "error"),
		.fields = object(json, "fields"),
		.answer = object(json, "answer"),
		.at = time_of(json, "at"),
		.next_at = time_of(json, "next_at"),
		.changed_at = time_of(json, "changed_at"),
		.version = json_integer_value(json_object_get(json, "version")),
		.tries = (int)json_integer_value(json_object_get(json, "tries")),
	};
	i.action = i.kind ? action_find(i.kind, member_text(json, "action")) : NULL;
	return i;
}

static void take_one(struct pending *p, json_t *json)
{
	int state = state_of(member_text(json, "state"));
	size_t at = index_of(p, member_text(json, "uuid"));
	bool known = at < p->count;
	if (state < 0 && known) {
		clear(&p->list[at]);
		p->count--;
		memmove(p->list + at, p->list + at + 1, (p->count - at) * sizeof *p->list);
	}
	if (state < 0)
		return;
	if (!known)
		ARRAY_PUSH(p->list, p->count, p->cap) = item_of(json, state);
	else {
		clear(&p->list[at]);
		p->list[at] = item_of(json, state);
	}
}

static bool waits(const struct pending_item *i)
{
	return i->state == PENDING_QUEUED || i->state == PENDING_SENDING ||
	       i->state == PENDING_RETRY;
}

void pending_take(struct pending *p, const json_t *items, bool all)
{
	size_t n;
	json_t *json;
	if (all)
		pending_free(p);
	json_array_foreach (items, n, json)
		take_one(p, json);
	p->waiting = p->refused = p->conflicts = p->unclear = 0;
	for (size_t i = 0; i < p->count; i++) {
		p->waiting += waits(&p->list[i]);
		p->refused += p->list[i].state == PENDING_REJECTED;
		p->conflicts += p->list[i].state == PENDING_CONFLICT;
		p->unclear += p->list[i].state == PENDING_UNCLEAR;
	}
}

/* --- by record ------------------------------------------------------------ */

static bool is_about(const struct pending_item *i, const struct kind *k, const char *source,
		     const char *id)
{
	return i->kind == k && source && id && strcmp(i->record, id) == 0 &&
	       strcmp(i->source, source) == 0;
}

/* Confirmed, but the record is still the one that it was done to. */
static bool not_seen_yet(const struct pending_item *i, int64_t version)
{
	return i->state == PENDING_DONE && i->version && version && version <= i->version;
}

static int weight(const struct pending_item *i, int64_t version)
{
	if (i->state == PENDING_CONFLICT)
		return 3;
	if (i->state == PENDING_REJECTED || i->state == PENDING_UNCLEAR)
		return 2;
	return waits(i) || not_seen_yet(i, version);
}

const struct pending_item *pending_mark(const struct pending *p, const struct kind *k,
					const char *source, const char *id, int64_t version)
{
	const struct pending_item *best = NULL;
	for (size_t i = p->count; i-- > 0;) {
		const struct pending_item *x = &p->list[i];
		int w = weight(x, version);
		if (w && is_about(x, k, source, id) && (!best || w > weight(best, version)))
			best = x;
	}
	return best;
}

static bool set_text(struct value *v, const char *s)
{
	*v = (struct value){.set = true};
	v->s = s;
	v->n = strlen(s);
	return true;
}

/* The value of a field in the form of its column. */
static bool set_field(struct value *v, const struct column *c, const json_t *json)
{
	int64_t t;
	if (json_is_string(json) && column_is_textual(c->type))
		return set_text(v, json_string_value(json));
	if (json_is_string(json) && (c->type == COLUMN_TIME || c->type == COLUMN_DEADLINE) &&
	    clock_parse(json_string_value(json), json_string_length(json), &t) == 0)
		return *v = (struct value){.set = true, .i = t}, true;
	if (json_is_boolean(json) && c->type == COLUMN_FLAG)
		return *v = (struct value){.set = true, .i = json_is_true(json)}, true;
	return false;
}

static bool item_value(const struct pending_item *i, const struct kind *k, size_t column,
		       struct value *v)
{
	const struct column *c = &k->columns[column];
	if (!i->action)
		return false;
	if (column == COL_STATE)
		return i->action->to && set_text(v, i->action->to);
	for (size_t n = 0; n < action_field_count(i->action); n++) {
		const struct action_field *f = &i->action->fields[n];
		if (f->column && strcmp(f->column, c->id) == 0)
			return set_field(v, c, json_object_get(i->fields, f->id));
	}
	return false;
}

bool pending_value(const struct pending *p, const struct record *r, size_t column,
		   struct value *v)
{
	for (size_t i = p->count; i-- > 0;) {
		const struct pending_item *x = &p->list[i];
		if (weight(x, r->version) == 1 && is_about(x, r->kind, r->source, r->id) &&
		    item_value(x, r->kind, column, v))
			return true;
	}
	return false;
}

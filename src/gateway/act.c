/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/act.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/member.h"
#include "base/utf8.h"

#define HISTORY_MOST 2000 /* entries of one record */

void act_free(struct act *a)
{
	json_decref(a->record);
	json_decref(a->values);
}

int act_refuse(struct act *a, enum problem p, const char *field, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int refused = refusal_say(&a->no, p, field, fmt, args);
	va_end(args);
	return refused;
}

int act_refuse_for(struct act *a, enum problem p, const char *field, const char *reason,
		   const char *about, const char *fmt, ...)
{
	va_list args;
	utf8_copy(a->about, sizeof a->about, about);
	a->reason = reason;
	va_start(args, fmt);
	int refused = refusal_say(&a->no, p, field, fmt, args);
	va_end(args);
	return refused;
}

void act_set_time(json_t *record, const char *name, int64_t t)
{
	char text[CLOCK_TEXT];
	clock_format_utc(t, text);
	json_object_set_new(record, name, json_string(text));
}

static void put_text(struct arena *arena, struct record *r, size_t column, const char *s)
{
	record_put_text(arena, r, column, s, strlen(s), NULL);
}

int act_check(struct act *a)
{
	struct arena arena = ARENA_INIT;
	struct record *r = record_new(&arena, a->kind);
	put_text(&arena, r, COL_STATE, member_text(a->record, "state"));
	put_text(&arena, r, COL_UNIT, member_text(a->record, "unit"));
	int merged = kind_column(a->kind, "merged_into");
	if (merged >= 0)
		put_text(&arena, r, (size_t)merged, member_text(a->record, "merged_into"));
	enum action_refusal why = action_allowed(a->action, r, &a->actor);
	arena_free(&arena);
	if (why == ACTION_WRONG_STATE)
		return act_refuse_for(a, PROBLEM_CONFLICT, "state", "not-in-state",
				      member_text(a->record, "state"),
				      "%s is not possible in state %.40s", a->action->id,
				      member_text(a->record, "state"));
	if (why == ACTION_NEEDS || why == ACTION_BARRED)
		return act_refuse_for(
			a, PROBLEM_CONFLICT, "merged_into",
			why == ACTION_NEEDS ? "not-merged" : "merged-already", "", "%s",
			why == ACTION_NEEDS ? "the report is not merged into another"
					    : "the report is part of a merger already");
	if (why == ACTION_OTHER_UNIT)
		return act_refuse_for(a, PROBLEM_FORBIDDEN, "unit", "other-unit", "",
				      "the record belongs to another unit");
	if (why != ACTION_ALLOWED)
		return act_refuse_for(a, PROBLEM_FORBIDDEN, "action", "no-right", a->action->id,
				      "the right to %s a %s is missing", a->action->id,
				      a->kind->id);
	return 0;
}

static json_t *list_of(json_t *record, const char *name)
{
	json_t *list = json_object_get(record, name);
	if (json_is_array(list))
		return list;
	list = json_array();
	json_object_set_new(record, name, list);
	return list;
}

void act_history(const struct act *a, json_t *record, const char *what, const char *from,
		 const char *to, const char *text)
{
	char at[CLOCK_TEXT];
	clock_format_utc(a->now, at);
	json_t *list = list_of(record, "history");
	while (json_array_size(list) >= HISTORY_MOST)
		json_array_remove(list, 0);
	json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s*, s:s*, s:s*}", "at", at,
					      "by", a->by, "action", what, "from", from, "to",
					      to, "text", *text ? text : NULL));
}

void act_link(json_t *record, const struct kind *k, const char *id, const char *relation)
{
	json_t *list = list_of(record, "links"), *entry;
	size_t i;
	json_array_foreach (list, i, entry)
		if (strcmp(member_text(entry, "id"), id) == 0 &&
		    strcmp(member_text(entry, "rel"), relation) == 0)
			return;
	json_array_append_new(
		list, json_pack("{s:s, s:s, s:s}", "kind", k->id, "id", id, "rel", relation));
}

void act_unlink(json_t *record, const char *id, const char *relation)
{
	json_t *list = json_object_get(record, "links");
	for (size_t i = json_array_size(list); i-- > 0;) {
		const json_t *entry = json_array_get(list, i);
		if (strcmp(member_text(entry, "id"), id) == 0 &&
		    strcmp(member_text(entry, "rel"), relation) == 0)
			json_array_remove(list, i);
	}
}

int act_put_other(struct act *a, const struct kind *k, json_t *record)
{
	struct err e = ERR_INIT;
	act_set_time(record, "updated_at", a->now);
	if (backend_put(a->backend, k, record, &e) < 0)
		return act_refuse(a, problem_of(&e), "", "%s", e.text);
	if (a->other_count < ACT_OTHERS) {
		a->others[a->other_count].kind = k;
		snprintf(a->others[a->other_count++].id, sizeof a->others[0].id, "%s",
			 member_text(record, "id"));
	}
	return 0;
}

/* The fields that are columns of the record go there. */
static void set_columns(struct act *a)
{
	for (size_t i = 0; i < action_field_count(a->action); i++) {
		const struct action_field *f = &a->action->fields[i];
		json_t *value = json_object_get(a->values, f->id);
		if (f->column && value)
			json_object_set(a->record, f->column, value);
	}
	if (a->action->counter) {
		json_int_t n = json_integer_value(
			json_object_get(a->record, a->action->counter));
		json_object_set_new(a->record, a->action->counter, json_integer(n + 1));
	}
	if (a->action->stamp)
		act_set_time(a->record, a->action->stamp, a->now);
	if (a->action->actor)
		json_object_set_new(a->record, a->action->actor, json_string(a->by));
}

int act_apply(struct act *a)
{
	const char *to = a->action->to;
	char from[64];
	snprintf(from, sizeof from, "%s", member_text(a->record, "state"));
	int (*special)(struct act *) = act_special(a);
	if (special && special(a) < 0)
		return -1;
	struct strbuf text = STRBUF_INIT;
	act_words(a, &text);
	set_columns(a);
	if (to)
		json_object_set_new(a->record, "state", json_string(to));
	act_history(a, a->record, a->action->history, to ? from : NULL, to, text.s);
	strbuf_free(&text);
	act_set_time(a->record, "updated_at", a->now);
	struct err e = ERR_INIT;
	if (backend_put(a->backend, a->kind, a->record, &e) < 0)
		return act_refuse(a, problem_of(&e), "", "%s", e.text);
	return 0;
}

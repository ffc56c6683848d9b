/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "routing/routing.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* --- actions --- */

const struct action *routing_action(const struct kind *k)
{
	for (const struct action *a = actions_of(k); a && a->id; a++) {
		const struct action_field *unit = action_field(a, "unit");
		if (unit && unit->flags & FIELD_REQUIRED && unit->column)
			return a;
	}
	return NULL;
}

static bool asks_for_something(const struct action *a)
{
	for (size_t i = 0; i < action_field_count(a); i++)
		if (a->fields[i].flags & FIELD_REQUIRED)
			return true;
	return false;
}

bool routing_steps(const struct kind *k, const char *state, const struct action **before)
{
	const struct action *distribute = routing_action(k);
	*before = NULL;
	if (!distribute || (distribute->to && strcmp(distribute->to, state) == 0))
		return false;
	if (action_fits_state(k, distribute, state))
		return true;
	for (const struct action *a = actions_of(k); a->id; a++) {
		bool leads = a->to && action_fits_state(k, a, state) &&
			     action_fits_state(k, distribute, a->to);
		if (!leads || a->flags & ACTION_CONFIRM || asks_for_something(a))
			continue;
		*before = a;
		return true;
	}
	return false;
}

bool routing_is_waiting(const struct record *r)
{
	const struct action *before;
	return !*record_text(r, COL_UNIT) &&
	       routing_steps(r->kind, record_text(r, COL_STATE), &before);
}

/* --- which rule --- */

enum routing_mode routing_mode_of(const struct routing *r, const struct routing_rule *rule)
{
	return r->mode == ROUTING_OFF ? ROUTING_OFF : rule->mode;
}

const char *routing_mode_name(enum routing_mode mode)
{
	static const char *const names[] = {
		[ROUTING_OFF] = "off",
		[ROUTING_SUGGEST] = "suggest",
		[ROUTING_AUTOMATIC] = "automatic",
	};
	return names[mode];
}

bool routing_has(const struct routing *r, const struct kind *k, enum routing_mode mode)
{
	for (size_t i = 0; r && i < r->count; i++)
		if ((!k || r->rules[i].kind == k) && routing_mode_of(r, &r->rules[i]) == mode)
			return true;
	return false;
}

static bool counts(const struct routing *r, const struct kind *k, const bool *hits, size_t i)
{
	return hits[i] && r->rules[i].kind == k && r->rules[i].mode != ROUTING_OFF;
}

static int64_t points_of(const struct routing *r, const struct kind *k, const bool *hits,
			 const char *unit)
{
	int64_t sum = 0;
	for (size_t i = 0; i < r->count; i++)
		if (counts(r, k, hits, i) && strcmp(r->rules[i].unit, unit) == 0)
			sum += r->rules[i].score;
	return sum;
}

/* Of equals the one that stands first, of units and of the rules of a unit. */
const struct routing_rule *routing_choose(const struct routing *r, const struct kind *k,
					  const bool *hits, int64_t *points)
{
	const struct routing_rule *best = NULL;
	int64_t most = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct routing_rule *rule = &r->rules[i];
		if (!counts(r, k, hits, i))
			continue;
		int64_t sum = points_of(r, k, hits, rule->unit);
		bool same = best && strcmp(best->unit, rule->unit) == 0;
		if (!best || (same ? rule->score > best->score : sum > most)) {
			best = rule;
			most = sum;
		}
		if (r->match == ROUTING_FIRST)
			break;
	}
	if (points)
		*points = most;
	return r->match == ROUTING_SCORED && most < r->least ? NULL : best;
}

/* --- what it asks for --- */

int64_t routing_due(const struct routing_rule *rule, const struct rulebook *b,
		    const struct record *r, int64_t now)
{
	struct rule limit = {.calendar = rule->calendar};
	limit.limits[CLOCK_HANDLE] = rule->deadline;
	if (!b || !rule->deadline.set)
		return CLOCK_NONE;
	int64_t due = rule_end(b, &limit, CLOCK_HANDLE, rule->unit,
			       record_int(r, COL_CREATED_AT, now));
	return due > now ? due : CLOCK_NONE;
}

/* In Vietnamese, as the histories of provinces are. */
static json_t *note_of(const struct routing_rule *rule, bool automatic)
{
	const char *note = rule->note ? rule->note : "";
	return json_sprintf(automatic ? "Tự động phân phối theo quy tắc “%s”%s%s"
				      : "Phân phối theo gợi ý của quy tắc “%s”%s%s",
			    rule->name, *note ? ": " : "", note);
}

json_t *routing_fields(const struct routing_rule *rule, const struct rulebook *b,
		       const struct record *r, bool automatic, int64_t now)
{
	json_t *fields = json_pack("{s:s, s:o}", "unit", rule->unit, "note",
				   note_of(rule, automatic));
	int64_t due = routing_due(rule, b, r, now);
	if (*rule->co_units)
		json_object_set_new(fields, "co_units", json_string(rule->co_units));
	if (rule->category)
		json_object_set_new(fields, "category", json_string(rule->category));
	if (due != CLOCK_NONE) {
		char text[CLOCK_TEXT];
		clock_format_utc(due, text);
		json_object_set_new(fields, "due_at", json_string(text));
	}
	return fields;
}

void routing_free(struct routing *r)
{
	if (!r)
		return;
	arena_free(&r->arena);
	free(r);
}

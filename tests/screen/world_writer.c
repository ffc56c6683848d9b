/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer as the console sees it: commands are answered, items of the outbox change. */
#include <stdio.h>
#include <string.h>

#include "world.h"

static void tell(struct world *w, enum event_type type, json_t *message)
{
	struct event e = {.type = type, .now = w->now};
	e.message = message;
	app_update(w->app, &e, &w->fx);
	json_decref(message);
}

static const char *text(const json_t *j, const char *name)
{
	const char *s = json_string_value(json_object_get(j, name));
	return s ? s : "";
}

static json_t *item_of(struct world *w, const json_t *command)
{
	char uuid[16];
	json_t *item = json_copy((json_t *)(uintptr_t)command);
	snprintf(uuid, sizeof uuid, "u%d", ++w->acted);
	json_object_del(item, "command");
	json_object_del(item, "id");
	json_object_update_new(item,
			       json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "uuid", uuid,
					 "state", "queued", "who", "Lò Thị Mai", "error", "",
					 "tries", 0, "at", "2026-11-20T07:42:07.000Z"));
	return item;
}

static json_t *answer_to(struct world *w, const json_t *command)
{
	json_t *id = json_object_get(command, "id");
	bool here = !w->refused_record[0] ||
		    strcmp(text(command, "record"), w->refused_record) == 0;
	if (w->refusal[0] && here)
		return json_pack("{s:O, s:b, s:s, s:s}", "id", id, "ok", 0, "error",
				 w->refused_as ? w->refused_as : "io", "message", w->refusal);
	if (strcmp(text(command, "command"), "act") == 0)
		return json_pack("{s:O, s:b, s:[o]}", "id", id, "ok", 1, "items",
				 item_of(w, command));
	return json_pack("{s:O, s:b, s:[{s:s, s:s}]}", "id", id, "ok", 1, "items", "uuid",
			 text(command, "uuid"), "state",
			 strcmp(text(command, "command"), "drop") == 0 ? "dropped" : "queued");
}

void world_obey(struct world *w)
{
	json_t *asked = w->asked, *command;
	size_t i;
	w->asked = json_array();
	json_array_foreach (asked, i, command)
		tell(w, EVENT_ACTED, answer_to(w, command));
	json_decref(asked);
}

void world_operator(struct world *w, const char *role, const char *unit)
{
	tell(w, EVENT_OPERATOR,
	     json_pack("{s:{s:s, s:s, s:s*, s:[s], s:i}}", "operator", "user", "mai", "name",
		       "Lò Thị Mai", "unit", unit, "roles", role, "undo_ms", 5000));
}

void world_outbox(struct world *w, const char *uuid, const char *state, json_t *more)
{
	json_t *item = json_pack("{s:s, s:s}", "uuid", uuid, "state", state);
	json_object_update_new(item, more);
	tell(w, EVENT_OUTBOX, json_pack("{s:[o]}", "items", item));
}

void world_keep(struct world *w, const json_t *changes)
{
	const char *name;
	json_t *value;
	if (!w->drafts)
		w->drafts = json_object();
	json_object_foreach ((json_t *)(uintptr_t)changes, name, value)
		if (json_is_null(value))
			json_object_del(w->drafts, name);
		else
			json_object_set(w->drafts, name, value);
}

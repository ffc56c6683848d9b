/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/unmapped.h"

#include <stdlib.h>
#include <string.h>

#include "author/record_json.h"
#include "base/alloc.h"
#include "base/strbuf.h"

#define MEMBERS_MOST 400
#define DEPTH_MOST 3

struct search {
	struct mapper *mapper;
	const struct mapping *how;
	json_t *item; /* changed and put right again */
	char *before; /* what the map yields of it */
	json_t *found;
	int tried;
};

/* All that the map makes of an item, as one text. */
static char *outcome(struct search *s)
{
	struct haul haul = HAUL_INIT;
	struct tape tape = TAPE_INIT;
	char *text = json_dumps(s->item, JSON_COMPACT | JSON_ENCODE_ANY);
	json_t *all = json_array();
	if (text && tape_read(&tape, text, strlen(text), NULL) == 0)
		mapper_item(s->mapper, s->how, tape.nodes, &haul);
	for (size_t i = 0; i < haul.count; i++)
		json_array_append_new(all, record_json(haul.records[i]));
	for (size_t i = 0; i < haul.reject_count; i++)
		json_array_append_new(all, json_string(haul.rejects[i].reason));
	char *result = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(all);
	haul_free(&haul);
	tape_free(&tape);
	free(text);
	return result;
}

static bool changes_with(struct search *s, json_t *object, const char *key, json_t *instead)
{
	json_object_set_new(object, key, instead);
	char *now = outcome(s);
	bool changes = !now || !s->before || strcmp(now, s->before) != 0;
	free(now);
	return changes;
}

/* Neither as a text, nor as a number, nor where it is gone does it change anything. */
static bool is_idle(struct search *s, json_t *object, const char *key)
{
	json_t *was = json_incref(json_object_get(object, key));
	bool idle = !changes_with(s, object, key, json_string("~ioc~")) &&
		    !changes_with(s, object, key, json_integer(7654321)) &&
		    !changes_with(s, object, key, json_null());
	json_object_set_new(object, key, was);
	return idle;
}

static void look(struct search *s, json_t *object, const char *path, int depth)
{
	const char *key;
	json_t *value;
	void *next;
	json_object_foreach_safe(object, next, key, value)
	{
		if (s->tried++ >= MEMBERS_MOST)
			return;
		char *whole = xasprintf("%s%s%s", path, *path ? "." : "", key);
		if (is_idle(s, object, key))
			json_array_append_new(s->found, json_string(whole));
		else if (depth < DEPTH_MOST && json_is_object(json_object_get(object, key)))
			look(s, json_object_get(object, key), whole, depth + 1);
		free(whole);
	}
}

json_t *unmapped_members(struct mapper *m, const struct mapping *how, const char *item)
{
	struct search s = {.mapper = m, .how = how, .found = json_array()};
	s.item = json_loads(item, JSON_DECODE_ANY, NULL);
	s.before = s.item ? outcome(&s) : NULL;
	if (json_is_object(s.item))
		look(&s, s.item, "", 0);
	free(s.before);
	json_decref(s.item);
	return s.found;
}

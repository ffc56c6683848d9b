/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/outbox_json.h"

#include "base/clock.h"

static json_t *time_text(int64_t t)
{
	char buf[CLOCK_TEXT];
	clock_format_utc(t, buf);
	return json_string(buf);
}

static json_t *parsed(const char *s)
{
	json_t *j = *s ? json_loads(s, JSON_DECODE_ANY, NULL) : NULL;
	return j ? j : json_null();
}

/* Texts that were stored are UTF-8 and clean. */
json_t *outbox_item_json(const struct outbox_item *i)
{
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
			      "uuid", i->uuid, "state", outbox_state_name(i->state), "who",
			      i->who, "place", i->place, "staff", i->staff, "unit", i->unit,
			      "source", i->source, "kind", i->kind, "record", i->record, "code",
			      i->code, "action", i->action, "error", i->error);
	json_object_set_new(j, "at", time_text(i->at));
	json_object_set_new(j, "next_at", time_text(i->next_at));
	json_object_set_new(j, "changed_at", time_text(i->changed_at));
	json_object_set_new(j, "version", json_integer(i->version));
	json_object_set_new(j, "tries", json_integer(i->tries));
	json_object_set_new(j, "fields", parsed(i->fields));
	json_object_set_new(j, "answer", parsed(i->answer));
	if (*i->rule)
		json_object_set_new(j, "rule", json_string(i->rule));
	if (*i->seen)
		json_object_set_new(j, "seen", parsed(i->seen));
	return j;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writer is asked, and what it tells. */
#include <stdlib.h>
#include <string.h>

#include "app/session_parts.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/outbox.h"

void session_ask_for_sync(struct session *s, const char *source)
{
	if (!s->link || link_sync(s->link, source) < 0)
		session_say(s, _("the writer is not reached now: it pulls as soon as it runs"));
}

void session_ask_for_retry(struct session *s, const char *source)
{
	if (!s->link || link_retry(s->link, source) < 0)
		session_say(s, _("the writer is not reached now"));
}

static void refuse_command(struct session *s, const json_t *command, enum err_code code,
			   const char *why)
{
	struct event e = {.type = EVENT_ACTED};
	json_t *answer = json_pack("{s:O?, s:b, s:s, s:s}", "id",
				   json_object_get(command, "id"), "ok", 0, "error",
				   err_code_name(code), "message", why);
	e.message = answer;
	session_send(s, &e);
	json_decref(answer);
}

/* What was typed into one draft is one action, whichever console hands it over: one that was
 * killed before it heard the answer may have left the draft behind. */
static int name_action(json_t *command, struct err *e)
{
	static const char *const members[] = {"draft", "source", "kind", "record", "action"};
	const char *words[ARRAY_LEN(members) + 1];
	char uuid[OUTBOX_UUID];
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		words[i] = json_string_value(json_object_get(command, members[i]));
	if (words[0]) {
		char *fields = json_dumps(json_object_get(command, "fields"),
					  JSON_COMPACT | JSON_SORT_KEYS);
		words[ARRAY_LEN(members)] = fields ? fields : "";
		outbox_uuid_of(words, ARRAY_LEN(words), uuid);
		free(fields);
	} else if (outbox_make_uuid(uuid, e) < 0) {
		return -1;
	}
	json_object_del(command, "draft");
	json_object_set_new(command, "uuid", json_string(uuid));
	return 0;
}

void session_hand_over(struct session *s, json_t *command)
{
	struct err e = ERR_INIT;
	const char *name = json_string_value(json_object_get(command, "command"));
	if (name && strcmp(name, "act") == 0 && name_action(command, &e) < 0) {
		refuse_command(s, command, e.code, e.text);
		return;
	}
	if (!s->link || link_command(s->link, command) < 0)
		refuse_command(s, command, ERR_NET,
			       _("sync is not reached now, nothing was handed over; what you "
				 "typed is kept"));
}

static void tell_writer(struct session *s, const struct link_news *n)
{
	struct event e = {.type = EVENT_WRITER};
	e.writer.state = s->writer = n->state;
	e.writer.reason = n->reason;
	e.writer.retry_at = n->retry_at;
	session_send(s, &e);
}

static void tell_sources(struct session *s)
{
	const struct health *h = link_health(s->link);
	struct event e = {.type = EVENT_SOURCES};
	e.sources.list = h->sources;
	e.sources.count = h->count;
	session_send(s, &e);
}

static void tell_changes(struct session *s, const struct link_news *n)
{
	struct event e = {.type = EVENT_CHANGED};
	memcpy(e.changed.kinds, n->kinds, sizeof n->kinds);
	for (size_t i = 0; kinds[i]; i++)
		if (n->kinds[i] && kinds[i]->catalogue) {
			worker_ask_names(s->worker);
			break;
		}
	session_send(s, &e);
}

static void tell_escalation(struct session *s, const struct link_news *n)
{
	const struct config_escalation *c = &s->program->config.escalation;
	struct event e = {.type = EVENT_ESCALATION};
	e.escalation.count = n->escalations;
	e.escalation.level = n->level;
	e.escalation.code = n->code;
	e.escalation.whom = n->whom;
	e.escalation.loud = c->bell && config_may_ring(c, n->level, clock_now());
	session_send(s, &e);
}

static void tell_message(struct session *s, const json_t *message)
{
	struct event e = {.type = EVENT_ACTED};
	json_int_t id = json_integer_value(json_object_get(message, "id"));
	if (id == LINK_WHO)
		e.type = EVENT_OPERATOR;
	else if (id == LINK_OUTBOX)
		e.type = EVENT_OUTBOX_ALL;
	else if (json_object_get(message, "event"))
		e.type = EVENT_OUTBOX;
	e.message = message;
	s->outbox_known |= e.type == EVENT_OUTBOX_ALL;
	session_send(s, &e);
}

/* What the screens do about one message may take a step of the link: the list is ours. */
static void tell_outbox(struct session *s, const struct link_news *n)
{
	size_t i;
	json_t *message, *list = json_copy(n->told);
	json_array_foreach (list, i, message)
		tell_message(s, message);
	json_decref(list);
}

void session_hear_writer(struct session *s)
{
	struct link_news n;
	link_step(s->link, &n);
	if (n.state_changed)
		tell_writer(s, &n);
	if (n.sources_changed)
		tell_sources(s);
	if (n.records_changed)
		tell_changes(s, &n);
	if (n.escalations)
		tell_escalation(s, &n);
	if (json_array_size(n.told))
		tell_outbox(s, &n);
}

/* A writer that has just begun knows nothing of its sources for a moment. */
static bool is_connecting(const struct session *s)
{
	const struct health *h = link_health(s->link);
	bool connecting = !h->count && s->program->config.source_count;
	for (size_t i = 0; i < h->count; i++)
		connecting |= h->sources[i].state == SOURCE_CONNECTING;
	return connecting;
}

bool session_knows_writer(const struct session *s)
{
	return s->writer != WRITER_STARTING &&
	       (s->writer != WRITER_CONNECTED || (s->outbox_known && !is_connecting(s)));
}

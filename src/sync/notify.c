/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/notify.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/log.h"

#define LINE_MOST 50  /* events that one run of the command gets; the rest is counted */
#define EVENT_MOST 20 /* events that consoles get */
#define TURN_MS 1000

struct notify {
	struct child child;
	json_t *line; /* events in line for the command */
	json_int_t more;
	int failures;
};

struct notify *notify_new(void)
{
	struct notify *n = xcalloc(1, sizeof *n);
	n->child = (struct child)CHILD_INIT;
	n->line = json_array();
	return n;
}

void notify_free(struct notify *n)
{
	if (!n)
		return;
	child_stop(&n->child);
	json_decref(n->line);
	free(n);
}

static json_t *time_json(int64_t t)
{
	char text[CLOCK_TEXT];
	clock_format_utc(t, text);
	return json_string(text);
}

/* Codes and times only: the text of a report may name people. */
static json_t *to_json(const struct escalation_event *x)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s}", "kind",
			      x->kind->id, "id", x->id, "code", x->code, "source", x->source,
			      "unit", x->unit, "state", x->state, "clock", x->clock, "level",
			      x->level, "whom", x->whom);
	json_object_set_new(o, "due", time_json(x->due));
	json_object_set_new(o, "reached", time_json(x->reached));
	json_object_set_new(o, "at", time_json(x->at));
	return o;
}

json_t *notify_event(const struct escalation_list *l)
{
	json_t *events = json_array();
	json_int_t more = 0;
	for (size_t i = 0; i < l->count; i++) {
		if (l->events[i].silent)
			continue;
		if (json_array_size(events) < EVENT_MOST)
			json_array_append_new(events, to_json(&l->events[i]));
		else
			more++;
	}
	if (json_array_size(events))
		return json_pack("{s:s, s:o, s:I}", "event", "escalation", "events", events,
				 "more", more);
	json_decref(events);
	return NULL;
}

void notify_add(struct notify *n, const struct escalation_list *l,
		const struct config_escalation *c, int64_t now)
{
	for (size_t i = 0; c->command && i < l->count; i++) {
		const struct escalation_event *x = &l->events[i];
		if (x->silent || !config_may_ring(c, x->level, now))
			continue;
		if (json_array_size(n->line) < LINE_MOST)
			json_array_append_new(n->line, to_json(x));
		else
			n->more++;
	}
}

int notify_fd(const struct notify *n)
{
	return n->child.fd;
}

int64_t notify_wake(const struct notify *n)
{
	return n->child.fd >= 0 || json_array_size(n->line) ? clock_monotonic() + TURN_MS
							    : INT64_MAX;
}

static void fail(struct notify *n, const char *why)
{
	n->failures++;
	log_error("the escalation command failed (%d so far): %s", n->failures, why);
}

static void start(struct notify *n, const struct config_escalation *c)
{
	json_t *all = json_pack("{s:O, s:I}", "events", n->line, "more", n->more);
	char *text = json_dumps(all, JSON_COMPACT);
	size_t size = text ? strlen(text) : 0;
	log_info("escalation: %s is told of %zu events", c->command[0],
		 json_array_size(n->line) + (size_t)n->more);
	if (child_start_with(&n->child, c->command, text, size, c->timeout) < 0)
		fail(n, strerror(errno));
	free(text);
	json_decref(all);
	json_array_clear(n->line);
	n->more = 0;
}

/* What it printed is for its owner: the beginning goes into the log. */
static void end(struct notify *n, int result)
{
	if (n->child.out.len)
		log_info("escalation command: %.300s", n->child.out.s);
	if (result < 0)
		fail(n, n->child.fd >= 0 ? "too slow, or it said too much"
					 : "it ended with an error");
	child_stop(&n->child);
}

void notify_turn(struct notify *n, const struct config_escalation *c)
{
	int result = n->child.fd >= 0 ? child_turn(&n->child) : 0;
	if (result)
		end(n, result);
	if (n->child.fd < 0 && json_array_size(n->line) && c->command)
		start(n, c);
}

void notify_finish(struct notify *n, const struct config_escalation *c)
{
	notify_turn(n, c);
	while (n->child.fd >= 0) {
		struct pollfd p = {n->child.fd, POLLIN, 0};
		poll(&p, 1, TURN_MS / 10);
		notify_turn(n, c);
	}
}

int notify_failures(const struct notify *n)
{
	return n->failures;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small state machine: connecting to a Unix socket succeeds or fails at once, so all that
 * ever waits is the pause between two tries. */
#include "app/link.h"

#include <poll.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/writer.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/control.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/schema.h"

#define LOOK_AGAIN 30           /* ms, while the writer is coming up */
#define COMING_UP (10 * SECOND) /* it may take so long */
#define PAUSE_LEAST 500         /* ms between two starts, doubled each time */
#define PAUSE_MOST (60 * SECOND)
#define LOOK_WITHOUT_STARTING 2000 /* ms between looks where we may not start it */

struct link {
	const struct program *program;
	bool may_start;
	bool connected, told;
	enum writer_state state;
	struct control control;
	struct writer_child child;
	int64_t next;     /* monotonic: when to do something; CLOCK_NONE: wait for the socket */
	int64_t given_up; /* monotonic: until when the writer may come up */
	int64_t pause;
	struct err why;
	struct health health;
	json_t *asked; /* commands not answered yet, by id */
	json_t *news;  /* see link_news: told */
};

struct link *link_new(const struct program *p, bool start)
{
	struct link *l = xcalloc(1, sizeof *l);
	l->program = p;
	l->may_start = start;
	l->control.fd = -1;
	l->child = (struct writer_child)WRITER_CHILD_NONE;
	l->next = clock_monotonic();
	l->pause = PAUSE_LEAST;
	l->state = WRITER_STARTING;
	l->asked = json_object();
	l->news = json_array();
	return l;
}

void link_free(struct link *l)
{
	if (!l)
		return;
	if (l->connected)
		control_close(&l->control);
	writer_child_forget(&l->child);
	json_decref(l->asked);
	json_decref(l->news);
	free(l);
}

int link_fd(const struct link *l)
{
	return l->connected ? l->control.fd : -1;
}

short link_events(const struct link *l)
{
	bool writes = l->connected && control_wants_write(&l->control);
	return (short)(POLLIN | (writes ? POLLOUT : 0));
}

int64_t link_patience(const struct link *l, int64_t tick)
{
	if (l->next == CLOCK_NONE)
		return -1;
	int64_t left = l->next - clock_monotonic();
	if (!l->may_start && left < tick && tick < LOOK_WITHOUT_STARTING)
		return tick;
	return left < 0 ? 0 : left;
}

const struct health *link_health(const struct link *l)
{
	return &l->health;
}

static void set_state(struct link *l, enum writer_state s, struct link_news *news)
{
	if (l->told && l->state == s && s != WRITER_FAILED)
		return;
	l->told = true;
	l->state = s;
	news->state_changed = true;
	news->state = s;
	bool failed = s == WRITER_FAILED;
	bool explained = failed || s == WRITER_OTHER || s == WRITER_NONE;
	news->reason = explained && l->why.code ? l->why.text : NULL;
	news->retry_at = failed ? clock_now() + (l->next - clock_monotonic()) : CLOCK_NONE;
}

/* --- messages --------------------------------------------------------------- */

static void take_changed(const json_t *message, struct link_news *news)
{
	const char *id;
	json_t *n;
	json_object_foreach (json_object_get(message, "kinds"), id, n) {
		const struct kind *k = kind_find(id);
		if (!k)
			continue;
		int32_t *sum = &news->kinds[kind_index(k)];
		json_int_t more = json_integer_value(n);
		*sum = more > 0 && more < INT32_MAX - *sum ? *sum + (int32_t)more : INT32_MAX;
		news->records_changed = true;
	}
}

static void take_escalation(const json_t *message, struct link_news *news)
{
	size_t i;
	json_t *x;
	json_array_foreach (json_object_get(message, "events"), i, x) {
		json_int_t level = json_integer_value(json_object_get(x, "level"));
		const char *code = json_string_value(json_object_get(x, "code"));
		const char *whom = json_string_value(json_object_get(x, "whom"));
		news->escalations += news->escalations < INT_MAX;
		if (level <= news->level || level > 9)
			continue;
		news->level = (int)level;
		snprintf(news->code, sizeof news->code, "%s", code ? code : "");
		snprintf(news->whom, sizeof news->whom, "%s", whom ? whom : "");
	}
	json_int_t more = json_integer_value(json_object_get(message, "more"));
	if (more > 0 && more < INT_MAX - news->escalations)
		news->escalations += (int)more;
}

static void send_command(struct link *l, const char *name, int id)
{
	json_t *command = json_pack("{s:s, s:i}", "command", name, "id", id);
	control_send(&l->control, command);
	json_decref(command);
}

/* After an upgrade a writer of before may still run: it fills a cache that we can't read, or
 * is newer than we are.  Only an older one is ended, lest two of us take turns for ever. */
static void take_hello(struct link *l, const json_t *hello, struct link_news *news)
{
	enum schema_match match = schema_judge(
		json_integer_value(json_object_get(hello, "format")),
		json_integer_value(json_object_get(hello, "schema")),
		json_string_value(json_object_get(hello, "version")));
	if (match == SCHEMA_SAME)
		return;
	if (match == SCHEMA_NEWER) {
		err_set(&l->why, ERR_UNSUPPORTED,
			_("this console is older than the cache: start it again"));
	} else if (match == SCHEMA_OLDER && l->may_start) {
		err_set(&l->why, ERR_BUSY,
			_("an older sync runs: it is ended, and ours is started"));
		send_command(l, "stop", 1);
	} else {
		err_set(&l->why, ERR_BUSY,
			_("sync is of another version: end it with \"ioc sync --stop\""));
	}
	log_warn("writer: %s", l->why.text);
	set_state(l, WRITER_OTHER, news);
}

static const char *key_of(json_int_t id, char key[24])
{
	snprintf(key, 24, "%" JSON_INTEGER_FORMAT, id);
	return key;
}

/* What was handed over when the connection broke may be on disk or not; its uuid makes it safe
 * to hand it over again. */
static void send_again(struct link *l)
{
	const char *id;
	json_t *command;
	json_object_foreach (l->asked, id, command)
		control_send(&l->control, command);
}

/* The other commands are not worth a second try: what they were about may have changed. */
static void refuse_lost(struct link *l)
{
	const char *id;
	json_t *command;
	void *next;
	json_object_foreach_safe(l->asked, next, id, command)
	{
		const char *name = json_string_value(json_object_get(command, "command"));
		if (name && strcmp(name, "act") == 0)
			continue;
		json_array_append_new(
			l->news,
			json_pack("{s:O, s:b, s:s, s:s}", "id", json_object_get(command, "id"),
				  "ok", 0, "error", err_code_name(ERR_NET), "message",
				  _("the connection to sync was lost: look into the outbox")));
		json_object_del(l->asked, id);
	}
}

/* Answers about the operator and the outbox, and what it says unasked. */
static void take_told(struct link *l, json_t *message)
{
	char key[24];
	json_int_t id = json_integer_value(json_object_get(message, "id"));
	if (id >= LINK_FIRST)
		json_object_del(l->asked, key_of(id, key));
	json_array_append(l->news, message);
}

static bool is_told(const json_t *message, const char *event)
{
	json_int_t id = json_integer_value(json_object_get(message, "id"));
	return id >= LINK_FIRST || id == LINK_WHO || id == LINK_OUTBOX ||
	       (event && strcmp(event, "outbox") == 0);
}

static void take_message(struct link *l, json_t *message, struct link_news *news)
{
	const char *event = json_string_value(json_object_get(message, "event"));
	if (event && strcmp(event, "changed") == 0)
		take_changed(message, news);
	else if (event && strcmp(event, "hello") == 0)
		take_hello(l, message, news);
	else if (event && strcmp(event, "escalation") == 0)
		take_escalation(message, news);
	else if (is_told(message, event))
		take_told(l, message);
	else if (json_object_get(message, "sources")) {
		health_take(&l->health, message);
		news->sources_changed = true;
	}
}

/* --- steps ------------------------------------------------------------------ */

static void became_connected(struct link *l, struct link_news *news)
{
	l->connected = true;
	l->health.writer = true;
	l->next = CLOCK_NONE;
	l->pause = PAUSE_LEAST;
	l->why = (struct err)ERR_INIT;
	set_state(l, WRITER_CONNECTED, news);
	for (size_t i = 0; kinds[i]; i++) /* nobody told us what changed until now */
		news->kinds[i] = 1;
	news->records_changed = true;
	send_command(l, "status", 1);
	send_command(l, "who", LINK_WHO);
	send_command(l, "outbox", LINK_OUTBOX);
	send_again(l);
}

static void fail(struct link *l, struct link_news *news)
{
	l->next = clock_monotonic() + l->pause;
	l->pause = l->pause * 2 > PAUSE_MOST ? PAUSE_MOST : l->pause * 2;
	set_state(l, WRITER_FAILED, news);
}

static void start_writer(struct link *l, struct link_news *news)
{
	l->why = (struct err)ERR_INIT;
	if (writer_start(&l->child, l->program, &l->why) < 0) {
		fail(l, news);
		return;
	}
	int64_t now = clock_monotonic();
	l->given_up = now + COMING_UP;
	l->next = now + LOOK_AGAIN;
	set_state(l, l->health.writer ? WRITER_LOST : WRITER_STARTING, news);
}

/* Nobody listens: wait for the one that we started, or start one. */
static void look_for_writer(struct link *l, struct link_news *news)
{
	int64_t now = clock_monotonic();
	if (now < l->given_up) {
		struct err why = ERR_INIT;
		if (l->child.pid && !writer_child_runs(&l->child, &why) && why.code) {
			l->why = why;
			l->given_up = 0;
			fail(l, news);
			return;
		}
		l->next = now + LOOK_AGAIN;
		return;
	}
	if (l->given_up) {
		l->given_up = 0;
		err_set(&l->why, ERR_BUSY, _("the writer (ioc sync) does not answer"));
		fail(l, news);
		return;
	}
	if (l->may_start) {
		start_writer(l, news);
		return;
	}
	err_set(&l->why, ERR_NOT_FOUND, _("no writer runs: start \"ioc sync --follow\""));
	l->next = now + LOOK_WITHOUT_STARTING;
	set_state(l, WRITER_NONE, news);
}

static void connect_now(struct link *l, struct link_news *news)
{
	struct err e = ERR_INIT;
	if (control_connect(l->program->paths.socket, &l->control, &e) == 0) {
		l->given_up = 0;
		became_connected(l, news);
	} else if (e.code == ERR_NOT_FOUND) {
		look_for_writer(l, news);
	} else {
		l->why = e;
		fail(l, news);
	}
}

static void lose(struct link *l, struct link_news *news)
{
	log_warn("the connection to the writer was lost");
	control_close(&l->control);
	l->connected = false;
	refuse_lost(l);
	l->next = clock_monotonic() + LOOK_AGAIN;
	set_state(l, WRITER_LOST, news);
}

void link_step(struct link *l, struct link_news *news)
{
	*news = (struct link_news){.retry_at = CLOCK_NONE, .told = l->news};
	json_array_clear(l->news);
	if (l->connected && l->child.pid) /* it goes into the background: no zombie stays */
		writer_child_runs(&l->child, NULL);
	if (!l->connected) {
		if (l->next != CLOCK_NONE && l->next <= clock_monotonic())
			connect_now(l, news);
		return;
	}
	control_flush(&l->control);
	control_fill(&l->control);
	for (json_t *m; (m = control_next(&l->control)); json_decref(m))
		take_message(l, m, news);
	if (l->control.closed)
		lose(l, news);
}

int link_sync(struct link *l, const char *source)
{
	if (!l->connected)
		return -1;
	json_t *command = json_pack("{s:s, s:s*}", "command", "sync", "source", source);
	control_send(&l->control, command);
	json_decref(command);
	return 0;
}

int link_retry(struct link *l, const char *source)
{
	if (!l->connected)
		return -1;
	json_t *command = json_pack("{s:s, s:s, s:b}", "command", "remap", "source", source,
				    "aside", 1);
	control_send(&l->control, command);
	json_decref(command);
	return 0;
}

bool link_is_waiting(const struct link *l)
{
	return l->connected && json_object_size(l->asked) > 0;
}

int link_command(struct link *l, json_t *command)
{
	char key[24];
	if (!l->connected)
		return -1;
	json_object_set(l->asked,
			key_of(json_integer_value(json_object_get(command, "id")), key),
			command);
	control_send(&l->control, command);
	return 0;
}

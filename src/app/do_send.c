/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/do_send.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "app/writer.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"

#define UNANSWERED_MOST 32 /* handed over at a time */
#define LOOK_AGAIN 100     /* ms between tries to connect */
#define TRIES_MOST 5       /* to reach the writer, one after the other in vain */

struct line {
	const struct do_send *send;
	struct control control;
	bool open;
	size_t next;       /* to be handed over on this connection */
	size_t unanswered; /* of them */
	size_t told;
	int tries;
	int64_t end; /* monotonic */
};

static bool is(const struct do_step *s, const char *state)
{
	return strcmp(s->state, state) == 0;
}

bool do_step_is_refused(const struct do_step *s)
{
	return is(s, "rejected") || is(s, "conflict") || is(s, "refused");
}

bool do_step_is_over(const struct do_step *s)
{
	return do_step_is_refused(s) || is(s, "done") || is(s, "dropped") || is(s, "unclear");
}

/* Whether it waits behind one of the same record that was refused. */
static bool is_held(const struct do_send *x, size_t i)
{
	const struct do_step *s = do_plan_step(x->plan, i);
	for (size_t n = 0; n < i; n++) {
		const struct do_step *before = do_plan_step(x->plan, n);
		if (before->record == s->record &&
		    (is(before, "rejected") || is(before, "conflict") || is(before, "unclear")))
			return true;
	}
	return false;
}

static bool is_settled(const struct do_send *x, size_t i)
{
	const struct do_step *s = do_plan_step(x->plan, i);
	if (!x->wait)
		return *s->state;
	return do_step_is_over(s) || (*s->state && is_held(x, i));
}

/* Tells what is settled, in order; whether all is. */
static bool tell(struct line *l)
{
	size_t count = do_plan_count(l->send->plan);
	while (l->told < count && is_settled(l->send, l->told))
		l->send->settled(l->send->context, do_plan_step(l->send->plan, l->told++));
	return l->told == count;
}

/* --- what the writer says -------------------------------------------------------------------
 */

/* What the record that was made is called from now on. */
static void take_made(struct do_step *s, const json_t *answer)
{
	const char *id = json_string_value(json_object_get(answer, "id"));
	const char *code = json_string_value(json_object_get(answer, "code"));
	utf8_copy(s->made, sizeof s->made, id ? id : "");
	utf8_copy(s->made_code, sizeof s->made_code, code ? code : "");
}

static void take_item(struct line *l, const json_t *item)
{
	const char *uuid = json_string_value(json_object_get(item, "uuid"));
	const char *state = json_string_value(json_object_get(item, "state"));
	const char *error = json_string_value(json_object_get(item, "error"));
	struct do_step *s = uuid && state ? do_plan_find(l->send->plan, uuid) : NULL;
	if (!s)
		return;
	snprintf(s->state, sizeof s->state, "%s", state);
	snprintf(s->error.text, sizeof s->error.text, "%s", error ? error : "");
	if (s->action->flags & ACTION_NEW)
		take_made(s, json_object_get(item, "answer"));
}

static void take_items(struct line *l, const json_t *message)
{
	const json_t *item;
	size_t i;
	json_array_foreach (json_object_get(message, "items"), i, item)
		take_item(l, item);
}

static void take_answer(struct line *l, const json_t *m)
{
	json_int_t id = json_integer_value(json_object_get(m, "id"));
	if (id < 1 || id > (json_int_t)do_plan_count(l->send->plan))
		return;
	l->unanswered -= l->unanswered > 0;
	if (json_is_true(json_object_get(m, "ok"))) {
		take_items(l, m);
		return;
	}
	struct do_step *s = do_plan_step(l->send->plan, (size_t)id - 1);
	const char *code = json_string_value(json_object_get(m, "error"));
	const char *text = json_string_value(json_object_get(m, "message"));
	snprintf(s->state, sizeof s->state, "refused");
	err_set(&s->error, code ? err_code_parse(code) : ERR_IO, "%s",
		text ? text : _("the writer refused without a reason"));
}

static void take(struct line *l, const json_t *m)
{
	const char *event = json_string_value(json_object_get(m, "event"));
	if (json_object_get(m, "ok"))
		take_answer(l, m);
	else if (event && strcmp(event, "outbox") == 0)
		take_items(l, m);
}

/* --- what it is told ------------------------------------------------------------------------
 */

static json_t *command_of(const struct do_step *s, size_t i)
{
	const struct record *r = s->record;
	json_t *m = json_pack(
		"{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:O, s:b, s:{s:s}}", "command",
		"act", "id", (json_int_t)i + 1, "uuid", s->uuid, "source", r->source, "kind",
		r->kind->id, "record", r->id, "code", record_text(r, COL_CODE), "action",
		s->action->id, "unit", s->unit, "fields", s->fields, "now", 1, "seen", "state",
		s->from);
	if (s->version)
		json_object_set_new(m, "version", json_integer(s->version));
	return m;
}

/* What is not over is handed over once on each connection; the answer says how it stands. */
static void hand_over(struct line *l)
{
	size_t count = do_plan_count(l->send->plan);
	for (; l->next < count && l->unanswered < UNANSWERED_MOST; l->next++) {
		struct do_step *s = do_plan_step(l->send->plan, l->next);
		if (do_step_is_over(s))
			continue;
		json_t *m = command_of(s, l->next);
		s->handed_over = true;
		control_send(&l->control, m);
		json_decref(m);
		l->unanswered++;
	}
}

static void hang_up(struct line *l)
{
	if (l->open)
		control_close(&l->control);
	l->open = false;
}

static void open_line(struct line *l, struct err *e)
{
	*e = (struct err)ERR_INIT;
	l->open = writer_connect(l->send->program, true, &l->control, e) == 0;
	l->next = l->unanswered = 0;
	l->tries = l->open ? 0 : l->tries + 1;
	if (!l->open)
		poll(NULL, 0, LOOK_AGAIN);
}

static void turn(struct line *l)
{
	hand_over(l);
	struct pollfd p = {l->control.fd, POLLIN, 0};
	if (control_wants_write(&l->control))
		p.events |= POLLOUT;
	int64_t left = l->end - clock_monotonic();
	if (!l->control.closed && left > 0)
		poll(&p, 1, left > SECOND ? (int)SECOND : (int)left);
	control_flush(&l->control);
	control_fill(&l->control);
	for (json_t *m; (m = control_next(&l->control)); json_decref(m))
		take(l, m);
	if (l->control.closed)
		hang_up(l);
}

/* What the writer never got is not done: there is nothing to be in doubt about. */
static void give_up(const struct do_send *x, const struct err *why)
{
	for (size_t i = 0; i < do_plan_count(x->plan); i++) {
		struct do_step *s = do_plan_step(x->plan, i);
		if (*s->state || s->handed_over)
			continue;
		snprintf(s->state, sizeof s->state, "refused");
		s->error = *why;
	}
}

int do_send(const struct do_send *x, struct err *e)
{
	struct line l = {.send = x, .end = clock_monotonic() + x->patience};
	struct err why = ERR_INIT;
	bool all;
	while (!(all = tell(&l)) && l.tries < TRIES_MOST && clock_monotonic() < l.end) {
		if (!l.open)
			open_line(&l, &why);
		if (l.open)
			turn(&l);
	}
	hang_up(&l);
	if (why.code)
		give_up(x, &why);
	bool taken = true;
	for (size_t i = 0; i < do_plan_count(x->plan); i++)
		taken &= *do_plan_step(x->plan, i)->state != '\0';
	for (; !all && l.told < do_plan_count(x->plan); l.told++)
		x->settled(x->context, do_plan_step(x->plan, l.told));
	if (taken)
		return 0;
	return err_set(e, ERR_NET, "%s",
		       why.code ? why.text : _("the writer did not answer in time"));
}

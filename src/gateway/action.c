/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST of actions: each takes effect once, however often it is sent, and only on the version it
 * was meant for. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/member.h"
#include "gateway/act.h"
#include "gateway/handlers.h"
#include "gateway/once.h"
#include "text/clean.h"

#define BY_MOST 128

/* What one request of this kind has in hand. */
struct asking {
	struct request *r;
	const char *key;
	json_t *body;
	char *text; /* the request in one fixed form, to know it again */
	struct strbuf by;
	struct act act;
};

static int refuse(struct request *r, enum problem p, const char *field, const char *why)
{
	problem_answer(&r->answer, p, field, "%s", why);
	return -1;
}

static int read_request(struct asking *q)
{
	struct request *r = q->r;
	if (once_key(r, true, &q->key) < 0)
		return -1;
	json_error_t where;
	q->body = json_loadb(r->body.s ? r->body.s : "", r->body.len, JSON_REJECT_DUPLICATES,
			     &where);
	if (!json_is_object(q->body))
		return refuse(r, PROBLEM_BAD_JSON, NULL, q->body ? "no object" : where.text);
	const char *name = member_text(q->body, "action");
	q->act.action = action_find(r->kind, name);
	if (!q->act.action) {
		problem_answer(&r->answer, PROBLEM_INVALID, "action",
			       "there is no action \"%.60s\" on %s", name, r->kind->plural);
		return -1;
	}
	char *dump = json_dumps(q->body, JSON_COMPACT | JSON_SORT_KEYS);
	q->text = xasprintf("%s/%s %s", r->kind->plural, r->id, dump ? dump : "");
	free(dump);
	return 0;
}

/* Who acts: what the token may be, narrowed to what the body says it is this time. */
static int read_actor(struct asking *q)
{
	const struct client *c = q->r->client;
	const char *as = member_text(q->body, "staff"), *unit = member_text(q->body, "unit");
	const char *by = member_text(q->body, "by");
	clean_append(&q->by, *by ? by : c->name, strlen(*by ? by : c->name), 0);
	unsigned wanted = *as ? staff_find(as) : ~0U;
	q->act.actor.staff = c->rights.act & wanted;
	q->act.actor.unit = c->unit ? c->unit : *unit ? unit : NULL;
	q->act.by = q->by.s;
	if (strlen(by) > BY_MOST)
		return refuse(q->r, PROBLEM_INVALID, "by", "by: too long");
	if (!wanted)
		return refuse(q->r, PROBLEM_INVALID, "staff", "staff: there is no such role");
	/* Whoever may act for any unit and names none acts for the record's own. */
	if (!q->act.actor.unit && auth_is_open(q->r->gateway->auth))
		q->act.actor.unit = member_text(q->act.record, "unit");
	return 0;
}

/* With the record as it is now, so that the operator sees what was meant and what is. */
static int answer_refusal(struct asking *q)
{
	struct act *x = &q->act;
	json_t *j = problem_json(x->no.problem, x->no.field[0] ? x->no.field : NULL,
				 x->no.detail);
	if (x->reason) {
		json_object_set_new(j, "reason", json_sprintf("urn:ioc:reason:%s", x->reason));
		json_object_set_new(j, "about", json_string(x->about));
	}
	json_t *now = backend_get(q->r->gateway->backend, x->kind, q->r->id, NULL);
	if (now && rights_read(&q->r->client->rights, x->kind) &&
	    (x->no.problem == PROBLEM_CONFLICT || x->no.problem == PROBLEM_CHANGED))
		json_object_set(j, "record", now);
	json_decref(now);
	answer_json(&q->r->answer, problem_status(x->no.problem), j);
	q->r->answer.type = TYPE_PROBLEM;
	return -1;
}

static int check_version(struct asking *q)
{
	char tag[24];
	struct answer unused = {0};
	snprintf(tag, sizeof tag, "%" JSON_INTEGER_FORMAT,
		 json_integer_value(json_object_get(q->act.record, "version")));
	bool same = request_match(q->r, tag);
	if (same)
		return 0;
	answer_free(&q->r->answer);
	q->r->answer = unused;
	return act_refuse(&q->act, PROBLEM_CHANGED, "", "the version is %s now", tag);
}

static json_t *done_words(const struct act *a)
{
	json_t *others = json_array();
	for (size_t i = 0; i < a->other_count; i++)
		json_array_append_new(others,
				      json_pack("{s:s, s:s}", "kind", a->others[i].kind->id,
						"id", a->others[i].id));
	return json_pack("{s:O, s:o}", "record", a->record, "others", others);
}

/* All of it within the open transaction. */
static int act(struct asking *q)
{
	struct request *r = q->r;
	struct act *x = &q->act;
	struct err e = ERR_INIT;
	x->record = backend_get(x->backend, x->kind, r->id, &e);
	if (!x->record) {
		problem_from(&r->answer, &e);
		return -1;
	}
	if (read_actor(q) < 0)
		return -1;
	if (check_version(q) < 0 || act_check(x) < 0 ||
	    act_read_fields(x, json_object_get(q->body, "fields")) < 0 || act_apply(x) < 0)
		return answer_refusal(q);
	answer_json(&r->answer, 200, done_words(x));
	answer_header(&r->answer, "ETag", "\"%" JSON_INTEGER_FORMAT "\"",
		      json_integer_value(json_object_get(x->record, "version")));
	return once_remember(r, q->key, q->text, x->now);
}

static void run(struct asking *q)
{
	struct request *r = q->r;
	struct backend *b = r->gateway->backend;
	struct err e = ERR_INIT;
	if (once_replay(r, q->key, q->text) != 0)
		return;
	if (backend_begin_durable(b, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	if (act(q) < 0)
		backend_rollback(b);
	else if (backend_commit(b, &e) < 0)
		problem_from(&r->answer, &e);
	else
		r->gateway->metrics.actions_taken++;
}

void answer_action(struct request *r)
{
	struct gateway *g = r->gateway;
	struct asking q = {.r = r,
			   .by = STRBUF_INIT,
			   .act = {.kind = r->kind,
				   .backend = g->backend,
				   .numbers = &g->numbers,
				   .now = gateway_now(g)}};
	if (read_request(&q) == 0)
		run(&q);
	if (r->answer.status >= 400)
		g->metrics.actions_refused++;
	act_free(&q.act);
	strbuf_free(&q.by);
	json_decref(q.body);
	free(q.text);
}

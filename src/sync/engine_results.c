/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes back from the writer. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "sync/engine_parts.h"

static struct runner *runner_of(struct engine *g, uint64_t id)
{
	for (size_t i = 0; i < g->count; i++)
		if (runner_id(g->runners[i]) == id)
			return g->runners[i];
	return NULL;
}

static void audited(struct engine *g, const struct job *j, const json_t *question)
{
	json_t *answer = j->err.code ? server_refusal(question, err_code_name(j->err.code),
						      j->err.text)
				     : server_ok(question);
	server_tell(g->server, j->owner, answer);
}

/* Readers have to open the new file too. */
static void reopened(struct engine *g)
{
	log_info("cache: opened again");
	for (size_t i = 0; kinds[i]; i++)
		g->changed[i]++;
	g->any_changed = true;
	for (size_t i = 0; i < g->count; i++)
		runner_pull(g->runners[i]);
}

static void escalated(struct engine *g, const struct job *j)
{
	json_t *event = notify_event(&j->escalations);
	if (event)
		server_tell_all(g->server, event);
	notify_add(g->notify, &j->escalations, &g->config.escalation, clock_now());
}

static void route_failed(struct engine *g, const struct err *e)
{
	g->route_failures++;
	g->route_error = *e;
	log_error("distribution: %s", e->text);
}

/* What comes first of a record is checked first; where it may not be done, neither may what
 * follows on it. */
static void routed(struct engine *g, const struct job *j)
{
	struct desk d = engine_desk(g);
	const json_t *item, *failed = NULL;
	size_t i;
	g->route_error = j->err;
	json_array_foreach (j->proposals, i, item) {
		struct err e = ERR_INIT;
		const json_t *record = json_object_get(item, "record");
		if (failed && json_equal(failed, record))
			continue;
		if (desk_route(&d, item, &e) < 0) {
			failed = record;
			route_failed(g, &e);
		}
	}
}

static void outbox_answered(struct engine *g, const struct job *j)
{
	if (j->err.code && j->outbox->task == OUTBOX_ADD &&
	    json_object_get(j->outbox->item, "rule"))
		route_failed(g, &j->err);
	delivery_result(g->delivery, g->runners, g->count, j);
	desk_answer(g->server, j);
}

static void note_changes(struct engine *g, const struct job *j)
{
	for (size_t i = 0; kinds[i]; i++) {
		g->changed[i] += j->result.changed[i];
		g->any_changed |= j->result.changed[i] > 0;
	}
}

static void remapped(struct engine *g, const struct job *j)
{
	if (!j->err.code)
		note_changes(g, j);
	if (g->remap && remap_owner(g->remap) == j->owner)
		remap_landed(g->remap, j);
	struct runner *r = runner_find(g->runners, g->count, j->source);
	if (r && !j->err.code)
		runner_note_oddities(r, j);
}

static void take_result(struct engine *g, struct job *j)
{
	struct runner *r = runner_of(g, j->owner);
	switch (j->type) {
	case JOB_LOST:
		engine_renew_cache(g);
		return;
	case JOB_REMAP:
		remapped(g, j);
		return;
	case JOB_ESCALATION:
		escalated(g, j);
		return;
	case JOB_AUDIT:
	case JOB_APART:
		audited(g, j, j->question);
		return;
	case JOB_OUTBOX:
		outbox_answered(g, j);
		return;
	case JOB_ROUTE:
		routed(g, j);
		return;
	default:
		break;
	}
	if (j->err.code)
		log_error("%s", j->err.text);
	else if (j->type == JOB_REOPEN)
		reopened(g);
	else if (j->type == JOB_BATCH || j->type == JOB_PURGE || j->type == JOB_RULES)
		note_changes(g, j);
	if (r)
		runner_result(r, j);
}

void engine_take_results(struct engine *g)
{
	struct job *j;
	while ((j = msgq_pop(g->done))) {
		take_result(g, j);
		job_free(j);
	}
}

/* The writer has ended; what was reached meanwhile is still told. */
void engine_tell_last(struct engine *g)
{
	struct job *j;
	while ((j = msgq_pop(g->done))) {
		if (j->type == JOB_ESCALATION && g->server)
			escalated(g, j);
		job_free(j);
	}
	notify_finish(g->notify, &g->config.escalation);
}

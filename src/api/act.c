/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/act.h"

#include <stdlib.h>
#include <string.h>

#include "api/act_parts.h"
#include "api/act_record.h"
#include "api/ask.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#define BODY_MOST ((int64_t)8 << 20)

/* --- answers --- */

static bool on_data(void *context, const char *p, size_t n)
{
	strbuf_add(&((struct act *)context)->now.text, p, n);
	return true;
}

/* --- sending --- */

static struct circumstances circumstances_of(const struct act *a)
{
	return (struct circumstances){.kind = a->order.kind,
				      .act = &a->order,
				      .answers = a->answers.s,
				      .current = a->current.s};
}

static void on_done(void *context, const struct http_result *r);

/* -1 with a->failure. */
static int ask(struct act *a, const struct request_spec *request,
	       const struct format_spec *format)
{
	const struct limit_spec *l = &a->site->connector->limits;
	struct circumstances c = circumstances_of(a);
	struct err e = ERR_INIT;
	struct http_order order = {.answer_ms = l->answer,
				   .silence_ms = l->silence,
				   .body_most = BODY_MOST,
				   .once = a->spec->idempotent == IDEMPOTENT_CHECK ||
					   a->spec->idempotent == IDEMPOTENT_NEVER,
				   .data = on_data,
				   .done = on_done,
				   .context = a};
	act_reply_free(&a->now);
	act_reply_init(&a->now);
	a->call = request_send(a->site, request, &c, format_accept(format), &order, &e);
	if (a->call)
		return 0;
	failure_set(&a->failure, ERR_USAGE, N_("the request can't be made"), e.text);
	auth_redact(a->site->auth, a->failure.detail);
	return -1;
}

static int send_step(struct act *a)
{
	a->phase = PHASE_STEPS;
	return ask(a, &act_step(a)->request, &act_step(a)->format);
}

static int read_record(struct act *a, enum act_phase when)
{
	a->phase = when;
	return ask(a, &a->spec->read.request, &a->spec->format);
}

/* --- the record, read before and after --- */

/* The record as ours; the haul is the caller's.  NULL where it can't be mapped. */
static const struct record *mapped(const struct act *a, struct haul *h)
{
	act_map(a, h);
	return h->count ? h->records[0] : NULL;
}

static enum act_effect effect_of(const struct act *a, const struct record *r)
{
	struct circumstances c = circumstances_of(a);
	struct jqfilter *applied = a->spec->applied;
	jv v = jv_null();
	if (!applied)
		return r ? act_effect_of(&a->order, r) : EFFECT_UNTOLD;
	int rc = jqfilter_first(applied, request_input(a->site, &c), &v, NULL);
	bool is = jv_get_kind(v) != JV_KIND_NULL && jv_get_kind(v) != JV_KIND_FALSE;
	jv_free(v);
	return rc < 0 ? EFFECT_UNTOLD : is ? EFFECT_THERE : EFFECT_ABSENT;
}

static const char no_trace[] = N_(
	"it was sent, no answer came, and the record does not tell whether it took effect");
static const char other_now[] = N_("it is no longer as it was when you looked at it");

/* With the record at hand: whether to go on. */
static void look_before(struct act *a)
{
	struct haul h = HAUL_INIT;
	struct failure f = FAILURE_NONE;
	const struct record *r = mapped(a, &h);
	bool checks = a->order.doubtful && a->spec->idempotent == IDEMPOTENT_CHECK;
	enum act_effect effect = checks ? effect_of(a, r) : EFFECT_ABSENT;
	if (effect == EFFECT_THERE) {
		a->state = ACT_DONE;
	} else if (effect == EFFECT_UNTOLD) {
		failure_set(&f, ERR_NET, no_trace, NULL);
		act_end(a, ACT_DOUBT, &f);
	} else if (a->spec->compare && r && !act_is_as_seen(&a->order, r)) {
		failure_set(&f, ERR_CONFLICT, other_now, NULL);
		act_end(a, ACT_CONFLICT, &f);
	} else if (send_step(a) < 0) {
		a->state = ACT_UNSENT;
	}
	haul_free(&h);
}

/* Whether the record came; else the failure. */
static bool take_record(struct act *a, const struct http_result *r, struct failure *f)
{
	struct act_reply *n = &a->now;
	bool readable = format_read(&a->spec->format, n->text.s, n->text.len, r->type, &n->tape,
				    f) == 0;
	struct tape *t = readable ? &n->tape : NULL;
	struct failure status = FAILURE_NONE;
	if (failure_from_status(&status, r->status)) {
		*f = status;
		f->retry_after = r->retry_after;
	}
	f->refused = auth_is_refusal(a->site->auth, r->status, t);
	if (f->refused && !f->code)
		failure_set(f, ERR_AUTH, N_("the server refuses the credentials"), NULL);
	if (!f->code && t)
		envelope_judge(&a->spec->envelope, t->nodes, f);
	else
		envelope_explain(&a->spec->envelope, t ? t->nodes : NULL, f);
	if (f->code || f->refused)
		return false;
	if (act_keep_record(a, a->spec->read.record))
		return true;
	failure_set(f, ERR_PARSE, N_("the answer does not hold the record"), NULL);
	return false;
}

static void judge_before(struct act *a, const struct http_result *r)
{
	struct failure f = FAILURE_NONE;
	if (take_record(a, r, &f)) {
		strbuf_adds(&a->current, a->kept.json.s);
		look_before(a);
	} else if (f.refused) {
		act_end(a, ACT_STRANGER, &f);
	} else if (f.meant == 404 || f.meant == 410) {
		f.what = act_words_of_status(f.meant, f.what);
		act_end(a, ACT_REJECTED, &f);
	} else {
		act_end(a, ACT_UNSENT, &f);
	}
}

/* --- the course of it --- */

/* A step is done: the next one, or the record as it is now. */
static void go_on(struct act *a)
{
	if (a->phase == PHASE_STEPS && ++a->step < act_step_count(a)) {
		a->state = ACT_WAITING;
		if (send_step(a) < 0)
			a->state = ACT_DOUBT;
	} else if (a->phase == PHASE_STEPS && !*a->order.record &&
		   request_is_given(&a->spec->find.request)) {
		a->state = ACT_WAITING;
		a->phase = PHASE_FIND;
		if (ask(a, &a->spec->find.request, &a->spec->format) < 0)
			a->state = ACT_DONE;
	} else if (a->phase != PHASE_AFTER && a->spec->after == AFTER_REFETCH &&
		   *a->order.record) {
		a->state = ACT_WAITING;
		if (read_record(a, PHASE_AFTER) < 0)
			a->state = ACT_DONE;
	}
}

/* It is done, whether the id of what it made is told yet or not. */
static void take_id(struct act *a, const struct http_result *r)
{
	struct failure ignored = FAILURE_NONE;
	struct act_reply *n = &a->now;
	if (!failure_from_status(&ignored, r->status) &&
	    format_read(&a->spec->format, n->text.s, n->text.len, r->type, &n->tape,
			&ignored) == 0)
		act_note_id(a, a->spec->find.id);
	a->state = ACT_DONE;
	go_on(a);
}

static void take_answer(struct act *a, const struct http_result *r)
{
	struct failure ignored = FAILURE_NONE;
	switch (a->phase) {
	case PHASE_BEFORE:
		judge_before(a, r);
		break;
	case PHASE_STEPS:
		act_judge_step(a, r);
		if (a->state == ACT_DONE)
			go_on(a);
		break;
	case PHASE_FIND:
		take_id(a, r);
		break;
	case PHASE_DETAIL: /* has calls of its own */
		break;
	case PHASE_AFTER: /* it is done, whether the record comes or not */
		take_record(a, r, &ignored);
		a->state = ACT_DONE;
		break;
	}
}

static void break_off(struct act *a, const struct http_result *r)
{
	struct failure none = FAILURE_NONE;
	if (a->phase == PHASE_AFTER || a->phase == PHASE_FIND)
		act_end(a, ACT_DONE, &none);
	else if (a->phase == PHASE_BEFORE || (!r->sent && a->step == 0))
		act_end(a, ACT_UNSENT, &r->failure);
	else
		act_end(a, act_unknown(a, 0), &r->failure);
}

/* --- what the record lacks --- */

static void on_details(void *context)
{
	struct act *a = context;
	a->state = a->ended;
}

/* As the feed would: a record that comes with an answer goes into the cache whole.  What can't
 * be had stays there as it was. */
static void complete(struct act *a)
{
	const struct resource *r = connector_resource_of(a->site->connector, a->order.kind);
	bool ended = a->state == ACT_DONE || a->state == ACT_CONFLICT;
	if (!ended || !a->kept.json.len || a->spec->map || !r || !r->has_detail)
		return;
	const struct node *item = a->kept.record.node;
	a->phase = PHASE_DETAIL;
	a->ended = a->state;
	a->details = details_new(a->site, r, NULL, item, node_next(item), on_details, a);
	if (details_state(a->details) == DETAILS_WAITING)
		a->state = ACT_WAITING;
}

static void on_done(void *context, const struct http_result *r)
{
	struct act *a = context;
	a->call = NULL;
	if (r->failure.code)
		break_off(a, r);
	else
		take_answer(a, r);
	auth_redact(a->site->auth, a->failure.detail);
	if (a->state == ACT_STRANGER)
		auth_refused(a->site->auth, r->tag); /* last: what is told was cleaned of it */
	else if (!a->failure.code)
		auth_accepted(a->site->auth);
	complete(a);
}

static void copy_order(struct act *a, const struct act_order *o)
{
	const char **texts[] = {&a->order.uuid,   &a->order.record, &a->order.code,
				&a->order.action, &a->order.fields, &a->order.by,
				&a->order.staff,  &a->order.unit,   &a->order.seen};
	a->order = *o;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = arena_strdup(&a->arena, *texts[i] ? *texts[i] : "");
}

/* What was sent before and must not be sent twice waits for a person. */
static int begin(struct act *a)
{
	const struct action_spec *s = a->spec;
	struct failure f;
	bool reads = *a->order.record; /* what is to be made can't be read */
	bool blind = s->idempotent == IDEMPOTENT_NEVER ||
		     (s->idempotent == IDEMPOTENT_CHECK && !reads);
	if (a->order.doubtful && blind) {
		failure_set(&f, ERR_NET,
			    N_("it was sent and no answer came: whether it took effect is not "
			       "known"),
			    NULL);
		act_end(a, ACT_DOUBT, &f);
		return 0;
	}
	bool checks = a->order.doubtful && s->idempotent == IDEMPOTENT_CHECK;
	return reads && (s->compare || checks) ? read_record(a, PHASE_BEFORE) : send_step(a);
}

struct act *act_new(const struct site *s, const struct act_order *o, struct mapper *m,
		    struct failure *failure)
{
	const struct action_spec *spec = action_spec_find(&s->connector->actions, o->kind,
							  o->action);
	if (!spec) {
		failure_set(failure, ERR_USAGE, N_("the source does not offer this action"),
			    NULL);
		return NULL;
	}
	struct act *a = xcalloc(1, sizeof *a);
	a->site = s;
	a->spec = spec;
	a->mapper = m;
	a->only = (struct step_spec){spec->request, spec->format, spec->envelope};
	a->failure = (struct failure)FAILURE_NONE;
	a->answers = a->current = (struct strbuf)STRBUF_INIT;
	act_reply_init(&a->now);
	act_reply_init(&a->kept);
	copy_order(a, o);
	if (begin(a) == 0)
		return a;
	*failure = a->failure;
	act_free(a);
	return NULL;
}

void act_free(struct act *a)
{
	if (!a)
		return;
	http_stop(a->call);
	details_free(a->details);
	act_reply_free(&a->now);
	act_reply_free(&a->kept);
	strbuf_free(&a->answers);
	strbuf_free(&a->current);
	arena_free(&a->arena);
	free(a);
}

enum act_state act_state(const struct act *a)
{
	return a->state;
}

const struct failure *act_failure(const struct act *a)
{
	return &a->failure;
}

const char *act_record(const struct act *a)
{
	return a->kept.json.len ? a->kept.json.s : "";
}

void act_map(const struct act *a, struct haul *out)
{
	const struct connector *c = a->site->connector;
	struct mapping how = {
		.source = a->site->source->name,
		.kind = a->order.kind,
		.map = a->spec->map ? a->spec->map : connector_map(c, a->order.kind),
		.connector = c,
	};
	if (!a->kept.json.len || !how.map)
		return;
	if (a->details && details_are_whole(a->details)) {
		details_map(a->details, a->mapper, &how, out);
		return;
	}
	mapper_item(a->mapper, &how, a->kept.record.node, out);
	for (size_t i = 0; a->details && i < out->count; i++)
		out->records[i]->partial = !out->records[i]->deleted;
}

const char *act_made(const struct act *a)
{
	return a->made ? a->made : "";
}

int64_t act_version(const struct act *a)
{
	return a->version;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/act.h"

#include <stdlib.h>
#include <string.h>

#include "api/act_record.h"
#include "api/ask.h"
#include "api/detail.h"
#include "api/jqfilter.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#define BODY_MOST ((int64_t)8 << 20)

enum phase { PHASE_BEFORE, PHASE_STEPS, PHASE_FIND, PHASE_AFTER, PHASE_DETAIL };

/* An answer, and the record in it. */
struct reply {
	struct strbuf text;
	struct tape tape;
	struct jqfilter_out record;
	struct strbuf json; /* of the record; empty: there is none */
};

struct act {
	const struct site *site;
	const struct action_spec *spec;
	struct mapper *mapper;
	struct act_order order; /* its texts are in the arena */
	struct arena arena;
	enum phase phase;
	struct step_spec only; /* where there is one request */
	size_t step;
	enum act_state state;
	struct failure failure;
	struct http_call *call;
	struct reply now, kept;  /* that is read; that the record is in */
	struct strbuf answers;   /* of the steps before: a list in JSON, without its end */
	struct strbuf current;   /* the record as it was read before, as JSON */
	struct details *details; /* what the record lacks, asked for at the end */
	enum act_state ended;    /* what it has come to, while that is asked for */
	const char *made;        /* the id of the record that was made; in the arena */
	int64_t version;
};

/* --- answers --- */

static void reply_init(struct reply *r)
{
	*r = (struct reply){.text = STRBUF_INIT,
			    .json = STRBUF_INIT,
			    .tape = TAPE_INIT,
			    .record = {.value = jv_null()}};
}

static void reply_free(struct reply *r)
{
	jqfilter_out_free(&r->record);
	tape_free(&r->tape);
	strbuf_free(&r->text);
	strbuf_free(&r->json);
}

static bool on_data(void *context, const char *p, size_t n)
{
	strbuf_add(&((struct act *)context)->now.text, p, n);
	return true;
}

/* The record in the answer, where `filter` finds it; the answer is kept then. */
static bool keep_record(struct act *a, struct jqfilter *filter)
{
	struct reply *n = &a->now;
	if (!filter || !n->tape.count ||
	    jqfilter_ask(filter, n->tape.nodes, &n->record, NULL) < 0 ||
	    n->record.node->type != NODE_OBJECT)
		return false;
	node_write(n->record.node, NODE_CLEAN, &n->json);
	auth_redact_n(a->site->auth, n->json.s, n->json.len);
	reply_free(&a->kept);
	a->kept = *n;
	reply_init(n);
	return true;
}

static void end(struct act *a, enum act_state state, const struct failure *f)
{
	a->failure = *f;
	a->state = state;
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
	reply_free(&a->now);
	reply_init(&a->now);
	a->call = request_send(a->site, request, &c, format_accept(format), &order, &e);
	if (a->call)
		return 0;
	failure_set(&a->failure, ERR_USAGE, N_("the request can't be made"), e.text);
	auth_redact(a->site->auth, a->failure.detail);
	return -1;
}

static const struct step_spec *step(const struct act *a)
{
	return a->spec->requests.count
		       ? (const struct step_spec *)a->spec->requests.list + a->step
		       : &a->only;
}

static size_t step_count(const struct act *a)
{
	return a->spec->requests.count ? a->spec->requests.count : 1;
}

static int send_step(struct act *a)
{
	a->phase = PHASE_STEPS;
	return ask(a, &step(a)->request, &step(a)->format);
}

static int read_record(struct act *a, enum phase when)
{
	a->phase = when;
	return ask(a, &a->spec->read.request, &a->spec->format);
}

/* --- what an answer means --- */

/* A server that refuses to look at it now has not done it. */
static bool has_waited(long status)
{
	return status == 425 || status == 429 || status == 503;
}

/* What is not known must not be done twice where the connector says so. */
static enum act_state unknown(const struct act *a, long status)
{
	if (a->spec->idempotent != IDEMPOTENT_NEVER)
		return ACT_UNKNOWN;
	return has_waited(status) && a->step == 0 ? ACT_UNSENT : ACT_DOUBT;
}

/* What the statuses that are no success say about the action. */
static enum act_state state_of_status(const struct act *a, long status)
{
	const struct outcome_spec *o = &a->spec->status;
	const struct {
		const struct words *list;
		enum act_state state;
	} told[] = {{&o->done, ACT_DONE},
		    {&o->conflict, ACT_CONFLICT},
		    {&o->rejected, ACT_REJECTED},
		    {&o->again, ACT_UNKNOWN}};
	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		if (statuses_have(told[i].list, status))
			return told[i].state;
	if (status == 401)
		return ACT_STRANGER;
	if (status == 409 || status == 412)
		return ACT_CONFLICT;
	if (status < 400 || retry_may_pass(&a->site->connector->retry, status))
		return unknown(a, status);
	return ACT_REJECTED;
}

/* What a refusal means here; what it means where records are read is told elsewhere. */
static const char *words_of_status(long status, const char *otherwise)
{
	static const struct {
		long status;
		const char *what;
	} words[] = {
		{403, N_("you are not allowed to do this there")},
		{404, N_("the province knows no such record or action")},
		{409, N_("the record does not allow this now")},
		{410, N_("the record is no longer there")},
		{412, N_("the record was changed meanwhile")},
		{422, N_("the province does not accept what was said with it")},
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].status == status)
			return words[i].what;
	return otherwise;
}

/* What kind of failure an answer is that says so itself; one that does not say is the
 * province's no. */
static enum act_state state_of_failure(const struct act *a, const struct failure *f)
{
	return f->meant ? state_of_status(a, f->meant) : ACT_REJECTED;
}

/* Whether an answer with a status of success means that it took effect.  Where the connector
 * does not say what success looks like, the record in the answer is the proof. */
static void judge(struct act *a, const struct failure *unread, bool record)
{
	const struct envelope_spec *envelope = &step(a)->envelope;
	const struct reply *n = record ? &a->kept : &a->now;
	struct failure f = *unread;
	bool last = a->step + 1 == step_count(a);
	a->state = ACT_DONE;
	if (!envelope->ok && !envelope->class && (!a->spec->record || !last))
		return;
	if (f.code) {
		envelope_explain_text(envelope, n->text.s, n->text.len, &f);
		end(a, f.meant ? state_of_failure(a, &f) : unknown(a, 0), &f);
	} else if (envelope_judge(envelope, n->tape.nodes, &f) < 0) {
		f.status = 200; /* an answer did come: its words are the province's */
		end(a, state_of_failure(a, &f), &f);
	} else if (!envelope->ok && !envelope->class && !record) {
		failure_set(&f, ERR_PARSE, N_("the answer does not say that it was done"),
			    NULL);
		envelope_explain(envelope, n->tape.nodes, &f);
		end(a, unknown(a, 0), &f);
	}
}

static bool is_true(struct jqfilter *filter, const struct tape *t)
{
	struct failure ignored;
	bool is = false;
	return filter && t->count && ask_truth(filter, t->nodes, &is, &ignored) == 0 && is;
}

/* The record that was made has this id from now on; templates see it. */
static void note_id(struct act *a, struct jqfilter *filter)
{
	struct failure ignored;
	char *id = NULL;
	if (*a->order.record || !filter || !a->now.tape.count ||
	    ask_text(filter, a->now.tape.nodes, &id, &ignored) < 0 || !id)
		return;
	a->made = a->order.record = arena_strdup(&a->arena, id);
	free(id);
}

/* A number, or a text that is one or a time. */
static void note_version(struct act *a)
{
	struct failure ignored;
	char *text = NULL, *end;
	if (!a->spec->version || !a->now.tape.count ||
	    ask_text(a->spec->version, a->now.tape.nodes, &text, &ignored) < 0 || !text)
		return;
	long long v = strtoll(text, &end, 10);
	if (end > text && !*end)
		a->version = v;
	else
		clock_parse(text, strlen(text), &a->version);
	free(text);
}

static void judge_step(struct act *a, const struct http_result *r)
{
	const struct step_spec *s = step(a);
	struct failure f = FAILURE_NONE, unread = FAILURE_NONE;
	struct reply *n = &a->now;
	bool readable = format_read(&s->format, n->text.s, n->text.len, r->type, &n->tape,
				    &unread) == 0;
	const struct tape *t = readable ? &n->tape : NULL;
	bool stranger = auth_is_refusal(a->site->auth, r->status, t);
	bool already = readable && is_true(a->spec->already, &n->tape);
	bool asks_on = a->step + 1 < step_count(a) || request_is_given(&a->spec->find.request);
	if (readable)
		note_version(a);
	bool failed = failure_from_status(&f, r->status);
	if (readable && !failed)
		note_id(a, a->spec->id);
	if (readable && !already && asks_on) {
		strbuf_addc(&a->answers, a->answers.len ? ',' : '[');
		node_write(n->tape.nodes, 0, &a->answers);
	}
	if (failed) {
		f.retry_after = r->retry_after;
		f.what = words_of_status(r->status, f.what);
		envelope_explain(&s->envelope, t ? t->nodes : NULL, &f);
	} else if (stranger) {
		failure_set(&f, ERR_AUTH, N_("the server refuses the credentials"), NULL);
		envelope_explain(&s->envelope, t ? t->nodes : NULL, &f);
	}
	bool record = keep_record(a, a->spec->record);
	if (already)
		a->state = ACT_DONE;
	else if (stranger)
		end(a, a->step ? unknown(a, 0) : ACT_STRANGER, &f);
	else if (failed)
		end(a, state_of_failure(a, &f), &f);
	else
		judge(a, &unread, record);
	if (a->state == ACT_DONE)
		a->failure = (struct failure)FAILURE_NONE;
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
		end(a, ACT_DOUBT, &f);
	} else if (a->spec->compare && r && !act_is_as_seen(&a->order, r)) {
		failure_set(&f, ERR_CONFLICT, other_now, NULL);
		end(a, ACT_CONFLICT, &f);
	} else if (send_step(a) < 0) {
		a->state = ACT_UNSENT;
	}
	haul_free(&h);
}

/* Whether the record came; else the failure. */
static bool take_record(struct act *a, const struct http_result *r, struct failure *f)
{
	struct reply *n = &a->now;
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
	if (keep_record(a, a->spec->read.record))
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
		end(a, ACT_STRANGER, &f);
	} else if (f.meant == 404 || f.meant == 410) {
		f.what = words_of_status(f.meant, f.what);
		end(a, ACT_REJECTED, &f);
	} else {
		end(a, ACT_UNSENT, &f);
	}
}

/* --- the course of it --- */

/* A step is done: the next one, or the record as it is now. */
static void go_on(struct act *a)
{
	if (a->phase == PHASE_STEPS && ++a->step < step_count(a)) {
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
	struct reply *n = &a->now;
	if (!failure_from_status(&ignored, r->status) &&
	    format_read(&a->spec->format, n->text.s, n->text.len, r->type, &n->tape,
			&ignored) == 0)
		note_id(a, a->spec->find.id);
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
		judge_step(a, r);
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
		end(a, ACT_DONE, &none);
	else if (a->phase == PHASE_BEFORE || (!r->sent && a->step == 0))
		end(a, ACT_UNSENT, &r->failure);
	else
		end(a, unknown(a, 0), &r->failure);
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
		end(a, ACT_DOUBT, &f);
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
	reply_init(&a->now);
	reply_init(&a->kept);
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
	reply_free(&a->now);
	reply_free(&a->kept);
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

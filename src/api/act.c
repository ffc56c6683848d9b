/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/act.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/jqfilter.h"
#include "base/alloc.h"
#include "base/i18n.h"

#define BODY_MOST ((int64_t)8 << 20)

struct act {
	const struct site *site;
	const struct kind *kind;
	enum act_state state;
	struct failure failure;
	struct http_call *call;
	struct strbuf text; /* the answer's body */
	struct tape tape;
	struct jqfilter_out record;
	struct strbuf json; /* of the record */
};

static const struct action_spec *spec(const struct act *a)
{
	return &a->site->connector->actions;
}

static bool on_data(void *context, const char *p, size_t n)
{
	strbuf_add(&((struct act *)context)->text, p, n);
	return true;
}

static void end(struct act *a, enum act_state state, const struct failure *f)
{
	a->failure = *f;
	a->state = state;
}

/* What the statuses that are no success say about the action. */
static enum act_state state_of_status(long status)
{
	if (status == 401)
		return ACT_STRANGER;
	if (status == 409 || status == 412)
		return ACT_CONFLICT;
	if (status == 408 || status == 425 || status == 429 || status >= 500 || status < 400)
		return ACT_UNKNOWN;
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

/* The record in the answer, where the connector says how to find it. */
static void find_record(struct act *a)
{
	if (!spec(a)->record || !a->tape.count ||
	    jqfilter_ask(spec(a)->record, a->tape.nodes, &a->record, NULL) < 0 ||
	    a->record.node->type != NODE_OBJECT)
		return;
	node_write(a->record.node, NODE_CLEAN, &a->json);
}

/* What kind of failure an answer is that says so itself; one that does not say is the
 * province's no. */
static enum act_state state_of_failure(const struct failure *f)
{
	return f->meant ? state_of_status(f->meant) : ACT_REJECTED;
}

/* Whether an answer with a status of success means that it took effect.  Where the connector
 * does not say what success looks like, the record in the answer is the proof. */
static void judge(struct act *a, const struct failure *unread)
{
	const struct envelope_spec *envelope = &spec(a)->envelope;
	struct failure f = *unread;
	a->state = ACT_DONE;
	if (!envelope->ok && !envelope->class && !spec(a)->record)
		return;
	if (f.code) {
		envelope_explain_text(envelope, a->text.s, a->text.len, &f);
		end(a, f.meant ? state_of_failure(&f) : ACT_UNKNOWN, &f);
	} else if (envelope_judge(envelope, a->tape.nodes, &f) < 0) {
		end(a, state_of_failure(&f), &f);
	} else if (!envelope->ok && !envelope->class && !a->json.len) {
		failure_set(&f, ERR_PARSE, N_("the answer does not say that it was done"),
			    NULL);
		envelope_explain(envelope, a->tape.nodes, &f);
		end(a, ACT_UNKNOWN, &f);
	}
}

static void take_answer(struct act *a, const struct http_result *r)
{
	struct failure f = FAILURE_NONE, unread = FAILURE_NONE;
	bool readable = format_read(&spec(a)->format, a->text.s, a->text.len, r->type, &a->tape,
				    &unread) == 0;
	bool stranger = auth_is_refusal(a->site->auth, r->status, readable ? &a->tape : NULL);
	find_record(a);
	if (failure_from_status(&f, r->status)) {
		f.retry_after = r->retry_after;
		f.what = words_of_status(r->status, f.what);
		envelope_explain(&spec(a)->envelope, readable ? a->tape.nodes : NULL, &f);
		end(a, stranger ? ACT_STRANGER : state_of_failure(&f), &f);
	} else if (stranger) {
		failure_set(&f, ERR_AUTH, N_("the server refuses the credentials"), NULL);
		envelope_explain(&spec(a)->envelope, a->tape.nodes, &f);
		end(a, ACT_STRANGER, &f);
	} else {
		judge(a, &unread);
	}
	if (!a->failure.code)
		auth_accepted(a->site->auth);
}

static void on_done(void *context, const struct http_result *r)
{
	struct act *a = context;
	a->call = NULL;
	if (r->failure.code) {
		a->failure = r->failure;
		a->state = r->sent ? ACT_UNKNOWN : ACT_UNSENT;
	} else {
		take_answer(a, r);
	}
	auth_redact(a->site->auth, a->failure.detail);
	if (a->json.len)
		auth_redact_n(a->site->auth, a->json.s, a->json.len);
	if (a->state == ACT_STRANGER)
		auth_refused(a->site->auth, r->tag); /* last: what is told was cleaned of it */
}

struct act *act_new(const struct site *s, const struct act_order *o, struct failure *failure)
{
	struct act *a = xcalloc(1, sizeof *a);
	struct err e = ERR_INIT;
	const struct limit_spec *l = &s->connector->limits;
	struct circumstances c = {.kind = o->kind, .act = o};
	struct http_order order = {.answer_ms = l->answer,
				   .silence_ms = l->silence,
				   .body_most = BODY_MOST,
				   .data = on_data,
				   .done = on_done,
				   .context = a};
	a->site = s;
	a->kind = o->kind;
	a->failure = (struct failure)FAILURE_NONE;
	a->record.value = jv_null();
	a->text = a->json = (struct strbuf)STRBUF_INIT;
	a->call = request_send(s, &s->connector->actions.request, &c,
			       format_accept(&spec(a)->format), &order, &e);
	if (a->call)
		return a;
	failure_set(failure, ERR_USAGE, N_("the request can't be made"), e.text);
	act_free(a);
	return NULL;
}

void act_free(struct act *a)
{
	if (!a)
		return;
	http_stop(a->call);
	jqfilter_out_free(&a->record);
	tape_free(&a->tape);
	strbuf_free(&a->text);
	strbuf_free(&a->json);
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
	return a->json.len ? a->json.s : "";
}

void act_map(const struct act *a, struct mapper *m, struct haul *out)
{
	struct mapping how = {.source = a->site->source->name,
			      .kind = a->kind,
			      .map = spec(a)->map,
			      .connector = a->site->connector};
	if (a->json.len)
		mapper_item(m, &how, a->record.node, out);
}

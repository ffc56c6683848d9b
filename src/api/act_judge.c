/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answer to an action means. */
#include <stdlib.h>
#include <string.h>

#include "api/act_parts.h"
#include "api/ask.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

void act_reply_init(struct act_reply *r)
{
	*r = (struct act_reply){.text = STRBUF_INIT,
				.json = STRBUF_INIT,
				.tape = TAPE_INIT,
				.record = {.value = jv_null()}};
}

void act_reply_free(struct act_reply *r)
{
	jqfilter_out_free(&r->record);
	tape_free(&r->tape);
	strbuf_free(&r->text);
	strbuf_free(&r->json);
}

/* The record in the answer, where `filter` finds it; the answer is kept then. */
bool act_keep_record(struct act *a, struct jqfilter *filter)
{
	struct act_reply *n = &a->now;
	if (!filter || !n->tape.count ||
	    jqfilter_ask(filter, n->tape.nodes, &n->record, NULL) < 0 ||
	    n->record.node->type != NODE_OBJECT)
		return false;
	node_write(n->record.node, NODE_CLEAN, &n->json);
	auth_redact_n(a->site->auth, n->json.s, n->json.len);
	act_reply_free(&a->kept);
	a->kept = *n;
	act_reply_init(n);
	return true;
}

void act_end(struct act *a, enum act_state state, const struct failure *f)
{
	a->failure = *f;
	a->state = state;
}

const struct step_spec *act_step(const struct act *a)
{
	return a->spec->requests.count
		       ? (const struct step_spec *)a->spec->requests.list + a->step
		       : &a->only;
}

size_t act_step_count(const struct act *a)
{
	return a->spec->requests.count ? a->spec->requests.count : 1;
}

/* A server that refuses to look at it now has not done it. */
static bool has_waited(long status)
{
	return status == 425 || status == 429 || status == 503;
}

/* What is not known must not be done twice where the connector says so. */
enum act_state act_unknown(const struct act *a, long status)
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
		return act_unknown(a, status);
	return ACT_REJECTED;
}

/* What a refusal means here; what it means where records are read is told elsewhere. */
const char *act_words_of_status(long status, const char *otherwise)
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
	const struct envelope_spec *envelope = &act_step(a)->envelope;
	const struct act_reply *n = record ? &a->kept : &a->now;
	struct failure f = *unread;
	bool last = a->step + 1 == act_step_count(a);
	a->state = ACT_DONE;
	if (!envelope->ok && !envelope->class && (!a->spec->record || !last))
		return;
	if (f.code) {
		envelope_explain_text(envelope, n->text.s, n->text.len, &f);
		act_end(a, f.meant ? state_of_failure(a, &f) : act_unknown(a, 0), &f);
	} else if (envelope_judge(envelope, n->tape.nodes, &f) < 0) {
		f.status = 200; /* an answer did come: its words are the province's */
		act_end(a, state_of_failure(a, &f), &f);
	} else if (!envelope->ok && !envelope->class && !record) {
		failure_set(&f, ERR_PARSE, N_("the answer does not say that it was done"),
			    NULL);
		envelope_explain(envelope, n->tape.nodes, &f);
		act_end(a, act_unknown(a, 0), &f);
	}
}

static bool is_true(struct jqfilter *filter, const struct tape *t)
{
	struct failure ignored;
	bool is = false;
	return filter && t->count && ask_truth(filter, t->nodes, &is, &ignored) == 0 && is;
}

/* The record that was made has this id from now on; templates see it. */
void act_note_id(struct act *a, struct jqfilter *filter)
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

void act_judge_step(struct act *a, const struct http_result *r)
{
	const struct step_spec *s = act_step(a);
	struct failure f = FAILURE_NONE, unread = FAILURE_NONE;
	struct act_reply *n = &a->now;
	bool readable = format_read(&s->format, n->text.s, n->text.len, r->type, &n->tape,
				    &unread) == 0;
	const struct tape *t = readable ? &n->tape : NULL;
	bool stranger = auth_is_refusal(a->site->auth, r->status, t);
	bool already = readable && is_true(a->spec->already, &n->tape);
	bool asks_on = a->step + 1 < act_step_count(a) ||
		       request_is_given(&a->spec->find.request);
	if (readable)
		note_version(a);
	bool failed = failure_from_status(&f, r->status);
	if (readable && !failed)
		act_note_id(a, a->spec->id);
	if (readable && !already && asks_on) {
		strbuf_addc(&a->answers, a->answers.len ? ',' : '[');
		node_write(n->tape.nodes, 0, &a->answers);
	}
	if (failed) {
		f.retry_after = r->retry_after;
		f.what = act_words_of_status(r->status, f.what);
		envelope_explain(&s->envelope, t ? t->nodes : NULL, &f);
	} else if (stranger) {
		failure_set(&f, ERR_AUTH, N_("the server refuses the credentials"), NULL);
		envelope_explain(&s->envelope, t ? t->nodes : NULL, &f);
	}
	bool record = act_keep_record(a, a->spec->record);
	if (already)
		a->state = ACT_DONE;
	else if (stranger)
		act_end(a, a->step ? act_unknown(a, 0) : ACT_STRANGER, &f);
	else if (failed)
		act_end(a, state_of_failure(a, &f), &f);
	else
		judge(a, &unread, record);
	if (a->state == ACT_DONE)
		a->failure = (struct failure)FAILURE_NONE;
}

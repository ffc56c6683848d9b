/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/probe.h"

#include <stdlib.h>

#include "api/envelope.h"
#include "base/alloc.h"
#include "model/kind.h"

#define BODY_MOST ((int64_t)1 << 20)

struct probe {
	const struct site *site;
	struct http_call *call;
	struct strbuf text;
	struct failure failure; /* ERR_NONE: it was let in, or is under way */
};

static bool on_data(void *context, const char *p, size_t n)
{
	strbuf_add(&((struct probe *)context)->text, p, n);
	return true;
}

/* Whoever asks without the right to gets here, whatever the answer calls itself. */
static void judge(struct probe *p, const struct http_result *r, struct failure *f)
{
	const struct probe_spec *spec = &p->site->connector->probe;
	struct tape t = TAPE_INIT;
	struct failure unread = FAILURE_NONE;
	bool readable = format_read(&spec->format, p->text.s, p->text.len, r->type, &t,
				    &unread) == 0;
	f->refused = false;
	if (failure_from_status(f, r->status)) {
		f->retry_after = r->retry_after;
		envelope_explain(&spec->envelope, readable ? t.nodes : NULL, f);
	} else if (!readable) {
		*f = unread;
	} else if (envelope_judge(&spec->envelope, t.nodes, f) < 0 && !f->meant) {
		f->code = ERR_AUTH;
		f->what = N_("the probe says that we are not let in");
		f->refused = true;
	}
	f->refused |= f->meant == 401 ||
		      auth_is_refusal(p->site->auth, r->status, readable ? &t : NULL);
	tape_free(&t);
}

static void on_done(void *context, const struct http_result *r)
{
	struct probe *p = context;
	p->call = NULL;
	if (r->failure.code)
		p->failure = r->failure;
	else
		judge(p, r, &p->failure);
	p->failure.proof = r->tag;
	auth_redact(p->site->auth, p->failure.detail);
	if (!p->failure.code)
		auth_accepted(p->site->auth);
}

static struct probe *start(const struct site *s, struct failure *f)
{
	struct probe *p = xcalloc(1, sizeof *p);
	struct circumstances none = {0};
	struct err e = ERR_INIT;
	const struct limit_spec *l = &s->connector->limits;
	struct http_order o = {.answer_ms = l->answer,
			       .silence_ms = l->silence,
			       .body_most = BODY_MOST,
			       .data = on_data,
			       .done = on_done,
			       .context = p};
	p->site = s;
	p->text = (struct strbuf)STRBUF_INIT;
	p->failure = (struct failure)FAILURE_NONE;
	p->call = request_send(s, &s->connector->probe.request, &none, "application/json", &o,
			       &e);
	if (p->call)
		return p;
	failure_set(f, ERR_USAGE, N_("the request can't be made"), e.text);
	probe_free(p);
	return NULL;
}

enum probe_state probe_turn(struct probe **slot, const struct site *s, struct failure *f)
{
	if (!*slot) {
		enum auth_state ready = auth_prepare(s->auth, f);
		if (ready == AUTH_WORKING)
			return PROBE_WAITING;
		if (ready == AUTH_FAILED || !(*slot = start(s, f)))
			return PROBE_FAILED;
	}
	struct probe *p = *slot;
	if (p->call)
		return PROBE_WAITING;
	*f = p->failure;
	probe_free(p);
	*slot = NULL;
	return f->code ? PROBE_FAILED : PROBE_GOOD;
}

void probe_free(struct probe *p)
{
	if (!p)
		return;
	http_stop(p->call);
	strbuf_free(&p->text);
	free(p);
}

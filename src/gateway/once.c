/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/once.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "gateway/gateway.h"
#include "gateway/problem.h"

#define KEY_MOST 128

static bool is_good(const char *key)
{
	size_t n = strlen(key);
	for (size_t i = 0; i < n; i++)
		if (key[i] < 0x21 || key[i] > 0x7e)
			return false;
	return n > 0 && n <= KEY_MOST;
}

int once_key(struct request *r, bool needed, const char **key)
{
	*key = request_header(r, "Idempotency-Key");
	if (*key ? is_good(*key) : !needed)
		return 0;
	problem_answer(&r->answer, PROBLEM_BAD_REQUEST, NULL,
		       "send an Idempotency-Key of 1 to 128 visible characters");
	return -1;
}

struct replay {
	struct request *r;
	const char *text;
};

/* In front of the answer stands its status, where that was not 200. */
static void replay(void *arg, const struct done_action *done)
{
	struct replay *x = arg;
	struct answer *a = &x->r->answer;
	if (strcmp(done->request, x->text) != 0) {
		problem_answer(a, PROBLEM_KEY_REUSED, NULL,
			       "this Idempotency-Key was sent with another request");
		return;
	}
	char *body;
	unsigned status = (unsigned)strtoul(done->answer, &body, 10);
	answer_text(a, TYPE_JSON, body, strlen(body));
	if (status)
		a->status = status;
	answer_header(a, "Idempotency-Replayed", "true");
}

int once_replay(struct request *r, const char *key, const char *text)
{
	struct replay x = {r, text};
	struct err e = ERR_INIT;
	int before = backend_done(r->gateway->backend, r->client->name, key, replay, &x, &e);
	if (before < 0)
		problem_from(&r->answer, &e);
	return before;
}

int once_remember(struct request *r, const char *key, const char *text, int64_t now)
{
	struct err e = ERR_INIT;
	const char *body = r->answer.body.s;
	bool usual = r->answer.status == 200;
	char *kept = usual ? xstrdup(body) : xasprintf("%u%s", r->answer.status, body);
	struct done_action done = {r->client->name, key, text, kept};
	int rc = backend_remember(r->gateway->backend, &done, now, &e);
	free(kept);
	if (rc < 0)
		problem_from(&r->answer, &e);
	return rc;
}

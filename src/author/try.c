/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc connector try, and replay, which is the same without a server. */
#include <stdio.h>
#include <stdlib.h>

#include "author/expect.h"
#include "author/report.h"
#include "author/trial.h"
#include "author/try_more.h"
#include "base/i18n.h"

#define SHOWN_DEFAULT 3
#define PAGES_RECORDED 3
#define PAGES_MOST 1000

static int64_t number(const struct author *a, const char *option, int64_t otherwise)
{
	json_int_t n = json_integer_value(json_object_get(a->request, option));
	return n > 0 ? n : otherwise;
}

static struct report begin(const struct author *a, struct trial *t)
{
	bool records = author_flag(a, "records");
	struct report r = {.author = records ? NULL : a,
			   .trial = t,
			   .mapper = mapper_new(),
			   .shown = (size_t)number(a, "limit", SHOWN_DEFAULT),
			   .raw = author_flag(a, "raw"),
			   .pages = a->json && !records ? json_array() : NULL,
			   .all = json_array()};
	return r;
}

static int run(const struct author *a, struct report *r, int64_t pages, struct err *e)
{
	struct pull p = {.trial = r->trial,
			 .only = author_text(a, "resource"),
			 .pages = number(a, "pages", pages),
			 .shown = r->author ? INT32_MAX : 0,
			 .page = report_page,
			 .context = r};
	return pull_run(&p, e);
}

static int code_of(const struct author *a, const struct report *r)
{
	if (r->worst == ERR_AUTH || r->worst == ERR_PERMISSION)
		return AUTHOR_DENIED;
	if (r->worst == ERR_NET)
		return AUTHOR_UNREACHED;
	return r->failures || (r->rejects && !author_flag(a, "allow")) ? AUTHOR_BAD
								       : AUTHOR_GOOD;
}

/* Compares, where that was asked for.  The code, or `good`. */
static int judge(const struct author *a, const struct report *r, int good)
{
	struct err e = ERR_INIT;
	const char *file = author_text(a, "expect");
	int differ = file ? expect_compare(a, r->all, file, &e) : 0;
	if (differ < 0)
		return author_fail(&e);
	if (differ)
		printf(_("%d records are not as expected\n"), differ);
	return differ ? AUTHOR_BAD : good;
}

static void print_sum(const struct author *a, const struct report *r)
{
	if (r->pages) {
		json_t *whole = json_pack(
			"{s:O, s:I, s:I, s:I, s:I, s:I}", "pages", r->pages, "items",
			(json_int_t)r->items, "records", (json_int_t)r->records, "set_aside",
			(json_int_t)r->rejects, "unknown_states", (json_int_t)r->unknown_states,
			"failures", (json_int_t)r->failures);
		author_print_json(whole);
		json_decref(whole);
	} else if (!r->author) {
		expect_print(r->all);
	} else {
		printf(_("in all: %zu items, %zu records, %zu set aside, %zu of a state that "
			 "no "
			 "kind knows\n"),
		       r->items, r->records, r->rejects, r->unknown_states);
	}
	(void)a;
}

static void end(struct report *r)
{
	mapper_free(r->mapper);
	json_decref(r->pages);
	json_decref(r->all);
}

static int record(const struct author *a, struct trial *t, struct err *e)
{
	const char *dir = author_text(a, "record");
	if (!dir)
		return 0;
	if (recording_write(&t->heard, dir, t->keys, e) < 0)
		return -1;
	fprintf(stderr,
		_("recorded in %s, without secrets; people's data is still in it: make it "
		  "anonymous before others see it\n"),
		dir);
	return 0;
}

/* Whether something else than the feeds is to be tried. */
static bool try_else(const struct author *a, struct trial *t, int *code)
{
	int64_t seconds = number(a, "stream", 0);
	const char *action = author_text(a, "action");
	bool probe = author_flag(a, "probe");
	if (author_flag(a, "send") && !action) {
		struct err e = ERR_INIT;
		err_set(&e, ERR_USAGE, "%s", _("--send goes with --action"));
		*code = author_fail(&e);
		return true;
	}
	if (probe)
		*code = try_probe(a, t);
	if (seconds && (!probe || *code == AUTHOR_GOOD))
		*code = try_stream(a, t, seconds);
	else if (action && (!probe || *code == AUTHOR_GOOD))
		*code = try_action(a, t, action);
	return probe || seconds || action;
}

int author_try(const struct author *a)
{
	struct trial t;
	struct err e = ERR_INIT;
	int code;
	if (trial_open(&t, a, &e) < 0) {
		code = author_fail(&e);
		trial_free(&t);
		return code;
	}
	if (try_else(a, &t, &code)) {
		trial_free(&t);
		return code;
	}
	struct report r = begin(a, &t);
	if (run(a, &r, author_text(a, "record") ? PAGES_RECORDED : 1, &e) < 0) {
		code = author_fail(&e);
	} else {
		print_sum(a, &r);
		code = judge(a, &r, code_of(a, &r));
		if (record(a, &t, &e) < 0)
			code = author_fail(&e);
	}
	end(&r);
	trial_free(&t);
	return code;
}

/* What the connector asks otherwise than when it was recorded. */
static int tell_drift(const struct trial *t, int code)
{
	size_t unused = 0;
	for (size_t i = 0; i < t->tape.count; i++)
		unused += !t->tape.list[i].played;
	if (t->heard.drift.len)
		fprintf(stderr, _("requests differ from those that were recorded:\n%s"),
			t->heard.drift.s);
	if (unused)
		fprintf(stderr, _("%zu recorded answers were not asked for\n"), unused);
	return t->heard.drift.len && code == AUTHOR_GOOD ? AUTHOR_BAD : code;
}

int author_replay(const struct author *a)
{
	struct trial t;
	struct err e = ERR_INIT;
	int code;
	if (trial_open_recorded(&t, a, &e) < 0) {
		code = author_fail(&e);
		trial_free(&t);
		return code;
	}
	struct report r = begin(a, &t);
	/* With what is expected, all that is to be said is how it differs. */
	if (author_text(a, "expect"))
		r.author = NULL;
	if (run(a, &r, PAGES_MOST, &e) < 0) {
		code = author_fail(&e);
	} else {
		if (!author_text(a, "expect"))
			print_sum(a, &r);
		code = tell_drift(&t, judge(a, &r, code_of(a, &r)));
	}
	end(&r);
	trial_free(&t);
	return code;
}

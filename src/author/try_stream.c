/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream for a while: each event's records as they would go into the cache. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/live.h"
#include "api/probe.h"
#include "author/record_json.h"
#include "author/report.h"
#include "author/try_more.h"
#include "base/clock.h"
#include "base/i18n.h"

struct listening {
	const struct author *author;
	struct trial *trial;
	struct mapper *mapper;
	struct live *live;
	size_t records, rejects, named, resyncs;
};

/* One line of JSON each, for people cut at the end of the line. */
static void tell(const struct listening *l, json_t *what)
{
	char *line = json_dumps(what, JSON_COMPACT | JSON_REAL_PRECISION(15));
	bool whole = l->author->json || author_flag(l->author, "raw");
	author_put(line ? line : "", line ? strlen(line) : 0, whole ? 0 : l->author->width);
	printf("\n");
	fflush(stdout);
	free(line);
	json_decref(what);
}

static void tell_haul(struct listening *l, const struct haul *h)
{
	for (size_t i = 0; i < h->count; i++, l->records++)
		tell(l, json_pack("{s:o}", h->records[i]->deleted ? "removed" : "record",
				  record_json(h->records[i])));
	for (size_t i = 0; i < h->reject_count; i++, l->rejects++)
		tell(l, json_pack("{s:s, s:s%}", "set_aside", h->rejects[i].reason, "item",
				  h->rejects[i].raw, h->rejects[i].raw_n));
}

static size_t told(const struct listening *l)
{
	return l->records + l->rejects + l->named + l->resyncs;
}

/* An event of which nothing came may be meant so, or items or act may look in the wrong place.
 */
static void tell_nothing(struct listening *l)
{
	json_t *event = json_loads(live_last(l->live), JSON_DECODE_ANY, NULL);
	if (event)
		tell(l, json_pack("{s:o}", "nothing_came_of", event));
}

static void take_event(struct listening *l)
{
	struct mapping how = {.source = l->trial->source.name,
			      .map = l->trial->connector->stream.map,
			      .connector = l->trial->connector};
	struct refetch named;
	struct haul h = HAUL_INIT;
	size_t before = told(l);
	const char *id;
	int64_t at;
	live_map(l->live, l->mapper, &how, &h, 1, INT64_MAX, &id, &at);
	tell_haul(l, &h);
	haul_free(&h);
	for (; live_take_refetch(l->live, &named); l->named++) {
		tell(l, json_pack("{s:s, s:s}", "to_be_asked_for", named.id, "kind",
				  named.kind ? named.kind->id : ""));
		free(named.id);
	}
	for (; live_take_resync(l->live); l->resyncs++)
		tell(l, json_pack("{s:b}", "feeds_to_be_read_again", 1));
	if (told(l) == before)
		tell_nothing(l);
}

static void take_events(struct listening *l)
{
	while (live_has_events(l->live))
		take_event(l);
}

/* Until the time is over or the server ends it. */
static void listen(struct listening *l, int64_t end)
{
	while (clock_monotonic() < end && live_state(l->live) != LIVE_FAILED) {
		trial_turn(l->trial);
		live_turn(l->live);
		take_events(l);
	}
	take_events(l);
}

static void sum_up(const struct listening *l)
{
	struct failure f = live_state(l->live) == LIVE_FAILED ? *live_failure(l->live)
							      : (struct failure)FAILURE_NONE;
	char words[400];
	failure_text(&f, !l->author->json, words, sizeof words);
	if (l->author->json) {
		tell(l, json_pack("{s:b, s:I, s:I, s:I, s:s}", "opened", live_was_open(l->live),
				  "events", (json_int_t)live_taken(l->live), "records",
				  (json_int_t)l->records, "set_aside", (json_int_t)l->rejects,
				  "ended", f.code ? words : ""));
		return;
	}
	printf(_("in all: %lld events, %zu records, %zu set aside, %zu only named\n"),
	       (long long)live_taken(l->live), l->records, l->rejects, l->named);
	if (f.code)
		printf(_("the stream ended: %s\n"), words);
	else if (!live_taken(l->live))
		printf("%s\n", _("it is open, and nothing came"));
}

static int failed(const struct author *a, struct trial *t, const struct failure *f)
{
	char words[400];
	struct err e = ERR_INIT;
	trial_show(t, a, 0);
	failure_text(f, true, words, sizeof words);
	err_set(&e, f->code, "%s", words);
	author_fail(&e);
	return f->code == ERR_AUTH || f->code == ERR_PERMISSION ? AUTHOR_DENIED
	       : f->code == ERR_NET                             ? AUTHOR_UNREACHED
								: AUTHOR_BAD;
}

int try_stream(const struct author *a, struct trial *t, int64_t seconds)
{
	struct failure f = FAILURE_NONE;
	struct err e = ERR_INIT;
	struct listening l = {.author = a, .trial = t};
	if (!t->connector->has_stream) {
		err_set(&e, ERR_USAGE, "%s", _("this connector has no stream"));
		return author_fail(&e);
	}
	if (trial_prove(t, &f) < 0 ||
	    !(l.live = live_new(&t->site, connector_kinds(t->connector), NULL, &f)))
		return failed(a, t, &f);
	l.mapper = mapper_new();
	listen(&l, clock_monotonic() + seconds * SECOND);
	bool opened = live_was_open(l.live);
	if (opened)
		sum_up(&l);
	else if (live_state(l.live) == LIVE_FAILED)
		f = *live_failure(l.live);
	else
		failure_set(&f, ERR_NET, N_("the server did not answer in time"), NULL);
	live_free(l.live);
	mapper_free(l.mapper);
	if (!opened)
		return failed(a, t, &f);
	return l.rejects && !author_flag(a, "allow") ? AUTHOR_BAD : AUTHOR_GOOD;
}

int try_probe(const struct author *a, struct trial *t)
{
	struct failure f = FAILURE_NONE;
	struct err e = ERR_INIT;
	struct probe *p = NULL;
	enum probe_state state;
	if (!request_is_given(&t->connector->probe.request)) {
		err_set(&e, ERR_USAGE, "%s", _("this connector has no probe"));
		return author_fail(&e);
	}
	if (trial_prove(t, &f) < 0)
		return failed(a, t, &f);
	size_t from = t->heard.count;
	while ((state = probe_turn(&p, &t->site, &f)) == PROBE_WAITING)
		trial_turn(t);
	if (state != PROBE_GOOD)
		return failed(a, t, &f);
	trial_show(t, a, from);
	if (!a->json)
		printf("%s\n", _("the probe says that we are let in; try it with a wrong key, "
				 "too: it must fail"));
	return AUTHOR_GOOD;
}

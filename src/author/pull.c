/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/pull.h"

#include <stdlib.h>
#include <string.h>

#include "api/lookups.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "sync/plan.h"

struct mapping pull_mapping(const struct resource *r, const struct trial *t)
{
	return (struct mapping){.source = t->source.name,
				.kind = r->kind,
				.map = r->map,
				.key = r->key,
				.connector = t->connector,
				.convert = &r->convert};
}

/* Fetches the tables that maps look values up in. */
static int look_up(struct pull *p, struct failure *f)
{
	enum lookups_state state;
	while ((state = lookups_prepare(p->lookups, f)) == LOOKUPS_WAITING)
		trial_turn(p->trial);
	return state == LOOKUPS_READY ? 0 : -1;
}

static void map_items(struct pull *p, struct fetch *f, struct page_report *r)
{
	struct mapping how = pull_mapping(r->resource, p->trial);
	size_t cap = 0;
	while (fetch_state(f) == FETCH_READY) {
		struct pulled_item i = {NULL, r->haul.count, 0, r->haul.reject_count, 0};
		if (r->count < (size_t)p->shown && fetch_item(f)) {
			struct strbuf b = STRBUF_INIT;
			node_write(fetch_item(f), 0, &b);
			i.text = strbuf_detach(&b);
		}
		fetch_map(f, p->mapper, &how, &r->haul, 1, INT64_MAX);
		i.record_end = r->haul.count;
		i.reject_end = r->haul.reject_count;
		ARRAY_PUSH(r->items, r->count, cap) = i;
	}
}

/* Asks for one page; once more with another token where this one is refused. */
static struct fetch *ask(struct pull *p, const struct resource *r, const struct position *at,
			 struct failure *failure)
{
	for (int tries = 0;; tries++) {
		struct fetch *f = trial_prove(p->trial, failure) < 0 || look_up(p, failure) < 0
					  ? NULL
					  : fetch_new(&p->trial->site, r, at, failure);
		if (f)
			fetch_set_lookups(f, lookups_value(p->lookups));
		while (f && fetch_state(f) == FETCH_WAITING)
			trial_turn(p->trial);
		if (!f || fetch_state(f) != FETCH_FAILED)
			return f;
		*failure = *fetch_failure(f);
		fetch_free(f);
		if (tries || !failure->refused ||
		    !auth_refused(p->trial->site.auth, failure->proof))
			return NULL;
	}
}

static void free_report(struct page_report *r)
{
	for (size_t i = 0; i < r->count; i++)
		free(r->items[i].text);
	free(r->items);
	haul_free(&r->haul);
}

/* Where the next request of a feed starts; false behind its end. */
static bool go_on(struct page_report *r, struct plan *plan, struct position *at)
{
	if (r->facts.more) {
		position_copy(at, &r->facts.next);
		return true;
	}
	if (!feed_has_mark(r->resource) || r->facts.unchanged ||
	    plan_done(plan, (int64_t)r->facts.items, r->facts.newest, r->facts.server_time,
		      clock_now()) <= 0)
		return false;
	position_free(at);
	at->since = plan_since(plan);
	at->until = plan_until(plan);
	return true;
}

/* One page.  Whether another is to follow. */
static bool pull_page(struct pull *p, const struct resource *r, struct plan *plan,
		      struct position *at, int64_t number)
{
	struct recording *heard = &p->trial->heard;
	struct page_report report = {.resource = r,
				     .number = number,
				     .exchange = heard->count,
				     .failure = FAILURE_NONE,
				     .haul = HAUL_INIT,
				     .first = number == 1};
	struct fetch *f = ask(p, r, at, &report.failure);
	report.exchange_end = heard->count;
	/* A recording may hold only the first pages of a long list. */
	if (!f && number > 1 && report.failure.code == ERR_NOT_FOUND && !report.failure.status)
		return false;
	for (size_t i = report.exchange; i < heard->count; i++)
		recording_redact(heard, i, p->trial->site.auth);
	report.failed = !f;
	bool more = false;
	if (f) {
		map_items(p, f, &report);
		report.facts = *fetch_facts(f);
		more = go_on(&report, plan, at) && number < p->pages;
	}
	report.last = !more;
	p->page(p->context, &report);
	free_report(&report);
	fetch_free(f);
	return more;
}

static void pull_resource(struct pull *p, const struct resource *r)
{
	struct plan plan = {0};
	struct mark none = MARK_NONE;
	struct position at = {0};
	struct folder folder = {.marks = STRBUF_INIT};
	int64_t number = 1;
	if (r->files.pattern) {
		folder_look_for(&folder, p->trial->site.base_url, &r->files, NULL, false);
		at.folder = &folder;
	}
	if (feed_has_mark(r)) {
		plan_begin(&plan, r, &none, clock_now(), clock_now(), false);
		at.since = plan_since(&plan);
		at.until = plan_until(&plan);
	}
	while (pull_page(p, r, &plan, &at, number))
		number++;
	position_free(&at);
	folder_free(&folder);
}

static int no_resource(const struct pull *p, struct err *e)
{
	const struct connector *c = p->trial->connector;
	struct suggest s = suggest_start(p->only);
	for (size_t i = 0; i < c->resources.count; i++)
		suggest_try(&s, connector_resource(c, i)->name);
	return err_set(e, ERR_USAGE,
		       s.best ? _("there is no resource %.60s: did you mean \"%s\"?")
			      : _("there is no resource %.60s"),
		       p->only, s.best);
}

int pull_run(struct pull *p, struct err *e)
{
	const struct connector *c = p->trial->connector;
	bool any = false;
	p->mapper = mapper_new();
	p->lookups = lookups_new(&p->trial->site);
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct resource *r = connector_resource(c, i);
		if (p->only && strcmp(p->only, r->name) != 0)
			continue;
		any = true;
		pull_resource(p, r);
	}
	lookups_free(p->lookups);
	mapper_free(p->mapper);
	return any ? 0 : no_resource(p, e);
}

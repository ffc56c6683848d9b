/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/pass.h"

#include <stdlib.h>

#include "api/lookups.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "sync/writer.h"

#define IN_FLIGHT_MOST 3
#define SLICE_RECORDS 500
#define SLICE_MS 10

void pass_init(struct pass *p, const struct connector *c, const char *base_url)
{
	*p = (struct pass){.server_time = CLOCK_NONE, .base_url = base_url};
	p->count = c->resources.count;
	p->feeds = xcalloc(p->count, sizeof *p->feeds);
	for (size_t i = 0; i < p->count; i++)
		feed_init(&p->feeds[i], connector_resource(c, i));
}

void pass_free(struct pass *p)
{
	pass_abort(p);
	for (size_t i = 0; i < p->count; i++)
		feed_free(&p->feeds[i]);
	free(p->feeds);
	*p = (struct pass){0};
}

static void drop_fetch(struct pass *p, size_t i)
{
	fetch_free(p->fetches[i]);
	if (i == 0) {
		p->fetches[0] = p->fetches[1];
		p->of[0] = p->of[1];
		p->noted[0] = p->noted[1];
	}
	p->proven = p->proven && i != 0;
	p->fetches[1] = NULL;
	p->of[1] = NULL;
	p->noted[1] = false;
}

void pass_abort(struct pass *p)
{
	while (p->fetches[0])
		drop_fetch(p, 0);
	probe_free(p->probe);
	p->probe = NULL;
	job_free(p->batch);
	p->batch = NULL;
	p->running = false;
}

static int64_t server_now(const struct pass *p)
{
	return p->server_time == CLOCK_NONE
		       ? clock_now()
		       : p->server_time + clock_monotonic() - p->heard_mono;
}

bool pass_begin(struct pass *p, bool all, int64_t now)
{
	bool any = false;
	pass_abort(p);
	for (size_t i = 0; i < p->count; i++) {
		struct feed *f = &p->feeds[i];
		f->wanted = false;
		if (f->denied || (!all && now < f->due))
			continue;
		feed_begin(f, p->base_url, server_now(p));
		any = true;
	}
	p->running = any;
	p->many = false;
	p->records = 0;
	return any;
}

/* Every feed's first page comes first: all queues show something soon, and all totals are
 * known.  Then one feed after the other. */
static struct feed *next_feed(struct pass *p)
{
	struct feed *second = NULL;
	for (size_t i = 0; i < p->count; i++) {
		struct feed *f = &p->feeds[i];
		if (!f->wanted || f->finished || f->busy)
			continue;
		if (!f->started)
			return f;
		if (!second)
			second = f;
	}
	return second;
}

static int start_fetches(struct pass *p, const struct pass_env *env, struct failure *failure,
			 struct feed **failed)
{
	for (size_t i = 0; i < ARRAY_LEN(p->fetches); i++) {
		if (p->fetches[i])
			continue;
		struct feed *f = next_feed(p);
		if (!f)
			return 0;
		enum auth_state ready = auth_prepare(env->site->auth, failure);
		if (ready == AUTH_WORKING)
			return 0;
		enum lookups_state tables = ready == AUTH_READY
						    ? lookups_prepare(env->lookups, failure)
						    : LOOKUPS_FAILED;
		if (tables == LOOKUPS_WAITING)
			return 0;
		*failed = tables == LOOKUPS_FAILED ? NULL : f;
		if (tables == LOOKUPS_FAILED ||
		    !(p->fetches[i] = fetch_new(env->site, f->spec, &f->at, failure)))
			return -1;
		fetch_remember(p->fetches[i], &f->memory);
		fetch_set_lookups(p->fetches[i], lookups_value(env->lookups));
		p->of[i] = f;
		f->started = f->busy = true;
	}
	return 0;
}

/* A page has come whole: the next one of its feed can be asked for.  What follows the last
 * one is known only when it is mapped. */
static void note_page(struct pass *p, struct feed *f, const struct page_facts *facts)
{
	feed_note_page(f, facts);
	p->records += (int64_t)facts->items;
	p->many |= facts->more;
	if (facts->server_time == CLOCK_NONE)
		return;
	p->server_time = facts->server_time;
	p->heard_at = clock_now();
	p->heard_mono = clock_monotonic();
}

static void note_pages(struct pass *p)
{
	for (size_t i = 0; i < ARRAY_LEN(p->fetches) && p->fetches[i]; i++) {
		enum fetch_state s = fetch_state(p->fetches[i]);
		if (p->noted[i] || (s != FETCH_READY && s != FETCH_DONE))
			continue;
		p->noted[i] = true;
		note_page(p, p->of[i], fetch_facts(p->fetches[i]));
	}
}

/* The first page is mapped: its batch goes to the writer. */
static int post(struct pass *p, const struct pass_env *env, struct failure *failure)
{
	struct feed *f = p->of[0];
	struct job *j = p->batch;
	if (feed_close_page(f, j, fetch_facts(p->fetches[0]), env->rest, failure) < 0)
		return -1;
	j->feed = (size_t)(f - p->feeds);
	p->batch = NULL;
	drop_fetch(p, 0);
	feed_add_known(f, j);
	if (j->haul.count || j->haul.reject_count || j->cursor_count || j->snapshot) {
		p->in_flight++;
		writer_post(env->writer, j);
	} else {
		job_free(j);
	}
	return 0;
}

static void map(struct pass *p, const struct pass_env *env)
{
	if (!p->batch) {
		p->batch = job_new(JOB_BATCH, env->owner, env->source);
		p->batch->epoch = env->epoch;
	}
	const struct resource *r = p->of[0]->spec;
	struct mapping how = {.source = p->batch->source,
			      .kind = r->kind,
			      .map = r->map,
			      .key = r->key,
			      .connector = env->site->connector,
			      .convert = &r->convert};
	fetch_map(p->fetches[0], env->mapper, &how, &p->batch->haul, SLICE_RECORDS,
		  clock_monotonic() + SLICE_MS);
}

/* Whether the first page, which has come, is as empty as those are that a wrong key gets. */
static bool is_doubtful(const struct pass *p, const struct pass_env *env)
{
	const struct feed *f = p->of[0];
	const struct page_facts *facts = fetch_facts(p->fetches[0]);
	if (f->items || facts->items || facts->more || facts->unchanged || p->proven)
		return false;
	bool goes_on = f->cursor && !feed_is_snapshot(f);
	return !goes_on ||
	       clock_monotonic() - p->probed_at >= env->site->connector->probe.every;
}

/* Makes sure that we are let in: 1; 0 while that is not known; -1 with the failure. */
static int prove(struct pass *p, const struct pass_env *env, struct failure *failure)
{
	switch (probe_turn(&p->probe, env->site, failure)) {
	case PROBE_WAITING:
		return 0;
	case PROBE_FAILED:
		return -1;
	case PROBE_GOOD:
		break;
	}
	p->probed_at = clock_monotonic();
	p->proven = p->fetches[0] != NULL;
	return 1;
}

enum pass_state pass_turn(struct pass *p, const struct pass_env *env, struct failure *failure,
			  struct feed **failed, bool *busy)
{
	bool probes = env->site->connector->probe.request.path;
	int proven = 1;
	*failed = NULL;
	note_pages(p);
	if (probes && !p->probed_at && (proven = prove(p, env, failure)) <= 0)
		return proven < 0 ? PASS_FAILED : PASS_RUNNING;
	if (start_fetches(p, env, failure, failed) < 0)
		return PASS_FAILED;
	note_pages(p); /* files are there at once */
	if (!p->fetches[0]) {
		if (next_feed(p) || p->in_flight)
			return PASS_RUNNING;
		p->running = false;
		return PASS_FINISHED;
	}
	enum fetch_state state = fetch_state(p->fetches[0]);
	if (state == FETCH_FAILED) {
		*failure = *fetch_failure(p->fetches[0]);
		*failed = p->of[0];
		return PASS_FAILED;
	}
	if (state == FETCH_WAITING || p->in_flight >= IN_FLIGHT_MOST)
		return PASS_RUNNING;
	if (probes && is_doubtful(p, env) && (proven = prove(p, env, failure)) <= 0)
		return proven < 0 ? PASS_FAILED : PASS_RUNNING;
	if (state == FETCH_READY || !p->batch)
		map(p, env);
	*busy = true;
	if (fetch_state(p->fetches[0]) == FETCH_DONE && post(p, env, failure) < 0) {
		*failed = p->of[0];
		return PASS_FAILED;
	}
	return PASS_RUNNING;
}

void pass_skip(struct pass *p, struct feed *feed)
{
	feed->wanted = false;
	if (p->of[0] == feed) {
		job_free(p->batch);
		p->batch = NULL;
	}
	for (size_t i = ARRAY_LEN(p->fetches); i-- > 0;)
		if (p->fetches[i] && p->of[i] == feed)
			drop_fetch(p, i);
}

int64_t pass_total(const struct pass *p)
{
	int64_t sum = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct feed *f = &p->feeds[i];
		if (!f->wanted || f->denied)
			continue;
		if (f->total < 0 && !f->finished)
			return -1;
		sum += f->total >= f->seen ? f->total : f->seen;
	}
	return sum;
}

void pass_landed(struct pass *p, const struct job *j)
{
	const struct ingest_result *x = &j->result;
	if (p->in_flight)
		p->in_flight--;
	feed_landed(&p->feeds[j->feed < p->count ? j->feed : 0],
		    x->inserted + x->updated + x->deleted + j->removed > 0);
}

void pass_forget(struct pass *p)
{
	p->probed_at = 0;
	for (size_t i = 0; i < p->count; i++)
		feed_forget(&p->feeds[i]);
}

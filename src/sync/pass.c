/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "sync/writer.h"

#define IN_FLIGHT_MOST 3
#define SLICE_RECORDS 500
#define SLICE_MS 10

void pass_init(struct pass *p, const struct connector *c)
{
	*p = (struct pass){.server_time = CLOCK_NONE};
	p->count = c->resources.count;
	p->feeds = xcalloc(p->count, sizeof *p->feeds);
	for (size_t i = 0; i < p->count; i++)
		p->feeds[i].spec = connector_resource(c, i);
}

void pass_free(struct pass *p)
{
	pass_abort(p);
	for (size_t i = 0; i < p->count; i++) {
		free(p->feeds[i].cursor);
		position_free(&p->feeds[i].at);
	}
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
	p->fetches[1] = NULL;
	p->of[1] = NULL;
	p->noted[1] = false;
}

void pass_abort(struct pass *p)
{
	while (p->fetches[0])
		drop_fetch(p, 0);
	job_free(p->batch);
	p->batch = NULL;
	p->running = false;
}

static bool is_snapshot(const struct feed *f)
{
	return f->spec->changes == CHANGES_SNAPSHOT || f->renew;
}

static void begin_feed(struct feed *f)
{
	position_free(&f->at);
	if (f->spec->changes == CHANGES_CURSOR && f->cursor && !f->renew)
		f->at.cursor = xstrdup(f->cursor);
	f->wanted = true;
	f->started = f->busy = f->finished = f->opened = false;
	f->seen = 0;
	f->total = -1;
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
		begin_feed(f);
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
		*failed = ready == AUTH_FAILED ? NULL : f;
		if (ready == AUTH_FAILED ||
		    !(p->fetches[i] = fetch_new(env->site, f->spec, &f->at, failure)))
			return -1;
		p->of[i] = f;
		f->started = f->busy = true;
	}
	return 0;
}

/* A page has come whole: the next one of its feed can be asked for. */
static void note_page(struct pass *p, struct feed *f, const struct page_facts *facts)
{
	f->busy = false;
	f->finished = !facts->more;
	position_copy(&f->at, &facts->next);
	if (facts->total >= 0 && f->seen == 0 && (!f->cursor || is_snapshot(f)))
		f->total = facts->total;
	f->seen += (int64_t)facts->items;
	p->records += (int64_t)facts->items;
	p->many |= facts->more;
	if (facts->server_time != CLOCK_NONE) {
		p->server_time = facts->server_time;
		p->heard_at = clock_now();
	}
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

static void add_cursor(struct feed *f, struct job *j, const char *cursor)
{
	if (f->cursor && strcmp(f->cursor, cursor) == 0)
		return;
	free(f->cursor);
	f->cursor = xstrdup(cursor);
	job_add_cursor(j, f->spec->name, cursor);
}

/* Puts the feed's standing into the batch of its page.  A snapshot's cursor is good only when
 * all of it is in. */
static void seal(struct feed *f, struct job *j, const struct page_facts *facts)
{
	bool snapshot = is_snapshot(f) && f->spec->kind;
	j->received = (int64_t)facts->items;
	if (snapshot && !f->opened)
		j->snapshot |= SNAPSHOT_OPEN;
	f->opened = true;
	if (snapshot && !facts->more)
		j->snapshot |= SNAPSHOT_CLOSE;
	j->kind = f->spec->kind;
	j->seen = f->seen;
	j->guard = f->spec->guard;
	if (f->spec->changes == CHANGES_CURSOR && facts->next.cursor &&
	    (!snapshot || !facts->more))
		add_cursor(f, j, facts->next.cursor);
	if (!facts->more)
		f->renew = false;
}

/* The first page is mapped: its batch goes to the writer. */
static void post(struct pass *p, const struct pass_env *env)
{
	struct feed *f = p->of[0];
	struct job *j = p->batch;
	seal(f, j, fetch_facts(p->fetches[0]));
	if (f->finished)
		f->due = clock_monotonic() +
			 (f->spec->interval > env->rest ? f->spec->interval : env->rest);
	p->batch = NULL;
	drop_fetch(p, 0);
	if (j->haul.count || j->haul.reject_count || j->cursor_count || j->snapshot) {
		p->in_flight++;
		writer_post(env->writer, j);
	} else {
		job_free(j);
	}
}

static void map(struct pass *p, const struct pass_env *env)
{
	if (!p->batch) {
		p->batch = job_new(JOB_BATCH, env->owner, env->source);
		p->batch->epoch = env->epoch;
	}
	struct mapping how = {p->batch->source, p->of[0]->spec->kind, p->of[0]->spec->map,
			      p->of[0]->spec->key};
	fetch_map(p->fetches[0], env->mapper, &how, &p->batch->haul, SLICE_RECORDS,
		  clock_monotonic() + SLICE_MS);
}

enum pass_state pass_turn(struct pass *p, const struct pass_env *env, struct failure *failure,
			  struct feed **failed, bool *busy)
{
	*failed = NULL;
	note_pages(p);
	if (start_fetches(p, env, failure, failed) < 0)
		return PASS_FAILED;
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
	if (state == FETCH_READY || !p->batch)
		map(p, env);
	*busy = true;
	if (fetch_state(p->fetches[0]) == FETCH_DONE)
		post(p, env);
	return PASS_RUNNING;
}

void pass_skip(struct pass *p, struct feed *feed)
{
	feed->wanted = false;
	for (size_t i = ARRAY_LEN(p->fetches); i-- > 0;)
		if (p->fetches[i] && p->of[i] == feed)
			drop_fetch(p, i);
	job_free(p->batch);
	p->batch = NULL;
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

void pass_landed(struct pass *p)
{
	if (p->in_flight)
		p->in_flight--;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/pass.h"

#include <stdlib.h>
#include <string.h>

#include "api/lookups.h"
#include "api/paging.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "store/row_writer.h"
#include "sync/writer.h"

#define IN_FLIGHT_MOST 3
#define SLICE_RECORDS 500
#define SLICE_MS 10
#define PATIENCE 2

void pass_init(struct pass *p, const struct connector *c, const char *base_url)
{
	*p = (struct pass){.server_time = CLOCK_NONE, .base_url = base_url};
	p->count = c->resources.count;
	p->feeds = xcalloc(p->count, sizeof *p->feeds);
	for (size_t i = 0; i < p->count; i++) {
		p->feeds[i].spec = connector_resource(c, i);
		p->feeds[i].patience = PATIENCE;
		p->feeds[i].folder.marks = (struct strbuf)STRBUF_INIT;
	}
}

void pass_free(struct pass *p)
{
	pass_abort(p);
	pass_forget(p);
	for (size_t i = 0; i < p->count; i++) {
		free(p->feeds[i].cursor);
		id_set_free(&p->feeds[i].ids);
		id_set_free(&p->feeds[i].said);
		folder_free(&p->feeds[i].folder);
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

static bool is_snapshot(const struct feed *f)
{
	return f->spec->changes == CHANGES_SNAPSHOT || f->renew ||
	       (feed_has_mark(f->spec) && plan_is_complete(&f->plan));
}

/* Where items have numbers they change them while others come and go. */
static bool is_numbered(const struct feed *f)
{
	return f->spec->paging == PAGING_PAGE || f->spec->paging == PAGING_OFFSET;
}

static char *copy_of(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* Asks for the range from its first page on. */
static void begin_range(struct feed *f)
{
	position_free(&f->at);
	if (f->spec->changes == CHANGES_CURSOR && !f->renew)
		f->at.cursor = copy_of(f->cursor);
	if (feed_has_mark(f->spec)) {
		f->at.since = plan_since(&f->plan);
		f->at.until = plan_until(&f->plan);
	}
	f->at.etag = copy_of(f->etag);
	f->at.modified = copy_of(f->modified);
	id_set_free(&f->ids);
	id_set_free(&f->said);
	f->moved = f->descends = false;
	f->items = 0;
	f->first_total = -1;
	f->newest = f->asked_at = CLOCK_NONE;
}

static int64_t server_now(const struct pass *p)
{
	return p->server_time == CLOCK_NONE
		       ? clock_now()
		       : p->server_time + clock_monotonic() - p->heard_mono;
}

/* Quiet feeds are asked less and less often, until something happens. */
static void set_pace(struct feed *f)
{
	const struct poll_spec *s = &f->spec->poll;
	if (!s->most)
		f->pace = f->spec->interval;
	else if (f->changed || !f->pace)
		f->pace = f->changed ? s->least : f->spec->interval;
	else
		f->pace += f->pace / 2;
	if (s->most && f->pace > s->most)
		f->pace = s->most;
	if (s->most && f->pace < s->least)
		f->pace = s->least;
}

/* When it is asked next; a file that is being written is looked at sooner. */
static void set_due(struct feed *f, int64_t rest)
{
	set_pace(f);
	int64_t wait = f->pace > rest ? f->pace : rest;
	if (f->folder.waits && f->spec->files.settle < wait)
		wait = f->spec->files.settle + 1;
	f->due = clock_monotonic() + wait;
}

/* Without a new file there is nothing to ask for. */
static void look_for_files(const struct pass *p, struct feed *f)
{
	folder_look_for(&f->folder, p->base_url, &f->spec->files, f->cursor,
			f->spec->changes == CHANGES_SNAPSHOT);
	f->at.folder = &f->folder;
	if (f->folder.count || f->folder.error)
		return;
	f->started = f->finished = true;
	set_due(f, 0);
}

static void begin_feed(const struct pass *p, struct feed *f)
{
	struct mark mark;
	mark_read(&mark, f->cursor);
	if (feed_has_mark(f->spec))
		plan_begin(&f->plan, f->spec, &mark, server_now(p), clock_now(), f->renew);
	f->wanted = true;
	f->started = f->busy = f->finished = f->opened = f->changed = false;
	f->seen = f->tries = 0;
	f->total = -1;
	begin_range(f);
	if (f->spec->files.pattern)
		look_for_files(p, f);
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
		begin_feed(p, f);
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
	f->busy = !facts->more;
	position_copy(&f->at, &facts->next);
	if (facts->total >= 0 && f->seen == 0 && (!f->cursor || is_snapshot(f)))
		f->total = facts->total;
	if (facts->total >= 0 && f->items == 0)
		f->first_total = facts->total;
	f->moved |= facts->total >= 0 && facts->total < f->first_total;
	f->seen += (int64_t)facts->items;
	f->items += (int64_t)facts->items;
	p->records += (int64_t)facts->items;
	p->many |= facts->more;
	if (facts->server_time == CLOCK_NONE)
		return;
	p->server_time = facts->server_time;
	p->heard_at = clock_now();
	p->heard_mono = clock_monotonic();
	if (f->asked_at == CLOCK_NONE)
		f->asked_at = facts->server_time;
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

/* A record that comes twice and says something else has moved to a later page, and another one
 * to an earlier, unseen.  One that says the same was pushed on by a new one: that is harmless.
 */
static void note_ids(struct feed *f, const struct haul *h)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct record *r = h->records[i];
		uint64_t id = paging_hash(r->id, strlen(r->id)) + kind_index(r->kind);
		bool known = !id_set_add(&f->ids, id);
		bool same = !id_set_add(&f->said, id ^ (uint64_t)row_hash(r));
		f->moved |= known && !same;
	}
}

/* What changed while several pages were read may have slipped from one that was not yet read to
 * one that was.  Without a clock of the server only that is certain which was there before:
 * what the first page had, or the pass before this one. */
static int64_t certain_newest(const struct feed *f, bool several)
{
	bool told = f->asked_at != CLOCK_NONE && f->spec->changes != CHANGES_SEQUENCE;
	int64_t certain = f->plan.mark.back > f->first_newest ? f->plan.mark.back
							      : f->first_newest;
	if (told || !several || (!is_numbered(f) && !f->descends))
		return f->newest;
	return certain < f->newest ? certain : f->newest;
}

/* After the last page of a range.  1: the pass over this feed is over; 0: it goes on with
 * another range, or this one again; -1 with the failure. */
static int decide(struct feed *f, bool unchanged, bool several, struct failure *failure)
{
	if (f->moved && is_numbered(f) && feed_has_mark(f->spec) && f->tries < f->patience) {
		f->tries++;
		f->seen -= f->items;
		f->opened = false;
		begin_range(f);
		return 0;
	}
	if (is_numbered(f)) /* a server whose pages are never at rest is not asked thrice */
		f->patience = f->moved ? 0 : PATIENCE;
	if (!feed_has_mark(f->spec) || unchanged)
		return 1;
	int more = plan_done(&f->plan, f->items, certain_newest(f, several), f->asked_at,
			     clock_now());
	if (f->spec->changes != CHANGES_WINDOW && f->newest > f->plan.mark.back)
		f->plan.mark.back = f->newest;
	if (more < 0)
		return failure_set(failure, ERR_LIMIT,
				   N_("more records at one time than the server gives at most"),
				   f->spec->name);
	if (more)
		begin_range(f);
	return !more;
}

/* A list is known to be whole where it came in one page, or has as many as the server says;
 * others may have lost a record to another page. */
static int64_t misses_of(const struct feed *f, bool one_page)
{
	bool whole = one_page || f->folder.count ||
		     (f->first_total >= 0 && f->items == f->first_total && !f->moved);
	if (f->spec->delta.misses)
		return f->spec->delta.misses;
	return whole ? 1 : 2;
}

static void seal_mark(struct feed *f, struct job *j, bool over)
{
	char text[MARK_TEXT];
	if (!over && f->spec->changes != CHANGES_WINDOW)
		return;
	mark_write(&f->plan.mark, text);
	if (f->plan.mark.top != CLOCK_NONE)
		add_cursor(f, j, text);
}

/* Puts the feed's standing into the batch of its page.  A snapshot's cursor is good only when
 * all of it is in. */
static void seal(struct feed *f, struct job *j, const struct page_facts *facts, bool over)
{
	bool snapshot = is_snapshot(f) && f->spec->kind && !facts->unchanged;
	j->received = (int64_t)facts->items;
	if (snapshot && !f->opened)
		j->snapshot |= SNAPSHOT_OPEN;
	f->opened = true;
	if (snapshot && over)
		j->snapshot |= SNAPSHOT_CLOSE;
	j->kind = f->spec->kind;
	j->seen = f->seen;
	j->guard = f->spec->guard;
	j->misses = misses_of(f, facts->next.page <= 1);
	if (f->spec->changes == CHANGES_CURSOR && facts->next.cursor && (!snapshot || over))
		add_cursor(f, j, facts->next.cursor);
	else if (feed_has_mark(f->spec) && !facts->more)
		seal_mark(f, j, over);
	else if (f->spec->files.pattern && over)
		add_cursor(f, j, f->folder.marks.s);
	if (over)
		f->renew = false;
}

static void keep_validators(struct feed *f, const struct page_facts *facts)
{
	if (facts->unchanged)
		return;
	free(f->etag);
	free(f->modified);
	f->etag = copy_of(facts->next.etag);
	f->modified = copy_of(facts->next.modified);
}

static void finish_feed(struct feed *f, const struct page_facts *facts, int64_t rest)
{
	f->finished = true;
	id_set_free(&f->ids);
	id_set_free(&f->said);
	keep_validators(f, facts);
	set_due(f, rest);
}

static void note_newest(struct feed *f, const struct page_facts *facts)
{
	bool first = facts->next.page <= 1;
	if (first)
		f->first_newest = facts->newest;
	f->descends |= facts->descends ||
		       (!first && facts->oldest != CLOCK_NONE && facts->oldest < f->newest);
	if (facts->newest > f->newest)
		f->newest = facts->newest;
}

/* What its details taught goes with the records that came of them. */
static void add_known(struct feed *f, struct job *j)
{
	struct detail_memory *m = &f->memory;
	for (size_t i = 0; i < m->fresh_count; i++)
		job_add_known(j, f->spec->name, m->fresh[i].hash, m->fresh[i].records);
	detail_taken(m);
}

/* The first page is mapped: its batch goes to the writer. */
static int post(struct pass *p, const struct pass_env *env, struct failure *failure)
{
	struct feed *f = p->of[0];
	struct job *j = p->batch;
	const struct page_facts *facts = fetch_facts(p->fetches[0]);
	int over = 0;
	if (is_numbered(f) && feed_has_mark(f->spec) && (facts->more || f->ids.count))
		note_ids(f, &j->haul);
	note_newest(f, facts);
	bool restart = false;
	if (!facts->more) {
		int tries = f->tries;
		over = decide(f, facts->unchanged, facts->next.page > 1, failure);
		if (over < 0)
			return -1;
		restart = f->tries != tries;
		f->busy = false;
	}
	if (restart) {
		j->received = (int64_t)facts->items;
		j->kind = f->spec->kind;
	} else {
		seal(f, j, facts, over);
	}
	j->feed = (size_t)(f - p->feeds);
	if (over)
		finish_feed(f, facts, env->rest);
	p->batch = NULL;
	drop_fetch(p, 0);
	add_known(f, j);
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
	bool goes_on = f->cursor && !is_snapshot(f);
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
	struct feed *f = &p->feeds[j->feed < p->count ? j->feed : 0];
	if (p->in_flight)
		p->in_flight--;
	if (x->inserted + x->updated + x->deleted + j->removed == 0 || !f->spec->poll.most)
		return;
	int64_t soon = clock_monotonic() + f->spec->poll.least;
	f->changed = true;
	f->pace = f->spec->poll.least;
	if (f->due > soon)
		f->due = soon;
}

void pass_forget(struct pass *p)
{
	p->probed_at = 0;
	for (size_t i = 0; i < p->count; i++) {
		struct feed *f = &p->feeds[i];
		free(f->etag);
		free(f->modified);
		f->etag = f->modified = NULL;
		detail_forget(&f->memory);
	}
}

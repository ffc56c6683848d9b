/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream of a source, from opening to its end.  A stream alone is never trusted: each
 * opening asks for a pass over the feeds. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "sync/runner_parts.h"

#define STREAM_RECORDS 500
#define STREAM_MS 10
#define STREAM_BRIEF_MOST 5
#define GONE_MOST 10000
#define STREAM_PROVEN (2 * SECOND) /* a stream that lived as long was no failure */

static void forget_gone(struct runner *r)
{
	for (size_t i = 0; i < r->gone_count; i++)
		free(r->gone[i].id);
	r->gone_count = 0;
}

static size_t gone_at(const struct runner *r, const struct record *x)
{
	size_t i = 0;
	while (i < r->gone_count &&
	       (r->gone[i].kind != x->kind ||
		/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): the freed one is out of reach */
		strcmp(r->gone[i].id, x->id) != 0))
		i++;
	return i;
}

/* A page that was asked for before a record was removed may come after it; where there are no
 * versions nothing else tells which was first. */
void runner_note_gone(struct runner *r, const struct haul *h)
{
	for (size_t i = 0; i < h->count && r->pass.running; i++) {
		const struct record *x = h->records[i];
		size_t at = gone_at(r, x);
		if (x->deleted && !x->version && at == r->gone_count && at < GONE_MOST)
			ARRAY_PUSH(r->gone, r->gone_count,
				   r->gone_cap) = (struct refetch){x->kind, xstrdup(x->id)};
		if (x->deleted || at == r->gone_count)
			continue;
		free(r->gone[at].id);
		if (at < --r->gone_count)
			r->gone[at] = r->gone[r->gone_count];
	}
}

void runner_remove_again(struct runner *r)
{
	if (!r->gone_count)
		return;
	struct job *j = job_new(JOB_BATCH, r->id, r->source->name);
	j->epoch = r->epoch;
	j->streamed = true;
	for (size_t i = 0; i < r->gone_count; i++) {
		struct record *x = record_new(&j->haul.arena, r->gone[i].kind);
		x->source = j->source;
		x->id = arena_strdup(&j->haul.arena, r->gone[i].id);
		x->deleted = true;
		ARRAY_PUSH(j->haul.records, j->haul.count, j->haul.cap) = x;
	}
	forget_gone(r);
	r->stream_in_flight++;
	writer_post(r->env->writer, j);
}

/* From here on there is a gap until another pass. */
void runner_close_stream(struct runner *r)
{
	forget_gone(r);
	runner_refetch_stop(r);
	live_free(r->live);
	r->live = NULL;
	r->stream_open = r->pass_after_open = false;
	for (size_t i = 0; i < r->pass.count; i++)
		r->pass.feeds[i].followed = false;
}

bool runner_wants_stream(const struct runner *r)
{
	return r->connector->has_stream && !r->env->once && !r->stream_refused;
}

static uint32_t stream_kinds(const struct runner *r)
{
	uint32_t kinds_wanted = 0;
	for (size_t i = 0; i < r->pass.count; i++) {
		const struct feed *f = &r->pass.feeds[i];
		if (!f->denied && f->spec->kind)
			kinds_wanted |= UINT32_C(1) << kind_index(f->spec->kind);
	}
	return kinds_wanted;
}

/* Where the last stream was, or else where the feeds are. */
static const char *resume_at(const struct runner *r)
{
	if (r->stream_cursor || !r->connector->stream.cursor)
		return r->stream_cursor;
	for (size_t i = 0; i < r->pass.count; i++)
		if (r->pass.feeds[i].spec->changes == CHANGES_CURSOR)
			return r->pass.feeds[i].cursor;
	return NULL;
}

static void keep_cursor(struct runner *r, const char *id)
{
	char *copy = id ? xstrdup(id) : NULL;
	free(r->stream_cursor);
	r->stream_cursor = copy;
}

static void open_stream(struct runner *r)
{
	struct failure f;
	enum auth_state ready = auth_prepare(r->site.auth, &f);
	if (ready == AUTH_WORKING)
		return;
	r->stream_asked = stream_kinds(r);
	r->stream_waits = false;
	if (ready == AUTH_READY)
		r->live = live_new(&r->site, r->stream_asked, resume_at(r), &f);
	if (!r->live)
		runner_fail(r, &f);
}

/* Some of the kinds may be denied to us: then the feeds tell which. */
static void stream_denied(struct runner *r, const struct failure *f)
{
	bool forbidden = f->meant == 403;
	r->stream_waits = forbidden && r->pass.running;
	if (r->stream_waits || (forbidden && stream_kinds(r) != r->stream_asked))
		return;
	runner_log_failure(r, f);
	r->stream_refused = r->again = true; /* polling will do */
}

/* Servers may end a stream whenever they like; that is no failure. */
static void stream_ended(struct runner *r)
{
	struct failure f = *live_failure(r->live);
	int64_t now = clock_monotonic(), retry = live_retry(r->live);
	bool lived = r->stream_open &&
		     (now - r->stream_opened >= STREAM_PROVEN || live_taken(r->live));
	bool brief = live_has_ended(r->live) && r->stream_open && !lived;
	bool clean = live_has_ended(r->live);
	runner_close_stream(r);
	r->stream_brief = brief ? r->stream_brief + 1 : 0;
	if (f.refused && runner_renew(r, &f))
		return;
	if (f.refused && f.meant != 403) {
		runner_fail(r, &f);
	} else if (f.meant == 403 || f.meant == 404 || f.meant == 405 || f.meant == 406 ||
		   f.meant == 501) {
		stream_denied(r, &f);
	} else if (f.meant == 410 && r->stream_cursor) {
		keep_cursor(r, NULL); /* older than what the server remembers */
		r->stream_next = now;
		r->again = true;
	} else if (r->stream_brief >= STREAM_BRIEF_MOST) {
		runner_log_failure(r, &f);
		r->stream_refused = r->again = true; /* polling will do */
	} else if (brief) {
		r->stream_next = now + backoff_jitter(&r->backoff, 2 * SECOND);
	} else if (clean && lived) {
		r->stream_next = now +
				 (retry >= 0 ? retry : backoff_jitter(&r->backoff, SECOND));
	} else if (r->pass.running) {
		r->stream_next = now + backoff_jitter(&r->backoff, 2 * SECOND);
	} else {
		runner_fail(r, &f);
	}
}

static void post_events(struct runner *r)
{
	const char *id;
	struct job *j = job_new(JOB_BATCH, r->id, r->source->name);
	struct mapping how = {.source = j->source,
			      .map = r->connector->stream.map,
			      .connector = r->connector};
	j->epoch = r->epoch;
	j->streamed = true;
	live_map(r->live, r->env->mapper, &how, &j->haul, STREAM_RECORDS,
		 clock_monotonic() + STREAM_MS, &id, &j->server_time);
	j->received = (int64_t)(j->haul.count + j->haul.reject_count);
	runner_note_gone(r, &j->haul);
	if (id)
		keep_cursor(r, id);
	for (size_t i = 0; i < r->pass.count; i++) {
		struct feed *f = &r->pass.feeds[i];
		if (!id || !r->connector->stream.cursor || !f->followed ||
		    f->spec->changes != CHANGES_CURSOR)
			continue;
		free(f->cursor);
		f->cursor = xstrdup(id);
		job_add_cursor(j, f->spec->name, id);
	}
	r->stream_in_flight++;
	writer_post(r->env->writer, j);
}

void runner_stream_turn(struct runner *r)
{
	if (!r->live) {
		bool ready = !r->stream_waits || !r->pass.running;
		if (runner_wants_stream(r) && ready && clock_monotonic() >= r->stream_next)
			open_stream(r);
		return;
	}
	live_turn(r->live);
	if (live_was_open(r->live) && !r->stream_open) {
		r->stream_open = true;
		r->stream_opened = clock_monotonic();
		auth_accepted(r->site.auth);
		/* What changed before it opened is only in the feeds. */
		r->again = true;
	}
	if (live_take_resync(r->live)) {
		log_info("%s: the server asks for a resync", r->status.name);
		r->again = true;
	}
	if (live_has_events(r->live) && r->stream_in_flight == 0)
		post_events(r);
	struct refetch named;
	while (live_take_refetch(r->live, &named))
		runner_refetch_add(r, named);
	runner_refetch_turn(r);
	bool asks = r->refetch || r->named_count;
	if (live_state(r->live) == LIVE_FAILED && !live_has_events(r->live) && asks)
		return; /* what its last events named is still to come */
	if (live_state(r->live) == LIVE_FAILED && !live_has_events(r->live)) {
		stream_ended(r);
	} else if (r->stream_open && r->connector->stream.type != STREAM_POLL &&
		   clock_monotonic() - live_heard(r->live) > r->connector->stream.silence) {
		struct failure f;
		failure_set(&f, ERR_NET, N_("the stream has fallen silent"), NULL);
		runner_fail(r, &f);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stream and feeds overlap on purpose: a pass that begins after the stream has opened leaves
 * no gap, and what comes twice is told apart by its version. */
#include "sync/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/utf8.h"
#include "api/url.h"
#include "sync/opening.h"
#include "sync/runner_parts.h"

#define ONCE_TRIES 3
#define NEVER INT64_MAX

/* --- status --- */

static void tell(struct runner *r, bool urgent)
{
	r->news = true;
	r->urgent |= urgent;
}

static void set_state(struct runner *r, enum source_state s)
{
	if (r->status.state == s)
		return;
	log_info("%s: %s → %s", r->status.name, source_state_name(r->status.state),
		 source_state_name(s));
	r->status.state = s;
	tell(r, true);
}

void runner_log_failure(const struct runner *r, const struct failure *f)
{
	char english[sizeof r->status.error];
	failure_text(f, false, english, sizeof english);
	log_warn("%s: %s: %s", r->status.name, err_code_name(f->code), english);
}

static void note_error(struct runner *r, const struct failure *f)
{
	runner_log_failure(r, f);
	failure_text(f, true, r->status.error, sizeof r->status.error);
	r->status.error_at = clock_now();
	tell(r, true);
}

/* Heard from the server while everything is in: our copy is current now. */
static void note_current(struct runner *r)
{
	r->status.last_ok = clock_now();
	if (r->status.error[0]) {
		r->status.error[0] = '\0';
		tell(r, true);
	}
	tell(r, false);
}

/* --- falling and getting up --- */

static void stop(struct runner *r)
{
	pass_abort(&r->pass);
	pass_forget(&r->pass);
	runner_close_stream(r);
	r->caught_up = false;
}

static void wait_for(struct runner *r, int64_t ms, enum source_state state)
{
	r->phase = PHASE_WAITING;
	r->next_try = clock_monotonic() + ms;
	r->status.next_try = clock_now() + ms;
	r->status.rate = 0;
	set_state(r, state);
	tell(r, true);
	log_info("%s: next try in %lld ms", r->status.name, (long long)ms);
}

static void load(struct runner *r)
{
	struct job *j = job_new(JOB_LOAD, r->id, r->source->name);
	for (size_t i = 0; i < r->pass.count; i++)
		job_add_cursor(j, r->pass.feeds[i].spec->name, NULL);
	r->phase = PHASE_LOADING;
	writer_post(r->env->writer, j);
}

void runner_fail(struct runner *r, const struct failure *f)
{
	const struct retry_spec *retry = &r->connector->retry;
	stop(r);
	note_error(r, f);
	int64_t wait = backoff_failed(&r->backoff, retry, f->retry_after);
	bool final = retry->on.count && f->status >= 400 && !retry_may_pass(retry, f->status);
	bool hopeless = f->code == ERR_AUTH || f->code == ERR_PERMISSION ||
			f->code == ERR_USAGE || final;
	if (r->env->once && (hopeless || r->backoff.failures >= ONCE_TRIES)) {
		r->phase = PHASE_DONE;
		set_state(r, hopeless ? SOURCE_REFUSED : SOURCE_RETRYING);
	} else if (hopeless) {
		auth_again(r->site.auth);
		wait_for(r, backoff_jitter(&r->backoff, retry->pause), SOURCE_REFUSED);
	} else {
		auth_again(r->site.auth);
		wait_for(r, wait,
			 f->code == ERR_CORRUPT                ? SOURCE_SUSPECT
			 : backoff_is_open(&r->backoff, retry) ? SOURCE_DOWN
							       : SOURCE_RETRYING);
	}
}

bool runner_renew(struct runner *r, const struct failure *f)
{
	if (!auth_refused(r->site.auth, f->proof))
		return false;
	log_info("%s: the token is no longer good, getting another", r->status.name);
	stop(r);
	load(r);
	return true;
}

/* --- passes --- */

static void begin_pass(struct runner *r, bool all)
{
	int64_t now = clock_monotonic();
	r->again = false;
	r->pass_after_open = r->stream_open;
	r->fill_started = now;
	pass_begin(&r->pass, all, now);
}

static void pass_finished(struct runner *r)
{
	if (r->pass_after_open && r->stream_open)
		for (size_t i = 0; i < r->pass.count; i++)
			r->pass.feeds[i].followed |= r->pass.feeds[i].wanted;
	runner_remove_again(r);
	backoff_succeeded(&r->backoff);
	r->caught_up = true;
	r->status.next_try = CLOCK_NONE;
	r->status.rate = 0;
	r->succeeded = true;
	note_current(r);
	if (r->env->once) {
		r->phase = PHASE_DONE;
		r->tally.took_ms = clock_monotonic() - r->started;
	}
	/* A stream that is still to open makes one more pass. */
	if (!r->again)
		set_state(r, SOURCE_LIVE);
}

/* A token may be good for some kinds only; the source has no others then. */
static void deny(struct runner *r, struct feed *feed)
{
	feed->denied = true;
	pass_skip(&r->pass, feed);
	if (feed->spec->kind)
		r->status.kinds &= ~(UINT32_C(1) << kind_index(feed->spec->kind));
	tell(r, true);
}

static bool all_denied(const struct runner *r)
{
	for (size_t i = 0; i < r->pass.count; i++)
		if (!r->pass.feeds[i].denied)
			return false;
	return true;
}

static void pass_failed(struct runner *r, const struct failure *f, struct feed *feed)
{
	if (f->refused && runner_renew(r, f))
		return;
	if (f->meant == 410 && feed && feed->spec->changes == CHANGES_CURSOR && !feed->renew) {
		log_info("%s: %s: the cursor is too old, taking everything anew",
			 r->status.name, feed->spec->name);
		pass_abort(&r->pass);
		feed->renew = true;
		r->again = true;
	} else if (f->meant == 403 && feed) {
		runner_log_failure(r, f);
		deny(r, feed);
		if (all_denied(r))
			runner_fail(r, f);
	} else {
		runner_fail(r, f);
	}
}

static void note_progress(struct runner *r)
{
	int64_t took = clock_monotonic() - r->fill_started;
	struct source_status *s = &r->status;
	if (r->pass.many && !r->caught_up)
		set_state(r, SOURCE_FILLING);
	if (s->state != SOURCE_FILLING)
		return;
	s->records = r->pass.records;
	s->total = pass_total(&r->pass);
	s->rate = took > 0 ? r->pass.records * SECOND / took : 0;
	tell(r, false);
}

static bool is_due(const struct runner *r, int64_t now)
{
	for (size_t i = 0; i < r->pass.count; i++)
		if (!r->pass.feeds[i].denied && now >= r->pass.feeds[i].due)
			return true;
	return false;
}

static bool pass_work(struct runner *r)
{
	if (!r->pass.running) {
		if (r->again)
			begin_pass(r, true);
		else if (is_due(r, clock_monotonic()))
			begin_pass(r, false);
		if (!r->pass.running)
			return false;
	}
	struct failure f = FAILURE_NONE;
	struct feed *failed;
	bool busy = false;
	struct pass_env env = {&r->site,       r->env->mapper,
			       r->env->writer, r->source->name,
			       r->id,          r->epoch,
			       r->lookups,     r->stream_open ? r->connector->recheck : 0};
	int64_t before = r->pass.records;
	switch (pass_turn(&r->pass, &env, &f, &failed, &busy)) {
	case PASS_RUNNING:
		break;
	case PASS_FINISHED:
		pass_finished(r);
		return r->again;
	case PASS_FAILED:
		pass_failed(r, &f, failed);
		return true;
	}
	if (r->pass.records != before)
		note_progress(r);
	return busy;
}

/* --- turns --- */

static void run(struct runner *r)
{
	r->phase = PHASE_RUNNING;
	r->again = true;
	r->stream_refused = r->stream_waits = false;
	r->stream_next = 0;
	r->status.kinds = connector_kinds(r->connector);
	for (size_t i = 0; i < r->pass.count; i++)
		r->pass.feeds[i].denied = false;
}

/* ms until it may be asked again; 0: now. */
static int64_t resting(const struct runner *r)
{
	const char *hours = r->source->hours ? r->source->hours : r->connector->limits.hours;
	return hours ? opening_wait(r->env->calendar, hours, clock_now()) : 0;
}

/* Outside its hours a source is left alone; returns whether it is. */
static bool rest(struct runner *r)
{
	int64_t wait = resting(r);
	if (!wait)
		return false;
	if (r->phase == PHASE_RUNNING)
		stop(r);
	wait_for(r, wait, SOURCE_RESTING);
	if (r->env->once) {
		r->phase = PHASE_DONE;
		r->succeeded = true;
	}
	return true;
}

/* LIVE and LATE differ by the clock alone. */
static void judge_age(struct runner *r)
{
	int64_t age = source_age(&r->status, clock_now());
	bool late = age > r->status.stale_after;
	if (r->status.state == SOURCE_LIVE && late)
		set_state(r, SOURCE_LATE);
	else if (r->status.state == SOURCE_LATE && !late)
		set_state(r, SOURCE_LIVE);
}

bool runner_turn(struct runner *r)
{
	bool due = r->phase == PHASE_WAITING && clock_monotonic() >= r->next_try;
	if ((due || r->phase == PHASE_RUNNING) && rest(r))
		return false;
	if (due) {
		r->status.next_try = CLOCK_NONE;
		load(r);
	}
	if (r->phase != PHASE_RUNNING)
		return false;
	int64_t heard = r->live ? live_heard(r->live) : 0;
	bool busy = pass_work(r);
	if (r->phase == PHASE_RUNNING)
		runner_stream_turn(r);
	if (r->live && r->caught_up && r->stream_open && heard != r->heard) {
		r->heard = heard;
		note_current(r);
	}
	judge_age(r);
	return busy;
}

static void take_oddities(struct runner *r, const struct job *j)
{
	r->status.quarantined = j->quarantined;
	r->status.unknown = j->unknown;
	utf8_copy(r->status.unknown_words, sizeof r->status.unknown_words, j->unknown_words);
}

static void know(struct runner *r, const struct job_known *k)
{
	for (size_t i = 0; i < r->pass.count; i++) {
		struct feed *f = &r->pass.feeds[i];
		if (f->spec->has_detail && strcmp(f->spec->name, k->feed) == 0)
			detail_know(&f->memory, k->hash, k->records);
	}
}

static void loaded(struct runner *r, const struct job *j)
{
	for (size_t i = 0; i < r->pass.count && i < j->cursor_count; i++) {
		struct feed *f = &r->pass.feeds[i];
		const char *cursor = j->cursors[i].cursor;
		free(f->cursor);
		f->cursor = cursor ? xstrdup(cursor) : NULL;
	}
	for (size_t i = 0; i < j->known_count; i++)
		know(r, &j->known[i]);
	take_oddities(r, j);
	if (r->status.last_ok == CLOCK_NONE) {
		r->status.last_ok = j->status.last_ok;
		r->status.last_change = j->status.last_change;
	}
	run(r);
}

static void count_batch(struct runner *r, const struct job *j)
{
	const struct ingest_result *x = &j->result;
	int64_t changed = x->inserted + x->updated + x->deleted;
	r->tally.received += j->received;
	r->tally.changed += changed;
	r->tally.removed += j->removed;
	r->tally.rejected += (int64_t)j->haul.reject_count;
	if (changed)
		r->status.last_change = clock_now();
	if (r->pass.server_time != CLOCK_NONE)
		r->status.skew_ms = r->pass.server_time - r->pass.heard_at;
	if (j->streamed && j->server_time != CLOCK_NONE)
		r->status.lag_ms = clock_now() + r->status.skew_ms - j->server_time;
	if (r->status.quarantined != j->quarantined) {
		log_warn("%s: %lld records set aside", r->status.name,
			 (long long)j->quarantined);
	}
	if (r->status.unknown < j->unknown)
		log_warn("%s: values that no map knows: %s", r->status.name, j->unknown_words);
	take_oddities(r, j);
	tell(r, false);
}

static void shrunk(struct runner *r, const struct job *j)
{
	struct failure f;
	failure_set(&f, ERR_CORRUPT,
		    N_("the list has shrunk beyond belief; what was known is kept"),
		    j->err.text);
	runner_fail(r, &f);
}

static void cache_failed(struct runner *r, const struct job *j)
{
	struct failure f;
	failure_set(&f, ERR_IO, N_("the cache can't be written"), j->err.text);
	runner_fail(r, &f);
}

static void landed(struct runner *r, const struct job *j)
{
	if (j->streamed)
		r->stream_in_flight--;
	else
		pass_landed(&r->pass, j);
	if (!j->err.code) {
		count_batch(r, j);
		if (j->missed) {
			/* the cache lacks what a part was to be laid over */
			pass_forget(&r->pass);
			r->again = true;
		}
	} else if (j->err.code != ERR_CANCELLED && j->epoch == r->epoch) {
		r->epoch++;
		if (j->unbelievable)
			shrunk(r, j);
		else
			cache_failed(r, j);
	}
}

void runner_result(struct runner *r, const struct job *j)
{
	if (j->type == JOB_BATCH)
		landed(r, j);
	else if (j->type == JOB_LOAD && r->phase == PHASE_LOADING && j->err.code)
		cache_failed(r, j);
	else if (j->type == JOB_LOAD && r->phase == PHASE_LOADING)
		loaded(r, j);
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int runner_fd(const struct runner *r)
{
	return r->site.auth ? auth_fd(r->site.auth) : -1;
}

int64_t runner_wake(const struct runner *r)
{
	int64_t now = clock_monotonic(), wake = NEVER;
	if (r->phase == PHASE_WAITING)
		return r->next_try;
	if (r->phase != PHASE_RUNNING)
		return NEVER;
	if (runner_fd(r) >= 0)
		wake = now + SECOND;
	if (r->source->hours || r->connector->limits.hours)
		wake = sooner(wake, now + MINUTE);
	for (size_t i = 0; i < r->pass.count && !r->pass.running; i++)
		if (!r->pass.feeds[i].denied)
			wake = sooner(wake, r->pass.feeds[i].due);
	if (r->live)
		wake = sooner(wake, live_wake(r->live));
	if (r->live && r->stream_open)
		wake = sooner(wake, live_heard(r->live) + r->connector->stream.silence + 1);
	if (!r->live && runner_wants_stream(r) && !(r->stream_waits && r->pass.running))
		wake = sooner(wake, r->stream_next);
	if (r->status.state == SOURCE_LIVE && r->status.last_ok != CLOCK_NONE)
		wake = sooner(wake, now + r->status.stale_after + 1 -
					    source_age(&r->status, clock_now()));
	return wake;
}

void runner_pull(struct runner *r)
{
	if (r->phase == PHASE_WAITING)
		r->next_try = 0;
	else if (r->phase == PHASE_RUNNING)
		r->again = true;
}

/* --- life --- */

static void note_offers(struct runner *r)
{
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
			if (!runner_offers(r, kinds[i], a->id))
				source_withhold(&r->status, kinds[i], a);
}

static void describe(struct runner *r, const char *why)
{
	struct source_status *s = &r->status;
	const struct config_source *c = r->source;
	*s = (struct source_status){.state = SOURCE_OFF,
				    .last_ok = CLOCK_NONE,
				    .last_change = CLOCK_NONE,
				    .next_try = CLOCK_NONE,
				    .total = -1,
				    .lag_ms = -1,
				    .error_at = CLOCK_NONE};
	utf8_copy(s->name, sizeof s->name, c->name);
	utf8_copy(s->title, sizeof s->title, c->title);
	utf8_copy(s->connector, sizeof s->connector, c->connector);
	utf8_copy(s->error, sizeof s->error, why ? why : "");
	if (why) {
		s->state = SOURCE_REFUSED;
		s->error_at = clock_now();
	}
	if (r->connector) {
		s->kinds = connector_kinds(r->connector);
		s->stale_after = r->connector->stale_after;
		note_offers(r);
	}
}

/* Keeps what people want to see of an exchange. */
static void note_request(void *watcher, const char *method, const char *url,
			 const struct http_result *result)
{
	struct runner *r = watcher;
	struct source_request note = {.at = clock_now(),
				      .took_ms = result->took_ms,
				      .bytes = result->bytes,
				      .status = result->status};
	struct strbuf path = STRBUF_INIT;
	url_path(url, &path);
	utf8_copy(note.method, sizeof note.method, method);
	utf8_copy(note.path, sizeof note.path, path.s);
	strbuf_free(&path);
	source_note(&r->status, &note);
}

/* Everything that can be wrong before the first request. */
static int prepare(struct runner *r, struct err *e)
{
	const struct config_source *c = r->source;
	const char *base = c->base_url ? c->base_url : r->connector->base_url;
	if (!base)
		return err_set(e, ERR_USAGE, _("source %s needs a base_url"), c->name);
	r->site = (struct site){.http = r->env->http,
				.connector = r->connector,
				.source = c,
				.base_url = base,
				.ended = note_request,
				.watcher = r};
	r->site.auth = auth_new(r->env->http, r->connector, c, base, e);
	return r->site.auth ? 0 : -1;
}

struct runner *runner_new(const struct runner_env *env, const struct config_source *source,
			  struct connector *c, const char *why, uint64_t id)
{
	struct runner *r = xcalloc(1, sizeof *r);
	struct err e = ERR_INIT;
	r->env = env;
	r->source = source;
	r->connector = c;
	r->id = id;
	r->started = clock_monotonic();
	backoff_init(&r->backoff, id * 977 + (uint64_t)clock_now());
	if (c && source->enabled && prepare(r, &e) < 0)
		why = e.text;
	describe(r, why);
	tell(r, true);
	r->phase = env->once ? PHASE_DONE : PHASE_OFF;
	if (!c || why || !source->enabled) {
		r->succeeded = !source->enabled;
		return r;
	}
	for (size_t i = 0; source->interval && i < c->resources.count; i++)
		((struct resource *)c->resources.list)[i].interval = source->interval;
	pass_init(&r->pass, c, r->site.base_url);
	r->lookups = lookups_new(&r->site);
	set_state(r, SOURCE_CONNECTING);
	load(r);
	return r;
}

void runner_free(struct runner *r)
{
	if (!r)
		return;
	runner_close_stream(r);
	runner_refetch_stop(r);
	free(r->named);
	free(r->gone);
	free(r->stream_cursor);
	pass_free(&r->pass);
	lookups_free(r->lookups);
	auth_free(r->site.auth);
	connector_free(r->connector);
	free(r);
}

void runner_note_oddities(struct runner *r, const struct job *j)
{
	take_oddities(r, j);
	tell(r, false);
}

bool runner_takes_actions(const struct runner *r)
{
	return r->connector && r->connector->has_actions;
}

bool runner_offers(const struct runner *r, const struct kind *k, const char *action)
{
	return runner_takes_actions(r) &&
	       action_spec_find(&r->connector->actions, k, action) != NULL;
}

bool runner_leaves_here(const struct runner *r, const struct kind *k, const struct action *a)
{
	return a->flags & ACTION_HERE && !runner_offers(r, k, a->id);
}

const struct site *runner_site(const struct runner *r)
{
	struct failure unused;
	bool up = r->phase == PHASE_RUNNING && runner_takes_actions(r);
	return up && auth_prepare(r->site.auth, &unused) == AUTH_READY ? &r->site : NULL;
}

struct runner *runner_find(struct runner *const *list, size_t count, const char *source)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i]->status.name, source) == 0)
			return list[i];
	return NULL;
}

uint64_t runner_id(const struct runner *r)
{
	return r->id;
}

const struct source_status *runner_status(const struct runner *r)
{
	return &r->status;
}

bool runner_take_news(struct runner *r, bool *urgent)
{
	bool news = r->news;
	*urgent = r->urgent;
	r->news = r->urgent = false;
	return news;
}

bool runner_is_filling(const struct runner *r)
{
	return r->phase == PHASE_RUNNING && r->pass.running && r->pass.many;
}

bool runner_is_done(const struct runner *r)
{
	return r->phase == PHASE_DONE || r->phase == PHASE_OFF;
}

bool runner_has_succeeded(const struct runner *r)
{
	return r->succeeded;
}

const struct runner_tally *runner_tally(const struct runner *r)
{
	return &r->tally;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/sources.h"
#include "sync/writer_parts.h"

#define QUIET_MS 300   /* after which the search index is put in order */
#define LOOK_MS 2000   /* between two looks whether the cache is still there */
#define TELL_ROWS 4096 /* removed before readers are told so */

static void do_status(struct writer *w, struct job *j)
{
	sources_save(w->db, &j->status, &j->err);
}

static void do_bulk(struct writer *w, struct job *j)
{
	ingest_bulk(w->ingest, j->on);
	w->bulk = j->on;
	watch_note(&w->watch, !j->on);
}

/* --- what may not stay --- */

static void do_policy(struct writer *w, struct job *j)
{
	purge_policy_free(w->policy);
	w->policy = j->policy;
	j->policy = NULL;
	if (!w->db)
		return;
	purge_free(w->purge);
	w->purge = purge_new(w->db, w->ingest, w->policy);
}

static void do_rules(struct writer *w, struct job *j)
{
	(void)j;
	settler_reload(w->settler);
	dispatch_again(w->dispatch, 0);
}

/* Some deadlines by new rules; told at the end of a round.  Returns whether more waits. */
static bool settle_some(struct writer *w)
{
	if (!w->db)
		return false;
	bool more = settler_step(w->settler, &w->settled);
	if (!more && w->settled.updated)
		watch_note(&w->watch, true);
	if (w->settled.updated && (!more || w->settled.updated >= TELL_ROWS)) {
		struct job *j = job_new(JOB_RULES, 0, NULL);
		j->result = w->settled;
		w->settled = (struct ingest_result){0};
		msgq_push(w->done, j);
	}
	return more;
}

/* The last that a writer does which doesn't stay. */
static void do_purge(struct writer *w, struct job *j)
{
	while (settler_step(w->settler, &j->result))
		continue;
	while (purge_step(w->purge, clock_now(), &j->result))
		continue;
}

/* A little of it; told at the end of a round.  Returns whether more waits. */
static bool purge_some(struct writer *w)
{
	if (!w->db)
		return false;
	bool more = purge_step(w->purge, clock_now(), &w->purged);
	if (w->purged.deleted && (!more || w->purged.deleted >= TELL_ROWS)) {
		struct job *j = job_new(JOB_PURGE, 0, NULL);
		j->result = w->purged;
		w->purged = (struct ingest_result){0};
		msgq_push(w->done, j);
	}
	return more;
}

/* --- what is late --- */

static void look_for_escalation(struct writer *w)
{
	const struct rulebook *rules = w->db && !w->lost ? settler_rules(w->settler) : NULL;
	struct journal *journal = rules ? writer_journal(w, NULL) : NULL;
	if (!journal) {
		w->watch.looked = clock_monotonic(); /* not again at once */
		return;
	}
	struct job *j = job_new(JOB_ESCALATION, 0, NULL);
	watch_look(&w->watch, w->db, journal, rules, &j->escalations, &j->err);
	if (j->err.code)
		log_error("escalation: %s", j->err.text);
	if (j->escalations.count)
		msgq_push(w->done, j);
	else
		job_free(j);
}

/* --- who gets it --- */

static void look_for_distribution(struct writer *w)
{
	struct journal *journal = w->db && !w->lost ? writer_journal(w, NULL) : NULL;
	if (!journal)
		return;
	settler_prepare(w->settler);
	struct job *j = job_new(JOB_ROUTE, 0, NULL);
	j->proposals = dispatch_look(w->dispatch, journal, settler_rules(w->settler), &j->err);
	bool news = strcmp(j->err.text, w->route_error.text) != 0;
	if (news && j->err.code)
		log_error("distribution: %s", j->err.text);
	w->route_error = j->err;
	if (news || j->proposals)
		msgq_push(w->done, j);
	else
		job_free(j);
}

/* --- the file --- */

static void close_cache(struct writer *w)
{
	dispatch_free(w->dispatch);
	w->dispatch = NULL;
	settler_free(w->settler);
	purge_free(w->purge);
	ingest_free(w->ingest);
	db_close(w->db);
	w->settler = NULL;
	w->purge = NULL;
	w->ingest = NULL;
	w->db = NULL;
}

static int open_cache(struct writer *w, struct err *e)
{
	w->why = (struct err)ERR_INIT;
	if (w->damaged && db_set_aside(w->paths->cache_db, &w->why) == 0)
		w->damaged = false;
	if (!w->damaged)
		w->db = db_open_writer(w->paths->cache_db, &w->why);
	if (!w->db) {
		if (e)
			*e = w->why;
		return -1;
	}
	w->ingest = ingest_new(w->db);
	w->purge = purge_new(w->db, w->ingest, w->policy);
	w->settler = settler_new(w->db, w->ingest, w->paths);
	w->dispatch = dispatch_new(w->db, w->paths);
	watch_note(&w->watch, true);
	w->lost = false;
	return 0;
}

static void do_reopen(struct writer *w, struct job *j)
{
	close_cache(w);
	open_cache(w, &j->err);
}

/* The engine has to begin again from what a new cache says; until then all is written into
 * the old one, where it harms nobody. */
static void lose_cache(struct writer *w)
{
	if (w->lost)
		return;
	w->lost = true;
	msgq_push(w->done, job_new(JOB_LOST, 0, NULL));
}

/* Now and then: whether the file is the one that others see; one that could not be opened is
 * tried again. */
static void look_at_cache(struct writer *w)
{
	int64_t now = clock_monotonic();
	if (now - w->looked < LOOK_MS)
		return;
	w->looked = now;
	if (w->db && db_was_replaced(w->db))
		lose_cache(w);
	else if (!w->db && open_cache(w, NULL) == 0)
		msgq_push(w->done, job_new(JOB_REOPEN, 0, NULL));
}

/* --- the thread --- */

/* clang-format off */
static const struct {
	void (*run)(struct writer *, struct job *);
	bool without_cache, journal; /* can be done without the one; is about the other */
} work[] = {
	[JOB_LOAD]   = {writer_load, false, false},
	[JOB_BATCH]  = {writer_take_batch, false, false},
	[JOB_STATUS] = {do_status, false, false},
	[JOB_AUDIT]  = {writer_audit, true, true},
	[JOB_BULK]   = {do_bulk, false, false},
	[JOB_POLICY] = {do_policy, true, false},
	[JOB_RULES]  = {do_rules, false, false},
	[JOB_PURGE]  = {do_purge, false, false},
	[JOB_REOPEN] = {do_reopen, true, false},
	[JOB_OUTBOX] = {writer_outbox, true, true},
	[JOB_REMAP]  = {writer_remap, false, false},
	[JOB_APART]  = {writer_apart, true, true},
};
/* clang-format on */

static void do_job(struct writer *w, struct job *j)
{
	if (w->db || work[j->type].without_cache)
		work[j->type].run(w, j);
	else
		j->err = w->why;
	if (j->err.code == ERR_CORRUPT && !j->unbelievable && !work[j->type].journal) {
		w->damaged = true;
		lose_cache(w);
	}
}

/* Little by little, until a job comes. */
static struct job *tidy(struct writer *w, bool *untidy)
{
	struct job *j;
	bool worked = *untidy;
	while (!(j = msgq_pop(w->jobs)) && *untidy)
		*untidy = w->db && ingest_idle(w->ingest);
	while (!j && !(j = msgq_pop(w->jobs)) && settle_some(w))
		*untidy = worked = true;
	while (!j && !(j = msgq_pop(w->jobs)) && purge_some(w))
		*untidy = worked = true;
	if (!j && worked)
		malloc_trim(0); /* a fill leaves much behind */
	return j;
}

/* The next job; while none comes, the index is merged and what is old is removed. */
static struct job *next_job(struct writer *w, bool *untidy)
{
	for (;;) {
		look_at_cache(w);
		if (!w->bulk && watch_is_due(&w->watch))
			look_for_escalation(w);
		if (!w->bulk && w->dispatch && dispatch_is_due(w->dispatch))
			look_for_distribution(w);
		struct job *j = msgq_pop(w->jobs);
		if (j)
			return j;
		struct pollfd p = {msgq_fd(w->jobs), POLLIN, 0};
		if (poll(&p, 1, *untidy ? QUIET_MS : LOOK_MS) == 0 && (j = tidy(w, untidy)))
			return j;
	}
}

static void *run(void *context)
{
	struct writer *w = context;
	bool untidy = true;
	pthread_setname_np(pthread_self(), "writer");
	for (;;) {
		struct job *j = next_job(w, &untidy);
		if (j->type == JOB_QUIT) {
			job_free(j);
			if (w->watch.news)
				look_for_escalation(w);
			return NULL;
		}
		do_job(w, j);
		untidy |= j->type == JOB_BATCH || j->type == JOB_BULK;
		msgq_push(w->done, j);
	}
}

static void close_all(struct writer *w)
{
	close_cache(w);
	here_free(w->here);
	journal_close(w->journal);
	msgq_free(w->jobs, job_free);
	purge_policy_free(w->policy);
	free(w);
}

static int open_all(struct writer *w, struct err *e)
{
	w->jobs = msgq_new();
	if (!w->jobs)
		return err_errno(e, ERR_IO, _("no message queue"));
	if (open_cache(w, e) < 0)
		return -1;
	writer_journal(
		w, NULL); /* without it there are no actions, but what is there can be read */
	return 0;
}

struct writer *writer_start(const struct paths *p, struct msgq *done, struct err *e)
{
	struct writer *w = xcalloc(1, sizeof *w);
	w->done = done;
	w->paths = p;
	w->watch = (struct watch)WATCH_INIT;
	w->policy = xcalloc(1, sizeof *w->policy);
	w->policy->any_source = true;
	if (open_all(w, e) < 0) {
		close_all(w);
		return NULL;
	}
	/* Signals are the engine's. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int failed = pthread_create(&w->thread, NULL, run, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed) {
		err_set(e, ERR_IO, _("no thread for the writer"));
		close_all(w);
		return NULL;
	}
	return w;
}

void writer_post(struct writer *w, struct job *j)
{
	msgq_push(w->jobs, j);
}

void writer_stop(struct writer *w)
{
	if (!w)
		return;
	writer_post(w, job_new(JOB_QUIT, 0, NULL));
	pthread_join(w->thread, NULL);
	close_all(w);
}

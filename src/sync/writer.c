/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/writer.h"

#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/member.h"
#include "store/db.h"
#include "store/raw.h"
#include "store/apart.h"
#include "store/audit.h"
#include "store/dispatch.h"
#include "store/here.h"
#include "store/known.h"
#include "store/settler.h"
#include "store/sources.h"
#include "store/unknown.h"
#include "sync/watch.h"

#define QUIET_MS 300   /* after which the search index is put in order */
#define LOOK_MS 2000   /* between two looks whether the cache is still there */
#define AGAIN_MS 60000 /* until an automatic action is tried again that could not be noted */
#define TELL_ROWS 4096 /* removed before readers are told so */
#define OWNERS_MOST 256
#define SOURCES_MOST 256

/* An owner whose batch failed: what it posted before it knew is dropped, lest a cursor gets
 * past records that were lost. */
struct poisoned {
	uint64_t owner;
	uint32_t epoch;
};

struct writer {
	pthread_t thread;
	struct msgq *jobs, *done;
	const struct paths *paths;
	struct db *db; /* NULL: it could not be opened, and why says why */
	struct err why;
	bool lost;               /* told, and not opened again yet */
	bool damaged;            /* the file is not to be used again */
	int64_t looked;          /* monotonic */
	struct journal *journal; /* NULL: it could not be opened, and unwritable says why */
	struct err unwritable;
	struct here *here; /* of the journal; NULL: there is none */
	struct ingest *ingest;
	struct purge_policy *policy;
	struct purge *purge;
	struct ingest_result purged; /* not told yet */
	struct settler *settler;
	struct watch watch;
	struct dispatch *dispatch;
	struct err route_error; /* as last told */
	bool bulk;
	struct ingest_result settled; /* not told yet */
	struct poisoned poisoned[OWNERS_MOST];
	size_t poisoned_count;
};

static bool is_poisoned(const struct writer *w, const struct job *j)
{
	for (size_t i = 0; i < w->poisoned_count; i++)
		if (w->poisoned[i].owner == j->owner)
			return w->poisoned[i].epoch == j->epoch;
	return false;
}

static void poison(struct writer *w, const struct job *j)
{
	size_t i = 0;
	while (i < w->poisoned_count && w->poisoned[i].owner != j->owner)
		i++;
	if (i == OWNERS_MOST)
		i = 0;
	else if (i == w->poisoned_count)
		w->poisoned_count++;
	w->poisoned[i] = (struct poisoned){j->owner, j->epoch};
}

static void load_status(struct writer *w, struct job *j)
{
	struct source_status *all = xcalloc(SOURCES_MOST, sizeof *all);
	int n = sources_load(w->db, all, SOURCES_MOST, NULL);
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].name, j->source) == 0)
			j->status = all[i];
	free(all);
}

/* What of the source did not fit. */
static void count_oddities(struct writer *w, struct job *j)
{
	j->quarantined = quarantine_count(w->db, j->source);
	j->unknown = unknown_words(w->db, j->source, j->unknown_words, sizeof j->unknown_words);
}

static int put_unknowns(struct writer *w, struct job *j)
{
	for (size_t i = 0; i < j->haul.unknown_count; i++) {
		const struct unknown *u = &j->haul.unknowns[i];
		if (unknown_put(w->db, j->source, u->kind, u->column, u->value, clock_now(),
				&j->err) < 0)
			return -1;
	}
	return 0;
}

static void add_known(void *job, const char *feed, const char *hash, const char *records)
{
	job_add_known(job, feed, hash, records);
}

static void do_load(struct writer *w, struct job *j)
{
	load_status(w, j);
	for (size_t i = 0; i < j->cursor_count; i++)
		j->cursors[i].cursor = cursor_load(w->db, j->source, j->cursors[i].feed);
	known_walk(w->db, j->source, add_known, j, NULL);
	count_oddities(w, j);
}

/* A list that lost too much at once is more likely a fault than the truth. */
static int close_snapshot(struct writer *w, struct job *j)
{
	int64_t had = ingest_count(w->ingest, j->source, j->kind, &j->err);
	if (had < 0)
		return -1;
	bool empty = had > 0 && j->seen == 0 && j->guard.never_empty;
	if (empty || j->seen * 100 < had * (100 - j->guard.max_shrink)) {
		j->unbelievable = true;
		return err_set(&j->err, ERR_CORRUPT, "%s: %lld → %lld", j->kind->plural,
			       (long long)had, (long long)j->seen);
	}
	return ingest_snapshot_end_after(w->ingest, j->source, j->kind, j->misses, &j->removed,
					 &j->err);
}

/* What its source does not say of a record: what was done here, and what is due. */
static void complete(struct writer *w, struct arena *a, struct record *r)
{
	here_apply(w->here, a, r);
	settler_settle(w->settler, a, r);
}

/* A part of a record is laid over what the cache has of it; where it has none, the record is
 * missed. */
static int put_record(struct writer *w, struct job *j, struct record *r)
{
	int known = r->partial ? ingest_complete(w->ingest, &j->haul.arena, r, &j->err) : 1;
	j->missed += known == 0;
	if (known <= 0)
		return known;
	complete(w, &j->haul.arena, r);
	if (ingest_put(w->ingest, r, &j->err) < 0)
		return -1;
	dispatch_note(w->dispatch, r);
	return 0;
}

static int put_haul(struct writer *w, struct job *j)
{
	const struct haul *h = &j->haul;
	for (size_t i = 0; i < h->count; i++)
		if (put_record(w, j, h->records[i]) < 0)
			return -1;
	for (size_t i = 0; i < h->reject_count; i++) {
		const struct reject *x = &h->rejects[i];
		if (quarantine_put(w->db, j->source, x->kind, x->id, x->reason, x->raw,
				   x->raw_n, clock_now(), &j->err) < 0)
			return -1;
	}
	return put_unknowns(w, j);
}

static int save_cursors(struct writer *w, struct job *j)
{
	for (size_t i = 0; i < j->cursor_count; i++)
		if (cursor_save(w->db, j->source, j->cursors[i].feed, j->cursors[i].cursor,
				&j->err) < 0)
			return -1;
	return 0;
}

static int put_all(struct writer *w, struct job *j)
{
	if (j->snapshot & SNAPSHOT_OPEN &&
	    ingest_snapshot_begin(w->ingest, j->source, j->kind, &j->err) < 0)
		return -1;
	if (put_haul(w, j) < 0)
		return -1;
	if (j->snapshot & SNAPSHOT_CLOSE && close_snapshot(w, j) < 0)
		return -1;
	for (size_t i = 0; i < j->known_count; i++)
		if (known_save(w->db, j->source, j->known[i].feed, j->known[i].hash,
			       j->known[i].records, &j->err) < 0)
			return -1;
	return save_cursors(w, j);
}

static void do_batch(struct writer *w, struct job *j)
{
	if (is_poisoned(w, j)) {
		err_set(&j->err, ERR_CANCELLED, _("an earlier batch failed"));
		return;
	}
	settler_prepare(w->settler);
	if (ingest_begin(w->ingest, &j->err) == 0) {
		if (put_all(w, j) < 0)
			ingest_rollback(w->ingest);
		else if (ingest_commit(w->ingest, &j->result, &j->err) == 0)
			count_oddities(w, j);
	}
	settler_note(w->settler, &j->result);
	watch_note(&w->watch, false);
	if (j->err.code)
		poison(w, j);
}

static int remap_step(struct writer *w, struct job *j, const struct remap_step *s)
{
	switch (s->type) {
	case STEP_REPLACE:
		complete(w, &j->haul.arena, s->record);
		return ingest_replace(w->ingest, s->record, s->hash, &j->err);
	case STEP_FORGET:
		return ingest_forget(w->ingest, s->kind, j->source, s->id, s->hash, &j->err);
	case STEP_PUT:
		complete(w, &j->haul.arena, s->record);
		if (ingest_put(w->ingest, s->record, &j->err) < 0)
			return -1;
		return s->aside_id ? quarantine_drop(w->db, j->source, s->aside_kind,
						     s->aside_id, &j->err)
				   : 0;
	case STEP_REASON:
		return quarantine_put(w->db, j->source, s->aside_kind, s->aside_id, s->reason,
				      s->raw, s->raw_n, clock_now(), &j->err);
	}
	return 0;
}

static void do_remap(struct writer *w, struct job *j)
{
	settler_prepare(w->settler);
	if (ingest_begin(w->ingest, &j->err) < 0)
		return;
	int rc = j->afresh ? unknown_clear(w->db, j->source, &j->err) : 0;
	if (rc == 0)
		rc = put_unknowns(w, j);
	for (size_t i = 0; rc == 0 && i < j->step_count; i++)
		rc = remap_step(w, j, &j->steps[i]);
	if (rc == 0)
		rc = save_cursors(w, j);
	if (rc < 0)
		ingest_rollback(w->ingest);
	else if (ingest_commit(w->ingest, &j->result, &j->err) == 0)
		count_oddities(w, j);
	settler_note(w->settler, &j->result);
	watch_note(&w->watch, false);
}

static void do_status(struct writer *w, struct job *j)
{
	sources_save(w->db, &j->status, &j->err);
}

/* NULL with *e where nothing can be written down; opens it where it could not be before. */
static struct journal *journal_of(struct writer *w, struct err *e)
{
	struct err why = ERR_INIT;
	if (!w->journal && (w->journal = journal_open(w->paths->journal_db, &why))) {
		outbox_recover(w->journal, clock_now(), NULL);
		w->here = here_load(w->journal, NULL);
	}
	if (w->journal && journal_check_place(w->journal, &why) == 0) {
		w->unwritable = (struct err)ERR_INIT;
		return w->journal;
	}
	if (strcmp(w->unwritable.text, why.text) != 0)
		log_error("%s", why.text);
	w->unwritable = why;
	if (e)
		*e = why;
	return NULL;
}

static void do_audit(struct writer *w, struct job *j)
{
	struct audit_entry a = {.at = j->at,
				.who = j->who,
				.place = j->from,
				.action = j->action,
				.object = j->object,
				.reason = j->reason,
				.version = j->version};
	struct journal *journal = journal_of(w, &j->err);
	if (journal)
		audit_add(journal, &a, &j->err);
}

static struct apart_record apart_record(const json_t *question, const char *name)
{
	const json_t *r = json_object_get(question, name);
	return (struct apart_record){json_string_value(json_object_get(r, "source")),
				     json_string_value(json_object_get(r, "id"))};
}

static void do_apart(struct writer *w, struct job *j)
{
	struct apart_word word = {
		.kind = j->kind,
		.a = apart_record(j->question, "a"),
		.b = apart_record(j->question, "b"),
		.apart = json_is_true(json_object_get(j->question, "apart")),
		.at = j->at,
		.who = j->who,
		.place = j->from,
		.reason = j->reason,
	};
	struct journal *journal = journal_of(w, &j->err);
	if (journal)
		apart_say(journal, &word, &j->err);
}

/* The record of the item as the cache has it, to be altered in the open batch; NULL: it has
 * none. */
static struct record *record_of(struct writer *w, struct arena *a, const json_t *item)
{
	const struct kind *k = kind_find(member_text(item, "kind"));
	struct record *r = k ? record_new(a, k) : NULL;
	if (!r)
		return NULL;
	r->source = member_text(item, "source");
	r->id = member_text(item, "record");
	return ingest_complete(w->ingest, a, r, NULL) > 0 ? r : NULL;
}

/* For what severity the word is meant: that of the record as it is now. */
static void look_severity(struct writer *w, struct job *j)
{
	if (!w->db || ingest_begin(w->ingest, NULL) < 0)
		return;
	const struct record *r = record_of(w, &j->haul.arena, j->outbox->item);
	j->outbox->severity = r ? record_int(r, COL_SEVERITY, 0) : 0;
	ingest_rollback(w->ingest);
}

/* What is on disk in the journal now shows in the cache; where it can't, it does when the
 * record comes again. */
static void show_here(struct writer *w, const struct job *j)
{
	struct job *told = job_new(JOB_RULES, 0, NULL);
	struct arena *a = &told->haul.arena;
	struct err e = ERR_INIT;
	here_free(w->here);
	w->here = here_load(w->journal, NULL);
	bool open = w->db && ingest_begin(w->ingest, &e) == 0;
	struct record *r = open ? record_of(w, a, j->outbox->item) : NULL;
	if (r)
		complete(w, a, r);
	if (r && ingest_recompute(w->ingest, r, &e) == 0)
		ingest_commit(w->ingest, &told->result, &e);
	else if (open)
		ingest_rollback(w->ingest);
	if (e.code)
		log_warn("cache: %s", e.text);
	msgq_push(w->done, told);
}

static void do_outbox(struct writer *w, struct job *j)
{
	struct journal *journal = journal_of(w, &j->err);
	bool here = j->outbox->task == OUTBOX_SETTLE && j->outbox->at_home;
	if (journal && here)
		look_severity(w, j);
	if (journal)
		outbox_job_run(j->outbox, journal, &j->err);
	if (journal && here && !j->err.code)
		show_here(w, j);
	if (j->err.code && j->outbox->task == OUTBOX_ADD && w->dispatch)
		dispatch_again(w->dispatch, AGAIN_MS); /* may have been a rule's */
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
	struct journal *journal = rules ? journal_of(w, NULL) : NULL;
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
	struct journal *journal = w->db && !w->lost ? journal_of(w, NULL) : NULL;
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
	[JOB_LOAD]   = {do_load, false, false},
	[JOB_BATCH]  = {do_batch, false, false},
	[JOB_STATUS] = {do_status, false, false},
	[JOB_AUDIT]  = {do_audit, true, true},
	[JOB_BULK]   = {do_bulk, false, false},
	[JOB_POLICY] = {do_policy, true, false},
	[JOB_RULES]  = {do_rules, false, false},
	[JOB_PURGE]  = {do_purge, false, false},
	[JOB_REOPEN] = {do_reopen, true, false},
	[JOB_OUTBOX] = {do_outbox, true, true},
	[JOB_REMAP]  = {do_remap, false, false},
	[JOB_APART]  = {do_apart, true, true},
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
	journal_of(w,
		   NULL); /* without it there are no actions, but what is there can be read */
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

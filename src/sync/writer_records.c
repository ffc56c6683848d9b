/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes records in: what stands where, batches of a source, and what another map makes of items
 * that the cache has. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/known.h"
#include "store/sources.h"
#include "store/unknown.h"
#include "sync/writer_parts.h"

#define SOURCES_MOST 256

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

void writer_load(struct writer *w, struct job *j)
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
void writer_complete(struct writer *w, struct arena *a, struct record *r)
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
	writer_complete(w, &j->haul.arena, r);
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

void writer_take_batch(struct writer *w, struct job *j)
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
		writer_complete(w, &j->haul.arena, s->record);
		return ingest_replace(w->ingest, s->record, s->hash, &j->err);
	case STEP_FORGET:
		return ingest_forget(w->ingest, s->kind, j->source, s->id, s->hash, &j->err);
	case STEP_PUT:
		writer_complete(w, &j->haul.arena, s->record);
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

void writer_remap(struct writer *w, struct job *j)
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

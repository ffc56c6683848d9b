/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/remap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/paging.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/yaml.h"
#include "store/ingest.h"
#include "store/raw.h"
#include "sync/remap_item.h"
#include "sync/writer.h"

#define PORTION 100
#define SLICE_MS 10
#define IN_FLIGHT_MOST 2
#define FEED "remap" /* under which its place is kept */

struct gone {
	const struct kind *kind;
	char *id;
	int64_t hash;
};

struct remap {
	char *source;
	uint64_t owner;
	struct connector *connector;
	uint64_t version; /* of the connector's file: another one begins anew */
	struct db *db;
	size_t kind;  /* kinds[] that is at work; KIND_MOST: what was set aside */
	int64_t last; /* rowid behind which to go on */
	char *aside_kind, *aside_id; /* the same of what was set aside; NULL: at its first */
	struct gone *gone;           /* to be forgotten at the end, if that can be believed */
	size_t gone_count, gone_cap;
	int in_flight;
	bool begun, done;
	struct err failure;
	int64_t all, seen, changed, removed, failed, cleared, kept;
	/* while a portion is made */
	struct mapper *mapper;
	struct job *job;
	size_t step_cap;
	int taken;
};

/* --- where it stands --- */

/* "VERSION KIND ROWID"; another version of the file is another work. */
static void load_place(struct remap *r)
{
	char *text = cursor_load(r->db, r->source, FEED), name[64];
	uint64_t version;
	int64_t last;
	if (text && sscanf(text, "%" SCNx64 " %63s %" SCNd64, &version, name, &last) == 3 &&
	    version == r->version && kind_find(name)) {
		r->kind = kind_index(kind_find(name));
		r->last = last;
		log_info("%s: mapping goes on at %s %lld", r->source, name, (long long)last);
	}
	free(text);
}

static void save_place(struct remap *r, struct job *j)
{
	char text[120];
	bool over = r->kind == KIND_MOST;
	snprintf(text, sizeof text, "%" PRIx64 " %s %" PRId64, r->version,
		 over ? "-" : kinds[r->kind]->id, r->last);
	job_add_cursor(j, FEED, over ? "-" : text);
}

static int load_connector(struct remap *r, const char *file, struct err *e)
{
	struct findings f = FINDINGS_INIT;
	size_t n;
	char *text = yaml_read(file, &n, e);
	if (!text)
		return -1;
	r->version = paging_hash(text, n);
	r->connector = connector_parse(r->source, file, text, n, &f);
	if (!r->connector)
		err_set(e, ERR_PARSE, "%s", f.count ? f.list[0] : file);
	findings_free(&f);
	free(text);
	return r->connector ? 0 : -1;
}

struct remap *remap_new(const struct paths *p, const char *source, const char *connector,
			bool aside, uint64_t owner, struct err *e)
{
	struct remap *r = xcalloc(1, sizeof *r);
	char *file = paths_find_connector(p, connector);
	r->source = xstrdup(source);
	r->owner = owner;
	r->failure = (struct err)ERR_INIT;
	int rc = file ? load_connector(r, file, e)
		      : err_set(e, ERR_NOT_FOUND, _("there is no connector %s"), connector);
	free(file);
	if (rc == 0)
		r->db = db_open_reader(p->cache_db, e);
	if (!r->db) {
		remap_free(r);
		return NULL;
	}
	if (aside)
		r->kind = KIND_MOST;
	else
		load_place(r);
	for (size_t i = 0; !aside && kinds[i]; i++)
		r->all += raw_count(r->db, kinds[i], source);
	r->all += quarantine_count(r->db, source);
	return r;
}

void remap_free(struct remap *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->gone_count; i++)
		free(r->gone[i].id);
	free(r->gone);
	free(r->aside_kind);
	free(r->aside_id);
	connector_free(r->connector);
	db_close(r->db);
	free(r->source);
	free(r);
}

uint64_t remap_owner(const struct remap *r)
{
	return r->owner;
}

/* --- one item --- */

static void add_step(struct remap *r, struct remap_step s)
{
	struct job *j = r->job;
	if (j->step_count == r->step_cap) {
		size_t cap = r->step_cap ? 2 * r->step_cap : 64;
		struct remap_step *more = arena_zero(&j->haul.arena, cap * sizeof *more);
		if (j->step_count)
			memcpy(more, j->steps, j->step_count * sizeof *more);
		j->steps = more;
		r->step_cap = cap;
	}
	j->steps[j->step_count++] = s;
}

/* All that comes out under other ids. */
static void add_others(struct remap *r, size_t from)
{
	for (size_t i = from; i < r->job->haul.count; i++)
		if (!r->job->haul.records[i]->deleted)
			add_step(r, (struct remap_step){.type = STEP_PUT,
							.record = r->job->haul.records[i]});
}

static int on_row(void *context, const struct raw_row *row)
{
	struct remap *r = context;
	struct haul *h = &r->job->haul;
	size_t from = h->count;
	struct record *record;
	const char *reason;
	const struct kind *k = kinds[r->kind];
	enum remap_outcome how = remap_item(r->connector, r->mapper, r->source, k, row->id,
					    row->raw, row->raw_n, h, &record, &reason);
	r->last = row->rowid;
	r->taken++;
	r->seen++;
	if (how == REMAP_RECORD) {
		add_step(r, (struct remap_step){
				    .type = STEP_REPLACE, .record = record, .hash = row->hash});
	} else if (how == REMAP_FAILED) {
		r->failed++; /* it stays as it was */
	} else {
		add_others(r, from);
		ARRAY_PUSH(r->gone, r->gone_count,
			   r->gone_cap) = (struct gone){k, xstrdup(row->id), row->hash};
	}
	return 0;
}

static int on_aside(void *context, const struct quarantine_row *row)
{
	struct remap *r = context;
	struct haul *h = &r->job->haul;
	struct arena *a = &h->arena;
	struct record *record;
	const char *reason;
	const struct kind *k = *row->kind ? kind_find(row->kind) : NULL;
	enum remap_outcome how = remap_item(r->connector, r->mapper, r->source, k, NULL,
					    row->raw, row->raw_n, h, &record, &reason);
	free(r->aside_kind);
	free(r->aside_id);
	r->aside_kind = xstrdup(row->kind);
	r->aside_id = xstrdup(row->id);
	r->taken++;
	r->seen++;
	struct remap_step s = {.type = STEP_PUT,
			       .record = record,
			       .aside_kind = arena_strdup(a, row->kind),
			       .aside_id = arena_strdup(a, row->id)};
	if (how == REMAP_RECORD) {
		r->cleared++;
		add_step(r, s);
	} else if (how == REMAP_FAILED && strcmp(reason, row->reason) != 0) {
		s.type = STEP_REASON;
		s.reason = reason;
		s.raw = arena_memdup(a, row->raw, row->raw_n);
		s.raw_n = row->raw_n;
		add_step(r, s);
	}
	return 0;
}

/* --- portions --- */

static void fail(struct remap *r, const struct err *e)
{
	log_error("%s: mapping again: %s", r->source, e->text);
	r->failure = *e;
	r->done = true;
}

/* Records that the map no longer yields, unless that is more than can be believed. */
static void forget_gone(struct remap *r)
{
	int64_t most = r->connector->defaults.guard.max_shrink;
	if (r->gone_count && (int64_t)r->gone_count * 100 > r->seen * most) {
		r->kept = (int64_t)r->gone_count;
		return;
	}
	for (size_t i = 0; i < r->gone_count; i++)
		add_step(r, (struct remap_step){
				    .type = STEP_FORGET,
				    .kind = r->gone[i].kind,
				    .id = arena_strdup(&r->job->haul.arena, r->gone[i].id),
				    .hash = r->gone[i].hash});
}

/* Reads and maps some; returns whether anything is left. */
static bool step(struct remap *r, struct err *e)
{
	r->taken = 0;
	if (r->kind == KIND_MOST) {
		if (quarantine_walk(r->db, r->source, r->aside_kind, r->aside_id, PORTION,
				    on_aside, r, e) < 0)
			return false;
		if (r->taken < PORTION)
			forget_gone(r);
		return r->taken == PORTION;
	}
	if (raw_walk(r->db, kinds[r->kind], r->source, r->last, PORTION, on_row, r, e) < 0)
		return false;
	if (r->taken == PORTION)
		return true;
	r->last = 0;
	r->kind = kinds[r->kind + 1] ? r->kind + 1 : KIND_MOST;
	return true;
}

bool remap_turn(struct remap *r, struct mapper *m, struct writer *w)
{
	struct err e = ERR_INIT;
	int64_t end = clock_monotonic() + SLICE_MS;
	bool more = true;
	if (r->done || r->in_flight >= IN_FLIGHT_MOST)
		return false;
	r->mapper = m;
	r->job = job_new(JOB_REMAP, r->owner, r->source);
	r->job->afresh = !r->begun;
	r->begun = true;
	r->step_cap = 0;
	do
		more = step(r, &e);
	while (more && clock_monotonic() < end);
	if (e.code) {
		job_free(r->job);
		fail(r, &e);
	} else {
		save_place(r, r->job);
		r->in_flight++;
		r->done = !more;
		writer_post(w, r->job);
	}
	r->job = NULL;
	return !r->done;
}

void remap_landed(struct remap *r, const struct job *j)
{
	r->in_flight--;
	r->changed += j->result.inserted + j->result.updated;
	r->removed += j->result.deleted;
	if (j->err.code)
		fail(r, &j->err);
}

bool remap_is_done(const struct remap *r)
{
	return r->done && r->in_flight == 0;
}

json_t *remap_event(const struct remap *r)
{
	return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:s}", "event",
			 "remap", "source", r->source, "seen", (json_int_t)r->seen, "all",
			 (json_int_t)r->all, "changed", (json_int_t)r->changed, "removed",
			 (json_int_t)r->removed, "kept", (json_int_t)r->kept, "failed",
			 (json_int_t)r->failed, "cleared", (json_int_t)r->cleared, "done",
			 remap_is_done(r), "error", r->failure.text);
}

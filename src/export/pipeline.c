/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Half of an export's time is SQLite's, half goes into text.  Records travel in batches that
 * go round between the two threads, so that memory stays what it was and handing one over
 * costs next to nothing per row. */
#include "export/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/msgq.h"

#define BATCH 256
#define BATCHES 3

struct batch {
	struct record records[BATCH];
	struct value *values; /* BATCH times the kind's columns */
	struct arena texts;
	size_t count;
};

struct pipeline {
	struct rows *rows;
	const struct kind *kind;
	struct msgq *full, *empty;
	struct batch *current;
	pthread_t thread;
	bool threaded;
	atomic_bool failed; /* the output is gone */
};

static struct batch *batch_new(const struct kind *k)
{
	struct batch *b = xcalloc(1, sizeof *b);
	b->values = xcalloc(BATCH * k->column_count, sizeof *b->values);
	b->texts = (struct arena)ARENA_INIT;
	return b;
}

static void batch_free(void *batch)
{
	struct batch *b = batch;
	if (!b)
		return;
	arena_free(&b->texts);
	free(b->values);
	free(b);
}

static bool is_text(enum column_type t)
{
	return t == COLUMN_TEXT || t == COLUMN_STATE || t == COLUMN_CHOICE || t == COLUMN_REF;
}

static void batch_add(struct batch *b, const struct record *r)
{
	size_t n = r->kind->column_count;
	struct record *copy = &b->records[b->count];
	*copy = *r;
	copy->values = b->values + n * b->count++;
	copy->id = arena_strdup(&b->texts, r->id);
	for (size_t i = 0; i < n; i++) {
		struct value v = r->values[i];
		if (v.set && is_text(r->kind->columns[i].type))
			v.s = arena_memdup(&b->texts, v.s, v.n);
		copy->values[i] = v;
	}
}

static void format(struct pipeline *p, struct batch *b)
{
	for (size_t i = 0; i < b->count && !p->failed; i++)
		if (rows_add(p->rows, &b->records[i]) < 0)
			p->failed = true;
	b->count = 0;
	arena_reset(&b->texts);
}

static void *run(void *context)
{
	struct pipeline *p = context;
	for (struct batch *b; (b = msgq_wait(p->full));) {
		format(p, b);
		msgq_push(p->empty, b);
	}
	return NULL;
}

struct pipeline *pipeline_new(struct rows *rows, const struct kind *k)
{
	struct pipeline *p = xcalloc(1, sizeof *p);
	p->rows = rows;
	p->kind = k;
	p->current = batch_new(k);
	return p;
}

/* More than one batch: it is worth a thread.  Where there is none to be had, the caller's
 * does it all. */
static void start_thread(struct pipeline *p)
{
	p->full = msgq_new();
	p->empty = msgq_new();
	p->threaded = p->full && p->empty && pthread_create(&p->thread, NULL, run, p) == 0;
	for (int i = 1; p->threaded && i < BATCHES; i++)
		msgq_push(p->empty, batch_new(p->kind));
}

static void pass_on(struct pipeline *p)
{
	if (!p->full)
		start_thread(p);
	if (!p->threaded) {
		format(p, p->current);
		return;
	}
	msgq_push(p->full, p->current);
	p->current = msgq_wait(p->empty);
}

int pipeline_add(void *pipeline, const struct record *r)
{
	struct pipeline *p = pipeline;
	batch_add(p->current, r);
	if (p->current->count == BATCH)
		pass_on(p);
	return p->failed ? -1 : 0;
}

void pipeline_finish(struct pipeline *p)
{
	if (p->threaded) {
		msgq_close(p->full); /* what is in it is still taken */
		pthread_join(p->thread, NULL);
	}
	format(p, p->current);
	msgq_free(p->full, batch_free);
	msgq_free(p->empty, batch_free);
	batch_free(p->current);
	free(p);
}

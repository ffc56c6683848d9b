/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "gateway/demo_live.h"
#include "demo/load.h"

#define BATCH 5000               /* records in a transaction of the load */
#define STEP_MOST 500            /* changes in one step */
#define MISSED_MOST (5 * MINUTE) /* slept longer than this, the demo does not catch up */
#define REST (5 * SECOND)        /* after a failure: a full disk stays full for a while */

struct demo {
	struct backend *b;
	struct demo_options options;
	struct world world;
	struct live *live;
	int64_t next;
	size_t batched; /* records since the last commit of the load */
};

struct demo *demo_new(struct backend *b, const struct demo_options *options, struct err *e)
{
	struct demo *d = xcalloc(1, sizeof *d);
	const char *set = getenv("IOC_DATA_DIR");
	const char *dir = options->data_dir ? options->data_dir
			  : set && *set     ? set
					    : IOC_DATADIR;
	d->b = b;
	d->options = *options;
	d->options.clock -= options->clock % SECOND;
	d->next = CLOCK_NONE;
	if (world_load(&d->world, dir, options->seed, e) < 0) {
		demo_free(d);
		return NULL;
	}
	d->live = live_new(&d->world, b);
	return d;
}

void demo_free(struct demo *d)
{
	if (!d)
		return;
	live_free(d->live);
	world_free(&d->world);
	free(d);
}

/* --- load --------------------------------------------------------------------------------- */

static int take(void *arg, const struct made *m, struct err *e)
{
	struct demo *d = arg;
	if (d->batched++ == BATCH) {
		if (backend_commit(d->b, e) < 0 || backend_begin(d->b, e) < 0)
			return -1;
		d->batched = 1;
	}
	live_notice(d->live, m->kind, m->id, m->state);
	return backend_put_text(d->b, m->kind, m->id, m->version, m->json, m->n, e);
}

static int fill(struct demo *d, struct err *e)
{
	if (backend_begin(d->b, e) < 0)
		return -1;
	if (load_make(&d->world, d->options.clock, d->options.records, take, d, e) < 0) {
		backend_rollback(d->b);
		return -1;
	}
	return backend_commit(d->b, e);
}

/* The text of the first member of that name; records are stored with id and state early. */
static bool member(const struct stored *s, const char *key, char *out, size_t n)
{
	const char *at = memmem(s->json, s->n, key, strlen(key));
	if (!at)
		return false;
	at += strlen(key);
	const char *end = memchr(at, '"', s->n - (size_t)(at - s->json));
	if (!end || (size_t)(end - at) >= n)
		return false;
	memcpy(out, at, (size_t)(end - at));
	out[end - at] = '\0';
	return true;
}

static bool learn(void *arg, const struct stored *s)
{
	struct demo *d = arg;
	char id[SKETCH_ID], state[SKETCH_ID];
	if (!s->deleted && member(s, "\"id\":\"", id, sizeof id) &&
	    member(s, "\"state\":\"", state, sizeof state))
		live_notice(d->live, s->kind, id, state);
	return true;
}

int demo_load(struct demo *d, struct err *e)
{
	bool fresh = backend_last(d->b) == 0;
	if (fresh ? fill(d, e) < 0 : backend_all_changes(d->b, 0, learn, d, e) < 0)
		return -1;
	live_ready(d->live, (uint64_t)backend_last(d->b));
	return 0;
}

/* --- living ------------------------------------------------------------------------------- */

/* Between 0.3 and 1.7 times the mean, so that it does not tick. */
static int64_t wait(struct demo *d)
{
	double mean = (double)MINUTE / (double)d->options.rate;
	int64_t ms = (int64_t)(mean * (0.3 + 1.4 * live_wait(d->live)));
	return ms > 0 ? ms : 1;
}

int64_t demo_next(const struct demo *d, int64_t now)
{
	if (d->options.rate <= 0)
		return CLOCK_NONE;
	return d->next == CLOCK_NONE ? now : d->next;
}

static int make_due(struct demo *d, int64_t now, struct err *e)
{
	if (backend_begin(d->b, e) < 0)
		return -1;
	for (int i = 0; i < STEP_MOST && d->next <= now; i++) {
		if (live_event(d->live, d->next, e) < 0) {
			backend_rollback(d->b);
			return -1;
		}
		d->next += wait(d);
	}
	return backend_commit(d->b, e);
}

int demo_step(struct demo *d, int64_t now, struct err *e)
{
	if (d->options.rate <= 0)
		return 0;
	if (d->next == CLOCK_NONE || d->next < now - MISSED_MOST) {
		d->next = now + wait(d);
		return 0;
	}
	if (d->next > now || make_due(d, now, e) == 0)
		return 0;
	d->next = now + REST;
	return -1;
}

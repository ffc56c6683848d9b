/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that events only named: asked for one by one, or with all the others where the
 * connector does not say how. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "sync/runner_parts.h"

#define AT_ONCE 100

void runner_refetch_add(struct runner *r, struct refetch named)
{
	ARRAY_PUSH(r->named, r->named_count, r->named_cap) = named;
}

void runner_refetch_stop(struct runner *r)
{
	fetch_free(r->refetch);
	r->refetch = NULL;
	while (r->named_count)
		free(r->named[--r->named_count].id);
}

static const struct resource *resource_of(const struct runner *r, const struct kind *k)
{
	for (size_t i = 0; i < r->pass.count; i++) {
		const struct feed *f = &r->pass.feeds[i];
		if (f->spec->kind == k && f->spec->has_detail && !f->denied)
			return f->spec;
	}
	return NULL;
}

/* Those of the kind of the last one; the others wait. */
static void begin(struct runner *r)
{
	char *ids[AT_ONCE];
	size_t count = 0, kept = 0;
	const struct kind *k = r->named[r->named_count - 1].kind;
	const struct resource *spec = resource_of(r, k);
	for (size_t i = 0; i < r->named_count; i++) {
		if (r->named[i].kind == k && count < AT_ONCE)
			ids[count++] = r->named[i].id;
		else
			r->named[kept++] = r->named[i];
	}
	r->named_count = kept;
	if (spec)
		r->refetch = fetch_new_records(&r->site, spec, ids, count);
	else
		r->again = true;
	while (count)
		free(ids[--count]);
	r->refetch_spec = spec;
}

static void take(struct runner *r)
{
	struct job *j = job_new(JOB_BATCH, r->id, r->source->name);
	struct mapping how = {.source = j->source,
			      .kind = r->refetch_spec->kind,
			      .map = r->refetch_spec->map,
			      .key = r->refetch_spec->key,
			      .connector = r->connector,
			      .convert = &r->refetch_spec->convert};
	j->epoch = r->epoch;
	j->streamed = true;
	fetch_set_lookups(r->refetch, lookups_value(r->lookups));
	fetch_map(r->refetch, r->env->mapper, &how, &j->haul, AT_ONCE, INT64_MAX);
	j->received = (int64_t)(j->haul.count + j->haul.reject_count);
	runner_note_gone(r, &j->haul);
	r->stream_in_flight++;
	writer_post(r->env->writer, j);
}

void runner_refetch_turn(struct runner *r)
{
	struct failure f;
	if (!r->refetch && r->named_count && auth_prepare(r->site.auth, &f) == AUTH_READY)
		begin(r);
	if (!r->refetch || fetch_state(r->refetch) == FETCH_WAITING)
		return;
	if (fetch_state(r->refetch) == FETCH_READY) {
		take(r);
	} else {
		runner_log_failure(r, fetch_failure(r->refetch));
		r->again = true;
	}
	fetch_free(r->refetch);
	r->refetch = NULL;
}

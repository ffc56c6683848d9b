/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/job.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

#define CURSORS_MOST 256

struct job *job_new(enum job_type type, uint64_t owner, const char *source)
{
	struct job *j = xcalloc(1, sizeof *j);
	j->type = type;
	j->owner = owner;
	j->server_time = j->status.last_ok = j->status.last_change = CLOCK_NONE;
	j->source = arena_strdup(&j->haul.arena, source ? source : "");
	return j;
}

void job_free(void *job)
{
	struct job *j = job;
	if (!j)
		return;
	for (size_t i = 0; i < j->cursor_count; i++)
		free(j->cursors[i].cursor);
	free(j->known);
	json_decref(j->question);
	json_decref(j->proposals);
	purge_policy_free(j->policy);
	outbox_job_free(j->outbox);
	escalation_list_free(&j->escalations);
	haul_free(&j->haul);
	free(j);
}

void job_add_cursor(struct job *j, const char *feed, const char *cursor)
{
	if (!j->cursors)
		j->cursors = arena_alloc(&j->haul.arena, CURSORS_MOST * sizeof *j->cursors);
	if (j->cursor_count < CURSORS_MOST)
		j->cursors[j->cursor_count++] = (struct job_cursor){
			arena_strdup(&j->haul.arena, feed), cursor ? xstrdup(cursor) : NULL};
}

void job_add_known(struct job *j, const char *feed, const char *hash, const char *records)
{
	struct arena *a = &j->haul.arena;
	ARRAY_PUSH(j->known, j->known_count, j->known_cap) = (struct job_known){
		arena_strdup(a, feed), arena_strdup(a, hash), arena_strdup(a, records)};
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/feed.h"

#include <stdlib.h>
#include <string.h>

#include "api/paging.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "store/row_writer.h"

#define PATIENCE 2

void feed_init(struct feed *f, const struct resource *spec)
{
	*f = (struct feed){.spec = spec, .patience = PATIENCE};
	f->folder.marks = (struct strbuf)STRBUF_INIT;
}

void feed_forget(struct feed *f)
{
	free(f->etag);
	free(f->modified);
	f->etag = f->modified = NULL;
	detail_forget(&f->memory);
}

void feed_free(struct feed *f)
{
	feed_forget(f);
	free(f->cursor);
	id_set_free(&f->ids);
	id_set_free(&f->said);
	folder_free(&f->folder);
	position_free(&f->at);
}

bool feed_is_snapshot(const struct feed *f)
{
	return f->spec->changes == CHANGES_SNAPSHOT || f->renew ||
	       (feed_has_mark(f->spec) && plan_is_complete(&f->plan));
}

/* Where items have numbers they change them while others come and go. */
static bool is_numbered(const struct feed *f)
{
	return f->spec->paging == PAGING_PAGE || f->spec->paging == PAGING_OFFSET;
}

static char *copy_of(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* Asks for the range from its first page on. */
static void begin_range(struct feed *f)
{
	position_free(&f->at);
	if (f->spec->changes == CHANGES_CURSOR && !f->renew)
		f->at.cursor = copy_of(f->cursor);
	if (feed_has_mark(f->spec)) {
		f->at.since = plan_since(&f->plan);
		f->at.until = plan_until(&f->plan);
	}
	f->at.etag = copy_of(f->etag);
	f->at.modified = copy_of(f->modified);
	id_set_free(&f->ids);
	id_set_free(&f->said);
	f->moved = f->descends = false;
	f->items = 0;
	f->first_total = -1;
	f->newest = f->asked_at = CLOCK_NONE;
}

/* Quiet feeds are asked less and less often, until something happens. */
static void set_pace(struct feed *f)
{
	const struct poll_spec *s = &f->spec->poll;
	if (!s->most)
		f->pace = f->spec->interval;
	else if (f->changed || !f->pace)
		f->pace = f->changed ? s->least : f->spec->interval;
	else
		f->pace += f->pace / 2;
	if (s->most && f->pace > s->most)
		f->pace = s->most;
	if (s->most && f->pace < s->least)
		f->pace = s->least;
}

/* When it is asked next; a file that is being written is looked at sooner. */
static void set_due(struct feed *f, int64_t rest)
{
	set_pace(f);
	int64_t wait = f->pace > rest ? f->pace : rest;
	if (f->folder.waits && f->spec->files.settle < wait)
		wait = f->spec->files.settle + 1;
	f->due = clock_monotonic() + wait;
}

/* Without a new file there is nothing to ask for. */
static void look_for_files(struct feed *f, const char *base_url)
{
	folder_look_for(&f->folder, base_url, &f->spec->files, f->cursor,
			f->spec->changes == CHANGES_SNAPSHOT);
	f->at.folder = &f->folder;
	if (f->folder.count || f->folder.error)
		return;
	f->started = f->finished = true;
	set_due(f, 0);
}

void feed_begin(struct feed *f, const char *base_url, int64_t server_now)
{
	struct mark mark;
	mark_read(&mark, f->cursor);
	if (feed_has_mark(f->spec))
		plan_begin(&f->plan, f->spec, &mark, server_now, clock_now(), f->renew);
	f->wanted = true;
	f->started = f->busy = f->finished = f->opened = f->changed = false;
	f->seen = f->tries = 0;
	f->total = -1;
	begin_range(f);
	if (f->spec->files.pattern)
		look_for_files(f, base_url);
}

void feed_note_page(struct feed *f, const struct page_facts *facts)
{
	f->busy = !facts->more;
	position_copy(&f->at, &facts->next);
	if (facts->total >= 0 && f->seen == 0 && (!f->cursor || feed_is_snapshot(f)))
		f->total = facts->total;
	if (facts->total >= 0 && f->items == 0)
		f->first_total = facts->total;
	f->moved |= facts->total >= 0 && facts->total < f->first_total;
	f->seen += (int64_t)facts->items;
	f->items += (int64_t)facts->items;
	if (f->asked_at == CLOCK_NONE)
		f->asked_at = facts->server_time;
}

static void add_cursor(struct feed *f, struct job *j, const char *cursor)
{
	if (f->cursor && strcmp(f->cursor, cursor) == 0)
		return;
	free(f->cursor);
	f->cursor = xstrdup(cursor);
	job_add_cursor(j, f->spec->name, cursor);
}

/* A record that comes twice and says something else has moved to a later page, and another one
 * to an earlier, unseen.  One that says the same was pushed on by a new one: that is harmless.
 */
static void note_ids(struct feed *f, const struct haul *h)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct record *r = h->records[i];
		uint64_t id = paging_hash(r->id, strlen(r->id)) + kind_index(r->kind);
		bool known = !id_set_add(&f->ids, id);
		bool same = !id_set_add(&f->said, id ^ (uint64_t)row_hash(r));
		f->moved |= known && !same;
	}
}

static void note_newest(struct feed *f, const struct page_facts *facts)
{
	bool first = facts->next.page <= 1;
	if (first)
		f->first_newest = facts->newest;
	f->descends |= facts->descends ||
		       (!first && facts->oldest != CLOCK_NONE && facts->oldest < f->newest);
	if (facts->newest > f->newest)
		f->newest = facts->newest;
}

/* What changed while several pages were read may have slipped from one that was not yet read to
 * one that was.  Without a clock of the server only that is certain which was there before:
 * what the first page had, or the pass before this one. */
static int64_t certain_newest(const struct feed *f, bool several)
{
	bool told = f->asked_at != CLOCK_NONE && f->spec->changes != CHANGES_SEQUENCE;
	int64_t certain = f->plan.mark.back > f->first_newest ? f->plan.mark.back
							      : f->first_newest;
	if (told || !several || (!is_numbered(f) && !f->descends))
		return f->newest;
	return certain < f->newest ? certain : f->newest;
}

/* After the last page of a range.  1: the pass over this feed is over; 0: it goes on with
 * another range, or this one again; -1 with the failure. */
static int decide(struct feed *f, bool unchanged, bool several, struct failure *failure)
{
	if (f->moved && is_numbered(f) && feed_has_mark(f->spec) && f->tries < f->patience) {
		f->tries++;
		f->seen -= f->items;
		f->opened = false;
		begin_range(f);
		return 0;
	}
	if (is_numbered(f)) /* a server whose pages are never at rest is not asked thrice */
		f->patience = f->moved ? 0 : PATIENCE;
	if (!feed_has_mark(f->spec) || unchanged)
		return 1;
	int more = plan_done(&f->plan, f->items, certain_newest(f, several), f->asked_at,
			     clock_now());
	if (f->spec->changes != CHANGES_WINDOW && f->newest > f->plan.mark.back)
		f->plan.mark.back = f->newest;
	if (more < 0)
		return failure_set(failure, ERR_LIMIT,
				   N_("more records at one time than the server gives at most"),
				   f->spec->name);
	if (more)
		begin_range(f);
	return !more;
}

/* A list is known to be whole where it came in one page, or has as many as the server says;
 * others may have lost a record to another page. */
static int64_t misses_of(const struct feed *f, bool one_page)
{
	bool whole = one_page || f->folder.count ||
		     (f->first_total >= 0 && f->items == f->first_total && !f->moved);
	if (f->spec->delta.misses)
		return f->spec->delta.misses;
	return whole ? 1 : 2;
}

static void seal_mark(struct feed *f, struct job *j, bool over)
{
	char text[MARK_TEXT];
	if (!over && f->spec->changes != CHANGES_WINDOW)
		return;
	mark_write(&f->plan.mark, text);
	if (f->plan.mark.top != CLOCK_NONE)
		add_cursor(f, j, text);
}

/* Puts the feed's standing into the batch of its page.  A snapshot's cursor is good only when
 * all of it is in. */
static void seal(struct feed *f, struct job *j, const struct page_facts *facts, bool over)
{
	bool snapshot = feed_is_snapshot(f) && f->spec->kind && !facts->unchanged;
	j->received = (int64_t)facts->items;
	if (snapshot && !f->opened)
		j->snapshot |= SNAPSHOT_OPEN;
	f->opened = true;
	if (snapshot && over)
		j->snapshot |= SNAPSHOT_CLOSE;
	j->kind = f->spec->kind;
	j->seen = f->seen;
	j->guard = f->spec->guard;
	j->misses = misses_of(f, facts->next.page <= 1);
	if (f->spec->changes == CHANGES_CURSOR && facts->next.cursor && (!snapshot || over))
		add_cursor(f, j, facts->next.cursor);
	else if (feed_has_mark(f->spec) && !facts->more)
		seal_mark(f, j, over);
	else if (f->spec->files.pattern && over)
		add_cursor(f, j, f->folder.marks.s);
	if (over)
		f->renew = false;
}

static void keep_validators(struct feed *f, const struct page_facts *facts)
{
	if (facts->unchanged)
		return;
	free(f->etag);
	free(f->modified);
	f->etag = copy_of(facts->next.etag);
	f->modified = copy_of(facts->next.modified);
}

static void finish_feed(struct feed *f, const struct page_facts *facts, int64_t rest)
{
	f->finished = true;
	id_set_free(&f->ids);
	id_set_free(&f->said);
	keep_validators(f, facts);
	set_due(f, rest);
}

int feed_close_page(struct feed *f, struct job *j, const struct page_facts *facts, int64_t rest,
		    struct failure *failure)
{
	int over = 0, tries = f->tries;
	if (is_numbered(f) && feed_has_mark(f->spec) && (facts->more || f->ids.count))
		note_ids(f, &j->haul);
	note_newest(f, facts);
	if (!facts->more) {
		over = decide(f, facts->unchanged, facts->next.page > 1, failure);
		if (over < 0)
			return -1;
		f->busy = false;
	}
	if (f->tries != tries) { /* it begins again: nothing is known to be whole */
		j->received = (int64_t)facts->items;
		j->kind = f->spec->kind;
	} else {
		seal(f, j, facts, over);
	}
	if (over)
		finish_feed(f, facts, rest);
	return 0;
}

/* What its details taught goes with the records that came of them. */
void feed_add_known(struct feed *f, struct job *j)
{
	struct detail_memory *m = &f->memory;
	for (size_t i = 0; i < m->fresh_count; i++)
		job_add_known(j, f->spec->name, m->fresh[i].hash, m->fresh[i].records);
	detail_taken(m);
}

void feed_landed(struct feed *f, bool changed)
{
	int64_t soon = clock_monotonic() + f->spec->poll.least;
	if (!changed || !f->spec->poll.most)
		return;
	f->changed = true;
	f->pace = f->spec->poll.least;
	if (f->due > soon)
		f->due = soon;
}

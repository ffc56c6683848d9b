/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"

#define START INT64_C(1795000000000) /* 2026-11-18 */

struct item {
	int64_t id, at, n; /* n: number of its last change */
	bool gone;
};

struct sim {
	struct sim_habits habits;
	struct MHD_Daemon *daemon;
	pthread_mutex_t lock;
	struct item *items;
	size_t count, cap;
	int64_t now, changes;
	uint64_t seed;
	int port, requests;
	bool calm;
};

static uint64_t draw(struct sim *s, uint64_t below)
{
	s->seed = s->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (s->seed >> 33) % below;
}

static int64_t told(const struct sim *s, int64_t t)
{
	return t - t % s->habits.grain;
}

static void touch(struct sim *s, struct item *i)
{
	s->now += (int64_t)draw(s, 300);
	i->at = s->now;
	i->n = ++s->changes;
}

static void change(struct sim *s)
{
	uint64_t what = draw(s, 10);
	struct item *i = &s->items[draw(s, s->count)];
	if (what < 2) {
		ARRAY_PUSH(s->items, s->count, s->cap) = (struct item){(int64_t)s->count + 1, 0,
								       0, 0};
		i = &s->items[s->count - 1];
	} else if (what == 2 && s->habits.deletes) {
		i->gone = true;
	} else if (i->gone) {
		return;
	}
	touch(s, i);
}

/* --- lists --- */

struct query {
	int64_t page, size, offset, cursor, after_at, after_id, since, until, seq;
};

static int64_t argument(struct MHD_Connection *c, const char *name)
{
	int64_t t;
	const char *v = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
	if (!v || !*v)
		return -1;
	if (strchr(v, 'T'))
		return clock_parse(v, strlen(v), &t) == 0 ? t : -1;
	return strtoll(v, NULL, 10);
}

static bool fits(const struct sim *s, const struct item *i, const struct query *q)
{
	int64_t at = told(s, i->at);
	if (q->cursor >= 0)
		return i->n > q->cursor;
	if (i->gone || (q->seq >= 0 && i->n <= q->seq) || (q->until >= 0 && at > q->until))
		return false;
	if (q->since >= 0 && (s->habits.exclusive ? at <= q->since : at < q->since))
		return false;
	return q->after_at < 0 || at > q->after_at ||
	       (at == q->after_at && i->id > q->after_id);
}

static const struct sim *sorted; /* qsort has no context; under the lock */
static bool by_change;

static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int64_t p = told(sorted, x->at), q = told(sorted, y->at);
	int order = by_change                        ? (x->n > y->n) - (x->n < y->n)
		    : sorted->habits.by_id || p == q ? (x->id > y->id) - (x->id < y->id)
		    : p < q                          ? -1
						     : 1;
	return !by_change && sorted->habits.newest_first ? -order : order;
}

static void add_item(const struct sim *s, struct strbuf *b, const struct item *i)
{
	char at[CLOCK_TEXT];
	clock_format_utc(told(s, i->at), at);
	strbuf_addf(b, "{\"id\":%lld,\"at\":\"%s\",\"n\":%lld,\"text\":\"t%lld\",\"gone\":%s}",
		    (long long)i->id, at, (long long)i->n, (long long)i->n,
		    i->gone ? "true" : "false");
}

static size_t first_of(const struct query *q, size_t size)
{
	if (q->offset >= 0)
		return (size_t)q->offset;
	return q->page >= 0 ? (size_t)q->page * size : 0;
}

static void add_ends(struct sim *s, struct strbuf *b, const struct query *q,
		     const struct item *found, size_t count, size_t end, size_t on_page)
{
	char now[CLOCK_TEXT];
	clock_format_utc(s->now, now);
	strbuf_addf(b, "],\"time\":\"%s\",\"more\":%s", now, end < count ? "true" : "false");
	if (s->habits.total || s->habits.page_total)
		strbuf_addf(b, ",\"total\":%zu", s->habits.total ? count : on_page);
	if (q->cursor >= 0)
		strbuf_addf(b, ",\"cursor\":%lld",
			    (long long)(end ? found[end - 1].n : q->cursor));
	else if (end < count)
		strbuf_addf(b, ",\"next\":\"/list?offset=%zu&size=%lld\"", end,
			    (long long)q->size);
	strbuf_addc(b, '}');
}

static void list(struct sim *s, const struct query *q, struct strbuf *b)
{
	struct item *found = xcalloc(s->count + 1, sizeof *found);
	size_t count = 0, size = q->size > 0 ? (size_t)q->size : 1000000;
	if (s->habits.clamp && size > (size_t)s->habits.clamp)
		size = (size_t)s->habits.clamp;
	for (size_t i = 0; i < s->count; i++)
		if (fits(s, &s->items[i], q))
			found[count++] = s->items[i];
	sorted = s;
	by_change = q->cursor >= 0;
	qsort(found, count, sizeof *found, compare);
	size_t i = first_of(q, size), end = i + size < count ? i + size : count;
	size_t on_page = i < end ? end - i : 0;
	strbuf_adds(b, "{\"items\":[");
	for (size_t first = i; i < end; i++) {
		if (i > first)
			strbuf_addc(b, ',');
		add_item(s, b, &found[i]);
	}
	add_ends(s, b, q, found, count, end, on_page);
	free(found);
}

static void turn(struct sim *s, const struct query *q, struct strbuf *b)
{
	pthread_mutex_lock(&s->lock);
	s->requests++;
	s->now += (int64_t)draw(s, 700);
	list(s, q, b);
	for (int i = 0; !s->calm && i < s->habits.unrest; i++)
		change(s);
	pthread_mutex_unlock(&s->lock);
}

static enum MHD_Result answer(void *context, struct MHD_Connection *c, const char *path,
			      const char *method, const char *version, const char *upload,
			      size_t *upload_n, void **state)
{
	(void)method;
	(void)version;
	(void)upload;
	(void)upload_n;
	(void)state;
	struct strbuf b = STRBUF_INIT;
	struct query q = {.page = argument(c, "page"),
			  .size = argument(c, "size"),
			  .offset = argument(c, "offset"),
			  .cursor = strcmp(path, "/changes") == 0 ? argument(c, "cursor") : -1,
			  .after_at = argument(c, "after_at"),
			  .after_id = argument(c, "after_id"),
			  .since = argument(c, "since"),
			  .until = argument(c, "until"),
			  .seq = argument(c, "seq")};
	if (strcmp(path, "/changes") == 0 && q.cursor < 0)
		q.cursor = 0;
	turn(context, &q, &b);
	struct MHD_Response *r = MHD_create_response_from_buffer(b.len, b.s,
								 MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(r, "Content-Type", "application/json");
	enum MHD_Result done = MHD_queue_response(c, MHD_HTTP_OK, r);
	MHD_destroy_response(r);
	strbuf_free(&b);
	return done;
}

struct sim *sim_start(const struct sim_habits *h, uint64_t seed)
{
	struct sim *s = xcalloc(1, sizeof *s);
	s->habits = *h;
	s->seed = seed;
	s->now = START - 10 * DAY;
	pthread_mutex_init(&s->lock, NULL);
	for (int i = 0; i < h->records; i++) {
		ARRAY_PUSH(s->items, s->count, s->cap) = (struct item){i + 1, 0, 0, false};
		touch(s, &s->items[i]);
		s->now += (int64_t)draw(s, (uint64_t)(10 * DAY / h->records));
	}
	s->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer, s,
				     MHD_OPTION_END);
	const union MHD_DaemonInfo *info =
		s->daemon ? MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	s->port = info ? info->port : 0;
	return s;
}

void sim_stop(struct sim *s)
{
	MHD_stop_daemon(s->daemon);
	pthread_mutex_destroy(&s->lock);
	free(s->items);
	free(s);
}

int sim_port(const struct sim *s)
{
	return s->port;
}

void sim_calm(struct sim *s, bool calm)
{
	pthread_mutex_lock(&s->lock);
	s->calm = calm;
	pthread_mutex_unlock(&s->lock);
}

void sim_change(struct sim *s, int times)
{
	pthread_mutex_lock(&s->lock);
	while (times--)
		change(s);
	pthread_mutex_unlock(&s->lock);
}

void sim_each(struct sim *s, void (*each)(void *, int64_t, const char *), void *context)
{
	char text[32];
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->count; i++) {
		snprintf(text, sizeof text, "t%lld", (long long)s->items[i].n);
		if (!s->items[i].gone)
			each(context, s->items[i].id, text);
	}
	pthread_mutex_unlock(&s->lock);
}

int sim_requests(const struct sim *s)
{
	return s->requests;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hold.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct hold {
	char *source;
	struct backoff backoff;
	int64_t until;
	bool asked_for; /* the source named the time */
};

void holds_free(struct holds *h)
{
	for (size_t i = 0; i < h->count; i++)
		free(h->list[i].source);
	free(h->list);
	*h = (struct holds){NULL, 0};
}

static struct hold *find(const struct holds *h, const char *source)
{
	for (size_t i = 0; i < h->count; i++)
		if (strcmp(h->list[i].source, source) == 0)
			return &h->list[i];
	return NULL;
}

static struct hold *add(struct holds *h, const char *source, int64_t now)
{
	h->list = xreallocarray(h->list, h->count + 1, sizeof *h->list);
	struct hold *one = &h->list[h->count++];
	*one = (struct hold){.source = xstrdup(source)};
	backoff_init(&one->backoff, (uint64_t)now + h->count);
	return one;
}

bool hold_is_meant(const struct failure *f)
{
	return f->meant == 429 || (f->meant >= 502 && f->meant <= 504) ||
	       (!f->meant && !f->status && f->code == ERR_NET);
}

void hold_failed(struct holds *h, const char *source, const struct retry_spec *r,
		 int64_t retry_after, int64_t now)
{
	struct hold *one = find(h, source);
	if (!one)
		one = add(h, source, now);
	if (one->until > now) /* another line failed at the same time */
		return;
	one->until = now + backoff_failed(&one->backoff, r, retry_after);
	one->asked_for = retry_after > 0;
}

void hold_answered(struct holds *h, const char *source)
{
	struct hold *one = find(h, source);
	if (!one)
		return;
	backoff_succeeded(&one->backoff);
	one->until = 0;
}

void hold_look_again(struct holds *h)
{
	for (size_t i = 0; i < h->count; i++)
		if (!h->list[i].asked_for)
			h->list[i].until = 0;
}

size_t hold_room(const struct holds *h, const char *source, size_t lines, int64_t now)
{
	const struct hold *one = find(h, source);
	if (!one || !one->backoff.failures)
		return lines;
	return one->until > now ? 0 : 1;
}

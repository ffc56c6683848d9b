/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lookup.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

void lookup_start(struct app *a, const char *code, const struct kind *k, unsigned way)
{
	struct lookup *x = &a->lookup;
	*x = (struct lookup){.way = way};
	snprintf(x->code, sizeof x->code, "%s", code);
	if (k)
		x->queue = kind_index(k);
	else if (app_list(a))
		x->queue = kind_index(app_list(a)->kind);
}

bool lookup_is_on(const struct lookup *x)
{
	return x->code[0] != '\0';
}

struct page_query *lookup_by_code(const struct kind *k, const char *code, uint32_t most,
				  int64_t now)
{
	struct page_query *q = page_query_new();
	q->kind = k;
	q->filter = xasprintf("code:\"%s\"", code);
	q->sort = COL_CODE;
	q->limit = most;
	q->now = now;
	return q;
}

struct page_query *lookup_query(const struct app *a)
{
	const struct lookup *x = &a->lookup;
	return lookup_by_code(a->lists[x->queue].kind, x->code, 1, a->look.now);
}

/* On to the next queue, where one is left. */
static void miss(struct app *a)
{
	struct lookup *x = &a->lookup;
	x->tried++;
	if (x->way & LOOKUP_ANY_QUEUE && x->tried < a->queue_count) {
		x->queue = (x->queue + 1) % a->queue_count;
		return;
	}
	app_say(a, ROLE_NOTICE, _("no record with the code %s"), x->code);
	x->code[0] = '\0';
}

static void go_to(struct app *a, const struct record *r)
{
	struct lookup *x = &a->lookup;
	x->code[0] = '\0';
	if (x->way & LOOKUP_IN_DETAIL) {
		a->detail.pinned = true;
		detail_show(&a->detail, r->kind, r->rowid, a->look.now);
		return;
	}
	tabs_go_to_queue(a, x->queue);
	list_go_to_record(&a->lists[x->queue], r->rowid);
	a->lists[x->queue].seeking = !(x->way & LOOKUP_GENTLY);
	a->detail.open |= (x->way & LOOKUP_OPEN) != 0;
	a->places.jump = true;
}

void lookup_answer(struct app *a, struct page *p)
{
	if (p->error.code != ERR_NONE || !p->count)
		miss(a);
	else
		go_to(a, p->rows[0]);
	page_free(p);
}

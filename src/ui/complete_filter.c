/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters complete by their own rules (model/filter_complete.h). */
#include <string.h>

#include "base/alloc.h"
#include "model/filter_complete.h"
#include "ui/complete.h"
#include "ui/filter_look.h"
#include "ui/state.h"

static void add(struct completion *c, const struct filter_candidate *x)
{
	if (c->count == COMPLETE_MOST) {
		c->more = true;
		return;
	}
	ARRAY_PUSH(c->list, c->count, c->cap) = (struct candidate){x->text, x->about, x->ends,
								   0};
}

/* Those that begin with what was typed stand first, and may have more in common. */
static void rank(struct completion *c)
{
	for (size_t i = 0; i < c->count; i++)
		c->list[i].rank = completion_rank(c->typed, c->list[i].text) == 3 ? 3 : 1;
}

void complete_filter(struct app *a, const char *text, size_t start, size_t cursor,
		     struct completion *c)
{
	const struct list *l = app_list(a);
	completion_at(c, text, cursor, cursor);
	if (!l)
		return;
	const struct filter_context x = show_filter_context(&a->look, l->kind);
	char *filter = arena_memdup(&c->arena, text + start, cursor - start);
	struct filter_completion f = filter_complete(&c->arena, &x, filter, cursor - start);
	completion_at(c, text, start + f.start, cursor);
	for (size_t i = 0; i < f.count; i++)
		add(c, &f.list[i]);
	rank(c);
	c->more |= f.more;
	if (f.column < 0)
		return;
	completion_ask(c, COMPLETE_VALUES, l->kind, f.column, f.typed);
	c->filter = true;
}

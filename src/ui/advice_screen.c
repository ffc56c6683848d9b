/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question before suggestions for many records are accepted: how many go to which unit. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/kinds.h"
#include "ui/text_view.h"

#define INDENT 2
#define COUNT_AT 4
#define UNIT_AT 10

struct share {
	const char *unit;
	size_t count;
};

static size_t gather(const struct suggestions *s, struct share *list)
{
	size_t n = 0;
	for (size_t i = 0; i < s->count; i++) {
		size_t at = 0;
		while (at < n && strcmp(list[at].unit, s->list[i].unit) != 0)
			at++;
		if (at == n)
			list[n++] = (struct share){s->list[i].unit, 0};
		list[at].count++;
	}
	return n;
}

static int most_first(const void *a, const void *b)
{
	const struct share *x = a, *y = b;
	return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->unit, y->unit);
}

static void add_shares(struct app *a, const struct suggestions *s, int width)
{
	struct share *list = xcalloc(s->count + 1, sizeof *list);
	size_t n = gather(s, list);
	qsort(list, n, sizeof *list, most_first);
	for (size_t i = 0; i < n; i++) {
		const char *name = a->look.names.name(a->look.names.context, &kind_unit,
						      list[i].unit, a->look.now);
		doc_line(&a->text);
		doc_addf(&a->text, COUNT_AT, ROLE_STRONG, 0, "%zu", list[i].count);
		doc_wrap(&a->text, UNIT_AT, width - UNIT_AT - 1, ROLE_TEXT,
			 name ? name : list[i].unit);
	}
	free(list);
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	const struct suggestions *s = a->advice.accepted;
	size_t all = a->acting.target_count;
	doc_reset(&a->text);
	doc_line(&a->text);
	doc_addf(&a->text, INDENT, ROLE_HEADING, 0,
		 _("Give %zu of %zu records to the units that are suggested?"), s->count, all);
	doc_line(&a->text);
	add_shares(a, s, r.columns);
	if (s->count < all) {
		doc_line(&a->text);
		doc_line(&a->text);
		doc_addf(&a->text, INDENT, ROLE_DIM, 0,
			 _("For %zu no rule suggests anything: they stay as they are."),
			 all - s->count);
	}
	text_draw(a, b, r);
}

const struct view advice_view = {
	.context = CONTEXT_ACCEPT,
	.draw = draw,
	.move = text_move,
	.tell = tell_text,
};

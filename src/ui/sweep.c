/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sweep.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/filter_narrow.h"
#include "text/fmt.h"
#include "ui/state.h"
#include "ui/tabs.h"

void sweep_free(struct sweep *s)
{
	free(s->filter);
	*s = (struct sweep){.wanted = false};
}

void sweep_start(struct app *a, enum marks_deed deed, const char *filter)
{
	sweep_free(&a->sweep);
	a->sweep = (struct sweep){.wanted = true,
				  .queue = tabs_queue(a, a->tab),
				  .deed = deed,
				  .filter = filter ? xstrdup(filter) : NULL};
	list_hold(app_list(a));
}

static void too_many(struct app *a)
{
	char most[FMT_TEXT];
	app_say(a, ROLE_ERROR, _("more than %s records can't be marked: narrow the filter"),
		fmt_integer(MARKS_MOST, most));
}

static void say_count(struct app *a, const struct list *l)
{
	char count[FMT_TEXT];
	app_say(a, ROLE_NOTICE, _("%s marked"), fmt_integer((int64_t)l->marks.count, count));
}

void sweep_range(struct app *a)
{
	struct list *l = app_list(a);
	struct marks *m = &l->marks;
	char key[32];
	if (!m->range_from) {
		list_range_start(l);
		if (m->range_from)
			app_say(a, ROLE_NOTICE, _("from here; %s marks as far as the cursor"),
				app_key(a, "mark-range", key, sizeof key));
		return;
	}
	int done = list_range_end(l);
	if (done < 0) {
		too_many(a);
	} else if (done > 0) {
		say_count(a, l);
	} else {
		sweep_start(a, MARKS_ADD, NULL);
		a->sweep.from = m->range_side < 0 ? m->range_from : l->cursor_rowid;
		a->sweep.to = m->range_side < 0 ? l->cursor_rowid : m->range_from;
		m->range_from = 0;
	}
}

struct page_query *sweep_query(struct app *a)
{
	const struct sweep *s = &a->sweep;
	const struct list *l = &a->lists[s->queue];
	struct page_query *q = page_query_new();
	char *shown = list_filter_text(l);
	q->kind = l->kind;
	q->filter = filter_narrow(shown, s->filter ? s->filter : "", NULL);
	q->sort = l->sort;
	q->descending = l->descending;
	q->place = s->from ? PAGE_AROUND : PAGE_HOME;
	q->rowid = s->from;
	q->limit = MARKS_MOST;
	q->newest = l->following ? 0 : l->newest;
	q->now = a->look.now;
	free(shown);
	return q;
}

/* How many of the rows belong to it; 0 where its end is not among them. */
static size_t rows_of(const struct sweep *s, const struct page *p)
{
	if (!s->from)
		return p->count;
	for (size_t i = 0; i < p->count; i++)
		if (p->rows[i]->rowid == s->to)
			return i + 1;
	return 0;
}

void sweep_answer(struct app *a, struct page *p)
{
	struct sweep *s = &a->sweep;
	struct list *l = &a->lists[s->queue];
	size_t n = rows_of(s, p);
	bool cut = s->from ? n == 0 : !p->at_end;
	if (cut && s->from && !s->turned && p->error.code == ERR_NONE) {
		int64_t from = s->from;
		s->from = s->to;
		s->to = from;
		s->turned = true;
		page_free(p);
		return;
	}
	if (p->error.code != ERR_NONE)
		app_say(a, ROLE_ERROR, "%s", p->error.text);
	else if (p->partial)
		app_say(a, ROLE_ERROR, "%s",
			_("nothing marked: no index answers this, and not all records were "
			  "looked through"));
	else if (cut || list_mark_rows(l, p->rows, n, s->deed) < 0)
		too_many(a);
	else if (!n)
		app_say(a, ROLE_NOTICE, "%s", _("no record here passes this"));
	else
		say_count(a, l);
	page_free(p);
	sweep_free(s);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/spoken.h"

#include <inttypes.h>

#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

void spoken_messages(struct app *a, struct strbuf *out, struct strbuf *problems)
{
	struct telling *t = &a->telling;
	strbuf_add(out, t->messages.s, t->messages.len);
	strbuf_add(problems, t->problems.s, t->problems.len);
	if (t->left_out)
		strbuf_addf(out, _("and %zu more messages"), t->left_out);
	if (t->left_out)
		strbuf_addc(out, '\n');
	strbuf_clear(&t->messages);
	strbuf_clear(&t->problems);
	t->message_count = t->left_out = 0;
}

enum err_code spoken_refusal(struct app *a)
{
	enum err_code code = a->telling.refused;
	a->telling.refused = ERR_NONE;
	return code;
}

static void add_list(const struct list *l, struct strbuf *out)
{
	if (l->groups.on)
		strbuf_addf(out, " %d", l->groups.column);
	strbuf_addf(out, " %s/%s/%d%d", l->view.name ? l->view.name : "", l->words, l->sort,
		    l->descending);
}

void spoken_place(const struct app *a, struct strbuf *out)
{
	const struct detail *d = &a->detail;
	const struct due_state *due = &a->due;
	size_t queue = tabs_queue(a, a->tab);
	strbuf_addf(out, "%zu %d", a->tab, (int)a->overlay);
	if (a->overlay == OVERLAY_OUTBOX)
		strbuf_addf(out, " %zu", a->acting.outbox_at);
	if (a->overlay == OVERLAY_FIND)
		strbuf_addf(out, " %s", a->find.words ? a->find.words : "");
	if (a->overlay == OVERLAY_RESULTS)
		strbuf_addf(out, " %" PRId64, a->acting.batch.first_id);
	if (a->overlay != OVERLAY_NONE)
		return;
	if (d->open)
		strbuf_addf(out, " %s %" PRId64, d->kind ? d->kind->id : "", d->rowid);
	else if (queue != NO_QUEUE)
		add_list(&a->lists[queue], out);
	else if (a->tab == tabs_due(a))
		strbuf_addf(out, " %s %d%d%d", due->kind ? due->kind->id : "", (int)due->by,
			    due->today, due->foretelling);
}

bool spoken_is_base(const struct app *a)
{
	return a->overlay == OVERLAY_NONE;
}

bool spoken_is_wanted(struct app *a)
{
	bool moved = a->telling.moved;
	a->telling.moved = false;
	return moved;
}

void spoken_prompt(const struct app *a, struct strbuf *out)
{
	const struct record *r = a->overlay == OVERLAY_NONE && a->detail.open
					 ? detail_record(&a->detail)
					 : NULL;
	size_t queue = tabs_queue(a, a->tab);
	if (r)
		strbuf_adds(out, record_text(r, COL_CODE));
	else if (a->overlay == OVERLAY_NONE && queue != NO_QUEUE)
		strbuf_adds(out, _(a->lists[queue].kind->title));
	else
		strbuf_adds(out, _(context_title(app_context(a))));
	/* What is done next is done to all of them. */
	if (queue != NO_QUEUE && a->lists[queue].marks.count && !a->detail.pinned)
		strbuf_addf(out, " (%zu %s)", a->lists[queue].marks.count, _("marked"));
}

bool spoken_is_settled(const struct app *a)
{
	const struct acting *x = &a->acting;
	size_t queue = tabs_queue(a, a->tab);
	bool list = queue != NO_QUEUE && a->lists[queue].want != LIST_SETTLED;
	bool due = a->tab == tabs_due(a) &&
		   (a->due.foretelling ? !a->due.forecast : !a->due.board);
	bool grouped = queue != NO_QUEUE && a->lists[queue].groups.on;
	if (grouped && !a->lists[queue].groups.answer)
		return false;
	if (a->overlay == OVERLAY_FIND && find_waits(&a->find))
		return false;
	return !runner_is_busy(a) && a->asker == ASKER_NONE && !list && !due &&
	       !lookup_is_on(&a->lookup) && !a->errand.wanted && !a->sweep.wanted &&
	       (!a->detail.open || !a->detail.stale) && !batch_is_busy(a) &&
	       x->form.stage != FORM_SENDING;
}

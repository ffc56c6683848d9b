/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/advice.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/kinds.h"
#include "routing/routing.h"
#include "ui/state.h"

void advice_free(struct advice *x)
{
	suggestions_free(x->shown);
	suggestions_free(x->accepted);
	x->shown = x->accepted = NULL;
}

/* --- what is shown --- */

static void want(struct advice *x, const struct kind *k, int64_t rowid, int64_t version)
{
	if (x->kind == k && x->rowid == rowid && x->version == version)
		return;
	x->kind = k;
	x->rowid = rowid;
	x->version = version;
	x->stale = true;
}

/* That of the form that distributes, else the record on screen. */
static void choose(struct app *a)
{
	const struct acting *x = &a->acting;
	const struct record *r = a->detail.open ? detail_record(&a->detail) : NULL;
	if (a->overlay == OVERLAY_FORM && x->target_count == 1 && x->targets[0].rowid &&
	    x->form.action == routing_action(x->targets[0].kind))
		want(&a->advice, x->targets[0].kind, x->targets[0].rowid,
		     x->targets[0].version);
	else if (r && !a->detail.stale && routing_action(r->kind))
		want(&a->advice, r->kind, r->rowid, r->version);
}

static void ask(struct advice *x, struct suggest_query *q, struct effects *fx)
{
	q->generation = ++x->generation;
	effects_add(fx, EFFECT_SUGGEST, NULL)->suggest = q;
}

void advice_settle(struct app *a, struct effects *fx)
{
	struct advice *x = &a->advice;
	choose(a);
	if (!x->stale || x->accepting)
		return;
	struct suggest_query *q = suggest_query_new(x->kind, 1);
	q->rowids[0] = x->rowid;
	x->stale = false;
	ask(x, q, fx);
}

static const char *state_wanted(const struct look *l, const struct record *r)
{
	struct value v;
	if (l->pending && pending_value(l->pending, r, COL_STATE, &v))
		return v.s;
	return record_text(r, COL_STATE);
}

const struct suggestion *advice_for(const struct look *l, const struct record *r)
{
	const struct action *before;
	const struct suggestion *s = suggestions_of(l->suggestions, r->kind, r->rowid);
	return s && routing_steps(r->kind, state_wanted(l, r), &before) ? s : NULL;
}

static const char *unit_name(const struct look *l, const char *code)
{
	const char *name = l->names.name(l->names.context, &kind_unit, code, l->now);
	return name ? name : code;
}

void advice_lay_out(struct doc *d, const struct look *l, const struct suggestion *s,
		    const char *key, int at, int width)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, _("Suggested: %s (rule %s)"), unit_name(l, s->unit), s->rule);
	if (*key)
		strbuf_addf(&b, _("   %s accepts it"), key);
	doc_line(d);
	doc_wrap(d, at, width - at - 1, ROLE_NOTICE, b.s);
	strbuf_free(&b);
}

/* --- accepting --- */

int advice_accept(struct app *a, struct effects *fx, struct err *e)
{
	struct acting *x = &a->acting;
	if (acting_take_targets(a, e) < 0)
		return -1;
	const struct kind *k = x->targets[0].kind;
	if (!routing_action(k))
		return err_set(e, ERR_UNSUPPORTED, "%s",
			       _("these records are not given to units"));
	struct suggest_query *q = suggest_query_new(k, x->target_count);
	for (size_t i = 0; i < x->target_count; i++)
		q->rowids[i] = x->targets[i].rowid;
	a->advice.accepting = true;
	a->advice.stale = true;
	ask(&a->advice, q, fx);
	return 0;
}

/* What is to be done with one record, in order; 0 where nothing may be. */
static size_t wishes_of(const struct app *a, const struct target *t, const struct suggestion *s,
			struct act_wish out[2])
{
	struct actor who = acting_actor(&a->acting);
	const struct action *act = routing_action(t->kind), *before;
	struct target after = *t;
	size_t n = 0;
	if (!routing_steps(t->kind, t->state, &before))
		return 0;
	if (before) {
		if (acting_allows(a, t, before, &who) != ACTION_ALLOWED)
			return 0;
		out[n++] = (struct act_wish){*t, before, NULL};
		utf8_copy(after.state, sizeof after.state, before->to);
		after.version = 0; /* our own action before it changes that */
	}
	if (acting_allows(a, &after, act, &who) != ACTION_ALLOWED)
		return 0;
	out[n++] = (struct act_wish){after, act, s->fields};
	return n;
}

static struct act_wish *all_wishes(const struct app *a, const struct suggestions *s,
				   size_t *count)
{
	const struct acting *x = &a->acting;
	struct act_wish *list = xcalloc(x->target_count * 2 + 1, sizeof *list);
	*count = 0;
	for (size_t i = 0; i < x->target_count; i++) {
		const struct suggestion *one = suggestions_of(s, x->targets[i].kind,
							      x->targets[i].rowid);
		if (one)
			*count += wishes_of(a, &x->targets[i], one, &list[*count]);
	}
	return list;
}

static void hand_over(struct app *a, const struct suggestions *s, struct effects *fx)
{
	struct err e = ERR_INIT;
	size_t count;
	struct act_wish *list = all_wishes(a, s, &count);
	if (!count)
		app_say(a, ROLE_NOTICE, "%s",
			s->count ? _("what is suggested may not be done in this state, or by "
				     "you")
				 : _("no rule suggests a unit here"));
	else if (batch_send_all(a, routing_action(s->kind), list, count, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
	free(list);
}

void advice_came(struct app *a, struct suggestions *s, struct effects *fx)
{
	struct advice *x = &a->advice;
	if (s->generation != x->generation) {
		suggestions_free(s);
	} else if (!x->accepting) {
		suggestions_free(x->shown);
		x->shown = s;
		a->look.suggestions = s;
		a->detail.doc_columns = 0;
	} else {
		x->accepting = false;
		suggestions_free(x->accepted);
		x->accepted = s;
		if (s->error.code)
			app_say(a, ROLE_ERROR, "%s", s->error.text);
		else if (a->acting.target_count > 1 && s->count)
			a->overlay = OVERLAY_ACCEPT;
		else
			hand_over(a, s, fx);
	}
}

void advice_confirm(struct app *a, struct effects *fx)
{
	a->overlay = OVERLAY_NONE;
	if (a->advice.accepted)
		hand_over(a, a->advice.accepted, fx);
}

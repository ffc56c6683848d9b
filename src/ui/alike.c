/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alike.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/state.h"

void alike_free(struct alike *x)
{
	duplicates_free(x->answer);
	x->answer = NULL;
}

void alike_want(struct alike *x, const struct kind *k, int64_t rowid)
{
	if (x->kind == k && x->rowid == rowid)
		return;
	x->kind = k;
	x->rowid = rowid;
	x->stale = true;
	x->at = 0;
	x->offer_count = 0;
}

static struct duplicates_query *ask(struct alike *x)
{
	if (!x->stale)
		return NULL;
	struct duplicates_query *q = duplicates_query_new(x->kind, &x->rules);
	q->rowid = x->rowid;
	q->generation = ++x->generation;
	x->stale = false;
	return q;
}

/* What the record could be merged into, for the form. */
static void make_offers(struct alike *x)
{
	const struct duplicates *d = x->answer;
	x->offer_count = 0;
	for (size_t i = 0; i < d->count; i++) {
		const struct duplicate *one = &d->list[i];
		struct form_offer *offer = &x->offers[x->offer_count];
		if (one->apart || one->into_self || one->refusal != DUPLICATES_MERGE ||
		    strlen(one->record->id) >= sizeof offer->value)
			continue;
		utf8_copy(offer->value, sizeof offer->value, one->record->id);
		snprintf(offer->title, sizeof offer->title, "%s  %d%%",
			 record_text(one->record, COL_CODE), one->likeness.percent);
		struct strbuf why = STRBUF_INIT;
		duplicates_reasons(&why, &one->likeness);
		utf8_copy(offer->note, sizeof offer->note, why.s);
		strbuf_free(&why);
		x->offer_count++;
	}
}

static void answer(struct alike *x, struct duplicates *d)
{
	if (d->generation != x->generation) {
		duplicates_free(d);
		return;
	}
	duplicates_free(x->answer);
	x->answer = d;
	make_offers(x);
}

const struct duplicates *alike_of(const struct alike *x, const struct kind *k, int64_t rowid)
{
	const struct duplicates *d = x->answer;
	return d && d->kind == k && d->rowid == rowid && d->self ? d : NULL;
}

static void add(struct alike_row *rows, size_t *n, enum alike_part part, const struct record *r,
		const struct duplicate *d)
{
	if (*n < ALIKE_ROWS)
		rows[(*n)++] = (struct alike_row){part, r, d};
}

size_t alike_rows(const struct alike *x, struct alike_row rows[ALIKE_ROWS])
{
	const struct duplicates *d = alike_of(x, x->kind, x->rowid);
	size_t n = 0;
	if (!d)
		return 0;
	if (d->main)
		add(rows, &n, ALIKE_MAIN, d->main, NULL);
	for (size_t i = 0; i < d->member_count; i++)
		if (d->members[i]->rowid != d->rowid)
			add(rows, &n, ALIKE_MEMBER, d->members[i], NULL);
	for (size_t i = 0; i < d->count; i++)
		add(rows, &n, d->list[i].apart ? ALIKE_APART : ALIKE_SUGGESTED,
		    d->list[i].record, &d->list[i]);
	return n;
}

bool alike_current(const struct alike *x, struct alike_row *row)
{
	struct alike_row rows[ALIKE_ROWS];
	size_t n = alike_rows(x, rows);
	if (!n)
		return false;
	*row = rows[x->at < n ? x->at : n - 1];
	return true;
}

/* The record whose duplicates are wanted: that of the form, else that on screen. */
static void choose(struct app *a)
{
	const struct acting *x = &a->acting;
	const struct record *r = a->detail.open ? detail_record(&a->detail) : NULL;
	if (a->overlay == OVERLAY_DUPLICATES)
		return;
	if (a->overlay == OVERLAY_FORM && x->target_count == 1 && x->targets[0].rowid &&
	    duplicates_fit(x->targets[0].kind))
		alike_want(&a->alike, x->targets[0].kind, x->targets[0].rowid);
	else if (r && !a->detail.stale && duplicates_fit(r->kind))
		alike_want(&a->alike, r->kind, r->rowid);
}

void alike_settle(struct app *a, struct effects *fx)
{
	choose(a);
	struct duplicates_query *q = ask(&a->alike);
	if (q)
		effects_add(fx, EFFECT_DUPLICATES, NULL)->duplicates = q;
	if (a->overlay == OVERLAY_FORM)
		form_offer(&a->acting.form, a->alike.offers, a->alike.offer_count);
}

void alike_came(struct app *a, struct duplicates *d)
{
	answer(&a->alike, d);
	a->look.duplicates = a->alike.answer;
	a->detail.doc_columns = 0;
}

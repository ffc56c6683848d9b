/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"

bool duplicates_fit(const struct kind *k)
{
	return !k->catalogue && kind_column(k, "merged_into") >= 0;
}

struct duplicates_query *duplicates_query_new(const struct kind *k,
					      const struct likeness_rules *rules)
{
	struct duplicates_query *q = xcalloc(1, sizeof *q);
	q->kind = k;
	q->rules = *rules;
	return q;
}

void duplicates_query_free(void *query)
{
	struct duplicates_query *q = query;
	if (!q)
		return;
	free(q->source);
	free(q->id);
	free(q);
}

struct duplicates *duplicates_new(void)
{
	struct duplicates *d = xcalloc(1, sizeof *d);
	d->main_code = "";
	return d;
}

void duplicates_free(void *answer)
{
	struct duplicates *d = answer;
	if (!d)
		return;
	arena_free(&d->arena);
	free(d);
}

/* --- merging -------------------------------------------------------------- */

static bool is_later(const struct record *a, const struct record *b)
{
	int64_t x = record_int(a, COL_CREATED_AT, 0), y = record_int(b, COL_CREATED_AT, 0);
	return x != y ? x > y : strcmp(record_text(a, COL_CODE), record_text(b, COL_CODE)) > 0;
}

void duplicates_judge(struct duplicate *d, const struct record *self, size_t self_members)
{
	const struct record *other = d->record;
	d->into_self = self_members ? true : !d->members && is_later(other, self);
	const struct record *merged = d->into_self ? other : self;
	if (strcmp(self->source, other->source) != 0)
		d->refusal = DUPLICATES_OTHER_SOURCE;
	else if (strcmp(record_text(self, COL_AREA), record_text(other, COL_AREA)) != 0)
		d->refusal = DUPLICATES_OTHER_AREA;
	else if (self_members && d->members)
		d->refusal = DUPLICATES_BOTH_MAIN;
	else if (!record_is_open(merged))
		d->refusal = DUPLICATES_CLOSED;
	else
		d->refusal = DUPLICATES_MERGE;
}

const char *duplicates_refusal_text(enum duplicates_refusal why)
{
	static const char *const texts[] = {
		[DUPLICATES_MERGE] = "",
		[DUPLICATES_OTHER_SOURCE] = N_("of another source: can't be merged"),
		[DUPLICATES_OTHER_AREA] = N_("in another ward: can't be merged"),
		[DUPLICATES_BOTH_MAIN] = N_("others are merged into both: can't be merged"),
		[DUPLICATES_CLOSED] = N_("the later one is ended: can't be merged"),
	};
	return *texts[why] ? _(texts[why]) : "";
}

/* --- in words ------------------------------------------------------------- */

static void add_place(struct strbuf *out, const struct likeness *l)
{
	char number[FMT_TEXT];
	if (l->metres >= 1000)
		strbuf_addf(out, _("%s km apart"), fmt_real(l->metres / 1000, 1, number));
	else if (l->metres >= 0.5)
		strbuf_addf(out, _("%.0f m apart"), l->metres);
	else if (l->metres >= 0)
		strbuf_adds(out, _("at the same spot"));
	else if (l->same_address)
		strbuf_adds(out, _("the same address"));
	else
		strbuf_adds(out, _("distance unknown"));
}

void duplicates_reasons(struct strbuf *out, const struct likeness *l)
{
	char age[FMT_TEXT];
	add_place(out, l);
	strbuf_adds(out, ", ");
	strbuf_addf(out, _("%s between them"), fmt_age(l->apart, age));
	strbuf_addf(out, ", %s", l->same_category ? _("same field") : _("another field"));
	if (l->phrases)
		strbuf_addf(out, _(", phrases alike: %d"), l->phrases);
	if (l->same_sender)
		strbuf_addf(out, ", %s", _("same sender"));
}

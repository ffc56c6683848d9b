/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/target.h"

#include <string.h>

#include "base/utf8.h"
#include "ui/columns.h"

/* -1: records of this kind are never merged. */
static int merged_column(const struct kind *k)
{
	return kind_column(k, "merged_into");
}

void target_set(struct target *t, const struct record *r)
{
	*t = (struct target){.rowid = r->rowid, .kind = r->kind, .version = r->version};
	utf8_copy(t->source, sizeof t->source, r->source ? r->source : "");
	utf8_copy(t->id, sizeof t->id, r->id ? r->id : "");
	utf8_copy(t->code, sizeof t->code, record_text(r, COL_CODE));
	utf8_copy(t->state, sizeof t->state, record_text(r, COL_STATE));
	utf8_copy(t->unit, sizeof t->unit, record_text(r, COL_UNIT));
	int merged = merged_column(r->kind);
	utf8_copy(t->merged, sizeof t->merged,
		  merged < 0 ? "" : record_text(r, (size_t)merged));
}

static void set_value(struct value *v, const char *s)
{
	*v = (struct value){.set = *s != '\0'};
	v->s = s;
	v->n = strlen(s);
}

/* As much of a record as rights and states ask for. */
static struct record as_record(const struct target *t, struct value values[COLUMNS_MOST])
{
	int merged = merged_column(t->kind);
	memset(values, 0, COLUMNS_MOST * sizeof *values);
	if (merged >= 0)
		set_value(&values[merged], t->merged);
	set_value(&values[COL_STATE], t->state);
	set_value(&values[COL_UNIT], t->unit);
	return (struct record){.kind = t->kind,
			       .rowid = t->rowid,
			       .source = t->source,
			       .id = t->id,
			       .version = t->version,
			       .values = values};
}

struct target target_wanted(const struct target *t, const struct pending *p)
{
	struct target w = *t;
	struct value values[COLUMNS_MOST], v;
	int merged = merged_column(t->kind);
	struct record r = as_record(t, values);
	const struct pending_item *mark = pending_mark(p, t->kind, t->source, t->id,
						       t->version);
	if (!mark)
		return w;
	w.version = 0;
	if (pending_value(p, &r, COL_STATE, &v))
		utf8_copy(w.state, sizeof w.state, v.s);
	if (pending_value(p, &r, COL_UNIT, &v))
		utf8_copy(w.unit, sizeof w.unit, v.s);
	if (merged >= 0 && pending_value(p, &r, (size_t)merged, &v))
		utf8_copy(w.merged, sizeof w.merged, v.s);
	return w;
}

enum action_refusal target_allows(const struct target *t, const struct action *a,
				  const struct actor *who)
{
	struct value values[COLUMNS_MOST];
	struct record r = as_record(t, values);
	return action_allowed(a, &r, who);
}

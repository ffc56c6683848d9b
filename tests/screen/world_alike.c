/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same matter as a record of the world: held against all others by the real rules,
 * without an index. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "model/kinds.h"
#include "world_parts.h"

static struct record *record_of(struct world *w, int64_t rowid)
{
	return rowid > 0 && (size_t)rowid <= w->record_count ? w->records[rowid - 1] : NULL;
}

static void put_place(struct record *r, double lat, double lon)
{
	r->values[COL_LAT].set = r->values[COL_LON].set = true;
	r->values[COL_LAT].r = lat;
	r->values[COL_LON].r = lon;
}

/* Records 1, 9 and 17 have one title, field and ward. */
void world_alike(struct world *w)
{
	w->alike = true;
	put_place(w->records[0], 21.3270, 103.9141);
	put_place(w->records[8], 21.3272, 103.9141);
	put_place(w->records[16], 21.3271, 103.9143);
	put_place(w->records[24], 21.3370, 103.9141);
	world_set_text(w, w->records[8], "body",
		       "Ngo 308 duong Chu Van Thinh o to do kin, xe cuu hoa khong vao duoc.");
	world_set_text(w, w->records[8], "address", "Ngõ 308, phường Tô Hiệu");
	world_set_text(w, w->records[8], "reporter_phone", "+84912340000");
	world_set_text(w, w->records[16], "merged_into", "PA-00001");
}

static int by_likeness(const void *a, const void *b)
{
	const struct duplicate *x = a, *y = b;
	if (x->apart != y->apart)
		return x->apart ? 1 : -1;
	return y->likeness.percent != x->likeness.percent
		       ? y->likeness.percent - x->likeness.percent
		       : (int)(x->record->rowid - y->record->rowid);
}

static void find_group(struct world *w, struct duplicates *d)
{
	size_t merged = (size_t)kind_column(d->kind, "merged_into");
	d->main_code = record_text(d->self, merged);
	for (size_t i = 0; *d->main_code && i < w->record_count; i++)
		if (strcmp(record_text(w->records[i], COL_CODE), d->main_code) == 0)
			d->main = w->records[i];
	const struct record *of = d->main ? d->main : d->self;
	d->members = arena_alloc(&d->arena, w->record_count * sizeof *d->members);
	for (size_t i = 0; i < w->record_count; i++)
		if (w->records[i]->kind == d->kind &&
		    strcmp(record_text(w->records[i], merged), of->id) == 0)
			d->members[d->member_count++] = w->records[i];
}

static void find_alike(struct world *w, struct duplicates *d,
		       const struct likeness_rules *rules)
{
	size_t merged = (size_t)kind_column(d->kind, "merged_into");
	struct likeness_judge j;
	likeness_start(&j, rules, d->self);
	d->list = arena_zero(&d->arena, w->record_count * sizeof *d->list);
	for (size_t i = 0; i < w->record_count; i++) {
		struct record *r = w->records[i];
		struct duplicate *one = &d->list[d->count];
		if (r->kind != d->kind || r == d->self || *record_text(r, merged) ||
		    !likeness_of(&j, r, &one->likeness))
			continue;
		one->record = r;
		one->apart = strcmp(r->id, w->apart) == 0;
		duplicates_judge(one, d->self, d->member_count);
		d->count++;
	}
	qsort(d->list, d->count, sizeof *d->list, by_likeness);
	size_t most = (size_t)rules->most, kept = 0;
	for (size_t i = 0; i < d->count; i++)
		if (i < most || d->list[i].apart)
			d->list[kept++] = d->list[i];
	d->count = kept;
}

struct duplicates *world_duplicates(struct world *w, const struct duplicates_query *q)
{
	struct duplicates *d = duplicates_new();
	d->generation = q->generation;
	d->kind = q->kind;
	d->rowid = q->rowid;
	d->self = record_of(w, q->rowid);
	if (!d->self)
		return d;
	find_group(w, d);
	if (!*d->main_code)
		find_alike(w, d, &q->rules);
	return d;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The eye starts with what presses and which record it is; place, owner and state end the
 * row; the kind's own columns stand between them. */
#include "ui/columns.h"

#include <stdbool.h>

#define NARROW 72 /* below, one blank parts the columns instead of two */

static const int first[] = {COL_DUE_AT, COL_CODE, COL_CREATED_AT, COL_CATEGORY, COL_TITLE};
static const int last[] = {COL_CHANNEL,   COL_SEVERITY,  COL_ADDRESS, COL_LAT,
			   COL_LON,       COL_AREA,      COL_UNIT,    COL_UPDATED_AT,
			   COL_CLOSED_AT, COL_SRC_STATE, COL_STATE};

static size_t add(const struct kind *k, int column, int *order, size_t n)
{
	if (k->columns[column].min && n < COLUMNS_MOST)
		order[n++] = column;
	return n;
}

size_t columns_order(const struct kind *k, int *order)
{
	size_t n = 0;
	int own = k->catalogue ? 0 : COL_STANDARD_COUNT;
	for (size_t i = 0; !k->catalogue && i < sizeof first / sizeof *first; i++)
		n = add(k, first[i], order, n);
	for (; own < (int)k->column_count; own++)
		n = add(k, own, order, n);
	for (size_t i = 0; !k->catalogue && i < sizeof last / sizeof *last; i++)
		n = add(k, last[i], order, n);
	return n;
}

/* The room that is being dealt out. */
struct deal {
	const struct kind *kind;
	struct column_slot *slots;
	size_t count;
	int code_width, gap;
};

static const struct column *column_of(const struct deal *d, size_t slot)
{
	return &d->kind->columns[d->slots[slot].column];
}

static int least_width(const struct deal *d, size_t slot)
{
	int least = column_of(d, slot)->min;
	if (d->slots[slot].column == COL_CODE && d->code_width > least)
		return d->code_width;
	return least;
}

static int wished_width(const struct deal *d, size_t slot)
{
	int wish = column_of(d, slot)->width, least = least_width(d, slot);
	if (d->slots[slot].column == COL_CODE && d->code_width)
		return least;
	return wish > least ? wish : least;
}

static int total(const struct deal *d, int comfort)
{
	int sum = d->count ? (int)(d->count - 1) * d->gap : 0;
	for (size_t i = 0; i < d->count; i++) {
		int least = least_width(d, i);
		sum += column_of(d, i)->grows && comfort > least ? comfort : least;
	}
	return sum;
}

static int keep_of(const struct deal *d, size_t slot, const unsigned char *wishes)
{
	int column = d->slots[slot].column;
	return wishes && wishes[column] == COLUMN_ALWAYS ? 1 : column_of(d, slot)->keep;
}

static void drop(struct deal *d, size_t slot)
{
	d->count--;
	for (size_t i = slot; i < d->count; i++)
		d->slots[i] = d->slots[i + 1];
}

/* Lets go the least wanted column, if its `keep` is at least so much. */
static bool drop_one(struct deal *d, const unsigned char *wishes, int least_keep)
{
	size_t worst = d->count;
	for (size_t i = 0; i < d->count; i++)
		if (keep_of(d, i, wishes) >= least_keep &&
		    (worst == d->count || keep_of(d, i, wishes) >= keep_of(d, worst, wishes)))
			worst = i;
	if (worst == d->count || d->count == 1)
		return false;
	drop(d, worst);
	return true;
}

static void raise_to_wishes(struct deal *d, int *room)
{
	for (int keep = 0; keep <= 9; keep++)
		for (size_t i = 0; i<d->count && * room> 0; i++) {
			const struct column *c = column_of(d, i);
			int more = wished_width(d, i) - d->slots[i].width;
			if (c->keep != keep || c->grows || more <= 0)
				continue;
			more = more < *room ? more : *room;
			d->slots[i].width += more;
			*room -= more;
		}
}

static void place(struct deal *d, int width)
{
	int room = width - total(d, 0), at = 0;
	for (size_t i = 0; i < d->count; i++)
		d->slots[i].width = least_width(d, i);
	/* Half of the spare room goes to the growing column first: it is the one that is read.
	 */
	int spare = room > 0 ? room / 2 : 0;
	bool grows = false;
	for (size_t i = 0; i < d->count; i++)
		grows |= column_of(d, i)->grows;
	room -= grows ? spare : 0;
	raise_to_wishes(d, &room);
	for (size_t i = 0; i < d->count; i++) {
		if (column_of(d, i)->grows && grows) {
			d->slots[i].width += room + spare;
			grows = false;
		}
		d->slots[i].at = at;
		at += d->slots[i].width + d->gap;
	}
	struct column_slot *end = &d->slots[d->count - 1];
	if (end->at + end->width > width)
		end->width = width > end->at ? width - end->at : 0;
}

size_t columns_layout(const struct kind *k, const unsigned char *wishes, int code_width,
		      int width, struct column_slot *slots)
{
	int order[COLUMNS_MOST];
	size_t n = columns_order(k, order);
	struct deal d = {k, slots, 0, code_width, width < NARROW ? 1 : 2};
	for (size_t i = 0; i < n; i++) {
		int wish = wishes ? wishes[order[i]] : COLUMN_BY_WIDTH;
		if (wish == COLUMN_ALWAYS ||
		    (wish == COLUMN_BY_WIDTH && k->columns[order[i]].keep))
			slots[d.count++] = (struct column_slot){order[i], 0, 0};
	}
	if (!d.count)
		slots[d.count++] = (struct column_slot){COL_CODE, 0, 0};
	while (total(&d, width * 2 / 5) > width && drop_one(&d, wishes, 3))
		;
	while (total(&d, width / 4) > width && drop_one(&d, wishes, 2))
		;
	if (total(&d, 0) > width)
		d.code_width = 0;
	while (total(&d, 0) > width && drop_one(&d, wishes, 1))
		;
	place(&d, width);
	return d.count;
}

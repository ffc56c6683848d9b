/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The eye starts with what presses and which record it is; place, owner and state end the
 * row; the kind's own columns stand between them. */
#include "ui/columns.h"

#include <stdbool.h>

#include "base/i18n.h"
#include "text/utf8.h"

#define NARROW 72       /* below, one blank parts the columns instead of two */
#define HEADING_MOST 10 /* columns that a heading may ask for beyond its values */

static const int first[] = {COL_DUE_AT, COL_CODE, COL_CREATED_AT, COL_CATEGORY, COL_TITLE};
static const int last[] = {COL_CLOCK,     COL_DUE_SRC,   COL_DUE_CALC, COL_SOON_AT,
			   COL_PAUSED_AT, COL_LEFT_S,    COL_VERDICT,  COL_RULE,
			   COL_CHANNEL,   COL_SEVERITY,  COL_ADDRESS,  COL_LAT,
			   COL_LON,       COL_AREA,      COL_UNIT,     COL_UPDATED_AT,
			   COL_CLOSED_AT, COL_SRC_STATE, COL_STATE};

static size_t add(const struct kind *k, int column, int *order, size_t n)
{
	if (k->columns[column].min && n < COLUMNS_MOST)
		order[n++] = column;
	return n;
}

static size_t usual_order(const struct kind *k, int *order)
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

static bool is_among(const int *list, size_t n, int column)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == column)
			return true;
	return false;
}

size_t columns_order(const struct kind *k, const struct column_set *set, int *order)
{
	int usual[COLUMNS_MOST];
	size_t count = usual_order(k, usual), n = 0;
	for (size_t i = 0; set && i < set->ordered; i++)
		if (is_among(usual, count, set->order[i]))
			order[n++] = set->order[i];
	size_t chosen = n;
	for (size_t i = 0; i < count; i++)
		if (!is_among(order, chosen, usual[i]))
			order[n++] = usual[i];
	return n;
}

/* The room that is being dealt out. */
struct deal {
	const struct kind *kind;
	const struct column_wishes *wishes;
	struct column_slot *slots;
	size_t count;
	int code_width, gap;
};

static const struct column *column_of(const struct deal *d, size_t slot)
{
	return &d->kind->columns[d->slots[slot].column];
}

/* What the heading needs, with the mark of the order behind it. */
static int heading_width(const struct deal *d, size_t slot)
{
	const struct column *c = column_of(d, slot);
	int mark = d->slots[slot].column == d->wishes->sort ? 2 : 0;
	int cue = c->type == COLUMN_DEADLINE ? 2 : 0;
	int width = utf8_swidth(_(c->title)) + mark + cue;
	return width < HEADING_MOST ? width : HEADING_MOST;
}

/* The width that somebody gave it; 0: none. */
static int given_width(const struct deal *d, size_t slot)
{
	const struct column_set *set = d->wishes->set;
	return set ? set->widths[d->slots[slot].column] : 0;
}

static bool grows(const struct deal *d, size_t slot)
{
	return column_of(d, slot)->grows && !given_width(d, slot);
}

static int least_width(const struct deal *d, size_t slot)
{
	int least = column_of(d, slot)->min, heading = heading_width(d, slot);
	int given = given_width(d, slot);
	if (d->slots[slot].column == COL_CODE && d->code_width > least)
		least = d->code_width;
	least = heading > least ? heading : least;
	return given && given < least ? given : least;
}

static int wished_width(const struct deal *d, size_t slot)
{
	if (given_width(d, slot))
		return given_width(d, slot);
	int wish = column_of(d, slot)->width, least = least_width(d, slot);
	if (d->slots[slot].column == COL_CODE && d->code_width)
		return least;
	return wish > least ? wish : least;
}

enum need { NEED_LEAST, NEED_WISHED };

/* What all columns need together; the growing one at least `comfort`. */
static int total(const struct deal *d, enum need need, int comfort)
{
	int sum = d->count ? (int)(d->count - 1) * d->gap : 0;
	for (size_t i = 0; i < d->count; i++) {
		bool growing = grows(d, i);
		int width = need == NEED_WISHED && !growing ? wished_width(d, i)
							    : least_width(d, i);
		sum += growing && comfort > width ? comfort : width;
	}
	return sum;
}

static int keep_of(const struct deal *d, size_t slot)
{
	int column = d->slots[slot].column, keep = column_of(d, slot)->keep;
	if (d->wishes->set && d->wishes->set->wishes[column] == COLUMN_ALWAYS)
		return 1;
	return column == d->wishes->sort && keep > 2 ? 2 : keep;
}

static void drop(struct deal *d, size_t slot)
{
	d->count--;
	for (size_t i = slot; i < d->count; i++)
		d->slots[i] = d->slots[i + 1];
}

/* Lets go the least wanted column, if its `keep` is at least so much. */
static bool drop_one(struct deal *d, int least_keep)
{
	size_t worst = d->count;
	for (size_t i = 0; i < d->count; i++)
		if (keep_of(d, i) >= least_keep &&
		    (worst == d->count || keep_of(d, i) >= keep_of(d, worst)))
			worst = i;
	if (worst == d->count || d->count == 1)
		return false;
	drop(d, worst);
	return true;
}

/* Gives columns the width that somebody gave them. */
static void raise_to_given(struct deal *d, int *room)
{
	for (size_t i = 0; i<d->count && * room> 0; i++) {
		int more = given_width(d, i) - d->slots[i].width;
		more = more < *room ? more : *room;
		if (more <= 0)
			continue;
		d->slots[i].width += more;
		*room -= more;
	}
}

/* Gives columns that do not grow what they wish for, those of the least `keep` first. */
static void raise_to_wishes(struct deal *d, int from_keep, int to_keep, int *room)
{
	for (int keep = from_keep; keep <= to_keep; keep++)
		for (size_t i = 0; i<d->count && * room> 0; i++) {
			const struct column *c = column_of(d, i);
			int more = wished_width(d, i) - d->slots[i].width;
			if (c->keep != keep || grows(d, i) || more <= 0)
				continue;
			more = more < *room ? more : *room;
			d->slots[i].width += more;
			*room -= more;
		}
}

/* Gives the growing column up to `most`: it is the one that is read. */
static void grow(struct deal *d, int most, int *room)
{
	for (size_t i = 0; i<d->count && * room> 0; i++) {
		int more = most - d->slots[i].width;
		if (!grows(d, i) || more <= 0)
			continue;
		more = more < *room ? more : *room;
		d->slots[i].width += more;
		*room -= more;
	}
}

static void place(struct deal *d, int width)
{
	int room = width - total(d, NEED_LEAST, 0), at = 0;
	for (size_t i = 0; i < d->count; i++)
		d->slots[i].width = least_width(d, i);
	raise_to_given(d, &room);
	raise_to_wishes(d, 0, 1, &room);
	grow(d, width / 3, &room);
	raise_to_wishes(d, 2, 9, &room);
	grow(d, width, &room);
	for (size_t i = 0; i < d->count; i++) {
		d->slots[i].at = at;
		at += d->slots[i].width + d->gap;
	}
	struct column_slot *end = &d->slots[d->count - 1];
	if (end->at + end->width > width)
		end->width = width > end->at ? width - end->at : 0;
}

bool columns_wanted(const struct kind *k, const struct column_wishes *w, int column)
{
	enum column_wish wish = w->set ? w->set->wishes[column] : COLUMN_BY_WIDTH;
	if (wish != COLUMN_BY_WIDTH)
		return wish == COLUMN_ALWAYS;
	return k->columns[column].keep || column == w->sort;
}

size_t columns_layout(const struct kind *k, const struct column_wishes *w, int width,
		      struct column_slot *slots)
{
	int order[COLUMNS_MOST];
	size_t n = columns_order(k, w->set, order);
	struct deal d = {k, w, slots, 0, w->code_width, width < NARROW ? 1 : 2};
	for (size_t i = 0; i < n; i++)
		if (columns_wanted(k, w, order[i]))
			slots[d.count++] = (struct column_slot){order[i], 0, 0};
	if (!d.count)
		slots[d.count++] = (struct column_slot){COL_CODE, 0, 0};
	while (total(&d, NEED_WISHED, width / 3) > width && drop_one(&d, 7))
		;
	while (total(&d, NEED_LEAST, width / 3) > width && drop_one(&d, 3))
		;
	while (total(&d, NEED_LEAST, width / 4) > width && drop_one(&d, 2))
		;
	if (total(&d, NEED_LEAST, 0) > width)
		d.code_width = 0;
	while (total(&d, NEED_LEAST, 0) > width && drop_one(&d, 1))
		;
	place(&d, width);
	return d.count;
}

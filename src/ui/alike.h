/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duplicates of the record in hand: asking for them, the screen on which they are compared, and
 * merging from there. */
#ifndef IOC_UI_ALIKE_H
#define IOC_UI_ALIKE_H

#include "model/duplicates.h"
#include "ui/doc.h"
#include "ui/effect.h"
#include "ui/form.h"
#include "ui/show.h"

/* One line of the screen: the record it is merged into, one that is merged, a suggestion, or
 * one that was said to be another matter. */
enum alike_part { ALIKE_MAIN, ALIKE_MEMBER, ALIKE_SUGGESTED, ALIKE_APART, ALIKE_PARTS };
struct alike_row {
	enum alike_part part;
	const struct record *record;
	const struct duplicate *duplicate; /* NULL: it is merged already */
};
#define ALIKE_ROWS 80

struct alike {
	struct likeness_rules rules;
	const struct kind *kind; /* of the record that is asked about; NULL: none yet */
	int64_t rowid;
	bool stale; /* must be asked (again) */
	uint64_t generation;
	struct duplicates *answer; /* of that record, or of the one before; NULL: none yet */
	size_t at;                 /* line of the screen in hand */
	struct form_offer offers[LIKENESS_SHOWN_MOST]; /* what the record may be merged into */
	size_t offer_count;
};

void alike_free(struct alike *x);
/* Asks about this record from now on. */
void alike_want(struct alike *x, const struct kind *k, int64_t rowid);
/* After every event: asks about the record in hand. */
void alike_settle(struct app *a, struct effects *fx);
/* EVENT_DUPLICATES: takes the answer over. */
void alike_came(struct app *a, struct duplicates *d);
/* What is known of this record; NULL: nothing yet. */
const struct duplicates *alike_of(const struct alike *x, const struct kind *k, int64_t rowid);
/* The lines of the screen, in their order; returns how many. */
size_t alike_rows(const struct alike *x, struct alike_row rows[ALIKE_ROWS]);
/* The line in hand; false: there is none. */
bool alike_current(const struct alike *x, struct alike_row *row);

/* --- alike_text.c --- */
/* The section of the record's own page: what it is merged with, and the likeliest few.
 * `key` opens the screen; "": none does. */
void alike_lay_out(struct doc *doc, const struct look *look, const struct duplicates *d,
		   const char *key, int columns);
/* Two records field by field, side by side where there is room. */
void alike_compare(struct doc *doc, const struct look *look, const struct record *a,
		   const struct record *b, int columns);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marked records of a list.  They are marked by key and stay so whatever the list shows. */
#ifndef IOC_UI_MARKS_H
#define IOC_UI_MARKS_H

#include "model/query.h"
#include "ui/target.h"

#define MARKS_MOST 2000

struct list;

struct marks {
	struct target *list; /* by rowid, ascending; as last seen */
	size_t count, cap;
	size_t away;        /* of them, those that the list does not let through … */
	bool stale;         /* … which has to be asked again */
	int64_t asked;      /* when that was asked last */
	int64_t range_from; /* a range begins at this record; 0: none does */
	int64_t range_at;   /* … which had this number in the list; 0: not known */
	int range_side; /* it lies above (-1) or below (1) the cursor; 0: it is it, or who knows
			 */
};

/* What becomes of the rows that are found. */
enum marks_deed { MARKS_ADD, MARKS_REMOVE, MARKS_INVERT };

bool list_is_marked(const struct list *l, int64_t rowid);
void list_toggle_mark(struct list *l);
/* Marks a record that need not be in hand; beyond MARKS_MOST nothing happens. */
void list_mark_target(struct list *l, const struct target *t);
void list_unmark(struct list *l, int64_t rowid);
void list_clear_marks(struct list *l);
/* Does it to these rows.  -1 where more than MARKS_MOST would be marked: nothing is done. */
int list_mark_rows(struct list *l, struct record *const *rows, size_t n, enum marks_deed deed);
/* Marked records are acted upon as they were last seen: looks for them in the rows at hand. */
void list_refresh_marks(struct list *l);

/* A range begins at the cursor. */
void list_range_start(struct list *l);
/* Notes on which side of the cursor it began, as long as that can be seen. */
void list_range_look(struct list *l);
/* Whether the row with this index in the page lies in the range. */
bool list_in_range(const struct list *l, size_t index);
/* Marks the range where all of it is in hand: 1; 0: it has to be asked for; -1 as above.  The
 * range is over but for 0. */
int list_range_end(struct list *l);

/* Which of the marked records the list lets through; NULL: need not be asked now. */
struct page_query *list_marks_query(struct list *l, int64_t now);
/* Takes the answer, and frees it. */
void list_marks_answer(struct list *l, struct page *p);

#endif

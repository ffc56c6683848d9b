/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list on screen: where it stands, headings, rows. */
#ifndef IOC_UI_LIST_VIEW_H
#define IOC_UI_LIST_VIEW_H

#include "ui/list.h"
#include "ui/show.h"

#define LIST_HEAD_ROWS 2 /* the line that says what is shown, and the headings */

/* The words of the rows, kept from frame to frame. */
struct row_cache;
void row_cache_free(struct row_cache *c);
/* The rows or the names in them changed. */
void row_cache_forget(struct row_cache *c);

/* The columns that the list shows at that width of its rows; returns how many. */
size_t list_columns(const struct list *l, int width, struct column_slot *slots);
/* Whether it is among them where there is room. */
bool list_wants_column(const struct list *l, int column);
/* Draws headings and rows into r, whose first line is the one above the headings. */
void list_draw_rows(struct list *l, const struct look *look, struct cellbuf *b, struct rect r,
		    bool focused);
/* Draws one record as such a row, into the first line of r.  The words are made anew each time;
 * they stay in the cache until it is told to forget them. */
void list_draw_record(struct list *l, struct row_cache **cache, const struct look *look,
		      struct cellbuf *b, struct rect r, const struct record *record,
		      bool current);
/* Draws "Complaints › Open   37 / 423   filter: …      by Due ▲". */
void list_draw_crumbs(const struct list *l, const struct look *look, struct cellbuf *b,
		      struct rect r, int64_t total, const char *take_new_key);
/* The column whose heading is at `column` of a list drawn into r; -1: none. */
int list_heading_at(const struct list *l, struct rect r, int column);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue as a list: a window of rows round the cursor, and what has to be asked to keep it
 * right.  Cursor and marks belong to records, never to screen lines. */
#ifndef IOC_UI_LIST_H
#define IOC_UI_LIST_H

#include "model/query.h"
#include "model/view.h"
#include "ui/columns.h"
#include "ui/groups.h"
#include "ui/found.h"
#include "ui/marks.h"

/* What the list still needs, the most pressing last. */
enum list_want {
	LIST_SETTLED,
	LIST_PREFETCH, /* the cursor comes near the edge of the window */
	LIST_REFRESH,  /* records changed */
	LIST_QUESTION, /* another filter, order or place: nothing on screen answers it yet */
};

/* The view that the list shows: as the file of views had it when it was chosen. */
struct list_view {
	char *name, *title, *filter; /* owned */
};

struct row_cache; /* of list_view.c */

struct list {
	const struct kind *kind;
	/* The question, and the last one that the cache understood. */
	struct list_view view, good_view;
	char *words, *good_words; /* the operator's own filter on top; "" for none */
	int sort;
	bool descending;
	struct column_set columns; /* as the view or the operator has them … */
	struct column_set own_columns;
	bool columns_of_view; /* … the view: what is changed then is not kept */
	bool groups_of_view;  /* the view made the groups */

	struct page *page; /* NULL: nothing read yet */
	int64_t cursor_rowid;
	size_t cursor;   /* its index in page->rows */
	int line;        /* its line on screen */
	int height;      /* lines of rows on screen, at least 1 */
	int scroll_step; /* lines that the rows move by when the cursor leaves the screen */
	int code_width;  /* of the widest code seen */

	bool following;  /* new rows flow in at the top */
	int64_t newest;  /* otherwise: rows after this one are held back */
	int64_t pending; /* lines still to move when the next page is here */
	bool pending_paging;

	enum list_want want;
	enum page_place place, asked_place;
	int64_t place_offset, target;
	bool seeking;    /* the record at `target` is wanted, whatever the filter */
	bool landing;    /* the page asked for brings the cursor to a new record */
	bool brief;      /* the page asked for may be partial: rows soon, the rest after them */
	bool looking_on; /* the page is partial, and a better one is on its way */
	int64_t asked_at; /* when the question was put that is answered next */
	struct err error; /* why there are no rows */
	size_t fault;     /* the byte of the words where they were wrong, after list_answer */

	struct marks marks;
	struct groups groups; /* in place of the rows, where it is on */
	struct found found;   /* what the filter's words are in the rows on screen */
	struct row_cache *cache;
};

/* Where somebody was in a list. */
struct list_place {
	char *words; /* owned */
	struct list_view view;
	int sort;
	bool descending;
	bool following;
	int64_t newest, rowid;
	int line;
	int group; /* column that it is grouped by; -1: none */
};
void list_place_note(const struct list *l, struct list_place *p);
void list_place_free(struct list_place *p);
/* Goes back there. */
void list_return(struct list *l, const struct list_place *p);

/* `v` is the view that it begins with; NULL: the kind's own question. */
void list_init(struct list *l, const struct kind *k, const struct saved_view *v);
void list_free(struct list *l);

/* Every change of the list may make it want something: see list_query. */
void list_set_height(struct list *l, int height);
/* Moves the cursor by n rows; `paging` moves what is on screen with it. */
void list_move(struct list *l, int64_t n, bool paging);
void list_home(struct list *l);
void list_end(struct list *l);
/* To row number `offset` (from 0) of the list as sorted. */
void list_go_to_offset(struct list *l, int64_t offset);
/* To a record, wherever it is in the list. */
void list_go_to_record(struct list *l, int64_t rowid);
void list_set_filter(struct list *l, const char *words);
/* Shows a view: its filter, order and columns; the operator's own words are gone.  NULL: all
 * records. */
void list_set_view(struct list *l, const struct saved_view *v);
/* Says by which view this question is known, without asking anything: it was saved as that. */
void list_name_view(struct list *l, const struct saved_view *v);
void list_set_sort(struct list *l, int column, bool descending);
/* The operator's own columns of this kind. */
void list_set_own_columns(struct list *l, const char *text);
/* Records of the kind changed. */
void list_changed(struct list *l);
/* Lets the rows in that were held back. */
void list_take_new(struct list *l);
/* The operator does something with the rows: from now on new ones are held back. */
void list_hold(struct list *l);
/* The record under the cursor; NULL where the list is empty. */
const struct record *list_current(const struct list *l);
/* Index in page->rows of the first row on screen. */
size_t list_top(const struct list *l);
/* Number of the cursor's row in the list, from 1; 0: not known. */
int64_t list_position(const struct list *l);
/* Whether the question is the kind's own. */
bool list_is_filtered(const struct list *l);

/* What the list shows, as a filter; the caller frees. */
char *list_filter_text(const struct list *l);
/* The query that answers `want`, which is then settled; the caller owns it.  NULL: none. */
struct page_query *list_query(struct list *l, int64_t now);
/* The query was lost on the way: it is wanted again. */
void list_ask_again(struct list *l);
/* Takes the answer (and owns it).  -1 with *e where the cache did not understand the
 * question: the list is then as it was before.  1 where list_go_to_record's record is not in
 * this list. */
int list_answer(struct list *l, struct page *p, struct err *e);

/* --- between list.c and list_question.c --- */
/* Asks for other rows, at that place of the list. */
void list_go(struct list *l, enum page_place place);
void list_question_init(struct list *l);
void list_question_free(struct list *l);
/* The cache understood the question … */
void list_question_keep(struct list *l);
/* … or it did not: the list has the last one that it did. */
void list_question_drop(struct list *l);
/* What was asked is the view's filter and the words: of a fault in the words is told where in
 * them it is, in l->fault and in *e. */
void list_question_fault(struct list *l, const struct page *p, struct err *e);

#endif

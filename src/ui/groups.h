/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list in groups: one line for each value of a column with its counts, each of which unfolds
 * into its first records.  The cursor is on a value or a record, never on a line. */
#ifndef IOC_UI_GROUPS_H
#define IOC_UI_GROUPS_H

#include "model/groups.h"
#include "model/query.h"

struct list;
struct row_cache;

#define GROUP_ROWS 20 /* records of an unfolded group */

/* How a group stands; beside that of the same number in the answer. */
struct fold {
	bool open, stale;
	struct page *page; /* its first records; NULL: not read yet */
};

/* What a line shows. */
enum group_line { GROUP_HEADING, GROUP_RECORD, GROUP_WAITING, GROUP_MORE };

struct groups {
	bool on;
	int column;
	/* The question that the answer is to; NULL: none was asked. */
	char *filter;
	int sort;
	bool descending;
	bool stale, asked;
	int64_t due; /* not before this time */

	struct group_page *answer; /* NULL: not counted yet */
	struct fold *folds;
	char *page_of; /* the value whose records were asked for; NULL: none */

	size_t at, sub; /* the cursor: a group, and a line of it; 0: its heading */
	int64_t rowid;  /* of the record there; 0: none */
	int64_t top;    /* first line on screen */
	int height;
	struct row_cache *cache;
};

void groups_start(struct list *l, int column);
void groups_stop(struct list *l);
void groups_free(struct groups *g);

/* Whether they have to be counted (again) now; then the query. */
bool groups_want(struct list *l, int64_t now);
struct group_query *groups_query(struct list *l, int64_t now);
/* Takes the answer (and owns it). */
void groups_answer(struct list *l, struct group_page *p, int64_t now);
/* The query for records of a group on screen; NULL: none are wanted. */
struct page_query *groups_page_query(struct list *l, int64_t now);
void groups_page_lost(struct list *l);
void groups_page_answer(struct list *l, struct page *p);
/* Records of the kind changed. */
void groups_changed(struct groups *g);

/* Whether the last line says that this is not all. */
bool groups_have_note(const struct groups *g);
void groups_set_height(struct groups *g, int height);
/* Moves the cursor by so many lines. */
void groups_move(struct groups *g, int64_t n);
/* Unfolds the cursor's group, or folds it; all of them. */
void groups_toggle(struct groups *g);
void groups_toggle_all(struct groups *g);

/* What the cursor is on; NULL: nothing was counted, or there is no record. */
const struct group *groups_here(const struct groups *g);
enum group_line groups_line_here(const struct groups *g);
const struct record *groups_record(const struct groups *g);
/* Appends the filter of the cursor's group alone. */
void groups_filter_here(const struct list *l, struct strbuf *out);

/* Lines of all, and what stands on one: its group, and the number of the line in it. */
int64_t groups_lines(const struct groups *g);
int64_t groups_line_of(const struct groups *g, size_t group, size_t sub);
bool groups_at(const struct groups *g, int64_t line, size_t *group, size_t *sub);
enum group_line groups_kind_of(const struct groups *g, size_t group, size_t sub,
			       const struct record **r);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequence of changes of the cache: what came, changed and went, in order, in table
 * `change`.  The writer adds to it in the transaction of the change itself and drops what is
 * oldest; readers follow it with a cursor.
 *
 * That time goes by is in no table: the cursor says up to when it was told.
 *
 * A row of it says what happened to one row of a kind, or that rows with neighbouring rowids
 * came, which is why a first fill adds next to nothing.  Beside a change stand the values that
 * were replaced, so that a reader can say what the record was just after it and whether it was
 * in a filter just before; but never personal data and long texts, which must not outlive
 * their record. */
#ifndef IOC_STORE_CHANGES_H
#define IOC_STORE_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/record.h"
#include "store/db.h"

#define CHANGES_KEPT 100000 /* rows of the table */

/* --- the writer's side ------------------------------------------------------ */

struct change_log;

/* Borrows the connection. */
struct change_log *change_log_new(struct db *db);
void change_log_free(struct change_log *l);
/* Inside a transaction; each returns 0, or -1 with *e.  An update or removal is told before it
 * is made, since what is there is read. */
int change_log_insert(struct change_log *l, const struct kind *k, int64_t rowid, struct err *e);
int change_log_update(struct change_log *l, const struct record *now, int64_t rowid,
		      struct err *e);
int change_log_remove(struct change_log *l, const struct kind *k, int64_t rowid, struct err *e);
/* Call before each commit. */
int change_log_flush(struct change_log *l, struct err *e);
/* The transaction was rolled back. */
void change_log_forget(struct change_log *l);

/* Whether values of the column stand beside changes. */
bool change_keeps(const struct kind *k, size_t column);

/* --- the reader's side ------------------------------------------------------ */

/* A place behind a change.  Of one cache: another one, or the same without its last moments
 * (a power cut), is told by epoch and time. */
struct change_cursor {
	int64_t epoch, seq, at;
	int64_t told; /* of the rows that came together in seq */
	int64_t time; /* what becomes due at this instant or later is not told yet, but for */
	int64_t mark; /* those up to here; 0, 0: nothing is known of it */
};
#define CHANGE_CURSOR_TEXT 112

/* As people and scripts get it: opaque. */
void change_cursor_format(const struct change_cursor *c, char text[CHANGE_CURSOR_TEXT]);
/* -1 where it is none of ours. */
int change_cursor_parse(const char *text, struct change_cursor *c);

/* Goes on with what becomes due at this time or later. */
void change_cursor_at_time(struct change_cursor *c, int64_t time);
/* Behind the last change there is; of what becomes due nothing is known. */
int change_cursor_now(struct db *db, struct change_cursor *c, struct err *e);
/* In front of the first change at that time or later; ERR_NOT_FOUND where changes are not
 * kept from so long ago. */
int change_cursor_since(struct db *db, int64_t time, struct change_cursor *c, struct err *e);

enum change_type {
	CHANGE_NEW = 1,
	CHANGE_CHANGED,
	CHANGE_REMOVED, /* of the record only what may be kept is left */
	CHANGE_ENTERED, /* changed, and matches the filter now */
	CHANGE_LEFT,    /* changed, and does not match any more */
};

enum change_reason {
	CHANGE_OF_RECORD,
	CHANGE_DUE_SOON, /* time went by */
	CHANGE_LATE,
};

struct change {
	enum change_type type;
	enum change_reason reason;
	int64_t at;
	struct change_cursor cursor; /* behind it */
	const struct record *record; /* as it was just after the change, but for what is not
					kept, which is as it is now; valid during the call */
};

struct changes_query {
	const struct kind *kind;
	const char *filter; /* NULL: all */
	int64_t now;
	size_t most; /* so many changes in one go */
};

/* Tells each change behind the cursor, which moves on, also over what the filter does not let
 * through.  1: there may be more, 0: that was all, -1 with *e; ERR_NOT_FOUND: changes behind
 * this cursor are not kept, or it is of another cache.  `each` returns 0 to go on. */
int store_changes(struct db *db, const struct changes_query *q, struct change_cursor *c,
		  int (*each)(void *, const struct change *), void *context, struct err *e);
/* The same of records that became due soon or late by time alone, up to q->now, in the order in
 * which they did; their record is as it is now.  Call when all other changes are told.  Looks
 * through all that is open. */
int store_changes_by_time(struct db *db, const struct changes_query *q, struct change_cursor *c,
			  int (*each)(void *, const struct change *), void *context,
			  struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.db: what must never be lost.  Its tables have files of their own (store/audit.h,
 * store/outbox.h, store/escalation.h); here it is opened, and brought up to what this program
 * wants. */
#ifndef IOC_STORE_JOURNAL_H
#define IOC_STORE_JOURNAL_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

struct journal;

/* Opens or makes it (0600), synchronous=FULL: what is committed is on disk.  A damaged or empty
 * one, or one of a newer program, is refused, never replaced.  NULL with *e. */
struct journal *journal_open(const char *path, struct err *e);
/* The same to look only: nothing is made or brought up. */
struct journal *journal_open_reader(const char *path, struct err *e);
void journal_close(struct journal *j);
/* Looks through all of it: 0, or -1 with ERR_CORRUPT. */
int journal_check(struct journal *j, struct err *e);
/* ERR_IO where the file was deleted or replaced while it is open: what would be written now
 * would be in no file that anybody finds.  0 where it is the one that lies there. */
int journal_check_place(struct journal *j, struct err *e);

/* --- for the files of its tables --- */
sqlite3 *journal_handle(struct journal *j);
/* A prepared statement, kept until the journal is closed; `text` must be a constant.  NULL
 * with *e. */
sqlite3_stmt *journal_statement(struct journal *j, const char *text, struct err *e);
/* Runs it to its end and resets it: 0, or -1 with *e. */
int journal_run(struct journal *j, sqlite3_stmt *s, struct err *e);
/* Fills *e from SQLite's last error; returns -1. */
int journal_error(struct journal *j, struct err *e);
/* A transaction that is begun at once; commit, or roll back where `ok` is false.  `ok` is what
 * journal_end returns, as 0 or -1, where the commit itself does not fail. */
int journal_begin(struct journal *j, struct err *e);
int journal_end(struct journal *j, bool ok, struct err *e);

#endif

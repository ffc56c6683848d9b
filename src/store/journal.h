/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.db: what must never be lost: the audit (who saw or took personal data), and which
 * levels of escalation were reached (store/escalation.h). */
#ifndef IOC_STORE_JOURNAL_H
#define IOC_STORE_JOURNAL_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

struct journal;

/* Opens or makes it (0600), synchronous=FULL.  A damaged one is refused, never replaced. */
struct journal *journal_open(const char *path, struct err *e);
void journal_close(struct journal *j);
/* Appends an entry; on disk when it returns 0. */
int journal_audit(struct journal *j, int64_t at, const char *who, const char *from,
		  const char *action, const char *object, const char *reason, struct err *e);
int64_t journal_audit_count(struct journal *j);
/* For the other files of store/. */
sqlite3 *journal_handle(struct journal *j);
/* Fills *e from the last error of its connection. */
int journal_error(struct journal *j, struct err *e);

#endif

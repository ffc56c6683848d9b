/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules as the writer applies them: to each record that comes, and again to those in the
 * cache when the rules, the calendars or the catalogues' limits have changed. */
#ifndef IOC_STORE_SETTLER_H
#define IOC_STORE_SETTLER_H

#include "base/paths.h"
#include "deadline/deadline.h"
#include "store/ingest.h"

/* Adds the limits of the cache's catalogues to a book that is being filled.  Not inside a
 * transaction. */
int rules_add_catalogues(struct db *db, struct rulebook *b, struct err *e);
/* The whole book: files and catalogues.  NULL with *e. */
struct rulebook *rules_load(struct db *db, const struct paths *p, struct err *e);

struct settler;

/* Borrows all three. */
struct settler *settler_new(struct db *db, struct ingest *in, const struct paths *p);
void settler_free(struct settler *s);
/* The files may be others: they are read again before they are next needed.  Files that are
 * wrong are logged and leave the rules as they were. */
void settler_reload(struct settler *s);
/* Call before a batch, outside of it: brings the rules up to date. */
void settler_prepare(struct settler *s);
/* The rules as they are now; NULL: none, or not read yet.  Valid until settler_prepare or
 * settler_step. */
const struct rulebook *settler_rules(const struct settler *s);
/* Fills a record's computed columns before it is put. */
void settler_settle(const struct settler *s, struct arena *a, struct record *r);
/* What a batch did: catalogues may have new limits. */
void settler_note(struct settler *s, const struct ingest_result *result);
/* Settles some records again in a transaction of its own, where the cache was settled by other
 * rules: those that are open, and ended ones that could not be judged.  Adds what it did to
 * *result.  Returns whether more waits; false also while the source fills. */
bool settler_step(struct settler *s, struct ingest_result *result);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/audit.h"

#include <inttypes.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#define COLUMNS "id, at, who, place, action, object, reason, version, before, after, hash"

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* Each part with its length in front, so that no two entries read alike. */
static void hash_text(struct sha256_ctx *h, const char *s)
{
	char length[24];
	int n = snprintf(length, sizeof length, "%zu:", strlen(or_empty(s)));
	sha256_update(h, (size_t)n, (const uint8_t *)length);
	sha256_update(h, strlen(or_empty(s)), (const uint8_t *)or_empty(s));
}

static void hash_number(struct sha256_ctx *h, int64_t v)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, v);
	hash_text(h, text);
}

static void entry_hash(const struct audit_entry *a, const char *previous, char out[AUDIT_HASH])
{
	struct sha256_ctx h;
	uint8_t digest[SHA256_DIGEST_SIZE];
	const char *texts[] = {previous,  a->who,    a->place,  a->action,
			       a->object, a->reason, a->before, a->after};
	sha256_init(&h);
	hash_number(&h, a->id);
	hash_number(&h, a->at);
	hash_number(&h, a->version);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		hash_text(&h, texts[i]);
	sha256_digest(&h, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static const char *column_text(sqlite3_stmt *s, int column)
{
	return or_empty((const char *)sqlite3_column_text(s, column));
}

static struct audit_entry entry_of(sqlite3_stmt *s)
{
	return (struct audit_entry){
		.id = sqlite3_column_int64(s, 0),
		.at = sqlite3_column_int64(s, 1),
		.who = column_text(s, 2),
		.place = column_text(s, 3),
		.action = column_text(s, 4),
		.object = column_text(s, 5),
		.reason = column_text(s, 6),
		.version = sqlite3_column_int64(s, 7),
		.before = column_text(s, 8),
		.after = column_text(s, 9),
		.hash = column_text(s, 10),
	};
}

/* --- the chain's end ------------------------------------------------------------------------
 */

struct head {
	int64_t id;
	char hash[AUDIT_HASH];
};

static int read_head(struct journal *j, struct head *head, struct err *e)
{
	sqlite3_stmt *s = journal_statement(j, "SELECT id, hash FROM audit_head", e);
	if (!s)
		return -1;
	*head = (struct head){0};
	int rc = sqlite3_step(s);
	if (rc == SQLITE_ROW) {
		head->id = sqlite3_column_int64(s, 0);
		snprintf(head->hash, sizeof head->hash, "%s", column_text(s, 1));
	}
	int bad = rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : journal_error(j, e);
	sqlite3_reset(s);
	return bad;
}

static int write_head(struct journal *j, const struct head *head, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "INSERT OR REPLACE INTO audit_head(one, id, hash) VALUES(1, ?, ?)", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, head->id);
	sqlite3_bind_text(s, 2, head->hash, -1, SQLITE_STATIC);
	return journal_run(j, s, e);
}

/* Entries of programs that knew no chain are taken into it as they are found. */
static int adopt(struct journal *j, struct head *head, struct err *e)
{
	sqlite3_stmt *find = journal_statement(
		j,
		"SELECT " COLUMNS " FROM audit WHERE id > ? AND hash = '' ORDER BY id LIMIT 1",
		e);
	sqlite3_stmt *put = journal_statement(j, "UPDATE audit SET hash = ? WHERE id = ?", e);
	if (!find || !put)
		return -1;
	for (;;) {
		sqlite3_bind_int64(find, 1, head->id);
		int rc = sqlite3_step(find);
		if (rc == SQLITE_ROW) {
			struct audit_entry a = entry_of(find);
			char previous[AUDIT_HASH];
			memcpy(previous, head->hash, sizeof previous);
			entry_hash(&a, previous, head->hash);
			head->id = a.id;
		}
		sqlite3_reset(find);
		if (rc != SQLITE_ROW)
			return rc == SQLITE_DONE ? 0 : journal_error(j, e);
		sqlite3_bind_text(put, 1, head->hash, -1, SQLITE_STATIC);
		sqlite3_bind_int64(put, 2, head->id);
		if (journal_run(j, put, e) < 0)
			return -1;
	}
}

static int insert(struct journal *j, const struct audit_entry *a, const char *hash,
		  struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "INSERT INTO audit(" COLUMNS ") VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
		e);
	if (!s)
		return -1;
	const char *texts[] = {a->who, a->place, a->action, a->object, a->reason};
	sqlite3_bind_int64(s, 1, a->id);
	sqlite3_bind_int64(s, 2, a->at);
	for (int i = 0; i < 5; i++)
		sqlite3_bind_text(s, i + 3, or_empty(texts[i]), -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 8, a->version);
	sqlite3_bind_text(s, 9, or_empty(a->before), -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 10, or_empty(a->after), -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 11, hash, -1, SQLITE_STATIC);
	return journal_run(j, s, e);
}

int audit_add_within(struct journal *j, const struct audit_entry *entry, struct err *e)
{
	struct head head;
	struct audit_entry a = *entry;
	char previous[AUDIT_HASH];
	if (read_head(j, &head, e) < 0 || adopt(j, &head, e) < 0)
		return -1;
	memcpy(previous, head.hash, sizeof previous);
	a.id = ++head.id;
	entry_hash(&a, previous, head.hash);
	return insert(j, &a, head.hash, e) < 0 ? -1 : write_head(j, &head, e);
}

int audit_add(struct journal *j, const struct audit_entry *a, struct err *e)
{
	if (journal_begin(j, e) < 0)
		return -1;
	return journal_end(j, audit_add_within(j, a, e) == 0, e);
}

int64_t audit_count(struct journal *j, struct err *e)
{
	sqlite3_stmt *s = journal_statement(j, "SELECT count(*) FROM audit", e);
	if (!s)
		return -1;
	int64_t n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0)
						  : journal_error(j, e);
	sqlite3_reset(s);
	return n;
}

int audit_walk(struct journal *j, int64_t first,
	       int (*each)(void *context, const struct audit_entry *a), void *context,
	       struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "SELECT " COLUMNS " FROM audit WHERE id >= ? ORDER BY id", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, first);
	int rc, stop = 0;
	while ((rc = sqlite3_step(s)) == SQLITE_ROW && !stop) {
		struct audit_entry a = entry_of(s);
		stop = each(context, &a);
	}
	int bad = rc == SQLITE_DONE || stop ? 0 : journal_error(j, e);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return bad;
}

/* --- looking at all of it --------------------------------------------------------------------
 */

struct check {
	struct head at; /* the entry that was looked at last */
	const struct head *end;
	bool broken;
	struct err *e;
};

/* Behind the end lie at most entries of a program that knew no chain. */
static int check_entry(void *context, const struct audit_entry *a)
{
	struct check *c = context;
	char previous[AUDIT_HASH];
	long long id = a->id;
	memcpy(previous, c->at.hash, sizeof previous);
	if (a->id != c->at.id + 1) {
		err_set(c->e, ERR_CORRUPT, _("the audit lacks entry %lld"),
			(long long)c->at.id + 1);
		return c->broken = true;
	}
	entry_hash(a, previous, c->at.hash);
	c->at.id = a->id;
	bool chained = a->id <= c->end->id;
	if (!chained && *a->hash) {
		err_set(c->e, ERR_CORRUPT,
			_("entry %lld of the audit lies behind its end: one of the two was "
			  "altered"),
			id);
		return c->broken = true;
	}
	if (chained && (strcmp(a->hash, c->at.hash) != 0 ||
			(a->id == c->end->id && strcmp(a->hash, c->end->hash) != 0))) {
		err_set(c->e, ERR_CORRUPT,
			_("entry %lld of the audit, or the one before it, is not as it was "
			  "written"),
			id);
		return c->broken = true;
	}
	return 0;
}

int audit_verify(struct journal *j, int64_t *entries, struct err *e)
{
	struct head head;
	struct check c = {.end = &head, .e = e};
	if (read_head(j, &head, e) < 0)
		return -1;
	if (audit_walk(j, 0, check_entry, &c, e) < 0 || c.broken)
		return -1;
	*entries = c.at.id;
	if (c.at.id < head.id)
		return err_set(e, ERR_CORRUPT,
			       _("the audit ends with entry %lld, but %lld were written"),
			       (long long)c.at.id, (long long)head.id);
	return 0;
}

/* An entry, to be compared with what was noted of it elsewhere. */
struct noted {
	int64_t id;
	const char *hash;
	bool found, same;
};

static int compare(void *context, const struct audit_entry *a)
{
	struct noted *n = context;
	n->found = a->id == n->id;
	n->same = n->found && strcmp(a->hash, n->hash) == 0;
	return 1;
}

int audit_verify_anchor(struct journal *j, int64_t id, const char *hash, struct err *e)
{
	struct noted n = {.id = id, .hash = hash};
	if (audit_walk(j, id, compare, &n, e) < 0)
		return -1;
	if (!n.found)
		return err_set(e, ERR_CORRUPT,
			       _("the audit has no entry %lld any more: its end was cut off"),
			       (long long)id);
	return n.same ? 0
		      : err_set(e, ERR_CORRUPT,
				_("entry %lld of the audit has another digest than was noted: "
				  "what was written up to it was replaced"),
				(long long)id);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/routed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/strbuf.h"

#define TRIES_MOST 3      /* versions of a record that rules try to distribute */
#define CONFLICTS_MOST 64 /* taken back at a time */
#define AUTOMAT "ioc"

/* --- identity --- */

void routed_uuid(char uuid[OUTBOX_UUID], const struct outbox_item *i)
{
	char version[24];
	const char *words[] = {"routing", i->source, i->kind,  i->record,
			       version,   i->rule,   i->action};
	snprintf(version, sizeof version, "%" PRId64, i->version);
	outbox_uuid_of(words, ARRAY_LEN(words), uuid);
}

/* --- once --- */

static void bind_record(sqlite3_stmt *s, const struct outbox_item *i)
{
	sqlite3_bind_text(s, 1, i->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, i->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, i->record, -1, SQLITE_STATIC);
}

/* The integer that it answers; -1 with *e. */
static int64_t ask(struct journal *j, sqlite3_stmt *s, struct err *e)
{
	int64_t n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0)
						  : journal_error(j, e);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return n;
}

int routed_may(struct journal *j, const struct outbox_item *i, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"SELECT NOT EXISTS (SELECT 1 FROM routed WHERE source = ?1 AND kind = ?2"
		" AND record = ?3 AND (again = 0 OR version >= ?4))"
		" AND (SELECT count(*) FROM routed WHERE source = ?1 AND kind = ?2"
		" AND record = ?3) < ?5"
		" AND NOT EXISTS (SELECT 1 FROM outbox WHERE source = ?1 AND kind = ?2"
		" AND record = ?3 AND rule = '' AND state NOT IN (3, 6))"
		" AND NOT EXISTS (SELECT 1 FROM outbox WHERE source = ?1 AND kind = ?2"
		" AND record = ?3 AND rule != '' AND state = 6 AND version >= ?4)",
		e);
	if (!s)
		return -1;
	bind_record(s, i);
	sqlite3_bind_int64(s, 4, i->version);
	sqlite3_bind_int64(s, 5, TRIES_MOST);
	return (int)ask(j, s, e);
}

static bool distributes(const struct outbox_item *i)
{
	const struct kind *k = kind_find(i->kind);
	const struct action *a = k ? routing_action(k) : NULL;
	return a && strcmp(a->id, i->action) == 0;
}

int routed_add_within(struct journal *j, const struct outbox_item *i, struct err *e)
{
	if (!distributes(i))
		return 0;
	sqlite3_stmt *s = journal_statement(
		j, "INSERT INTO routed VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)", e);
	if (!s)
		return -1;
	bind_record(s, i);
	sqlite3_bind_int64(s, 4, i->version);
	sqlite3_bind_text(s, 5, i->rule, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 6, i->uuid, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 7, i->at);
	return journal_run(j, s, e);
}

/* --- since when --- */

static bool may_act(const struct routing *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->rules[i].name, name) == 0)
			return routing_mode_of(r, &r->rules[i]) == ROUTING_AUTOMATIC;
	return false;
}

/* Rules that may no longer act begin anew when they may again. */
static int forget_rules(struct journal *j, const struct routing *r, struct err *e)
{
	sqlite3_stmt *all = journal_statement(j, "SELECT name FROM routing_rule", e);
	sqlite3_stmt *drop = journal_statement(j, "DELETE FROM routing_rule WHERE name = ?", e);
	struct arena names = ARENA_INIT;
	const char *gone[ROUTING_RULES_MOST];
	size_t count = 0;
	int rc = all && drop ? 0 : -1;
	while (rc == 0 && sqlite3_step(all) == SQLITE_ROW && count < ROUTING_RULES_MOST) {
		const char *name = (const char *)sqlite3_column_text(all, 0);
		if (!may_act(r, name))
			gone[count++] = arena_strdup(&names, name);
	}
	if (all)
		sqlite3_reset(all);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		sqlite3_bind_text(drop, 1, gone[i], -1, SQLITE_STATIC);
		rc = journal_run(j, drop, e);
	}
	arena_free(&names);
	return rc;
}

static int begin_rule(struct journal *j, const char *name, int64_t now, int64_t *since,
		      struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"INSERT INTO routing_rule VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE"
		" SET since = since RETURNING since",
		e);
	if (!s)
		return -1;
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, now);
	int rc = sqlite3_step(s) == SQLITE_ROW ? 0 : journal_error(j, e);
	*since = rc == 0 ? sqlite3_column_int64(s, 0) : CLOCK_NONE;
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return rc;
}

int routed_since(struct journal *j, const struct routing *r, int64_t now, int64_t *since,
		 struct err *e)
{
	if (journal_begin(j, e) < 0)
		return -1;
	int rc = forget_rules(j, r, e);
	for (size_t i = 0; i < r->count; i++) {
		since[i] = CLOCK_NONE;
		if (rc == 0 && may_act(r, r->rules[i].name))
			rc = begin_rule(j, r->rules[i].name, now, &since[i], e);
	}
	return journal_end(j, rc == 0, e);
}

/* --- in vain --- */

struct conflicts {
	struct arena arena;
	struct outbox_item items[CONFLICTS_MOST];
	size_t count;
};

static int read_conflicts(struct journal *j, struct conflicts *c, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"SELECT o.source, o.kind, o.record, o.uuid FROM outbox o INDEXED BY"
		" outbox_open WHERE o.state NOT IN (3, 6) AND o.state NOT IN (1, 2)"
		" AND o.rule != '' AND EXISTS (SELECT 1 FROM outbox p"
		" WHERE p.source = o.source AND p.kind = o.kind AND p.record = o.record"
		" AND p.state NOT IN (3, 6) AND p.rule != '' AND p.state = 5) ORDER BY o.id "
		"DESC",
		e);
	if (!s)
		return -1;
	while (sqlite3_step(s) == SQLITE_ROW && c->count < CONFLICTS_MOST) {
		struct outbox_item *i = &c->items[c->count++];
		const char *texts[4];
		for (int n = 0; n < 4; n++)
			texts[n] = arena_strdup(&c->arena,
						(const char *)sqlite3_column_text(s, n));
		*i = (struct outbox_item){
			.source = texts[0], .kind = texts[1], .record = texts[2]};
		snprintf(i->uuid, sizeof i->uuid, "%s", texts[3]);
	}
	sqlite3_reset(s);
	return 0;
}

static int allow_again(struct journal *j, const struct outbox_item *i, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "UPDATE routed SET again = 1 WHERE source = ? AND kind = ? AND record = ?",
		e);
	if (!s)
		return -1;
	bind_record(s, i);
	return journal_run(j, s, e);
}

/* Behind the one that came too late may stand another: the last one goes first, lest it is
 * sent.  A program that is killed here finds the conflict again. */
int routed_drop_conflicts(struct journal *j, int64_t now,
			  void (*each)(void *context, const char *kind, const char *source,
				       const char *record),
			  void *context, struct err *e)
{
	struct conflicts c = {.arena = ARENA_INIT};
	int rc = read_conflicts(j, &c, e);
	for (size_t n = 0; rc == 0 && n < c.count; n++) {
		const struct outbox_item *i = &c.items[n];
		rc = allow_again(j, i, e);
		if (rc == 0)
			rc = outbox_drop(j, i->uuid, AUTOMAT, now, e);
		if (rc == 0)
			each(context, i->kind, i->source, i->record);
	}
	arena_free(&c.arena);
	return rc;
}

/* --- figures --- */

int64_t routed_count(struct journal *j, int64_t since, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "SELECT count(*) FROM routed WHERE at >= ? AND again = 0", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, since);
	return ask(j, s, e);
}

int64_t routed_refused(struct journal *j, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"SELECT count(*) FROM outbox INDEXED BY outbox_open"
		" WHERE state NOT IN (3, 6) AND state IN (4, 5) AND rule != ''",
		e);
	return s ? ask(j, s, e) : -1;
}

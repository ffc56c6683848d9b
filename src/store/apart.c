/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/apart.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "store/audit.h"
#include "store/sql.h"

/* Both names in their order: "source/id". */
struct pair {
	char *first, *second;
};

static struct pair pair_of(const struct apart_record *a, const struct apart_record *b)
{
	struct pair p = {xasprintf("%s/%s", a->source, a->id),
			 xasprintf("%s/%s", b->source, b->id)};
	if (strcmp(p.first, p.second) <= 0)
		return p;
	return (struct pair){p.second, p.first};
}

static void pair_free(struct pair *p)
{
	free(p->first);
	free(p->second);
}

static void bind_pair(sqlite3_stmt *s, const struct kind *k, const struct pair *p)
{
	sql_bind_string(s, 1, k->id);
	sql_bind_string(s, 2, p->first);
	sql_bind_string(s, 3, p->second);
}

static int write_pair(struct journal *j, const struct apart_word *w, const struct pair *p,
		      struct err *e)
{
	static const char add[] = "INSERT OR IGNORE INTO apart VALUES(?, ?, ?, ?, ?)";
	static const char take[] = "DELETE FROM apart WHERE kind = ? AND first = ?"
				   " AND second = ?";
	sqlite3_stmt *s = journal_statement(j, w->apart ? add : take, e);
	if (!s)
		return -1;
	bind_pair(s, w->kind, p);
	if (w->apart) {
		sqlite3_bind_int64(s, 4, w->at);
		sql_bind_string(s, 5, w->who);
	}
	return journal_run(j, s, e);
}

static int write_audit(struct journal *j, const struct apart_word *w, const struct pair *p,
		       struct err *e)
{
	char *object = xasprintf("%s/%s/%s", w->a.source, w->kind->id, w->a.id);
	json_t *j_pair = json_pack("{s:[s, s]}", "pair", p->first, p->second);
	char *pair = json_dumps(j_pair, JSON_COMPACT);
	const struct audit_entry a = {.at = w->at,
				      .who = w->who,
				      .place = w->place,
				      .action = w->apart ? "not-duplicate" : "maybe-duplicate",
				      .object = object,
				      .reason = w->reason,
				      .after = pair};
	int rc = audit_add_within(j, &a, e);
	json_decref(j_pair);
	free(pair);
	free(object);
	return rc;
}

int apart_say(struct journal *j, const struct apart_word *w, struct err *e)
{
	struct pair p = pair_of(&w->a, &w->b);
	int rc = -1;
	if (strcmp(p.first, p.second) == 0) {
		err_set(e, ERR_USAGE, "%s", _("a record is always one matter with itself"));
	} else if (journal_begin(j, e) == 0) {
		bool ok = write_pair(j, w, &p, e) == 0;
		if (ok && sqlite3_changes(journal_handle(j)) > 0)
			ok = write_audit(j, w, &p, e) == 0;
		rc = journal_end(j, ok, e);
	}
	pair_free(&p);
	return rc;
}

bool apart_is(struct journal *j, const struct kind *k, const struct apart_record *a,
	      const struct apart_record *b)
{
	sqlite3_stmt *s = journal_statement(
		j, "SELECT 1 FROM apart WHERE kind = ? AND first = ? AND second = ?", NULL);
	if (!s)
		return false;
	struct pair p = pair_of(a, b);
	bind_pair(s, k, &p);
	bool found = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_reset(s);
	pair_free(&p);
	return found;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/here.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strmap.h"
#include "model/action.h"
#include "store/sql.h"

#define KEY_MOST 640

struct deed {
	const struct action *action;
	int64_t at, severity;
	char *who, *note;
};

struct here {
	struct strmap deeds; /* "kind/source/id" → struct deed */
};

static void deed_free(void *p)
{
	struct deed *d = p;
	free(d->who);
	free(d->note);
	free(d);
}

void here_free(struct here *h)
{
	if (!h)
		return;
	strmap_free(&h->deeds, deed_free);
	free(h);
}

static const char *text(sqlite3_stmt *s, int column)
{
	const char *t = (const char *)sqlite3_column_text(s, column);
	return t ? t : "";
}

static void take(struct here *h, sqlite3_stmt *s)
{
	char key[KEY_MOST];
	const struct kind *k = kind_find(text(s, 0));
	const struct action *a = k ? action_find(k, text(s, 3)) : NULL;
	if (!a)
		return;
	struct deed *d = xcalloc(1, sizeof *d);
	*d = (struct deed){.action = a,
			   .at = sqlite3_column_int64(s, 4),
			   .who = xstrdup(text(s, 5)),
			   .note = xstrdup(text(s, 6)),
			   .severity = sqlite3_column_int64(s, 7)};
	snprintf(key, sizeof key, "%s/%s/%s", k->id, text(s, 1), text(s, 2));
	struct deed *before = strmap_put(&h->deeds, key, d);
	if (before)
		deed_free(before);
}

struct here *here_load(struct journal *j, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "SELECT kind, source, record, action, at, who, note, severity FROM here", e);
	if (!s)
		return NULL;
	struct here *h = xcalloc(1, sizeof *h);
	h->deeds = (struct strmap)STRMAP_INIT;
	int rc;
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		take(h, s);
	if (rc != SQLITE_DONE)
		journal_error(j, e);
	sqlite3_reset(s);
	if (rc == SQLITE_DONE)
		return h;
	here_free(h);
	return NULL;
}

/* What the operator wrote with it. */
static char *note_of(const struct outbox_item *i)
{
	json_t *fields = json_loads(i->fields, 0, NULL);
	const char *note = json_string_value(json_object_get(fields, "note"));
	char *copy = xstrdup(note ? note : "");
	json_decref(fields);
	return copy;
}

int here_add_within(struct journal *j, const struct outbox_item *i, int64_t severity,
		    int64_t now, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "INSERT OR REPLACE INTO here VALUES(?, ?, ?, ?, ?, ?, ?, ?)", e);
	if (!s)
		return -1;
	char *note = note_of(i);
	sql_bind_string(s, 1, i->kind);
	sql_bind_string(s, 2, i->source);
	sql_bind_string(s, 3, i->record);
	sql_bind_string(s, 4, i->action);
	sqlite3_bind_int64(s, 5, now);
	sql_bind_string(s, 6, i->who);
	sql_bind_string(s, 7, note);
	sqlite3_bind_int64(s, 8, severity);
	int rc = journal_run(j, s, e);
	free(note);
	return rc;
}

/* --- over the record -------------------------------------------------------------------------
 */

static void put_text(struct arena *a, struct record *r, const char *column, const char *s)
{
	int i = column ? kind_column(r->kind, column) : -1;
	if (i >= 0)
		record_put_text(a, r, (size_t)i, s, strlen(s), NULL);
}

/* One more entry of the history, in the language of histories. */
static void note_in_history(struct arena *a, struct record *r, const struct deed *d)
{
	char at[CLOCK_TEXT];
	json_t *detail = r->detail ? json_loadb(r->detail, r->detail_n, 0, NULL) : NULL;
	if (!json_is_object(detail)) {
		json_decref(detail);
		detail = json_object();
	}
	json_t *history = json_object_get(detail, "history");
	if (!json_is_array(history))
		json_object_set_new(detail, "history", history = json_array());
	clock_format_utc(d->at, at);
	json_array_append_new(history, json_pack("{s:s, s:s, s:s, s:s*}", "at", at, "by",
						 d->who, "action", d->action->history, "text",
						 *d->note ? d->note : NULL));
	char *dump = json_dumps(detail, JSON_COMPACT);
	if (dump) {
		r->detail_n = strlen(dump);
		r->detail = arena_memdup(a, dump, r->detail_n);
	}
	free(dump);
	json_decref(detail);
}

bool here_apply(const struct here *h, struct arena *a, struct record *r)
{
	char key[KEY_MOST];
	if (!h || !h->deeds.count || r->deleted)
		return false;
	snprintf(key, sizeof key, "%s/%s/%s", r->kind->id, r->source, r->id);
	const struct deed *d = strmap_get(&h->deeds, key);
	if (!d || !action_fits_state(r->kind, d->action, record_text(r, COL_STATE)) ||
	    record_int(r, COL_SEVERITY, 0) > d->severity)
		return false;
	if (d->action->to)
		put_text(a, r, "state", d->action->to);
	put_text(a, r, d->action->actor, d->who);
	int stamp = d->action->stamp ? kind_column(r->kind, d->action->stamp) : -1;
	if (stamp >= 0)
		record_put_time(r, (size_t)stamp, d->at, NULL);
	note_in_history(a, r, d);
	return true;
}

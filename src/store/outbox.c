/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/outbox.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/audit.h"
#include "store/here.h"
#include "store/routed.h"

/* clang-format off */
#define COLUMNS \
	"id, uuid, state, at, who, place, staff, unit, source, kind, record, code, action, fields," \
	" version, tries, next_at, changed_at, error, answer, rule, seen"
#define ENDED "(3, 6)" /* done, dropped */
/* What waits and has nothing of its record before it. */
#define READY \
	" FROM outbox AS o WHERE state IN (0, 2) AND NOT EXISTS (SELECT 1 FROM outbox AS p" \
	" WHERE p.source = o.source AND p.kind = o.kind AND p.record = o.record" \
	" AND p.id < o.id AND p.state NOT IN " ENDED ")"
/* clang-format on */

const char *outbox_state_name(enum outbox_state s)
{
	static const char *const names[] = {
		[OUTBOX_QUEUED] = "queued",     [OUTBOX_SENDING] = "sending",
		[OUTBOX_RETRY] = "retry",       [OUTBOX_DONE] = "done",
		[OUTBOX_REJECTED] = "rejected", [OUTBOX_CONFLICT] = "conflict",
		[OUTBOX_DROPPED] = "dropped",   [OUTBOX_UNCLEAR] = "unclear",
	};
	return names[s];
}

bool outbox_is_ended(enum outbox_state s)
{
	return s == OUTBOX_DONE || s == OUTBOX_DROPPED;
}

static const char *text(sqlite3_stmt *s, int column)
{
	const char *t = (const char *)sqlite3_column_text(s, column);
	return t ? t : "";
}

static struct outbox_item item_of(sqlite3_stmt *s)
{
	struct outbox_item i = {
		.id = sqlite3_column_int64(s, 0),
		.state = (enum outbox_state)sqlite3_column_int(s, 2),
		.at = sqlite3_column_int64(s, 3),
		.who = text(s, 4),
		.place = text(s, 5),
		.staff = text(s, 6),
		.unit = text(s, 7),
		.source = text(s, 8),
		.kind = text(s, 9),
		.record = text(s, 10),
		.code = text(s, 11),
		.action = text(s, 12),
		.fields = text(s, 13),
		.version = sqlite3_column_int64(s, 14),
		.tries = sqlite3_column_int(s, 15),
		.next_at = sqlite3_column_int64(s, 16),
		.changed_at = sqlite3_column_int64(s, 17),
		.error = text(s, 18),
		.answer = text(s, 19),
		.rule = text(s, 20),
		.seen = text(s, 21),
	};
	snprintf(i.uuid, sizeof i.uuid, "%s", text(s, 1));
	return i;
}

static int visit(struct journal *j, sqlite3_stmt *s, outbox_visitor *each, void *context,
		 struct err *e)
{
	int rc, stop = 0;
	while (!stop && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		struct outbox_item item = item_of(s);
		stop = each(context, &item);
	}
	int bad = stop || rc == SQLITE_DONE ? 0 : journal_error(j, e);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return bad;
}

/* --- the audit's side ------------------------------------------------------------------------
 */

static bool is_automatic(const struct outbox_item *i)
{
	return i->rule && *i->rule;
}

/* What a rule did by itself is noted with the rule, in the language of histories. */
static int note(struct journal *j, const struct outbox_item *i, const char *what,
		const char *who, const char *reason, int64_t now, struct err *e)
{
	char action[96], object[320], rule[160];
	snprintf(action, sizeof action, "%s%s%s", i->action, *what ? ":" : "", what);
	snprintf(object, sizeof object, "%s/%s/%s", i->source, i->kind, i->record);
	bool by_rule = is_automatic(i) && (!reason || !*reason);
	snprintf(rule, sizeof rule, "quy tắc “%s”", by_rule ? i->rule : "");
	struct audit_entry a = {.at = now,
				.who = who,
				.place = i->place,
				.action = action,
				.object = object,
				.reason = by_rule ? rule : reason,
				.version = i->version,
				.after = i->fields};
	return audit_add_within(j, &a, e);
}

/* --- adding ----------------------------------------------------------------- */

static int insert(struct journal *j, struct outbox_item *i, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"INSERT INTO outbox(uuid, state, at, who, place, staff, unit, source, kind,"
		" record, code, action, fields, version, next_at, changed_at, rule, seen)"
		" VALUES(?1,0,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?2,?15,?16)",
		e);
	if (!s)
		return -1;
	const char *texts[] = {i->who,  i->place,  i->staff, i->unit,   i->source,
			       i->kind, i->record, i->code,  i->action, i->fields};
	sqlite3_bind_text(s, 1, i->uuid, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, i->at);
	for (int n = 0; n < 10; n++)
		sqlite3_bind_text(s, n + 3, texts[n] ? texts[n] : "", -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 13, i->version);
	sqlite3_bind_int64(s, 14, i->next_at);
	sqlite3_bind_text(s, 15, i->rule ? i->rule : "", -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 16, i->seen ? i->seen : "", -1, SQLITE_STATIC);
	if (journal_run(j, s, e) < 0)
		return -1;
	i->id = sqlite3_last_insert_rowid(journal_handle(j));
	return 0;
}

static bool is_same(const struct outbox_item *a, const struct outbox_item *b)
{
	return strcmp(a->who, b->who) == 0 && strcmp(a->source, b->source) == 0 &&
	       strcmp(a->kind, b->kind) == 0 && strcmp(a->record, b->record) == 0 &&
	       strcmp(a->action, b->action) == 0 && strcmp(a->fields, b->fields) == 0;
}

/* What is added, beside what is there under its uuid. */
struct twin {
	struct outbox_item *item;
	bool found, same, dropped;
};

static int compare(void *context, const struct outbox_item *there)
{
	struct twin *t = context;
	t->found = true;
	t->same = is_same(t->item, there);
	t->dropped = there->state == OUTBOX_DROPPED;
	t->item->id = there->id;
	return 1;
}

/* The record's version that an action made, or that it goes out for; 0: unknown. */
static int64_t version_after(enum outbox_state state, int64_t version, const char *answer)
{
	if (state != OUTBOX_DONE)
		return version;
	json_t *j = json_loads(answer, 0, NULL);
	version = json_integer_value(json_object_get(j, "version"));
	json_decref(j);
	return version;
}

/* Who acts again knows of what he did to the record before, also where the answer to that came
 * after he had looked at it: the action goes out for what came of the one before. */
static int follow_own(struct journal *j, struct outbox_item *i, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"SELECT state, version, answer FROM outbox WHERE source = ?1 AND kind = ?2"
		" AND record = ?3 AND who = ?4 AND place = ?5 AND state IN (0, 1, 2, 3)"
		" ORDER BY id DESC LIMIT 1",
		e);
	if (!s)
		return -1;
	const char *of[] = {i->source, i->kind, i->record, i->who, i->place};
	for (int n = 0; n < 5; n++)
		sqlite3_bind_text(s, n + 1, of[n], -1, SQLITE_STATIC);
	int rc = sqlite3_step(s),
	    bad = rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : journal_error(j, e);
	int64_t version = rc == SQLITE_ROW
				  ? version_after((enum outbox_state)sqlite3_column_int(s, 0),
						  sqlite3_column_int64(s, 1),
						  (const char *)sqlite3_column_text(s, 2))
				  : 0;
	if (i->version && version > i->version)
		i->version = version;
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return bad;
}

static int add_new(struct journal *j, struct outbox_item *item, struct err *e)
{
	if (journal_begin(j, e) < 0)
		return -1;
	int may = is_automatic(item) ? routed_may(j, item, e) : 1;
	bool ok = may >= 0 && follow_own(j, item, e) == 0;
	if (ok && may > 0)
		ok = insert(j, item, e) == 0 &&
		     note(j, item, "", item->who, "", item->at, e) == 0 &&
		     (!is_automatic(item) || routed_add_within(j, item, e) == 0);
	return journal_end(j, ok, e);
}

int outbox_add(struct journal *j, struct outbox_item *item, int64_t not_before, struct err *e)
{
	struct twin t = {.item = item};
	item->state = OUTBOX_QUEUED;
	item->next_at = not_before;
	if (!item->uuid[0])
		return outbox_make_uuid(item->uuid, e) < 0 ? -1 : add_new(j, item, e);
	if (outbox_find(j, item->uuid, compare, &t, e) < 0)
		return -1;
	if (t.found && !t.same)
		return err_set(e, ERR_CONFLICT,
			       _("the outbox has another action under this uuid"));
	if (t.dropped)
		return err_set(e, ERR_CONFLICT,
			       _("this was taken back meanwhile: send it once more to do it "
				 "all the same"));
	return t.found ? 0 : add_new(j, item, e);
}

/* --- looking ---------------------------------------------------------------------------------
 */

int outbox_due(struct journal *j, int64_t now, outbox_visitor *each, void *context,
	       struct err *e)
{
	/* Where the clock was put back, times that were reckoned before say nothing any more.
	 */
	sqlite3_stmt *s = journal_statement(j,
					    "SELECT " COLUMNS READY
					    " AND (next_at <= ?1 OR changed_at > ?1 + ?2)"
					    " ORDER BY next_at, id",
					    e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, now);
	sqlite3_bind_int64(s, 2, MINUTE);
	return visit(j, s, each, context, e);
}

int64_t outbox_next(struct journal *j, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "SELECT coalesce(min(next_at), 9223372036854775807)" READY, e);
	if (!s)
		return -1;
	int64_t next = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0)
						     : journal_error(j, e);
	sqlite3_reset(s);
	return next;
}

int outbox_find(struct journal *j, const char *uuid, outbox_visitor *each, void *context,
		struct err *e)
{
	sqlite3_stmt *s = journal_statement(j, "SELECT " COLUMNS " FROM outbox WHERE uuid = ?",
					    e);
	if (!s)
		return -1;
	sqlite3_bind_text(s, 1, uuid, -1, SQLITE_STATIC);
	return visit(j, s, each, context, e);
}

int outbox_walk(struct journal *j, int64_t since, outbox_visitor *each, void *context,
		struct err *e)
{
	sqlite3_stmt *s = journal_statement(j,
					    "SELECT " COLUMNS
					    " FROM outbox WHERE state NOT IN " ENDED
					    " OR changed_at >= ? ORDER BY id",
					    e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, since);
	return visit(j, s, each, context, e);
}

/* --- what becomes of it ----------------------------------------------------------------------
 */

/* Everything that a change of state brings with it. */
struct change {
	enum outbox_state to;
	int64_t next_at;
	const char *error, *answer;
	int more_tries;
};

static int set(struct journal *j, const char *uuid, const struct change *c, int64_t now,
	       struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j,
		"UPDATE outbox SET state = ?2, next_at = ?3, error = ?4, answer = ?5,"
		" tries = tries + ?6, changed_at = ?7 WHERE uuid = ?1",
		e);
	if (!s)
		return -1;
	sqlite3_bind_text(s, 1, uuid, -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 2, (int)c->to);
	sqlite3_bind_int64(s, 3, c->next_at);
	sqlite3_bind_text(s, 4, c->error ? c->error : "", -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 5, c->answer ? c->answer : "", -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 6, c->more_tries);
	sqlite3_bind_int64(s, 7, now);
	return journal_run(j, s, e);
}

int outbox_sending(struct journal *j, const char *uuid, int64_t now, struct err *e)
{
	struct change c = {.to = OUTBOX_SENDING, .next_at = now, .more_tries = 1};
	return set(j, uuid, &c, now, e);
}

int outbox_recover(struct journal *j, int64_t now, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "UPDATE outbox SET state = 2, next_at = ?1, changed_at = ?1 WHERE state = 1",
		e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, now);
	return journal_run(j, s, e);
}

int outbox_unsent(struct journal *j, const char *uuid, enum outbox_state was, int64_t next_at,
		  const char *error, int64_t now, struct err *e)
{
	struct change c = {.to = was, .next_at = next_at, .error = error};
	return set(j, uuid, &c, now, e);
}

int outbox_retry(struct journal *j, const char *uuid, int64_t next_at, const char *error,
		 int64_t now, struct err *e)
{
	struct change c = {.to = OUTBOX_RETRY, .next_at = next_at, .error = error};
	return set(j, uuid, &c, now, e);
}

/* The item itself, to be looked at by `use` within a transaction. */
struct use {
	struct journal *j;
	const struct change *change;
	const char *who, *reason, *fields, *made;
	int64_t version, severity, now;
	struct err *e;
	int rc; /* 0: done; -1 */
	int (*run)(struct use *u, const struct outbox_item *i);
};

static int use_item(void *context, const struct outbox_item *i)
{
	struct use *u = context;
	u->rc = u->run(u, i);
	return 1;
}

static int with_item(struct use *u, const char *uuid)
{
	sqlite3_stmt *s = journal_statement(
		u->j, "SELECT " COLUMNS " FROM outbox WHERE uuid = ?", u->e);
	if (!s)
		return -1;
	u->rc = 1;
	sqlite3_bind_text(s, 1, uuid, -1, SQLITE_STATIC);
	if (visit(u->j, s, use_item, u, u->e) < 0)
		return -1;
	return u->rc == 1 ? err_set(u->e, ERR_NOT_FOUND, _("the outbox has no such action"))
			  : u->rc;
}

static int transact(struct use *u, const char *uuid)
{
	if (journal_begin(u->j, u->e) < 0)
		return -1;
	return journal_end(u->j, with_item(u, uuid) == 0, u->e);
}

static int settle(struct use *u, const struct outbox_item *i)
{
	return set(u->j, i->uuid, u->change, u->now, u->e) < 0
		       ? -1
		       : note(u->j, i, outbox_state_name(u->change->to), i->who, u->reason,
			      u->now, u->e);
}

/* Who did both knew of the first when doing the second; another console did not. */
static int carry_version(struct use *u, const struct outbox_item *i)
{
	sqlite3_stmt *s = journal_statement(
		u->j,
		"UPDATE outbox SET version = ?1 WHERE state = 0 AND version = ?2 AND id > ?3"
		" AND version != 0 AND source = ?4 AND kind = ?5 AND record = ?6"
		" AND who = ?7 AND place = ?8",
		u->e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, u->version);
	sqlite3_bind_int64(s, 2, i->version);
	sqlite3_bind_int64(s, 3, i->id);
	sqlite3_bind_text(s, 4, i->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 5, i->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 6, i->record, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 7, i->who, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 8, i->place, -1, SQLITE_STATIC);
	return journal_run(u->j, s, u->e);
}

static int settle_done(struct use *u, const struct outbox_item *i)
{
	return settle(u, i) < 0 ? -1 : carry_version(u, i);
}

static int end(struct journal *j, const char *uuid, const struct change *c, int64_t now,
	       struct err *e)
{
	struct use u = {
		.j = j, .change = c, .reason = c->error, .now = now, .e = e, .run = settle};
	return transact(&u, uuid);
}

int outbox_done(struct journal *j, const char *uuid, int64_t version, int64_t now,
		struct err *e)
{
	char answer[48];
	snprintf(answer, sizeof answer, "{\"version\":%" PRId64 "}", version);
	struct change c = {
		.to = OUTBOX_DONE, .next_at = now, .answer = version ? answer : NULL};
	struct use u = {.j = j,
			.change = &c,
			.version = version,
			.now = now,
			.e = e,
			.run = settle_done};
	return transact(&u, uuid);
}

/* From here on the audit speaks of the record. */
static int settle_made(struct use *u, const struct outbox_item *i)
{
	struct outbox_item made = *i;
	if (*u->made)
		made.record = u->made;
	return settle(u, &made);
}

int outbox_made(struct journal *j, const char *uuid, int64_t version, const char *id,
		const char *answer, int64_t now, struct err *e)
{
	struct change c = {.to = OUTBOX_DONE, .next_at = now, .answer = answer};
	struct use u = {.j = j,
			.change = &c,
			.made = id,
			.version = version,
			.now = now,
			.e = e,
			.run = settle_made};
	return transact(&u, uuid);
}

/* No version of the record tells it: nothing waits to be seen in one. */
static int settle_here(struct use *u, const struct outbox_item *i)
{
	sqlite3_stmt *s = journal_statement(
		u->j, "UPDATE outbox SET version = 0 WHERE uuid = ?1", u->e);
	if (!s || here_add_within(u->j, i, u->severity, u->now, u->e) < 0)
		return -1;
	sqlite3_bind_text(s, 1, i->uuid, -1, SQLITE_STATIC);
	return journal_run(u->j, s, u->e) < 0 ? -1 : settle(u, i);
}

int outbox_done_here(struct journal *j, const char *uuid, int64_t severity, int64_t now,
		     struct err *e)
{
	struct change c = {.to = OUTBOX_DONE, .next_at = now};
	struct use u = {.j = j,
			.change = &c,
			.severity = severity,
			.reason = "ghi nhận tại chỗ", /* in the language of histories */
			.now = now,
			.e = e,
			.run = settle_here};
	return transact(&u, uuid);
}

int outbox_rejected(struct journal *j, const char *uuid, const char *error, int64_t now,
		    struct err *e)
{
	struct change c = {.to = OUTBOX_REJECTED, .next_at = now, .error = error};
	return end(j, uuid, &c, now, e);
}

int outbox_unclear(struct journal *j, const char *uuid, const char *error, int64_t now,
		   struct err *e)
{
	struct change c = {.to = OUTBOX_UNCLEAR, .next_at = now, .error = error};
	return end(j, uuid, &c, now, e);
}

int outbox_conflict(struct journal *j, const char *uuid, const char *error, const char *answer,
		    int64_t now, struct err *e)
{
	struct change c = {
		.to = OUTBOX_CONFLICT, .next_at = now, .error = error, .answer = answer};
	return end(j, uuid, &c, now, e);
}

/* --- what people decide ----------------------------------------------------------------------
 */

static int too_late(struct err *e, enum outbox_state s)
{
	return err_set(e, ERR_CONFLICT,
		       s == OUTBOX_SENDING ? _("too late: it is being sent")
					   : _("too late: it is done or given up already"));
}

static int drop(struct use *u, const struct outbox_item *i)
{
	/* A repeated sending may have reached the province although no answer came. */
	if (i->state == OUTBOX_SENDING || outbox_is_ended(i->state))
		return too_late(u->e, i->state);
	if (i->state == OUTBOX_RETRY)
		return err_set(u->e, ERR_CONFLICT,
			       _("it was sent, and only its answer is missing: whether it took "
				 "effect is not known before that"));
	struct change c = {.to = OUTBOX_DROPPED, .next_at = u->now, .error = i->error};
	return set(u->j, i->uuid, &c, u->now, u->e) < 0
		       ? -1
		       : note(u->j, i, "dropped", u->who, "", u->now, u->e);
}

int outbox_drop(struct journal *j, const char *uuid, const char *who, int64_t now,
		struct err *e)
{
	struct use u = {.j = j, .who = who, .now = now, .e = e, .run = drop};
	return transact(&u, uuid);
}

static int hurry(struct use *u, const struct outbox_item *i)
{
	struct change c = {.to = i->state, .next_at = u->now, .error = i->error};
	if (u->fields)
		return err_set(u->e, ERR_CONFLICT,
			       _("what waits to be sent can't be altered: take it back, and do "
				 "it anew"));
	return set(u->j, i->uuid, &c, u->now, u->e);
}

/* The province may know the old key together with the old words: the new ones need a new key.
 * What a rule did is from now on what a person does. */
static int renew(struct use *u, const struct outbox_item *i)
{
	char uuid[OUTBOX_UUID];
	sqlite3_stmt *s = journal_statement(
		u->j,
		"UPDATE outbox SET uuid = ?2, state = 0, fields = ?3, version = ?4,"
		" rule = '', tries = 0, next_at = ?5, changed_at = ?5, error = '', answer = '',"
		" seen = ''"
		" WHERE uuid = ?1",
		u->e);
	if (!s || outbox_make_uuid(uuid, u->e) < 0)
		return -1;
	const char *fields = u->fields ? u->fields : i->fields;
	sqlite3_bind_text(s, 1, i->uuid, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, uuid, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, fields, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 4, u->version);
	sqlite3_bind_int64(s, 5, u->now);
	struct outbox_item again = *i;
	again.fields = fields;
	again.version = u->version;
	return journal_run(u->j, s, u->e) < 0
		       ? -1
		       : note(u->j, &again, "again", u->who, "", u->now, u->e);
}

static int again(struct use *u, const struct outbox_item *i)
{
	if (i->state == OUTBOX_SENDING || outbox_is_ended(i->state))
		return too_late(u->e, i->state);
	bool stands = i->state == OUTBOX_REJECTED || i->state == OUTBOX_CONFLICT ||
		      i->state == OUTBOX_UNCLEAR;
	return stands ? renew(u, i) : hurry(u, i);
}

int outbox_again(struct journal *j, const char *uuid, const char *fields, int64_t version,
		 const char *who, int64_t now, struct err *e)
{
	struct use u = {.j = j,
			.who = who,
			.fields = fields,
			.version = version,
			.now = now,
			.e = e,
			.run = again};
	return transact(&u, uuid);
}

int outbox_purge(struct journal *j, int64_t before, struct err *e)
{
	sqlite3_stmt *s = journal_statement(
		j, "DELETE FROM outbox WHERE state IN " ENDED " AND changed_at < ?", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, before);
	return journal_run(j, s, e);
}

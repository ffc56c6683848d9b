/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record is left alone where a person has said anything about its unit: it has one, it was
 * distributed once and came back, it was merged into another, or an action of a person's
 * waits for it. */
#include "store/dispatch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "deadline/history.h"
#include "model/kinds.h"
#include "store/routed.h"
#include "store/row.h"

#define LOOK_MS 2000          /* between two looks where nothing came */
#define CANDIDATES_MOST 10000 /* more are found by looking at all */
#define MERGED_COLUMN "merged_into"

/* A record to be asked about. */
struct candidate {
	const struct kind *kind;
	const char *source, *id; /* in the arena */
};

struct dispatch {
	struct db *db;
	struct router *router;
	const struct routing *rules; /* NULL: none act by themselves */
	unsigned generation;
	int64_t since[ROUTING_RULES_MOST]; /* from when on each rule acts; CLOCK_NONE: not */
	int64_t oldest[KIND_MOST]; /* the least of them of a kind; INT64_MAX: none acts */
	struct arena arena;
	struct candidate *list;
	size_t count, next; /* those before `next` are done */
	size_t cap;
	int64_t all_at; /* monotonic: when to look at all; INT64_MAX: never */
	int64_t looked; /* monotonic */
	double tokens;  /* acts that are allowed now */
	int64_t filled; /* monotonic: when tokens were last added */
	json_t *found;  /* of the look under way */
	struct journal *journal;
	const struct rulebook *book;
};

struct dispatch *dispatch_new(struct db *db, const struct paths *p)
{
	struct dispatch *d = xcalloc(1, sizeof *d);
	d->db = db;
	d->router = router_new(db, p, NULL);
	d->all_at = d->looked = INT64_MIN / 2;
	for (size_t i = 0; i < KIND_MOST; i++)
		d->oldest[i] = INT64_MAX;
	return d;
}

void dispatch_free(struct dispatch *d)
{
	if (!d)
		return;
	router_free(d->router);
	arena_free(&d->arena);
	free(d->list);
	free(d);
}

/* --- candidates --- */

static void add_candidate(struct dispatch *d, const struct kind *k, const char *source,
			  const char *id)
{
	if (d->count == CANDIDATES_MOST) {
		d->all_at = INT64_MIN / 2;
		return;
	}
	ARRAY_PUSH(d->list, d->count, d->cap) = (struct candidate){
		k, arena_strdup(&d->arena, source), arena_strdup(&d->arena, id)};
}

static void forget_done(struct dispatch *d)
{
	if (d->next < d->count)
		return;
	d->count = d->next = 0;
	arena_reset(&d->arena);
}

static bool may_concern(const struct dispatch *d, const struct record *r)
{
	int64_t oldest = d->oldest[kind_index(r->kind)];
	return oldest != INT64_MAX && record_int(r, COL_CREATED_AT, CLOCK_NONE) >= oldest &&
	       routing_is_waiting(r);
}

void dispatch_note(struct dispatch *d, const struct record *r)
{
	if (!r->kind->catalogue && !r->deleted && may_concern(d, r))
		add_candidate(d, r->kind, r->source, r->id);
}

void dispatch_again(struct dispatch *d, int64_t delay)
{
	int64_t at = clock_monotonic() + delay;
	if (d->all_at == INT64_MAX || at < d->all_at)
		d->all_at = at;
}

static void found_again(void *context, const char *kind, const char *source, const char *record)
{
	const struct kind *k = kind_find(kind);
	if (k)
		add_candidate(context, k, source, record);
}

static const int waiting_columns[] = {COL_STATE, COL_CREATED_AT, COL_UNIT};

static int scan_kind(struct dispatch *d, const struct kind *k, struct err *e)
{
	struct row_shape shape = {
		.kind = k, .columns = waiting_columns, .count = ARRAY_LEN(waiting_columns)};
	struct strbuf sql = STRBUF_INIT;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, &shape);
	strbuf_addf(&sql,
		    " FROM %s t WHERE t.open = 1 AND +t.unit IS NULL AND t.created_at >= ?"
		    " ORDER BY t.created_at LIMIT %d",
		    k->id, CANDIDATES_MOST);
	sqlite3_stmt *s = sql_prepare(d->db, sql.s, e);
	strbuf_free(&sql);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, d->oldest[kind_index(k)]);
	struct record r = {.kind = k};
	r.values = xcalloc(k->column_count, sizeof *r.values);
	int rc;
	while ((rc = sql_step(d->db, s, e)) > 0) {
		row_read(d->db, s, &shape, NULL, &r);
		if (may_concern(d, &r) && d->count < CANDIDATES_MOST)
			add_candidate(d, k, r.source, r.id);
	}
	sqlite3_reset(s);
	free(r.values);
	return rc < 0 ? -1 : 0;
}

static int scan_all(struct dispatch *d, struct err *e)
{
	d->all_at = INT64_MAX;
	d->count = d->next = 0;
	arena_reset(&d->arena);
	int rc = 0;
	for (size_t i = 0; kinds[i] && rc == 0; i++)
		if (d->oldest[i] != INT64_MAX)
			rc = scan_kind(d, kinds[i], e);
	return rc;
}

/* --- the rules --- */

static void set_oldest(struct dispatch *d)
{
	for (size_t i = 0; i < KIND_MOST; i++)
		d->oldest[i] = INT64_MAX;
	for (size_t i = 0; d->rules && i < d->rules->count; i++) {
		const struct routing_rule *rule = &d->rules->rules[i];
		int64_t *oldest = &d->oldest[kind_index(rule->kind)];
		if (d->since[i] == CLOCK_NONE)
			continue;
		if (rule->backlog)
			*oldest = CLOCK_NONE + 1; /* what has no time is left alone */
		else if (d->since[i] < *oldest)
			*oldest = d->since[i];
	}
}

/* Other rules: since when each may act is asked of the journal, and all that waits is looked
 * at. */
static int take_rules(struct dispatch *d, const struct routing *r, struct err *e)
{
	int64_t now = clock_now();
	if (routed_since(d->journal, r, now, d->since, e) < 0)
		return -1;
	int64_t recent = routed_count(d->journal, now - MINUTE, e);
	if (recent < 0)
		return -1;
	d->rules = routing_has(r, NULL, ROUTING_AUTOMATIC) ? r : NULL;
	d->generation = router_generation(d->router);
	d->tokens = (double)(r->per_minute - recent);
	d->filled = clock_monotonic();
	set_oldest(d);
	d->all_at = INT64_MIN / 2;
	return 0;
}

/* --- one record --- */

static struct record *read_record(struct dispatch *d, struct arena *a,
				  const struct candidate *c, struct err *e)
{
	struct row_shape shape = {.kind = c->kind, .detail = true};
	struct strbuf sql = STRBUF_INIT;
	struct record *r = NULL;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, &shape);
	strbuf_addf(&sql,
		    " FROM %s t WHERE t.ext_id = ?1 AND t.source ="
		    " (SELECT id FROM source WHERE name = ?2)",
		    c->kind->id);
	sqlite3_stmt *s = sql_prepare(d->db, sql.s, e);
	strbuf_free(&sql);
	if (!s)
		return NULL;
	sql_bind_string(s, 1, c->id);
	sql_bind_string(s, 2, c->source);
	if (sql_step(d->db, s, e) > 0) {
		r = record_new(a, c->kind);
		row_read(d->db, s, &shape, a, r);
	}
	sqlite3_reset(s);
	return r;
}

static bool people_decided(const struct record *r)
{
	const struct action *a = routing_action(r->kind);
	int merged = kind_column(r->kind, MERGED_COLUMN);
	return (merged >= 0 && *record_text(r, (size_t)merged)) ||
	       (a->to && history_mentions(r, a->to));
}

/* Proposes one action of the record's; 1: proposed, 0: not to be, -1 with *e. */
static int propose(struct dispatch *d, const struct record *r, const struct routing_rule *rule,
		   const struct action *a, const struct action *before, struct err *e)
{
	char uuid[OUTBOX_UUID];
	struct outbox_item i = {.source = r->source,
				.kind = r->kind->id,
				.record = r->id,
				.action = a->id,
				.rule = rule->name,
				.version = r->version};
	int may = routed_may(d->journal, &i, e);
	if (may <= 0)
		return may;
	routed_uuid(uuid, &i);
	json_t *fields = routing_fields(rule, d->book, r, true, clock_now());
	if (a != rule->action) { /* nothing else is said with what comes before */
		json_t *note = json_incref(json_object_get(fields, "note"));
		json_object_clear(fields);
		if (action_field(a, "note"))
			json_object_set(fields, "note", note);
		json_decref(note);
	}
	json_array_append_new(
		d->found, json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:o}",
				    "source", r->source, "kind", r->kind->id, "record", r->id,
				    "code", record_text(r, COL_CODE), "version",
				    (json_int_t)r->version, "action", a->id, "rule", rule->name,
				    "uuid", uuid, "staff", d->rules->role, "fields", fields));
	json_object_set_new(
		json_array_get(d->found, json_array_size(d->found) - 1), "seen",
		json_pack("{s:s, s:s}", "state",
			  a == rule->action && before ? before->to : record_text(r, COL_STATE),
			  "unit", record_text(r, COL_UNIT)));
	return 1;
}

/* The rule that distributes the record by itself; NULL: none. */
static const struct routing_rule *rule_for(struct dispatch *d, const struct record *r,
					   struct err *e)
{
	struct router_answer answer;
	if (!may_concern(d, r) || people_decided(r) ||
	    router_ask(d->router, r->kind, r->rowid, &answer, e) < 0 || !answer.rule)
		return NULL;
	int64_t since = d->since[answer.rule - d->rules->rules];
	bool old = record_int(r, COL_CREATED_AT, CLOCK_NONE) < since && !answer.rule->backlog;
	return since == CLOCK_NONE || old ? NULL : answer.rule;
}

static int look_at(struct dispatch *d, const struct candidate *c, struct err *e)
{
	struct arena scratch = ARENA_INIT;
	struct err own = ERR_INIT;
	const struct action *before;
	struct record *r = read_record(d, &scratch, c, &own);
	const struct routing_rule *rule = r ? rule_for(d, r, &own) : NULL;
	int rc = own.code ? -1 : 0;
	if (rule && routing_steps(r->kind, record_text(r, COL_STATE), &before)) {
		rc = before ? propose(d, r, rule, before, NULL, &own) : 1;
		if (rc > 0)
			rc = propose(d, r, rule, rule->action, before, &own);
		d->tokens -= rc > 0;
	}
	arena_free(&scratch);
	if (rc < 0)
		*e = own;
	return rc < 0 ? -1 : 0;
}

/* --- looking --- */

static void add_tokens(struct dispatch *d, int64_t per_minute)
{
	int64_t now = clock_monotonic();
	d->tokens += (double)((now - d->filled) * per_minute) / (double)MINUTE;
	d->filled = now;
	if (d->tokens > (double)per_minute)
		d->tokens = (double)per_minute;
}

bool dispatch_is_due(const struct dispatch *d)
{
	int64_t since = clock_monotonic() - d->looked;
	bool waits = d->next < d->count && d->tokens >= 1;
	return waits || since >= LOOK_MS;
}

static int look(struct dispatch *d, struct err *e)
{
	const struct calendar *c = d->book ? rulebook_calendar(d->book) : NULL;
	const struct routing *r = router_rules(d->router, c, clock_now());
	if (r && router_generation(d->router) != d->generation && take_rules(d, r, e) < 0)
		return -1;
	if (r && d->rules)
		d->rules = r; /* may have been read again */
	if (!d->rules)
		return 0;
	add_tokens(d, d->rules->per_minute);
	if (routed_drop_conflicts(d->journal, clock_now(), found_again, d, e) < 0)
		return -1;
	if (clock_monotonic() >= d->all_at && scan_all(d, e) < 0)
		return -1;
	while (d->next < d->count && d->tokens >= 1)
		if (look_at(d, &d->list[d->next++], e) < 0)
			return -1;
	forget_done(d);
	return 0;
}

json_t *dispatch_look(struct dispatch *d, struct journal *j, const struct rulebook *b,
		      struct err *e)
{
	d->found = json_array();
	d->journal = j;
	d->book = b;
	if (look(d, e) < 0)
		dispatch_again(d, MINUTE);
	else if (router_faults(d->router)->count)
		faults_error(router_faults(d->router), e);
	d->looked = clock_monotonic();
	json_t *found = d->found;
	d->found = NULL;
	if (json_array_size(found))
		return found;
	json_decref(found);
	return NULL;
}

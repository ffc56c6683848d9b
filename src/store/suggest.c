/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/suggest.h"

#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "store/row.h"

static const int columns[] = {COL_STATE, COL_CREATED_AT, COL_UNIT};

static struct record *read_record(struct db *db, struct arena *a, const struct kind *k,
				  int64_t rowid, struct err *e)
{
	struct row_shape shape = {.kind = k, .columns = columns, .count = ARRAY_LEN(columns)};
	struct strbuf sql = STRBUF_INIT;
	struct record *r = NULL;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, &shape);
	strbuf_addf(&sql, " FROM %s t WHERE t.id = ?", k->id);
	sqlite3_stmt *s = sql_prepare(db, sql.s, e);
	strbuf_free(&sql);
	if (!s)
		return NULL;
	sqlite3_bind_int64(s, 1, rowid);
	if (sql_step(db, s, e) > 0) {
		r = record_new(a, k);
		row_read(db, s, &shape, a, r);
	}
	sqlite3_reset(s);
	return r;
}

static void suggest_for(struct suggestions *out, struct router *t, const struct routing *rules,
			const struct rulebook *b, const struct record *r, int64_t now)
{
	struct router_answer answer;
	if (router_ask(t, r->kind, r->rowid, &answer, &out->error) < 0 || !answer.rule ||
	    routing_mode_of(rules, answer.rule) == ROUTING_OFF ||
	    strcmp(answer.rule->unit, record_text(r, COL_UNIT)) == 0)
		return;
	struct suggestion *s = &ARRAY_PUSH(out->list, out->count, out->cap);
	*s = (struct suggestion){.rowid = r->rowid,
				 .fields = routing_fields(answer.rule, b, r, false, now)};
	utf8_copy(s->rule, sizeof s->rule, answer.rule->name);
	utf8_copy(s->unit, sizeof s->unit, answer.rule->unit);
}

struct suggestions *store_suggest(struct db *db, struct router *t, const struct rulebook *b,
				  const struct suggest_query *q, int64_t now)
{
	struct suggestions *out = suggestions_new();
	const struct routing *rules = router_rules(t, b ? rulebook_calendar(b) : NULL, now);
	out->generation = q->generation;
	out->kind = q->kind;
	if (!rules && router_faults(t)->count)
		faults_error(router_faults(t), &out->error);
	if (!rules || rules->mode == ROUTING_OFF || !routing_action(q->kind))
		return out;
	for (size_t i = 0; i < q->count && !out->error.code; i++) {
		struct arena scratch = ARENA_INIT;
		const struct record *r = read_record(db, &scratch, q->kind, q->rowids[i],
						     &out->error);
		if (r)
			suggest_for(out, t, rules, b, r, now);
		arena_free(&scratch);
	}
	return out;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over what is open, along the order of deadlines: the first late record of a group is
 * the one that is late for the longest time.  A second, bounded one over what has ended lately,
 * for the share of late ones. */
#include "store/due.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strmap.h"
#include "model/record.h"
#include "store/builder.h"
#include "store/lineage.h"
#include "store/listing.h"

#define FILTER_MOST 4000 /* bytes of a group's filter */

/* A code as records of one time mean it. */
struct meaning {
	const char *code;
	int64_t from, to;
	size_t group;
};

/* The filter of a group under construction. */
struct saying {
	struct strbuf filter;
	bool impossible;
};

struct pass {
	struct db *db;
	struct due_board *board;
	const struct name_table *names;
	const struct kind *catalogue;
	struct strmap meanings; /* code → struct meaning: the one met last */
	struct strmap groups;   /* identity of the unit → its index, plus 1 */
	struct saying *sayings; /* by group */
	struct strmap told;     /* what is in a filter already */
	size_t cap, saying_cap, saying_count;
	struct strbuf scratch;
};

/* --- groups ----------------------------------------------------------------- */

static const char *keep(struct pass *p, const char *s)
{
	return arena_strdup(&p->board->arena, s);
}

static size_t add_group(struct pass *p, const char *code, const char *name)
{
	struct due_board *b = p->board;
	struct due_group g = {
		.code = keep(p, code), .name = keep(p, name), .oldest = CLOCK_NONE};
	ARRAY_PUSH(b->groups, b->count, p->cap) = g;
	ARRAY_PUSH(p->sayings, p->saying_count, p->saying_cap) = (struct saying){STRBUF_INIT,
										 false};
	return b->count - 1;
}

static size_t group_of_key(struct pass *p, const char *key, const char *code, const char *name)
{
	size_t at = (size_t)(uintptr_t)strmap_get(&p->groups, key);
	if (at)
		return at - 1;
	at = add_group(p, code, name);
	strmap_put(&p->groups, key, (void *)(uintptr_t)(at + 1));
	return at;
}

static void add_day(struct strbuf *b, const char *field, int64_t t)
{
	char text[CLOCK_TEXT];
	clock_format_utc(t, text);
	strbuf_addf(b, " %s%s", field, text);
}

/* Lets records of this meaning through the group's filter.  A code that had several meanings
 * is meant at one time only. */
static void tell(struct pass *p, size_t group, const struct meaning *m)
{
	struct strbuf *f = &p->sayings[group].filter, *key = &p->scratch;
	strbuf_clear(key);
	strbuf_addf(key, "%zu %s %lld", group, m->code, (long long)m->from);
	if (strmap_get(&p->told, key->s))
		return;
	strmap_put(&p->told, key->s, p);
	if (m->code[strcspn(m->code, "\"\\")] || f->len > FILTER_MOST)
		p->sayings[group].impossible = true;
	const char *column = due_by_columns[p->board->query.by];
	bool bounded = m->from != INT64_MIN || m->to != INT64_MAX;
	strbuf_addf(f, "%s%s", f->len ? " or " : "", bounded ? "(" : "");
	if (*m->code)
		strbuf_addf(f, "%s:=\"%s\"", column, m->code);
	else
		strbuf_addf(f, "%s:none", column);
	if (m->from != INT64_MIN)
		add_day(f, "created_at>=", m->from);
	if (m->to != INT64_MAX)
		add_day(f, "created_at<", m->to);
	strbuf_adds(f, bounded ? ")" : "");
}

/* From when until when the code means what it meant at that time. */
static void bound(const struct pass *p, struct meaning *m, const struct name_row *row,
		  int64_t at)
{
	m->from = INT64_MIN;
	m->to = INT64_MAX;
	const struct name_row *first = names_row(p->names, p->catalogue, m->code,
						 INT64_MIN + 1);
	const struct name_row *last = names_row(p->names, p->catalogue, m->code, INT64_MAX);
	if (first == last)
		return;
	m->from = row == first ? INT64_MIN : row->from;
	m->to = row == last ? INT64_MAX : row->to;
	if (at < m->from || at >= m->to) /* in a gap: for this moment alone */
		*m = (struct meaning){m->code, at, at + 1, 0};
}

static void find_meaning(struct pass *p, struct meaning *m, int64_t at)
{
	const struct due_query *q = &p->board->query;
	struct lineage l = {LINEAGE_UNKNOWN, NULL, NULL};
	*m = (struct meaning){m->code, INT64_MIN, INT64_MAX, 0};
	if (*m->code)
		l = lineage_find(p->names, p->catalogue, m->code, at, q->now);
	const struct name_row *shown = q->today && l.now ? l.now : l.then;
	strbuf_clear(&p->scratch);
	if (shown) {
		lineage_key(&p->scratch, shown);
		bound(p, m, l.then, at);
		m->group = group_of_key(p, p->scratch.s, shown->code, shown->brief);
	} else {
		strbuf_addf(&p->scratch, "?%s", m->code);
		m->group = group_of_key(p, p->scratch.s, m->code, m->code);
	}
	tell(p, m->group, m);
}

/* The group of a record with this code, created at that time. */
static size_t group_of(struct pass *p, const char *code, int64_t at)
{
	struct meaning *m = strmap_get(&p->meanings, code);
	if (m && at >= m->from && at < m->to)
		return m->group;
	if (!m) {
		m = arena_zero(&p->board->arena, sizeof *m);
		m->code = keep(p, code);
		strmap_put(&p->meanings, code, m);
	}
	find_meaning(p, m, at);
	return m->group;
}

/* --- what is open ----------------------------------------------------------- */

struct open_row {
	const char *code;
	int64_t rowid, created, due, soon, paused;
};

static int64_t time_at(sqlite3_stmt *s, int at)
{
	return sqlite3_column_type(s, at) == SQLITE_NULL ? CLOCK_NONE
							 : sqlite3_column_int64(s, at);
}

static const char *code_at(sqlite3_stmt *s, int at)
{
	const char *code = (const char *)sqlite3_column_text(s, at);
	return code ? code : "";
}

static void count_open(struct due_counts *c, const struct due_query *q,
		       const struct open_row *r)
{
	bool due = r->due != CLOCK_NONE, late = due && r->due < q->now;
	c->open++;
	c->timed += due || r->paused != CLOCK_NONE;
	c->paused += r->paused != CLOCK_NONE;
	c->late += late;
	if (!due || late)
		return;
	c->until += r->due < q->until;
	c->soon += r->soon != CLOCK_NONE && r->soon <= q->now;
}

static void count_in_time(struct due_board *b, int64_t due)
{
	const int64_t *days = b->day_starts;
	if (due == CLOCK_NONE)
		return;
	if (due > b->last_due)
		b->last_due = due;
	if (due < days[0] || due >= days[DUE_DAYS])
		return;
	int day = 0;
	while (due >= days[day + 1])
		day++;
	b->days[day]++;
	int64_t hour = (due - days[0]) / HOUR;
	if (day == 0)
		b->hours[hour < DUE_HOURS ? hour : DUE_HOURS - 1]++;
}

static void note_oldest(struct due_group *g, const struct kind *k, const struct open_row *r,
			int64_t now)
{
	if (r->due == CLOCK_NONE || r->due >= now ||
	    (g->oldest != CLOCK_NONE && g->oldest <= r->due))
		return;
	g->oldest = r->due;
	g->oldest_kind = k;
	g->oldest_rowid = r->rowid;
}

static void take_open(struct pass *p, const struct kind *k, const struct open_row *r)
{
	struct due_board *b = p->board;
	size_t queue = kind_index(k), at = group_of(p, r->code, r->created);
	struct due_group *g = &b->groups[at];
	count_open(&g->all, &b->query, r);
	count_open(&g->kinds[queue], &b->query, r);
	count_open(&b->total.all, &b->query, r);
	count_open(&b->total.kinds[queue], &b->query, r);
	note_oldest(g, k, r, b->query.now);
	count_in_time(b, r->due);
}

static int read_open(struct pass *p, const struct kind *k)
{
	struct due_board *b = p->board;
	struct builder q = BUILDER_INIT;
	builder_add(&q,
		    "SELECT t.id, t.%s, t.created_at, t.due_at, t.soon_at, t.paused_at"
		    " FROM %s t INDEXED BY %s_due_at_open WHERE t.open = 1",
		    due_by_columns[b->query.by], k->id, k->id);
	sqlite3_stmt *s = builder_prepare(&q, p->db, &b->error);
	builder_free(&q);
	int rc = s ? 0 : -1;
	while (s && (rc = sql_step(p->db, s, &b->error)) > 0) {
		struct open_row r = {
			.rowid = sqlite3_column_int64(s, 0),
			.code = code_at(s, 1),
			.created = time_at(s, 2),
			.due = time_at(s, 3),
			.soon = time_at(s, 4),
			.paused = time_at(s, 5),
		};
		take_open(p, k, &r);
	}
	if (s)
		sqlite3_reset(s);
	return rc;
}

/* --- what has ended --------------------------------------------------------- */

static void count_ended(struct due_counts *c, bool late)
{
	c->ended++;
	c->ended_late += late;
}

static void take_ended(struct pass *p, const struct kind *k, const char *code, int64_t created,
		       bool late)
{
	struct due_board *b = p->board;
	size_t queue = kind_index(k), at = group_of(p, code, created);
	struct due_group *g = &b->groups[at];
	count_ended(&g->all, late);
	count_ended(&g->kinds[queue], late);
	count_ended(&b->total.all, late);
	count_ended(&b->total.kinds[queue], late);
}

/* Whoever ended in the period was changed in it. */
static sqlite3_stmt *select_ended(struct pass *p, const struct kind *k)
{
	struct due_board *b = p->board;
	struct builder q = BUILDER_INIT;
	const char *end = kind_column(k, "finished_at") < 0
				  ? "t.closed_at"
				  : "coalesce(t.finished_at, t.closed_at)";
	builder_add(&q,
		    "SELECT t.updated_at, t.%s, t.created_at, %s, t.verdict FROM"
		    " (SELECT id FROM %s INDEXED BY %s_updated_at WHERE updated_at >= ",
		    due_by_columns[b->query.by], end, k->id, k->id);
	builder_int(&q, b->since);
	builder_add(&q, " ORDER BY updated_at DESC LIMIT ");
	builder_int(&q, DUE_ENDED_MOST);
	builder_add(&q, ") r CROSS JOIN %s t ON t.id = r.id", k->id);
	sqlite3_stmt *s = builder_prepare(&q, p->db, &b->error);
	builder_free(&q);
	return s;
}

static int read_ended(struct pass *p, const struct kind *k, int64_t *reached)
{
	struct due_board *b = p->board;
	sqlite3_stmt *s = select_ended(p, k);
	int rc = s ? 0 : -1, seen = 0;
	while (s && (rc = sql_step(p->db, s, &b->error)) > 0) {
		int64_t end = time_at(s, 3);
		const char *verdict = code_at(s, 4);
		seen++;
		*reached = sqlite3_column_int64(s, 0);
		if (*verdict && end != CLOCK_NONE && end >= b->since && end <= b->query.now)
			take_ended(p, k, code_at(s, 1), time_at(s, 2),
				   strcmp(verdict, "late") == 0);
	}
	if (s)
		sqlite3_reset(s);
	if (seen < DUE_ENDED_MOST)
		*reached = b->since;
	return rc;
}

/* --- the whole -------------------------------------------------------------- */

static bool wanted(const struct due_query *q, const struct kind *k)
{
	return !k->catalogue && (!q->kind || q->kind == k) && due_by_fits(q->by, k);
}

static int read_kinds(struct pass *p)
{
	struct due_board *b = p->board;
	int64_t since = b->since;
	for (size_t i = 0; i < DUE_QUEUES && kinds[i]; i++) {
		int64_t reached = since;
		if (!wanted(&b->query, kinds[i]))
			continue;
		if (read_open(p, kinds[i]) < 0 || read_ended(p, kinds[i], &reached) < 0)
			return -1;
		b->capped |= reached > b->since;
		since = reached > since ? reached : since;
	}
	b->since = since;
	return 0;
}

/* The codes of the oldest ones, once it is known which they are. */
static void name_oldest(struct pass *p, struct due_group *g)
{
	struct builder q = BUILDER_INIT;
	g->oldest_code = "";
	if (!g->oldest_kind)
		return;
	builder_add(&q, "SELECT code FROM %s WHERE id = ", g->oldest_kind->id);
	builder_int(&q, g->oldest_rowid);
	sqlite3_stmt *s = builder_prepare(&q, p->db, NULL);
	builder_free(&q);
	if (s && sql_step(p->db, s, NULL) > 0)
		g->oldest_code = keep(p, code_at(s, 0));
	if (s)
		sqlite3_reset(s);
}

static int compare_counts(int64_t a, int64_t b)
{
	return (a < b) - (a > b);
}

/* The worst first; without a unit last among equals. */
static int compare_groups(const void *a, const void *b)
{
	const struct due_group *x = a, *y = b;
	int c = compare_counts(x->all.late, y->all.late);
	c = c ? c : compare_counts(x->all.soon, y->all.soon);
	c = c ? c : compare_counts(x->all.until, y->all.until);
	c = c ? c : compare_counts(x->all.open, y->all.open);
	c = c ? c : compare_counts(*x->code != '\0', *y->code != '\0');
	return c ? c : strcmp(x->name, y->name);
}

static void finish(struct pass *p)
{
	struct due_board *b = p->board;
	for (size_t i = 0; i < b->count; i++) {
		struct due_group *g = &b->groups[i];
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): one for each group */
		const char *filter = p->sayings[i].filter.s;
		if (!p->sayings[i].impossible)
			g->filter = strstr(filter, " or ")
					    ? arena_printf(&b->arena, "(%s)", filter)
					    : keep(p, filter);
		name_oldest(p, g);
		if (g->oldest != CLOCK_NONE &&
		    (b->total.oldest == CLOCK_NONE || g->oldest < b->total.oldest)) {
			b->total.oldest = g->oldest;
			b->total.oldest_kind = g->oldest_kind;
			b->total.oldest_rowid = g->oldest_rowid;
			b->total.oldest_code = g->oldest_code;
		}
	}
	if (b->count)
		qsort(b->groups, b->count, sizeof *b->groups, compare_groups);
}

static void pass_free(struct pass *p)
{
	strmap_free(&p->meanings, NULL);
	strmap_free(&p->groups, NULL);
	strmap_free(&p->told, NULL);
	for (size_t i = 0; i < p->saying_count; i++)
		strbuf_free(&p->sayings[i].filter);
	free(p->sayings);
	strbuf_free(&p->scratch);
}

static const struct kind *catalogue_of(enum due_by by)
{
	for (size_t i = 0; kinds[i]; i++)
		if (!kinds[i]->catalogue && due_by_fits(by, kinds[i]))
			return kind_find(
				kinds[i]->columns[kind_column(kinds[i], due_by_columns[by])]
					.ref);
	return NULL;
}

struct due_board *store_due(struct db *db, const struct due_query *q)
{
	struct due_board *b = due_board_new(q);
	struct pass p = {
		.db = db,
		.board = b,
		.names = listing_names(db),
		.catalogue = catalogue_of(q->by),
		.scratch = STRBUF_INIT,
	};
	b->total.oldest_code = "";
	sql_trim(db);
	if (sql_begin_reading(db, &b->error) == 0 && read_kinds(&p) == 0)
		finish(&p);
	sql_end_reading(db);
	pass_free(&p);
	return b;
}

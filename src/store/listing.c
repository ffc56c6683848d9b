/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/listing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "store/asker.h"
#include "store/listing_parts.h"
#include "store/schema.h"
#include "store/text_search.h"

#define COUNT_STEPS 20000
#define COUNT_WORDS_STEPS 4000 /* where rows must be read for it */
#define BUDGET_UNIT 1000       /* steps between two looks at the budget */

/* --- names --- */

const struct name_table *listing_names(struct db *db)
{
	int64_t stamp = sql_integer(db, "SELECT value FROM meta WHERE key = 'names'", 0);
	if (!db->names || (!db->writer && stamp != db->names_stamp)) {
		names_free(db->names);
		db->names = names_load(db);
		db->names_stamp = stamp;
	}
	return db->names;
}

/* --- order --- */

const char *listing_take(struct arena *a, struct strbuf *b)
{
	const char *s = arena_memdup(a, b->s, b->len);
	strbuf_free(b);
	return s;
}

static void choose_order(struct listing *l)
{
	const struct column *c = &l->kind->columns[l->sort];
	struct strbuf b = STRBUF_INIT;
	bool by_open = l->open && schema_sorts_open(l->kind, l->sort);
	if (schema_has_name(l->kind, l->sort) && !by_open) {
		/* Names stand beside open rows only. */
		listing_names(l->db);
		strbuf_addf(&b, "ioc_name('%s', t.%s, t.created_at) COLLATE vietnamese", c->ref,
			    c->id);
		l->key = listing_take(l->arena, &b);
		l->key_is_text = true;
		return;
	}
	schema_sort_key(&b, l->kind, l->sort);
	l->key = listing_take(l->arena, &b);
	l->key_is_text = column_is_textual(c->type) && !schema_sorts_by_order(l->kind, l->sort);
	if (by_open)
		l->order_index = arena_printf(l->arena, "%s_%s_open", l->kind->id, c->id);
	else if (schema_sorts_all(l->kind, l->sort))
		l->order_index = arena_printf(l->arena, "%s_%s", l->kind->id, c->id);
}

/* Whether the sort key is the column as it is. */
static bool is_plain(const struct listing *l)
{
	return l->order_index && strcmp(l->key, l->kind->columns[l->sort].id) == 0;
}

/* Whether every match has at least some value of the column. */
static bool begins(const struct filter *f, int column)
{
	if (f->op == FILTER_AND)
		return begins(f->a, column) || begins(f->b, column);
	return f->op == FILTER_COMPARE && f->column == column &&
	       (f->compare == FILTER_GREATER || f->compare == FILTER_GREATER_EQUAL);
}

int listing_init(struct listing *l, struct db *db, struct arena *a, const struct kind *k,
		 const char *filter, int64_t now, int sort, bool descending, struct err *e)
{
	*l = (struct listing){.db = db,
			      .arena = a,
			      .kind = k,
			      .sort = sort,
			      .descending = descending,
			      .since = CLOCK_NONE};
	struct filter_context c = store_filter_context(db, k, now);
	l->filter = filter_parse(a, &c, filter, &l->fault, e);
	if (!l->filter)
		return -1;
	l->open = filter_implies_open(l->filter, k);
	if (sort == LISTING_ARRIVAL)
		return 0;
	choose_order(l);
	l->begins = is_plain(l) && begins(l->filter, sort);
	return 0;
}

/* --- statements --- */

/* The words that are to be looked for in the rows. */
static bool add_words(const struct listing *l, struct builder *b)
{
	bool was_asked = l->way == LISTING_BY_WORDS || l->way == LISTING_BY_SET;
	return builder_words(b, l->arena, l->kind, l->filter,
			     was_asked && !l->by_place ? BUILDER_NO_WHOLE_WORDS : 0, l->set);
}

/* `words_later`: rows need not have them yet. */
static void add_from(struct listing *l, struct builder *b, bool free, bool words_later)
{
	const char *k = l->kind->id;
	bool was_asked = l->way == LISTING_BY_WORDS || l->way == LISTING_BY_SET;
	bool walks = l->way == LISTING_BY_ORDER || l->way == LISTING_BY_SET;
	const char *index = l->way == LISTING_BY_INDEX ? l->index
			    : walks                    ? l->order_index
						       : NULL;
	builder_add(b, " FROM %s t ", k);
	if (index)
		builder_add(b, "INDEXED BY %s ", index);
	else if (l->way == LISTING_BY_WORDS || !l->open)
		builder_add(b, "NOT INDEXED ");
	builder_add(b, "WHERE %s", l->open ? "t.open = 1 AND " : "");
	if (l->way == LISTING_BY_SET) {
		builder_add(b, "ioc_in(");
		builder_set(b, l->set);
		builder_add(b, ", t.id) AND ");
	}
	unsigned flags = free || l->way == LISTING_BY_INDEX ? BUILDER_FREE : 0u;
	if (index && walks && is_plain(l))
		flags |= BUILDER_ALONG(l->sort);
	bool no_words = words_later || (was_asked && !l->by_place && l->match_is_all);
	builder_filter(b, l->arena, l->kind, l->filter, flags | BUILDER_NO_WORDS);
	if (!no_words)
		add_words(l, b);
	if (l->oldest) {
		builder_add(b, " AND t.id > ");
		builder_int(b, l->oldest);
	}
	if (l->newest) {
		builder_add(b, " AND +t.id <= ");
		builder_int(b, l->newest);
	}
	if (l->since != CLOCK_NONE) {
		builder_add(b, " AND +t.updated_at >= ");
		builder_int(b, l->since);
	}
	if (l->way != LISTING_BY_WORDS)
		return;
	if (l->bounded) {
		builder_add(b, " AND t.created_at %s ", l->descending ? ">" : "<");
		builder_int(b, l->bound);
	}
	if (!l->match) {
		builder_add(b, " AND t.id IN (SELECT value FROM json_each(");
		builder_text(b, l->ids, strlen(l->ids));
		builder_add(b, "))");
		return;
	}
	builder_add(b, " AND t.id IN (SELECT rowid FROM %s_words WHERE %s_words MATCH ", k, k);
	builder_text(b, l->match, strlen(l->match));
	builder_add(b, ")");
}

void listing_add_from(struct listing *l, struct builder *b)
{
	add_from(l, b, false, false);
}

static void add_rowid_bound(struct builder *b, const struct listing_stretch *s, bool up)
{
	if (s->from_end)
		return;
	builder_add(b, " AND t.id %s%s ", up ? ">" : "<", s->inclusive ? "=" : "");
	builder_int(b, s->id);
}

static void add_rest(const struct listing *l, struct builder *b,
		     const struct listing_stretch *s, bool up)
{
	/* A lowest value in place of IS NOT NULL, so that the index is entered behind the rows
	 * without one. */
	bool begun = l->begins && (l->way == LISTING_BY_ORDER || l->way == LISTING_BY_SET);
	if ((!up || s->from_end) && !begun)
		builder_add(b, " AND %s >= %s", l->key, l->key_is_text ? "''" : "-9e999");
	if (l->entered && s->from_end && s->forward) {
		builder_add(b, " AND %s %s ", l->key, up ? ">=" : "<=");
		builder_int(b, l->entry);
	}
	if (!s->from_end) {
		builder_add(b, " AND %s %s ", l->key, up ? ">" : "<");
		builder_value(b, s->key);
	}
}

static void add_stretch(const struct listing *l, struct builder *b,
			const struct listing_stretch *s, bool up)
{
	switch (s->part) {
	case LISTING_REST:
		if (l->key) {
			add_rest(l, b, s, up);
			return;
		}
		break;
	case LISTING_TIES:
		builder_add(b, " AND %s = ", l->key);
		builder_value(b, s->key);
		break;
	case LISTING_EMPTY:
		builder_add(b, " AND %s IS NULL", l->key);
		break;
	}
	add_rowid_bound(b, s, up);
}

static void add_order(const struct listing *l, struct builder *b,
		      const struct listing_stretch *s, bool up)
{
	const char *direction = up ? "" : " DESC";
	builder_add(b, " ORDER BY ");
	if (s->part == LISTING_REST && l->key)
		builder_add(b, "%s%s, ", l->key, direction);
	builder_add(b, "t.id%s", direction);
}

static void add_limit(struct builder *b, const struct listing_stretch *s)
{
	if (s->limit >= 0) {
		builder_add(b, " LIMIT ");
		builder_int(b, s->limit);
	}
	if (s->offset > 0) {
		builder_add(b, " OFFSET ");
		builder_int(b, s->offset);
	}
}

/* Rows that must be sorted are sorted by their numbers: only the page's are read, and those in
 * front of it that have not the words.  The limit keeps SQLite from looking for those before.
 */
static void add_sorted(struct listing *l, struct builder *b, const char *columns,
		       const struct listing_stretch *s, bool up)
{
	bool words_later = l->way == LISTING_BY_WORDS && (!l->match_is_all || l->by_place);
	builder_add(b, "SELECT %s FROM (SELECT t.id", columns);
	add_from(l, b, false, words_later);
	add_stretch(l, b, s, up);
	add_order(l, b, s, up);
	if (words_later)
		builder_add(b, " LIMIT -1");
	else
		add_limit(b, s);
	builder_add(b, ") i CROSS JOIN %s t ON t.id = i.id", l->kind->id);
	if (!words_later) {
		add_order(l, b, s, up);
		return;
	}
	builder_add(b, " WHERE 1");
	add_words(l, b);
	add_limit(b, s);
}

sqlite3_stmt *listing_select(struct listing *l, const char *columns,
			     const struct listing_stretch *s, struct err *e)
{
	struct builder b = BUILDER_INIT;
	bool up = s->forward != l->descending;
	if (s->limit >= 0 && (l->way == LISTING_BY_WORDS || l->way == LISTING_BY_INDEX)) {
		add_sorted(l, &b, columns, s, up);
	} else {
		builder_add(&b, "SELECT %s", columns);
		listing_add_from(l, &b);
		add_stretch(l, &b, s, up);
		add_order(l, &b, s, up);
		add_limit(&b, s);
	}
	sqlite3_stmt *statement = builder_prepare(&b, l->db, e);
	builder_free(&b);
	return statement;
}

/* --- counting --- */

static bool is_about_states(const struct kind *k, const struct filter *f)
{
	switch (f->op) {
	case FILTER_ALL:
	case FILTER_OPEN:
		return true;
	case FILTER_AND:
	case FILTER_OR:
		return is_about_states(k, f->a) && is_about_states(k, f->b);
	case FILTER_NOT:
		return is_about_states(k, f->a);
	case FILTER_IN:
	case FILTER_SET:
		return !k->catalogue && f->column == COL_STATE;
	default:
		return false;
	}
}

/* `state` "" stands for none. */
static bool state_matches(const struct kind *k, const struct filter *f, const char *state)
{
	switch (f->op) {
	case FILTER_OPEN:
		return kind_state_is_open(k, state);
	case FILTER_AND:
		return state_matches(k, f->a, state) && state_matches(k, f->b, state);
	case FILTER_OR:
		return state_matches(k, f->a, state) || state_matches(k, f->b, state);
	case FILTER_NOT:
		return !state_matches(k, f->a, state);
	case FILTER_SET:
		return *state;
	case FILTER_IN:
		for (size_t i = 0; i < f->count; i++)
			if (strcmp(f->values[i].s, state) == 0)
				return true;
		return false;
	default:
		return true;
	}
}

int listing_count_by_state(struct listing *l, int64_t *n, struct err *e)
{
	*n = 0;
	if (!is_about_states(l->kind, l->filter) || l->since != CLOCK_NONE)
		return 0;
	sqlite3_stmt *s = sql_prepare(l->db, "SELECT state, rows FROM counter WHERE kind = ?",
				      e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, l->kind->id);
	int rc;
	while ((rc = sql_step(l->db, s, e)) > 0) {
		const char *state = (const char *)sqlite3_column_text(s, 0);
		if (state && state_matches(l->kind, l->filter, state))
			*n += sqlite3_column_int64(s, 1);
	}
	sqlite3_reset(s);
	return rc < 0 ? -1 : 1;
}

void listing_add_from_any_order(struct listing *l, struct builder *b)
{
	const char *order = l->order_index;
	l->order_index = NULL;
	add_from(l, b, l->open, false);
	l->order_index = order;
}

static sqlite3_stmt *prepare_count(struct listing *l, int64_t most, struct err *e)
{
	struct builder b = BUILDER_INIT;
	builder_add(&b, "SELECT 1");
	listing_add_from_any_order(l, &b);
	if (most >= 0) {
		builder_add(&b, " LIMIT ");
		builder_int(&b, most);
	}
	sqlite3_stmt *s = builder_prepare(&b, l->db, e);
	builder_free(&b);
	return s;
}

int listing_count(struct listing *l, int64_t *n, struct err *e)
{
	int rc = listing_count_by_state(l, n, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (listing_choose(l))
		listing_look_up_all(l);
	sqlite3_stmt *s = prepare_count(l, -1, e);
	rc = s ? 0 : -1;
	while (s && (rc = sql_step(l->db, s, e)) > 0)
		(*n)++;
	if (s)
		sqlite3_reset(s);
	return rc;
}

/* Whether a row's texts must be looked through to tell whether it matches. */
static bool tests_words(const struct filter *f)
{
	return f->op == FILTER_WORDS || (f->a && tests_words(f->a)) ||
	       (f->b && tests_words(f->b));
}

static bool is_about_words(const struct filter *f)
{
	return f->op == FILTER_AND ? is_about_words(f->a) && is_about_words(f->b)
				   : f->op == FILTER_WORDS && f->column == FILTER_ANY_TEXT;
}

/* Whether a match of the search index is one of the filter. */
static bool is_decided(const struct listing *l)
{
	return l->match_is_all && !l->by_place && !l->newest && is_about_words(l->filter);
}

/* What the search index found, as far as it was looked through. */
static void count_set(const struct listing *l, int64_t most, int64_t *n, bool *capped)
{
	int64_t known = is_decided(l) ? l->set->count : 0;
	*capped = !is_decided(l) || !l->set->all || known > most;
	*n = known > most ? most : known;
}

int listing_count_some(struct listing *l, int64_t most, int64_t *n, bool *capped, struct err *e)
{
	if (l->set && (l->bounded || !l->set->all || is_decided(l))) {
		count_set(l, most, n, capped);
		return 0;
	}
	sqlite3_stmt *s = prepare_count(l, most + 1, e);
	struct listing_budget budget;
	int rc = s ? 0 : -1;
	*n = 0;
	listing_budget_start(l->db, &budget,
			     tests_words(l->filter) ? COUNT_WORDS_STEPS : COUNT_STEPS, 0);
	while (s && *n <= most && (rc = sql_step(l->db, s, NULL)) > 0)
		(*n)++;
	listing_budget_end(l->db);
	if (s && rc < 0)
		rc = budget.spent ? 0 : sql_error(l->db, e);
	if (s)
		sqlite3_reset(s);
	*capped = budget.spent || *n > most;
	*n = *n > most ? most : *n;
	return rc < 0 ? -1 : 0;
}

/* --- budget --- */

static int spend(void *context)
{
	struct listing_budget *b = context;
	b->left -= BUDGET_UNIT;
	b->spent = b->left <= 0 || (b->until && clock_monotonic() > b->until);
	return b->spent;
}

void listing_budget_start(struct db *db, struct listing_budget *b, int64_t steps, int64_t ms)
{
	*b = (struct listing_budget){.left = steps, .until = ms ? clock_monotonic() + ms : 0};
	sqlite3_progress_handler(db->handle, BUDGET_UNIT, spend, b);
}

void listing_budget_end(struct db *db)
{
	sqlite3_progress_handler(db->handle, 0, NULL, NULL);
}

/* --- memory --- */

static void forget(struct listing_memory *m)
{
	free(m->filter);
	free(m->match);
	match_set_free(&m->set);
	zones_free(&m->zones);
}

void listing_memory_free(struct listing_memory *m)
{
	if (m)
		forget(m);
	free(m);
}

/* Whether a filter is another one whose last word, which may go on, has got some letters more:
 * what did not match that does not match this. */
static bool has_grown(const char *before, const char *after)
{
	size_t n = strlen(before), m = strlen(after);
	if (n < 2 || m <= n || before[n - 1] != '*' || after[m - 1] != '*' ||
	    strncmp(before, after, n - 1) != 0)
		return false;
	for (const char *s = after + n - 1; s < after + m - 1; s++)
		if (!isalnum((unsigned char)*s) && (unsigned char)*s < 0x80)
			return false;
	return true;
}

struct listing_memory *listing_remember(struct db *db, const struct kind *k, const char *filter,
					int64_t now, int64_t newest)
{
	int64_t stamp = sql_integer(db, "PRAGMA data_version", 0);
	struct listing_memory *m = db->memory;
	if (!m)
		m = db->memory = xcalloc(1, sizeof *m);
	bool about_same = m->kind == k && m->filter && m->minute == now / MINUTE &&
			  m->newest == newest;
	bool same = about_same && strcmp(m->filter, filter) == 0;
	bool current = m->stamp == stamp && !db->writer;
	if (same && current)
		return m;
	bool grown = about_same && current && !m->unfinished && has_grown(m->filter, filter);
	struct listing_memory next = {.kind = k,
				      .filter = xstrdup(filter),
				      .minute = now / MINUTE,
				      .newest = newest,
				      .stamp = stamp,
				      .slow = (same || grown) && m->slow,
				      .scattered = same && m->scattered};
	if (grown) {
		next.set = m->set;
		next.match = m->match;
		next.gathered = m->gathered;
		m->set = (struct match_set){.all = false};
		m->match = NULL;
	}
	if (m->kind == k && current) {
		next.zones = m->zones;
		next.zones_read = m->zones_read;
		m->zones = (struct zones){.list = NULL};
	}
	forget(m);
	*m = next;
	return m;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters are SQL, as those of lists are, so that a rule means what the same words mean on the
 * screen.  They are parsed once a minute at most: "created_at<1h" is told against a time. */
#include "store/router.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "model/kinds.h"
#include "store/builder.h"
#include "store/asker.h"
#include "store/listing.h"
#include "store/router_parts.h"
#include "store/row.h"

/* The rules of one kind as a statement: its n-th result says whether rules[n] matches. */
struct compiled {
	bool ready;
	struct builder select;
	size_t *rules;
	size_t count;
};

/* What the rules were read against. */
struct stamp {
	struct timespec changed;
	off_t size;
	ino_t file;
	int64_t names, minute;
};

struct router {
	struct db *db;
	struct asker *asker;       /* nobody: rules hold for everybody */
	const struct paths *paths; /* NULL: the path is given */
	char *path;
	struct routing *rules;
	struct faults faults;
	struct stamp stamp;
	bool read, unchecked;
	unsigned generation;
	struct arena arena; /* of the compiled filters */
	struct compiled kinds[KIND_MOST];
};

static void forget_compiled(struct router *t)
{
	for (size_t i = 0; i < KIND_MOST; i++) {
		builder_free(&t->kinds[i].select);
		free(t->kinds[i].rules);
		t->kinds[i] = (struct compiled){.select = BUILDER_INIT};
	}
	arena_reset(&t->arena);
}

struct router *router_new(struct db *db, const struct paths *p, const char *file)
{
	struct router *t = xcalloc(1, sizeof *t);
	t->db = db;
	t->asker = asker_new(db);
	t->paths = file ? NULL : p;
	t->path = file ? xstrdup(file) : NULL;
	forget_compiled(t);
	return t;
}

void router_free(struct router *t)
{
	if (!t)
		return;
	forget_compiled(t);
	arena_free(&t->arena);
	faults_free(&t->faults);
	routing_free(t->rules);
	asker_free(t->asker);
	free(t->path);
	free(t);
}

const struct faults *router_faults(const struct router *t)
{
	return &t->faults;
}

unsigned router_generation(const struct router *t)
{
	return t->generation;
}

const char *router_file(const struct router *t)
{
	return t->path ? t->path : "";
}

bool router_is_unchecked(const struct router *t)
{
	return t->unchecked;
}

/* --- the file --- */

/* The user's own may have come, or gone, meanwhile. */
static void find_file(struct router *t)
{
	if (!t->paths)
		return;
	free(t->path);
	t->path = paths_find(t->paths, "", "routing.yaml");
}

static struct stamp stamp_of(struct router *t, int64_t now)
{
	struct stat st = {0};
	if (stat(t->path, &st) < 0)
		memset(&st, 0, sizeof st);
	return (struct stamp){
		st.st_mtim, st.st_size, st.st_ino,
		sql_integer(t->db, "SELECT value FROM meta WHERE key = 'names'", 0),
		now / MINUTE};
}

static bool is_same_file(const struct stamp *a, const struct stamp *b)
{
	return a->changed.tv_sec == b->changed.tv_sec &&
	       a->changed.tv_nsec == b->changed.tv_nsec && a->size == b->size &&
	       a->file == b->file && a->names == b->names;
}

const struct routing *router_rules(struct router *t, const struct calendar *c, int64_t now)
{
	find_file(t);
	if (!t->path)
		return t->rules;
	struct stamp stamp = stamp_of(t, now);
	bool same = t->read && is_same_file(&t->stamp, &stamp);
	if (same && t->stamp.minute == stamp.minute)
		return t->rules;
	t->generation += !same;
	asker_set(t->asker, &(struct store_asker){.calendar = c});
	struct filter_context filters = asker_context(t->asker, NULL, now);
	struct router_codes codes = {listing_names(t->db), now};
	struct routing_world world = {.wrong = router_wrong_code,
				      .data = &codes,
				      .filters = &filters,
				      .calendar = c,
				      .now = now};
	faults_free(&t->faults);
	struct routing *fresh = routing_load(t->path, &world, &t->faults);
	t->read = true;
	t->stamp = stamp;
	t->unchecked = !names_nth(codes.names, &kind_unit, 0);
	if (fresh) {
		routing_free(t->rules);
		t->rules = fresh;
	}
	forget_compiled(t);
	return t->rules;
}

/* --- filters as SQL --- */

static const struct filter *parse(struct router *t, struct arena *a, const struct kind *k,
				  const char *text, int64_t now, struct err *e)
{
	struct filter_context c = asker_context(t->asker, k, now);
	return filter_parse(a, &c, text, NULL, e);
}

static bool is_asked(const struct routing_rule *rule, const struct kind *k)
{
	return rule->kind == k && rule->mode != ROUTING_OFF;
}

/* Adds one result for each rule of the kind. */
static int add_rules(struct router *t, struct builder *b, struct arena *a, const struct kind *k,
		     int64_t now, struct err *e)
{
	for (size_t i = 0; i < t->rules->count; i++) {
		const struct routing_rule *rule = &t->rules->rules[i];
		const struct filter *f;
		if (!is_asked(rule, k))
			continue;
		if (!(f = parse(t, a, k, rule->filter, now, e)))
			return -1;
		builder_add(b, ", (");
		builder_filter(b, a, k, f, 0);
		builder_add(b, ")");
	}
	return 0;
}

static int compile(struct router *t, const struct kind *k, struct compiled *c, struct err *e)
{
	builder_add(&c->select, "SELECT 1");
	if (add_rules(t, &c->select, &t->arena, k, t->stamp.minute * MINUTE, e) < 0) {
		builder_free(&c->select);
		return -1;
	}
	builder_add(&c->select, " FROM %s t WHERE t.id = ?", k->id);
	c->rules = xcalloc(t->rules->count + 1, sizeof *c->rules);
	for (size_t i = 0; i < t->rules->count; i++)
		if (is_asked(&t->rules->rules[i], k))
			c->rules[c->count++] = i;
	c->ready = true;
	return 0;
}

/* Results from column `at` on, as hits of the rules. */
static void read_answer(const struct router *t, const struct compiled *c, const struct kind *k,
			sqlite3_stmt *s, int at, struct router_answer *out)
{
	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < c->count; i++)
		out->hits[c->rules[i]] = sqlite3_column_int(s, at + (int)i);
	out->rule = routing_choose(t->rules, k, out->hits, &out->points);
}

int router_ask(struct router *t, const struct kind *k, int64_t rowid, struct router_answer *out,
	       struct err *e)
{
	struct compiled *c = &t->kinds[kind_index(k)];
	memset(out, 0, sizeof *out);
	if (!t->rules || (!c->ready && compile(t, k, c, e) < 0))
		return t->rules ? -1 : 0;
	sqlite3_stmt *s = builder_prepare(&c->select, t->db, e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, (int)c->select.count + 1, rowid);
	int rc = sql_step(t->db, s, e);
	if (rc > 0)
		read_answer(t, c, k, s, 1, out);
	sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

/* --- history --- */

static const int walk_columns[] = {COL_CODE, COL_STATE, COL_CREATED_AT, COL_UNIT};

static sqlite3_stmt *prepare_walk(struct router *t, struct builder *b, struct arena *a,
				  const struct row_shape *shape, const struct router_query *q,
				  struct err *e)
{
	const struct filter *f = parse(t, a, q->kind, q->filter, q->now, e);
	if (!f)
		return NULL;
	builder_add(b, "SELECT ");
	row_add_columns(&b->sql, shape);
	if (add_rules(t, b, a, q->kind, q->now, e) < 0)
		return NULL;
	builder_add(b, " FROM %s t NOT INDEXED WHERE (", q->kind->id);
	builder_filter(b, a, q->kind, f, 0);
	builder_add(b, ")");
	if (q->since != CLOCK_NONE) {
		builder_add(b, " AND t.created_at >= ");
		builder_int(b, q->since);
	}
	builder_add(b, " ORDER BY t.id");
	return builder_prepare(b, t->db, e);
}

int router_walk(struct router *t, const struct router_query *q,
		void (*each)(void *context, const struct record *r,
			     const struct router_answer *a),
		void *context, struct err *e)
{
	struct compiled *c = &t->kinds[kind_index(q->kind)];
	struct row_shape shape = {
		.kind = q->kind, .columns = walk_columns, .count = ARRAY_LEN(walk_columns)};
	struct builder b = BUILDER_INIT;
	struct arena scratch = ARENA_INIT;
	struct router_answer answer;
	if (!t->rules || (!c->ready && compile(t, q->kind, c, e) < 0))
		return t->rules ? -1 : 0;
	sqlite3_stmt *s = prepare_walk(t, &b, &scratch, &shape, q, e);
	struct record r = {.kind = q->kind};
	r.values = arena_zero(&scratch, q->kind->column_count * sizeof *r.values);
	int rc = s ? 0 : -1, rules_at = s ? sqlite3_column_count(s) - (int)c->count : 0;
	while (s && (rc = sql_step(t->db, s, e)) > 0) {
		row_read(t->db, s, &shape, NULL, &r);
		read_answer(t, c, q->kind, s, rules_at, &answer);
		each(context, &r, &answer);
	}
	if (s)
		sqlite3_reset(s);
	builder_free(&b);
	arena_free(&scratch);
	return rc < 0 ? -1 : 0;
}

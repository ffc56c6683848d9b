/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures, counts, single and related records, long walks, names, sources, journal. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "cache_fixture.h"
#include "store/names.h"
#include "store/query.h"
#include "store/sources.h"

#define NOW INT64_C(1795264927000)

static struct record *complaint(struct cache *c, const char *id, const char *state, int64_t due,
				int64_t created)
{
	struct record *r = cache_record(c, "complaint", id, 1, state, "rác thải");
	/* As the writer settles them. */
	if (due && strcmp(state, "CHO_BS") != 0) {
		cache_set_time(c, r, "due_at", due);
		cache_set_time(c, r, "soon_at", due - 4 * HOUR);
	}
	if (created)
		cache_set_time(c, r, "created_at", created);
	return r;
}

static void figures_count_what_their_names_say(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	cache_put(c, complaint(c, "1", "MOI", NOW - HOUR, NOW - 5 * MINUTE));
	cache_put(c, complaint(c, "2", "CHO_BS", NOW - HOUR,
			       NOW - 3 * HOUR)); /* the clock stands */
	struct record *r = complaint(c, "3", "DANG_XL", NOW + HOUR, NOW - 30 * HOUR);
	cache_set(c, r, "unit", "U1");
	cache_set(c, r, "urgent", "1");
	cache_put(c, r);
	cache_put(c, complaint(c, "4", "DONG", NOW - HOUR, NOW - 59 * MINUTE));
	cache_put(c, complaint(c, "5", "LA", NOW + 5 * HOUR, 0));
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct figures f = {.generation = 9};
	assert_int_equal(store_figures(db, NOW, &f), 0);
	const struct queue_figures *q = &f.queues[0];
	assert_int_equal(f.generation, 9);
	assert_int_equal(q->total, 5);
	assert_int_equal(q->open, 4);
	assert_int_equal(q->late, 1);
	assert_int_equal(q->soon, 1);
	assert_int_equal(q->unassigned, 3);
	assert_int_equal(q->waiting, 1);
	assert_int_equal(q->urgent, 1);
	assert_int_equal(q->fresh_hour, 2);
	/* 19:42 is in the running hour, 18:43 in the one before, 16:42 three before. */
	assert_int_equal(q->trend[TREND_HOURS - 1], 1);
	assert_int_equal(q->trend[TREND_HOURS - 2], 1);
	assert_int_equal(q->trend[TREND_HOURS - 4], 1);
	db_close(db);
}

static void figures_equal_counts_of_the_same_filters(void **state)
{
	static const char *const states[] = {"MOI", "DANG_XL", "CHO_BS", "DONG", "LA"};
	struct cache *c = *state;
	srand(3);
	cache_begin(c);
	for (int i = 0; i < 500; i++) {
		char id[16];
		snprintf(id, sizeof id, "%d", i);
		struct record *r = complaint(c, id, states[rand() % 5],
					     rand() % 4 ? NOW + (rand() % 40 - 20) * HOUR : 0,
					     NOW - rand() % 90 * HOUR);
		if (rand() % 2)
			cache_set(c, r, "unit", "U1");
		cache_put(c, r);
	}
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct figures f = {.generation = 0};
	struct err e = ERR_INIT;
	assert_int_equal(store_figures(db, NOW, &f), 0);
	const struct {
		const char *filter;
		int64_t n;
	} same[] = {
		{"", f.queues[0].total},
		{"is:open x or is:open", f.queues[0].open},
		{"due_at<now is:open", f.queues[0].late},
		{"is:soon", f.queues[0].soon},
		{"unit:none is:open", f.queues[0].unassigned},
		{"state:MOI,DA_CHUYEN", f.queues[0].waiting},
	};
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		int64_t n;
		assert_int_equal(store_count(db, kinds[0], same[i].filter, NOW, &n, &e), 0);
		assert_int_equal(n, same[i].n);
	}
	db_close(db);
}

static void add_line(void *context, const char *value, int64_t n)
{
	strbuf_addf(context, "%s=%d ", value, (int)n);
}

static void counts_by_a_column_come_most_first(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	cache_put(c, complaint(c, "1", "MOI", 0, 0));
	cache_put(c, complaint(c, "2", "DONG", 0, 0));
	cache_put(c, complaint(c, "3", "DONG", 0, 0));
	cache_put(c, complaint(c, "4", NULL, 0, 0));
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	assert_int_equal(store_count_by(db, kinds[0], "", COL_STATE, NOW, add_line, &b, &e), 0);
	assert_string_equal(b.s, "DONG=2 =1 MOI=1 ");
	strbuf_free(&b);
	db_close(db);
}

static void record_is_found_by_id_and_by_code(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	struct record *r = complaint(c, "77", "MOI", 0, 0);
	cache_set(c, r, "code", "PA-00077");
	r->detail = "{\"history\":[]}";
	r->detail_n = strlen(r->detail);
	r->raw = "{\"x\":1}";
	r->raw_n = strlen(r->raw);
	cache_put_alone(c, r);
	struct db *db = cache_reader(c);
	r = store_record(db, &c->arena, NULL, "77", false, &e);
	assert_string_equal(record_text(r, COL_CODE), "PA-00077");
	assert_string_equal(r->detail, "{\"history\":[]}");
	assert_string_equal(r->source, "a");
	assert_null(r->raw);
	r = store_record(db, &c->arena, kinds[0], "PA-00077", true, &e);
	assert_string_equal(r->id, "77");
	assert_string_equal(r->raw, "{\"x\":1}");
	assert_null(store_record(db, &c->arena, kinds[1], "77", false, &e));
	assert_int_equal(e.code, ERR_NOT_FOUND);
	db_close(db);
}

static void related_are_linked_then_same_phone_then_near(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	struct record *self = complaint(c, "1", "MOI", 0, NOW);
	cache_set(c, self, "reporter_phone", "0912345678");
	cache_set(c, self, "lat", "21.3270");
	cache_set(c, self, "lon", "103.9140");
	self->detail = "{\"links\":[{\"kind\":\"alert\",\"id\":\"9\",\"rel\":\"camera\"}]}";
	self->detail_n = strlen(self->detail);
	struct record *linked = cache_record(c, "alert", "9", 1, "MOI", "khói");
	struct record *call = cache_record(c, "call", "5", 1, "quay_roi", "gọi");
	cache_set(c, call, "caller", "0912345678");
	struct record *near = complaint(c, "2", "MOI", 0, NOW - HOUR);
	cache_set(c, near, "lat", "21.3274");
	cache_set(c, near, "lon", "103.9143");
	struct record *far = complaint(c, "3", "MOI", 0, NOW - HOUR);
	cache_set(c, far, "lat", "21.4");
	cache_set(c, far, "lon", "103.9");
	struct record *late = complaint(c, "4", "MOI", 0, NOW - 3 * DAY);
	cache_set(c, late, "lat", "21.3270");
	cache_set(c, late, "lon", "103.9140");
	struct record *const all[] = {self, linked, call, near, far, late};
	cache_begin(c);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		cache_put(c, all[i]);
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct record *out[10];
	self = store_record(db, &c->arena, kinds[0], "1", false, &e);
	assert_int_equal(store_related(db, &c->arena, self, 10, out), 3);
	assert_string_equal(out[0]->id, "9");
	assert_string_equal(out[1]->id, "5");
	assert_string_equal(out[2]->id, "2");
	assert_int_equal(store_related(db, &c->arena, self, 1, out), 1);
	db_close(db);
}

struct walked {
	char ids[200];
	int rows, stop_after;
	bool title, detail;
};

static int note(void *context, const struct record *r)
{
	struct walked *w = context;
	size_t n = strlen(w->ids);
	snprintf(w->ids + n, sizeof w->ids - n, "%s ", r->id);
	w->title = r->values[COL_TITLE].set;
	w->detail = r->detail != NULL;
	return ++w->rows == w->stop_after;
}

static void walks_sort_limit_and_show_what_was_asked(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	cache_begin(c);
	for (int i = 1; i <= 6; i++) {
		char id[8];
		snprintf(id, sizeof id, "%d", i);
		struct record *r = complaint(c, id, i % 2 ? "MOI" : "DONG",
					     i == 3 ? 0 : NOW - i * HOUR, NOW);
		cache_set_time(c, r, "updated_at", NOW + i * HOUR);
		cache_put(c, r);
	}
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct walk_query q = {
		.kind = kinds[0], .filter = "", .sort = -1, .since = CLOCK_NONE, .now = NOW};
	struct walked w = {.stop_after = 0};
	assert_int_equal(store_walk(db, &q, note, &w, &e), 0);
	assert_string_equal(w.ids, "1 2 3 4 5 6 ");
	assert_true(w.title && !w.detail);
	const int columns[] = {COL_CODE};
	q = (struct walk_query){.kind = kinds[0],
				.filter = "is:open",
				.sort = COL_DUE_AT,
				.since = CLOCK_NONE,
				.now = NOW,
				.columns = columns,
				.column_count = 1};
	w = (struct walked){.stop_after = 0};
	assert_int_equal(store_walk(db, &q, note, &w, &e), 0);
	assert_string_equal(w.ids, "5 1 3 ");
	assert_false(w.title);
	q.limit = 2;
	w = (struct walked){.stop_after = 0};
	assert_int_equal(store_walk(db, &q, note, &w, &e), 0);
	assert_string_equal(w.ids, "5 1 ");
	q.limit = 0;
	w = (struct walked){.stop_after = 1};
	assert_int_equal(store_walk(db, &q, note, &w, &e), 0);
	assert_string_equal(w.ids, "5 ");
	q.filter = "";
	q.since = NOW + 5 * HOUR;
	w = (struct walked){.stop_after = 0};
	assert_int_equal(store_walk(db, &q, note, &w, &e), 0);
	assert_string_equal(w.ids, "6 5 ");
	q.filter = "(";
	assert_int_equal(store_walk(db, &q, note, &w, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	db_close(db);
}

static void put_ward(struct cache *c, const char *id, const char *code, const char *title,
		     const char *from, const char *to)
{
	struct record *r = cache_record(c, "area", id, 0, NULL, title);
	cache_set(c, r, "code", code);
	cache_set(c, r, "valid_from", from);
	cache_set(c, r, "valid_to", to);
	cache_put_alone(c, r);
}

static int64_t day(const char *text)
{
	int64_t t;
	assert_int_equal(clock_parse(text, strlen(text), &t), 0);
	return t;
}

static void names_are_those_of_their_day(void **state)
{
	struct cache *c = *state;
	put_ward(c, "1", "03646", "Phường Chiềng Lề", "2000-01-01", "2025-07-01");
	put_ward(c, "2", "03646", "Phường Tô Hiệu", "2025-07-01", "");
	put_ward(c, "3", "04000", "Phường Tô Hiệu", "2000-01-01", "2025-07-01");
	struct record *r = cache_record(c, "unit", "u", 0, NULL, "Phòng Quản lý đô thị");
	cache_set(c, r, "code", "U1");
	cache_set(c, r, "short_name", "P. QLĐT");
	cache_put_alone(c, r);
	struct name_table *t = names_load(c->writer);
	const struct kind *area = kind_find("area"), *unit = kind_find("unit");
	assert_string_equal(names_get(t, area, "03646", day("2024-05-05"), false),
			    "Phường Chiềng Lề");
	assert_string_equal(names_get(t, area, "03646", day("2026-05-05"), false),
			    "Phường Tô Hiệu");
	assert_string_equal(names_get(t, area, "03646", day("1990-05-05"), false),
			    "Phường Chiềng Lề");
	assert_string_equal(names_get(t, area, "03646", CLOCK_NONE, false), "Phường Tô Hiệu");
	assert_null(names_get(t, area, "99999", CLOCK_NONE, false));
	assert_string_equal(names_get(t, unit, "U1", CLOCK_NONE, true), "P. QLĐT");
	assert_string_equal(names_get(t, unit, "U1", CLOCK_NONE, false),
			    "Phòng Quản lý đô thị");
	assert_string_equal(names_code(t, unit, "phong quan ly do thi", 0), "U1");
	assert_string_equal(names_code(t, unit, "P. QLĐT", 0), "U1");
	assert_string_equal(names_code(t, area, "phường chiềng lề", 0), "03646");
	const char *one = names_code(t, area, "Phường Tô Hiệu", 0);
	const char *other = names_code(t, area, "Phường Tô Hiệu", 1);
	assert_true(one && other && strcmp(one, other) != 0);
	assert_null(names_code(t, area, "Phường Tô Hiệu", 2));
	assert_null(names_code(t, area, "nowhere", 0));
	names_free(t);
}

static void filters_know_names_of_catalogues(void **state)
{
	struct cache *c = *state;
	put_ward(c, "1", "03646", "Phường Chiềng Lề", "2000-01-01", "");
	struct record *r = complaint(c, "1", "MOI", 0, 0);
	cache_set(c, r, "area", "03646");
	cache_put_alone(c, r);
	assert_int_equal(cache_count(c, "complaint", "area:\"phuong chieng le\""), 1);
	assert_int_equal(cache_count(c, "complaint", "diaban:03646"), 1);
	assert_int_equal(cache_count(c, "complaint", "diaban:\"03647\""), 0);
}

static void renamed_unit_moves_in_the_sorted_list(void **state)
{
	struct cache *c = *state;
	static const char *const names[][2] = {{"U1", "An"}, {"U2", "Bình"}};
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 2; i++) {
			struct record *u = cache_record(c, "unit", names[i][0], 0, NULL,
							round && i == 0 ? "Xuân" : names[i][1]);
			cache_set(c, u, "code", names[i][0]);
			cache_put_alone(c, u);
			struct record *r = complaint(c, names[i][0], "MOI", 0, 0);
			cache_set(c, r, "unit", names[i][0]);
			cache_put_alone(c, r);
		}
		struct db *db = cache_reader(c);
		struct page_query q = {.kind = kinds[0],
				       .filter = (char *)"is:open",
				       .sort = COL_UNIT,
				       .limit = 5,
				       .now = NOW};
		struct page *p = store_page(db, &q);
		assert_string_equal(p->rows[0]->id, round ? "U2" : "U1");
		page_free(p);
		db_close(db);
	}
}

static void source_status_is_kept(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	struct source_status a = {.name = "son-la", .state = SOURCE_LIVE, .last_ok = NOW},
			     out[3];
	assert_int_equal(sources_save(c->writer, &a, &e), 0);
	a.state = SOURCE_DOWN;
	assert_int_equal(sources_save(c->writer, &a, &e), 0);
	struct db *db = cache_reader(c);
	assert_int_equal(sources_load(db, out, 3, &e), 1);
	assert_string_equal(out[0].name, "son-la");
	assert_int_equal(out[0].state, SOURCE_DOWN);
	assert_int_equal(out[0].last_ok, NOW);
	db_close(db);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		TEST(figures_count_what_their_names_say),
		TEST(figures_equal_counts_of_the_same_filters),
		TEST(counts_by_a_column_come_most_first),
		TEST(record_is_found_by_id_and_by_code),
		TEST(related_are_linked_then_same_phone_then_near),
		TEST(walks_sort_limit_and_show_what_was_asked),
		TEST(names_are_those_of_their_day),
		TEST(filters_know_names_of_catalogues),
		TEST(renamed_unit_moves_in_the_sorted_list),
		TEST(source_status_is_kept),
	};
	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}

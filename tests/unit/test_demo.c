/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo in a real backend: the figures of the city, the same for the same seed and clock,
 * and a life by the rules. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/strmap.h"
#include "gateway/backend.h"
#include "gateway/demo.h"
#include "demo/workflow.h"
#include "model/kinds.h"
#include "model/record.h"

#define CLOCK "2026-11-21T19:42:07+07:00"

struct town {
	struct backend *b;
	struct demo *d;
	int64_t now;
};

static struct town open_town(uint64_t seed, const char *clock, int64_t rate)
{
	struct err e = ERR_INIT;
	struct demo_options o = {.seed = seed, .rate = rate};
	assert_int_equal(clock_parse(clock, strlen(clock), &o.clock), 0);
	struct town t = {.now = o.clock, .b = backend_open(NULL, &e)};
	assert_non_null(t.b);
	t.d = demo_new(t.b, &o, &e);
	assert_string_equal(e.text, "");
	assert_int_equal(demo_load(t.d, &e), 0);
	return t;
}

static void close_town(struct town *t)
{
	demo_free(t->d);
	backend_close(t->b);
}

/* The town that most tests only look at. */
static int set_up(void **state)
{
	static struct town shared;
	shared = open_town(1, CLOCK, 0);
	*state = &shared;
	return 0;
}

static int tear_down(void **state)
{
	close_town(*state);
	return 0;
}

/* --- looking at records ------------------------------------------------------------------- */

typedef void visitor(void *arg, json_t *record);
struct walk {
	visitor *visit;
	void *arg;
};

static bool walk_one(void *arg, const struct stored *s)
{
	struct walk *w = arg;
	json_t *record = json_loadb(s->json, s->n, 0, NULL);
	assert_non_null(record);
	assert_true(s->version == json_integer_value(json_object_get(record, "version")));
	w->visit(w->arg, record);
	json_decref(record);
	return true;
}

static void each(const struct town *t, const struct kind *k, visitor *visit, void *arg)
{
	struct walk w = {visit, arg};
	struct err e = ERR_INIT;
	assert_int_equal(backend_changes(t->b, k, 0, walk_one, &w, &e), 0);
}

static const char *text(const json_t *r, const char *key)
{
	const char *s = json_string_value(json_object_get(r, key));
	return s ? s : "";
}

static bool one_of(const char *s, const char *list)
{
	char with[96];
	snprintf(with, sizeof with, ",%s,", s);
	return strstr(list, with);
}

struct count {
	int all, handled, open, received, on_time;
	int64_t now;
	struct strmap seen;
	int distinct, most;
};

static void count_complaint(void *arg, json_t *r)
{
	struct count *c = arg;
	c->all++;
	c->handled += one_of(text(r, "state"), ",DA_XL,CHO_DAN,DONG,");
	c->open += one_of(text(r, "state"),
			  ",MOI,XAC_MINH,CHO_BS,DA_CHUYEN,DANG_XL,CHO_DUYET,");
}

static void count_dossier(void *arg, json_t *r)
{
	struct count *c = arg;
	bool solved = one_of(text(r, "state"), ",9,10,");
	c->all++;
	c->received += !one_of(text(r, "state"), ",1,3,");
	c->handled += solved;
	c->on_time += solved && strcmp(text(r, "finished_at"), text(r, "due_at")) <= 0;
}

static void count_any(void *arg, json_t *r)
{
	(void)r;
	((struct count *)arg)->all++;
}

static void count_reporting(void *arg, json_t *r)
{
	((struct count *)arg)->all += json_is_true(json_object_get(r, "reports"));
}

static void count_text(struct count *c, const char *s)
{
	intptr_t n = (intptr_t)strmap_get(&c->seen, s) + 1;
	strmap_put(&c->seen, s, (void *)n);
	c->distinct += n == 1;
	c->most = n > c->most ? (int)n : c->most;
}

static void count_place(void *arg, json_t *r)
{
	struct count *c = arg;
	c->all++;
	count_text(c, text(r, "place"));
}

static void count_title(void *arg, json_t *r)
{
	count_text(arg, text(r, "title"));
}

static void count_sentences(void *arg, json_t *r)
{
	char *body = xstrdup(text(r, "body")), *rest = body;
	if (strlen(body) < 4096) /* the one of 100 KiB repeats itself on purpose */
		for (char *s; (s = strsep(&rest, ".!?\n"));)
			if (strlen(s) > 30)
				count_text(arg, s);
	free(body);
}

static void count_pair(void *arg, json_t *r)
{
	char *both = xasprintf("%s\n%s", text(r, "title"), text(r, "body"));
	count_text(arg, both);
	free(both);
}

/* --- figures ------------------------------------------------------------------------------ */

static void assert_figures(const struct town *t)
{
	struct count complaints = {0}, dossiers = {0}, calls = {0}, cameras = {0}, units = {0};
	each(t, &kind_complaint, count_complaint, &complaints);
	assert_int_equal(complaints.all, 423);
	assert_int_equal(complaints.handled, 328);
	assert_int_equal(complaints.open, 82);
	each(t, &kind_dossier, count_dossier, &dossiers);
	assert_int_equal(dossiers.all, 4147);
	assert_int_equal(dossiers.received, 4126);
	assert_int_equal(dossiers.handled, 3744);
	assert_int_equal(dossiers.on_time, 3743);
	each(t, &kind_call, count_any, &calls);
	assert_int_equal(calls.all, 268);
	each(t, &kind_camera, count_place, &cameras);
	assert_int_equal(cameras.all, 42);
	assert_int_equal(cameras.distinct, 15);
	each(t, &kind_unit, count_reporting, &units);
	assert_int_equal(units.all, 38);
	assert_int_equal(backend_count(t->b, &kind_alert), 640);
	strmap_free(&cameras.seen, NULL);
}

static void the_figures_of_the_city_come_out_for_every_seed_and_clock(void **state)
{
	(void)state;
	static const struct {
		uint64_t seed;
		const char *clock;
	} all[] = {
		{1, CLOCK},
		{2, "2026-11-23T03:10:00+07:00"},  /* night */
		{3, "2027-02-08T08:00:00+07:00"},  /* Tết */
		{42, "2025-07-20T14:00:00+07:00"}, /* just after the wards were redrawn */
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct town t = open_town(all[i].seed, all[i].clock, 0);
		assert_figures(&t);
		close_town(&t);
	}
}

static void count_area(void *arg, json_t *r)
{
	struct count *c = arg;
	bool now = strcmp(text(r, "valid_from"), "") != 0;
	c->all += now && strcmp(text(r, "level"), "xa") == 0;
	c->open += strcmp(text(r, "level"), "xa") == 0 && strcmp(text(r, "successor"), "") != 0;
}

static void areas_are_those_of_the_law(void **state)
{
	struct town *t = *state;
	struct count c = {0};
	struct err e = ERR_INIT;
	each(t, &kind_area, count_area, &c);
	assert_int_equal(c.all, 75);
	assert_int_equal(c.open, 12);
	json_t *ward = backend_get(t->b, &kind_area, "03646@2025-07-01", &e);
	assert_string_equal(text(ward, "title"), "Phường Tô Hiệu");
	json_decref(ward);
	ward = backend_get(t->b, &kind_area, "03646", &e);
	assert_string_equal(text(ward, "title"), "Phường Chiềng Lề");
	assert_string_equal(text(ward, "successor"), "03646@2025-07-01");
	json_decref(ward);
}

static void keep_first(void *arg, json_t *r)
{
	char *id = arg;
	if (!*id)
		snprintf(id, 64, "%s", text(r, "id"));
}

static void keep_earliest_open(void *arg, json_t *r)
{
	json_t **first = arg;
	if (one_of(text(r, "state"), ",MOI,XAC_MINH,CHO_BS,DA_CHUYEN,DANG_XL,CHO_DUYET,") &&
	    (!*first || strcmp(text(r, "due_at"), text(*first, "due_at")) < 0)) {
		json_decref(*first);
		*first = json_incref(r);
	}
}

static void lane_308_comes_first_in_the_feed_and_in_the_list(void **state)
{
	(void)state;
	static const char *const clocks[] = {CLOCK, "2026-11-23T01:10:00+07:00"};
	for (size_t i = 0; i < 2; i++) {
		struct town t = open_town(1 + i, clocks[i], 0);
		char id[64] = "";
		json_t *first = NULL;
		int64_t due;
		each(&t, &kind_complaint, keep_first, id);
		assert_string_equal(id, "PA-00423");
		each(&t, &kind_complaint, keep_earliest_open, &first);
		assert_string_equal(text(first, "id"), "PA-00423");
		assert_non_null(strstr(text(first, "title"), "Ngõ 308 đường Chu Văn Thịnh"));
		assert_string_equal(text(first, "state"), "DANG_XL");
		assert_int_equal(clock_parse(text(first, "due_at"), 24, &due), 0);
		assert_true(t.now - due == 130 * MINUTE);
		json_decref(first);
		close_town(&t);
	}
}

/* --- texts -------------------------------------------------------------------------------- */

static void texts_are_varied(void **state)
{
	struct town *t = *state;
	struct count titles = {0}, bodies = {0}, sentences = {0};
	each(t, &kind_complaint, count_title, &titles);
	assert_true(titles.distinct >= 400);
	each(t, &kind_complaint, count_pair, &bodies);
	assert_int_equal(bodies.distinct, 423);
	each(t, &kind_complaint, count_sentences, &sentences);
	assert_true(sentences.most <= 8);
	strmap_free(&titles.seen, NULL);
	strmap_free(&bodies.seen, NULL);
	strmap_free(&sentences.seen, NULL);
}

static void count_odd(void *arg, json_t *r)
{
	const char *note = text(json_object_get(r, "extra"), "note");
	((struct count *)arg)->all += strncmp(note, "odd:", 4) == 0;
}

static void a_dozen_records_are_odd_on_purpose(void **state)
{
	struct town *t = *state;
	struct count c = {0};
	each(t, &kind_complaint, count_odd, &c);
	assert_int_equal(c.all, 11);
	each(t, &kind_dossier, count_odd, &c);
	each(t, &kind_call, count_odd, &c);
	assert_int_equal(c.all, 13);
}

/* --- sense -------------------------------------------------------------------------------- */

/* Every member of a column fits it, as the cache will read it. */
static void fit_columns(void *arg, json_t *r)
{
	const struct kind *k = arg;
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	struct record *out = record_new(&a, k);
	for (size_t i = 0; i < k->column_count; i++) {
		const json_t *v = json_object_get(r, k->columns[i].id);
		int bad = 0;
		if (json_is_string(v))
			bad = record_put_text(&a, out, i, json_string_value(v),
					      json_string_length(v), &e);
		else if (json_is_number(v))
			bad = record_put_number(&a, out, i, json_number_value(v), &e);
		else if (json_is_boolean(v))
			bad = record_put_bool(out, i, json_is_true(v), &e);
		if (bad)
			fail_msg("%s %s: %s", text(r, "id"), k->columns[i].id, e.text);
	}
	arena_free(&a);
}

static void every_member_fits_its_column(void **state)
{
	struct town *t = *state;
	for (const struct kind *const *k = kinds; *k; k++)
		each(t, *k, fit_columns, (void *)(uintptr_t)*k);
}

/* The state that a history leads to, with every step being a legal move. */
static void follow(const struct kind *k, const json_t *r)
{
	size_t n, i;
	const struct move *moves = workflow_moves(k, &n);
	const char *now = NULL, *before = "";
	json_t *h;
	json_array_foreach (json_object_get(r, "history"), i, h) {
		const char *from = text(h, "from"), *to = text(h, "to");
		assert_true(strcmp(before, text(h, "at")) <= 0);
		assert_true(*text(h, "by") && *text(h, "action"));
		before = text(h, "at");
		bool legal = now == NULL || !*to;
		for (size_t m = 0; m < n; m++)
			legal |= moves[m].to && strcmp(moves[m].from, from) == 0 &&
				 strcmp(moves[m].to, to) == 0;
		if (!legal || (now && *to && strcmp(now, from) != 0))
			fail_msg("%s: %s to %s", text(r, "id"), from, to);
		now = *to ? to : now;
	}
	if (now && kind_state(k, text(r, "state")))
		assert_string_equal(now, text(r, "state"));
}

static void follow_one(void *arg, json_t *r)
{
	follow(arg, r);
}

static void assert_legal(const struct town *t)
{
	static const struct kind *const queues[] = {&kind_complaint, &kind_dossier, &kind_call,
						    &kind_alert};
	for (size_t i = 0; i < 4; i++)
		each(t, queues[i], follow_one, (void *)(uintptr_t)queues[i]);
}

static void histories_are_paths_of_legal_moves(void **state)
{
	struct town *t = *state;
	assert_legal(t);
}

static void nothing_later(void *arg, json_t *r)
{
	static const char *const times[] = {
		"created_at",  "updated_at", "closed_at", "finished_at", "returned_at",
		"answered_at", "ended_at",   "last_at",   "ack_at",      "registered_at"};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (strcmp(text(r, times[i]), arg) > 0)
			fail_msg("%s %s: %s", text(r, "id"), times[i], text(r, times[i]));
}

static void nothing_has_happened_later_than_now(void **state)
{
	struct town *t = *state;
	char now[CLOCK_TEXT];
	clock_format_utc(t->now, now);
	each(t, &kind_complaint, nothing_later, now);
	each(t, &kind_dossier, nothing_later, now);
	each(t, &kind_call, nothing_later, now);
	each(t, &kind_alert, nothing_later, now);
}

struct links {
	const struct town *t;
	int count;
};

static void resolve(void *arg, json_t *r)
{
	struct links *l = arg;
	size_t i;
	json_t *link;
	json_array_foreach (json_object_get(r, "links"), i, link) {
		struct err e = ERR_INIT;
		const struct kind *k = kind_find(text(link, "kind"));
		assert_non_null(k);
		assert_true(backend_version(l->t->b, k, text(link, "id"), &e) > 0);
		l->count++;
	}
}

static void links_lead_to_records(void **state)
{
	struct town *t = *state;
	struct links l = {t, 0};
	each(t, &kind_call, resolve, &l);
	each(t, &kind_alert, resolve, &l);
	assert_true(l.count > 20);
}

struct codes {
	const struct town *t;
	struct strmap known; /* "kind code" */
	const struct kind *kind;
};

static void know(void *arg, json_t *r)
{
	struct codes *c = arg;
	char *key = xasprintf("%s %s", c->kind->id, text(r, "code"));
	strmap_put(&c->known, key, c);
	free(key);
}

static void look_up(void *arg, json_t *r)
{
	struct codes *c = arg;
	for (size_t i = 0; i < c->kind->column_count; i++) {
		const struct column *column = &c->kind->columns[i];
		if (column->type != COLUMN_REF || !*text(r, column->id))
			continue;
		char *key = xasprintf("%s %s", column->ref, text(r, column->id));
		if (!strmap_get(&c->known, key))
			fail_msg("%s: no %s", text(r, "id"), key);
		free(key);
	}
}

static void assert_codes(const struct town *t)
{
	struct codes c = {.t = t, .known = STRMAP_INIT};
	for (const struct kind *const *k = kinds; *k; k++) {
		c.kind = *k;
		if ((*k)->catalogue)
			each(t, *k, know, &c);
	}
	for (const struct kind *const *k = kinds; *k; k++) {
		c.kind = *k;
		each(t, *k, look_up, &c);
	}
	strmap_free(&c.known, NULL);
}

static void codes_are_in_the_catalogues(void **state)
{
	assert_codes(*state);
}

/* --- the same again ----------------------------------------------------------------------- */

static bool add_digest(void *arg, const struct stored *s)
{
	uint64_t *h = arg;
	for (size_t i = 0; i < s->n; i++)
		*h = (*h ^ (unsigned char)s->json[i]) * UINT64_C(0x100000001b3);
	return true;
}

static uint64_t digest_of(const struct town *t)
{
	struct err e = ERR_INIT;
	uint64_t digest = UINT64_C(0xcbf29ce484222325);
	assert_int_equal(backend_all_changes(t->b, 0, add_digest, &digest, &e), 0);
	return digest;
}

static void step_through(struct town *t, int64_t span, int64_t every)
{
	struct err e = ERR_INIT;
	for (int64_t at = t->now; at <= t->now + span; at += every)
		assert_int_equal(demo_step(t->d, at, &e), 0);
}

static void same_seed_and_clock_give_the_same_bytes(void **state)
{
	(void)state;
	struct town a = open_town(9, CLOCK, 60), b = open_town(9, CLOCK, 60),
		    c = open_town(10, CLOCK, 60);
	assert_true(digest_of(&a) == digest_of(&b));
	assert_true(digest_of(&a) != digest_of(&c));
	step_through(&a, 4 * MINUTE, SECOND);
	step_through(&b, 4 * MINUTE, SECOND);
	assert_true(digest_of(&a) == digest_of(&b));
	close_town(&a);
	close_town(&b);
	close_town(&c);
}

/* --- living ------------------------------------------------------------------------------- */

static void it_lives_on_by_legal_moves_at_its_rate(void **state)
{
	(void)state;
	struct town t = open_town(1, "2026-11-20T09:00:00+07:00", 600);
	int64_t before = backend_last(t.b);
	step_through(&t, 4 * MINUTE, 500);
	int64_t changes = backend_last(t.b) - before;
	assert_in_range(changes, 2100, 2700);
	assert_codes(&t);
	assert_legal(&t);
	for (const struct kind *const *k = kinds; *k && !(*k)->catalogue; k++)
		each(&t, *k, fit_columns, (void *)(uintptr_t)*k);
	assert_true(backend_count(t.b, &kind_complaint) > 423);
	assert_true(backend_count(t.b, &kind_dossier) > 4147);
	assert_true(backend_count(t.b, &kind_call) > 268);
	assert_true(backend_count(t.b, &kind_alert) > 640);
	close_town(&t);
}

static void queues_keep_their_length(void **state)
{
	(void)state;
	struct town t = open_town(4, "2026-11-20T08:00:00+07:00", 60);
	struct count c = {0};
	step_through(&t, 2 * HOUR, 4 * SECOND);
	each(&t, &kind_complaint, count_complaint, &c);
	assert_in_range(c.open, 40, 170);
	close_town(&t);
}

static void without_a_rate_nothing_happens(void **state)
{
	(void)state;
	struct town t = open_town(1, CLOCK, 0);
	struct err e = ERR_INIT;
	int64_t before = backend_last(t.b);
	assert_true(demo_next(t.d, t.now) == CLOCK_NONE);
	assert_int_equal(demo_step(t.d, t.now + DAY, &e), 0);
	assert_true(backend_last(t.b) == before);
	close_town(&t);
}

static void a_restart_goes_on_without_loading_again(void **state)
{
	(void)state;
	struct town t = open_town(1, CLOCK, 120);
	struct err e = ERR_INIT;
	step_through(&t, 2 * MINUTE, SECOND);
	int64_t complaints = backend_count(t.b, &kind_complaint), last = backend_last(t.b);
	struct demo_options o = {.seed = 1, .clock = t.now + HOUR, .rate = 120};
	demo_free(t.d);
	t.d = demo_new(t.b, &o, &e);
	assert_non_null(t.d);
	assert_int_equal(demo_load(t.d, &e), 0);
	assert_true(backend_last(t.b) == last);
	assert_true(backend_count(t.b, &kind_complaint) == complaints);
	t.now = o.clock;
	step_through(&t, 4 * MINUTE, SECOND);
	assert_true(backend_last(t.b) > last + 300);
	assert_legal(&t);
	close_town(&t);
}

static void a_longer_history_comes_before_the_city(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct demo_options o = {.seed = 1, .records = 5000};
	assert_int_equal(clock_parse(CLOCK, strlen(CLOCK), &o.clock), 0);
	struct town t = {.now = o.clock, .b = backend_open(NULL, &e)};
	t.d = demo_new(t.b, &o, &e);
	assert_non_null(t.d);
	assert_int_equal(demo_load(t.d, &e), 0);
	assert_true(backend_count(t.b, &kind_complaint) == 5000);
	assert_true(backend_count(t.b, &kind_dossier) == 5000);
	assert_true(backend_count(t.b, &kind_call) == 5000);
	assert_true(backend_count(t.b, &kind_alert) == 5000);
	struct count c = {0};
	each(&t, &kind_complaint, count_complaint, &c);
	assert_int_equal(c.open, 82);
	assert_codes(&t);
	assert_legal(&t);
	close_town(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_figures_of_the_city_come_out_for_every_seed_and_clock),
		cmocka_unit_test(areas_are_those_of_the_law),
		cmocka_unit_test(lane_308_comes_first_in_the_feed_and_in_the_list),
		cmocka_unit_test(texts_are_varied),
		cmocka_unit_test(a_dozen_records_are_odd_on_purpose),
		cmocka_unit_test(every_member_fits_its_column),
		cmocka_unit_test(histories_are_paths_of_legal_moves),
		cmocka_unit_test(nothing_has_happened_later_than_now),
		cmocka_unit_test(links_lead_to_records),
		cmocka_unit_test(codes_are_in_the_catalogues),
		cmocka_unit_test(same_seed_and_clock_give_the_same_bytes),
		cmocka_unit_test(it_lives_on_by_legal_moves_at_its_rate),
		cmocka_unit_test(queues_keep_their_length),
		cmocka_unit_test(without_a_rate_nothing_happens),
		cmocka_unit_test(a_restart_goes_on_without_loading_again),
		cmocka_unit_test(a_longer_history_comes_before_the_city),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

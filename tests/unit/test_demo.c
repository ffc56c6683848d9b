/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures, areas and texts of the demo. */
#include "town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strmap.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_figures_of_the_city_come_out_for_every_seed_and_clock),
		cmocka_unit_test(areas_are_those_of_the_law),
		cmocka_unit_test(lane_308_comes_first_in_the_feed_and_in_the_list),
		cmocka_unit_test(texts_are_varied),
		cmocka_unit_test(a_dozen_records_are_odd_on_purpose),
	};
	return cmocka_run_group_tests(tests, open_first_town, close_first_town);
}

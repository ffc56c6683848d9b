/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "api/moment.h"
#include "base/clock.h"
#include "sync/id_set.h"
#include "sync/plan.h"

#define NOW INT64_C(1795316400000) /* 2026-11-22T03:00:00Z */

static const char *written(int64_t t, const char *format, const char *zone, bool up)
{
	static struct strbuf b;
	struct zone *z = zone ? zone_open(zone) : NULL;
	strbuf_clear(&b);
	moment_write(t, format, z, up, &b);
	zone_free(z);
	return b.s;
}

static void moments_are_written_as_the_server_wants_them(void **state)
{
	(void)state;
	assert_string_equal(written(NOW, "rfc3339", NULL, false),
			    "\"2026-11-22T03:00:00.000Z\"");
	assert_string_equal(written(NOW + 1, "seconds", NULL, false), "1795316400");
	assert_string_equal(written(NOW + 1, "seconds", NULL, true), "1795316401");
	assert_string_equal(written(NOW + 1, "milliseconds", NULL, true), "1795316400001");
	assert_string_equal(written(NOW, "%Y%m%d%H%M%S", "+07:00", false),
			    "\"20261122100000\"");
	assert_string_equal(written(NOW, "%d/%m/%Y", "+07:00", false), "\"22/11/2026\"");
	assert_string_equal(written(NOW, "%d/%m/%Y", "+07:00", true), "\"23/11/2026\"");
	assert_string_equal(written(NOW - 11 * HOUR, "%d/%m/%Y %z", "+07:00", false),
			    "\"21/11/2026 +07:00\"");
	assert_string_equal(written(NOW, "%Y-%m-%dT%H:%M:%S.%f", "UTC", false),
			    "\"2026-11-22T03:00:00.000\"");
}

static void units_tell_formats_from_nonsense(void **state)
{
	(void)state;
	assert_int_equal(moment_unit("rfc3339"), 1);
	assert_int_equal(moment_unit("%d/%m/%Y"), DAY);
	assert_int_equal(moment_unit("%Y%m%d%H%M%S"), SECOND);
	assert_int_equal(moment_unit("%Y"), 0);
	assert_int_equal(moment_unit("iso"), 0);
	assert_int_equal(moment_unit("%Y-%q"), 0);
}

static void moments_are_read_with_and_without_zone(void **state)
{
	(void)state;
	static const char *const same[] = {"\"2026-11-22T03:00:00Z\"",
					   "\"2026-11-22 03:00:00\"",
					   "\"2026-11-22T10:00:00+07:00\"",
					   "1795316400",
					   "1795316400000",
					   "1795316400.0"};
	struct zone *utc = zone_open("UTC");
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct tape t = TAPE_INIT;
		int64_t got;
		assert_int_equal(tape_read(&t, same[i], strlen(same[i]), NULL), 0);
		assert_int_equal(moment_read(t.nodes, utc, &got), 0);
		assert_int_equal(got, NOW);
		tape_free(&t);
	}
	zone_free(utc);
}

/* Winter and summer, and the hour that comes twice in autumn: 25 October 2026. */
static void moments_follow_a_named_zone(void **state)
{
	(void)state;
	const int64_t winter = NOW, summer = NOW - 150 * DAY;
	static const struct {
		const char *text;
		int64_t t;
	} same[] = {{"\"2026-11-22T04:00:00\"", NOW},
		    {"\"2026-10-25T00:30:00\"", INT64_C(1792881000000)},
		    {"\"2026-10-25T03:30:00\"", INT64_C(1792895400000)}};
	struct zone *berlin = zone_open("Europe/Berlin");
	assert_string_equal(written(winter, "%H:%M %z", "Europe/Berlin", false),
			    "\"04:00 +01:00\"");
	assert_string_equal(written(summer, "%H:%M %z", "Europe/Berlin", false),
			    "\"05:00 +02:00\"");
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct tape t = TAPE_INIT;
		int64_t got;
		assert_int_equal(tape_read(&t, same[i].text, strlen(same[i].text), NULL), 0);
		assert_int_equal(moment_read(t.nodes, berlin, &got), 0);
		assert_int_equal(got, same[i].t);
		tape_free(&t);
	}
	zone_free(berlin);
}

static struct resource feed(enum changes changes)
{
	struct resource r = {.changes = (int)changes, .page_size = 100};
	feed_defaults(&r);
	return r;
}

static void a_mark_survives_being_written(void **state)
{
	(void)state;
	struct mark m = {5, CLOCK_NONE, 7}, n;
	char text[MARK_TEXT];
	mark_write(&m, text);
	mark_read(&n, text);
	assert_memory_equal(&m, &n, sizeof m);
	mark_read(&n, "opaque");
	assert_int_equal(n.top, CLOCK_NONE);
}

static void since_goes_back_by_the_overlap_and_never_past_the_servers_clock(void **state)
{
	(void)state;
	struct resource r = feed(CHANGES_SINCE);
	struct mark m = MARK_NONE;
	struct plan p;
	plan_begin(&p, &r, &m, NOW, NOW, false);
	assert_null(plan_since(&p));
	/* a record from the future must not hide what comes until then */
	assert_int_equal(plan_done(&p, 3, NOW + 365 * DAY, NOW, NOW), 0);
	assert_int_equal(p.mark.top, NOW);
	m = p.mark;
	plan_begin(&p, &r, &m, NOW + HOUR, NOW, false);
	assert_int_equal(p.lo, NOW - MINUTE);
	/* nothing new: the mark stays, whatever any clock says */
	assert_int_equal(plan_done(&p, 0, CLOCK_NONE, NOW + HOUR, NOW), 0);
	assert_int_equal(p.mark.top, NOW);
}

static void everything_is_asked_for_again_now_and_then(void **state)
{
	(void)state;
	struct resource r = feed(CHANGES_SINCE);
	r.delta.full = DAY;
	struct mark m = {NOW, CLOCK_NONE, NOW};
	struct plan p;
	plan_begin(&p, &r, &m, NOW, NOW + HOUR, false);
	assert_false(p.whole);
	plan_begin(&p, &r, &m, NOW, NOW + DAY, false);
	assert_true(p.whole && plan_is_complete(&p));
	/* our clock was wrong then, or is now */
	plan_begin(&p, &r, &m, NOW, NOW - HOUR, false);
	assert_true(p.whole);
}

/* Every ms of the window must be asked for, whatever the server holds. */
static void windows_cover_all_and_split_where_they_are_full(void **state)
{
	(void)state;
	struct resource r = feed(CHANGES_WINDOW);
	r.delta.backfill = 30 * DAY;
	struct mark m = MARK_NONE;
	struct plan p;
	plan_begin(&p, &r, &m, NOW, NOW, false);
	assert_int_equal(p.hi, NOW);
	assert_int_equal(p.lo, NOW - 7 * DAY);
	int64_t lo = NOW, asked = 0;
	do {
		/* one record a minute: a window of more than 100 minutes is full */
		int64_t items = (p.hi - p.lo) / MINUTE;
		bool full = items >= 100;
		assert_true(p.hi >= lo);
		if (!full)
			lo = p.lo;
		asked++;
		if (plan_done(&p, full ? 100 : items, p.hi, NOW, NOW) == 0)
			break;
	} while (asked < 10000);
	assert_int_equal(lo, NOW - 30 * DAY);
	assert_true(asked < 1500);
	assert_int_equal(p.mark.top, NOW);
	assert_int_equal(p.mark.back, NOW - 30 * DAY);
	/* an hour later, only that hour and the overlap */
	m = p.mark;
	plan_begin(&p, &r, &m, NOW + HOUR, NOW + HOUR, false);
	assert_true(p.lo <= NOW - MINUTE && p.lo > NOW - 2 * MINUTE);
	assert_int_equal(p.hi, NOW + HOUR);
	assert_int_equal(plan_done(&p, 60, NOW + HOUR, NOW + HOUR, NOW), 0);
	assert_int_equal(p.mark.top, NOW + HOUR);
}

static void a_window_that_can_t_be_split_is_told(void **state)
{
	(void)state;
	struct resource r = feed(CHANGES_WINDOW);
	r.delta.backfill = DAY;
	struct mark m = MARK_NONE;
	struct plan p;
	int rc = 1;
	plan_begin(&p, &r, &m, NOW, NOW, false);
	for (int i = 0; rc > 0 && i < 100; i++)
		rc = plan_done(&p, 100, NOW, NOW, NOW);
	assert_int_equal(rc, -1);
}

static void a_broken_backfill_goes_on_where_it_was(void **state)
{
	(void)state;
	struct resource r = feed(CHANGES_WINDOW);
	r.delta.backfill = 30 * DAY;
	r.delta.full = 365 * DAY;
	struct mark m = MARK_NONE;
	struct plan p;
	plan_begin(&p, &r, &m, NOW, NOW, false);
	assert_int_equal(plan_done(&p, 1, NOW, NOW, NOW), 1);
	m = p.mark;
	plan_begin(&p, &r, &m, NOW, NOW, false);
	assert_false(p.whole);
	assert_int_equal(plan_done(&p, 1, NOW, NOW, NOW), 1);
	assert_true(p.hi <= NOW - 7 * DAY + 1);
}

static void ids_are_met_once(void **state)
{
	(void)state;
	struct id_set s = ID_SET_INIT;
	for (uint64_t i = 0; i < 5000; i++)
		assert_true(id_set_add(&s, i * 7));
	for (uint64_t i = 1; i < 5000; i++)
		assert_false(id_set_add(&s, i * 7));
	id_set_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_written_as_the_server_wants_them),
		cmocka_unit_test(units_tell_formats_from_nonsense),
		cmocka_unit_test(moments_are_read_with_and_without_zone),
		cmocka_unit_test(moments_follow_a_named_zone),
		cmocka_unit_test(a_mark_survives_being_written),
		cmocka_unit_test(
			since_goes_back_by_the_overlap_and_never_past_the_servers_clock),
		cmocka_unit_test(everything_is_asked_for_again_now_and_then),
		cmocka_unit_test(windows_cover_all_and_split_where_they_are_full),
		cmocka_unit_test(a_window_that_can_t_be_split_is_told),
		cmocka_unit_test(a_broken_backfill_goes_on_where_it_was),
		cmocka_unit_test(ids_are_met_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

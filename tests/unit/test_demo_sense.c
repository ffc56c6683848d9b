/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of the demo make sense, each alone and together. */
#include "town.h"

#include <string.h>

#include "base/clock.h"

static void every_member_fits_its_column(void **state)
{
	struct town *t = *state;
	for (const struct kind *const *k = kinds; *k; k++)
		each(t, *k, fit_columns, (void *)(uintptr_t)*k);
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

static void codes_are_in_the_catalogues(void **state)
{
	assert_codes(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_member_fits_its_column),
		cmocka_unit_test(histories_are_paths_of_legal_moves),
		cmocka_unit_test(nothing_has_happened_later_than_now),
		cmocka_unit_test(links_lead_to_records),
		cmocka_unit_test(codes_are_in_the_catalogues),
	};
	return cmocka_run_group_tests(tests, open_first_town, close_first_town);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state × action × role, as the gateway does it, against the tables. */
#include "unit.h"

#include <string.h>

#include "base/clock.h"
#include "base/member.h"
#include "gateway/act.h"
#include "model/kinds.h"

static struct backend *backend;
static struct numbering numbers;
static const int64_t now = INT64_C(1795000000000);

static int open_backend(void **state)
{
	(void)state;
	backend = backend_open(NULL, NULL);
	return backend ? 0 : -1;
}

static int close_backend(void **state)
{
	(void)state;
	backend_close(backend);
	return 0;
}

static void put(const struct kind *k, const char *id, const char *in_state)
{
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", id, "code", id, "state",
			      in_state, "unit", "CATP", "camera", "CAM07");
	assert_int_equal(backend_begin(backend, NULL), 0);
	assert_int_equal(backend_put(backend, k, j, NULL), 0);
	assert_int_equal(backend_commit(backend, NULL), 0);
	json_decref(j);
}

/* Something fitting for every field. */
static json_t *fields_of(const struct action *a)
{
	json_t *fields = json_object();
	for (size_t i = 0; i < action_field_count(a); i++) {
		const struct action_field *f = &a->fields[i];
		json_t *v = json_string(f->type == COLUMN_TIME     ? "2027-01-01T00:00:00Z"
					: f->type == COLUMN_CHOICE ? f->choices[0].code
					: f->flags & FIELD_RECORD  ? "other"
								   : "word");
		if (f->type == COLUMN_FLAG || f->type == COLUMN_REAL) {
			json_decref(v);
			v = f->type == COLUMN_FLAG ? json_true() : json_real(21.328);
		}
		json_object_set_new(fields, f->id, v);
	}
	return fields;
}

/* Does it within a transaction that is undone; whether it was done. */
static bool try(const struct kind *k, const struct action *a, unsigned staff, const char *unit)
{
	struct act x = {.kind = k,
			.action = a,
			.actor = {staff, unit},
			.by = "Mai",
			.now = now,
			.backend = backend,
			.numbers = &numbers};
	json_t *fields = fields_of(a);
	assert_int_equal(backend_begin(backend, NULL), 0);
	x.record = backend_get(backend, k, "A", NULL);
	char before[64];
	snprintf(before, sizeof before, "%s", member_text(x.record, "state"));
	bool done = act_check(&x) == 0 && act_read_fields(&x, fields) == 0 &&
		    act_apply(&x) == 0;
	if (done) {
		assert_string_equal(member_text(x.record, "state"), a->to ? a->to : before);
		assert_int_equal(json_array_size(json_object_get(x.record, "history")), 1);
		assert_int_equal(json_integer_value(json_object_get(x.record, "version")), 2);
	} else {
		if (x.no.problem != PROBLEM_CONFLICT && x.no.problem != PROBLEM_FORBIDDEN)
			fail_msg("%s %s: %s", k->id, a->id, x.no.detail);
	}
	backend_rollback(backend);
	act_free(&x);
	json_decref(fields);
	return done;
}

static void walk(const struct kind *k, const struct state *s)
{
	backend_close(backend);
	backend = backend_open(NULL, NULL);
	put(k, "A", s->code);
	put(&kind_complaint, "other", "MOI");
	for (const struct action *a = actions_of(k); a->id; a++)
		for (unsigned staff = 1; staff < STAFF_ALL; staff <<= 1) {
			bool fits = action_fits_state(k, a, s->code);
			bool may = fits && a->staff & staff;
			may = may && !a->needs; /* nothing is merged that is to be split */
			if (try(k, a, staff, "CATP") != may)
				fail_msg("%s %s in %s by %u", k->id, a->id, s->code, staff);
			if (staff == STAFF_UNIT)
				assert_false(try(k, a, staff, "QLDT") &&
					     a->staff == STAFF_UNIT);
		}
}

static void tables_are_enforced(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct state *s = kinds[i]->states; s && s->code; s++)
			walk(kinds[i], s);
}

static void required_fields_are_asked_for(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
			for (size_t n = 0; n < action_field_count(a); n++) {
				struct act x = {.kind = kinds[i],
						.action = a,
						.now = now,
						.backend = backend};
				json_t *fields = fields_of(a);
				json_object_set_new(fields, a->fields[n].id, json_string(" "));
				bool needed = a->fields[n].flags & FIELD_REQUIRED;
				assert_int_equal(act_read_fields(&x, fields), needed ? -1 : 0);
				if (needed)
					assert_string_equal(x.no.field, a->fields[n].id);
				json_decref(fields);
				act_free(&x);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_enforced),
		cmocka_unit_test(required_fields_are_asked_for),
	};
	return cmocka_run_group_tests_name("gateway actions", tests, open_backend,
					   close_backend);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

/* A small province: procedures with each kind of limit, and a field with hours of its own. */
static const char *const catalogue[][5] = {
	/* code, limit_n, limit_unit, same_day, valid_from */
	{"P1", "1", "ngày LV", "", ""},
	{"P3", "3", "ngày LV", "", ""},
	{"P5", "5", "ngày LV", "", ""},
	{"P10", "10", "ngày làm việc", "", ""},
	{"G4", "4", "giờ", "", ""},
	{"N10", "10", "ngày", "", ""},
	{"T1", "1", "tháng", "", ""},
	{"SD", "1", "ngày LV", "1", ""},
	{"NEW", "7", "ngày LV", "", "2026-01-01"},
	{"NEW", "3", "ngày LV", "", "2026-07-01"},
};

void put(struct arena *a, struct record *r, const char *column, const char *text)
{
	struct err e = ERR_INIT;
	int i = kind_column(r->kind, column);
	if (i < 0)
		fail_msg("no column %s", column);
	if (record_put_text(a, r, (size_t)i, text, strlen(text), &e) < 0)
		fail_msg("%s=%s: %s", column, text, e.text);
}

static void add_procedures(struct rulebook *b)
{
	static const char *const columns[] = {"code", "limit_n", "limit_unit", "same_day",
					      "valid_from"};
	for (size_t i = 0; i < ARRAY_LEN(catalogue); i++) {
		struct arena a = ARENA_INIT;
		struct record *r = record_new(&a, &kind_procedure);
		r->id = catalogue[i][0];
		for (size_t c = 0; c < ARRAY_LEN(columns); c++)
			if (*catalogue[i][c])
				put(&a, r, columns[c], catalogue[i][c]);
		rulebook_add_row(b, r);
		arena_free(&a);
	}
}

int open_rules(void **state)
{
	struct err e = ERR_INIT;
	struct paths p;
	clock_set_zone("Asia/Ho_Chi_Minh");
	if (paths_resolve(&p, "default", &e) < 0)
		fail_msg("%s", e.text);
	struct rulebook *b = rulebook_open(&p, &e);
	assert_string_equal(e.text, "");
	paths_free(&p);
	add_procedures(b);
	*state = b;
	return 0;
}

int close_rules(void **state)
{
	rulebook_free(*state);
	return 0;
}

/* "1@2026-11-20T08:00 5@2026-11-21T09:00": states and when they were entered. */
void put_history(struct arena *a, struct record *r, const char *text)
{
	struct strbuf b = STRBUF_INIT;
	char from[32] = "";
	strbuf_adds(&b, "{\"history\":[");
	for (const char *s = text; *s;) {
		char to[32], time[40];
		int used = 0;
		if (sscanf(s, " %31[^@]@%39[^ ]%n", to, time, &used) != 2)
			fail_msg("history: %s", s);
		strbuf_addf(
			&b,
			"%s{\"at\":\"%s+07:00\",\"by\":\"x\",\"from\":\"%s\",\"to\":\"%s\"}",
			s == text ? "" : ",", time, from, to);
		snprintf(from, sizeof from, "%s", to);
		s += used;
		s += strspn(s, " ");
	}
	strbuf_adds(&b, "]}");
	r->detail = arena_memdup(a, b.s, b.len);
	r->detail_n = b.len;
	strbuf_free(&b);
}

/* "state=4 created_at=2026-11-20T08:00": columns. */
void put_fields(struct arena *a, struct record *r, const char *text)
{
	for (const char *s = text; *s;) {
		char column[32], value[64];
		int used = 0;
		if (sscanf(s, " %31[^=]=%63[^ ]%n", column, value, &used) != 2)
			fail_msg("fields: %s", s);
		put(a, r, column, value);
		s += used;
		s += strspn(s, " ");
	}
}

struct record *make(struct arena *a, const struct kind *k, const char *fields,
		    const char *history)
{
	struct record *r = record_new(a, k);
	r->source = "test";
	r->id = "1";
	put_fields(a, r, fields);
	if (*history)
		put_history(a, r, history);
	return r;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines over the shipped rules and calendars: cases worked out by hand, each with its
 * reasoning, then what holds for any case. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/deadline.h"
#include "model/kinds.h"

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

static void put(struct arena *a, struct record *r, const char *column, const char *text)
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

static int setup(void **state)
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

static int teardown(void **state)
{
	rulebook_free(*state);
	return 0;
}

static int64_t at(const char *text)
{
	int64_t t;
	if (clock_parse(text, strlen(text), &t) < 0)
		fail_msg("no time: %s", text);
	return t;
}

/* "1@2026-11-20T08:00 5@2026-11-21T09:00": states and when they were entered. */
static void put_history(struct arena *a, struct record *r, const char *text)
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
static void put_fields(struct arena *a, struct record *r, const char *text)
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

static struct record *make(struct arena *a, const struct kind *k, const char *fields,
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

static const char *const states[] = {"none",   "within", "today", "soon",    "late",
				     "paused", "early",  "met",   "met-late"};

/* "soon due 2026-11-23 17:30 calc 2026-11-23 17:30"; a time that isn't there is "-". */
static void describe(const struct rulebook *b, const struct record *r, int64_t now, char *out,
		     size_t n)
{
	struct deadline_look look;
	char due[CLOCK_TEXT] = "-", calc[CLOCK_TEXT] = "-";
	deadline_look(b, r, now, &look);
	if (r->values[COL_DUE_AT].set)
		clock_format_local(r->values[COL_DUE_AT].i, due);
	if (r->values[COL_DUE_CALC].set)
		clock_format_local(r->values[COL_DUE_CALC].i, calc);
	due[16 < strlen(due) ? 16 : strlen(due)] = '\0';
	calc[16 < strlen(calc) ? 16 : strlen(calc)] = '\0';
	snprintf(out, n, "%s %s due %s calc %s", states[look.state], record_text(r, COL_CLOCK),
		 due, calc);
}

struct sample {
	const char *name;
	const struct kind *kind;
	const char *fields, *history, *now, *expected;
};

/* clang-format off */
static const struct sample samples[] = {
	/* --- limits and the calendar --- */
	/* Received Fri 20/11 08:30, day of receipt not counted: Mon 23/11 is day 1, Tue 24/11 is
	 * a holiday (Ngày Văn hóa), Wed 25 day 2, Thu 26 day 3, at closing. */
	{"24/11 is a day off", &kind_dossier, "state=4 procedure=P3 created_at=2026-11-20T08:30", "",
	 "2026-11-20T09:00", "within return due 2026-11-26T17:30 calc 2026-11-26T17:30"},
	/* Received Fri 09/1/2026; Sat 10/1 is worked, so it is day 1. */
	{"a swapped Saturday counts", &kind_dossier, "state=4 procedure=P1 created_at=2026-01-09T08:30", "",
	 "2026-01-09T09:00", "within return due 2026-01-10T17:30 calc 2026-01-10T17:30"},
	/* Fri 13/2/2026 received; 16–20/2 is Tết; Mon 23/2 day 1, 24 day 2, 25 day 3. */
	{"Tết is skipped", &kind_dossier, "state=4 procedure=P3 created_at=2026-02-13T10:00", "",
	 "2026-02-13T10:30", "within return due 2026-02-25T17:30 calc 2026-02-25T17:30"},
	/* 4 hours from Fri 16:00: 1.5 h until 17:30, 2.5 h of Mon from 07:30. */
	{"hours run over the weekend", &kind_dossier, "state=4 procedure=G4 created_at=2026-11-20T16:00", "",
	 "2026-11-20T16:10", "soon return due 2026-11-23T10:00 calc 2026-11-23T10:00"},
	/* 10 days after Fri 13/11 is Mon 23/11, a working day. */
	{"calendar days", &kind_dossier, "state=4 procedure=N10 created_at=2026-11-13T09:00", "",
	 "2026-11-13T09:30", "within return due 2026-11-23T17:30 calc 2026-11-23T17:30"},
	/* 10 days after Sat 14/11 is 24/11, a holiday: moved to Wed 25/11. */
	{"a last day off moves on", &kind_dossier, "state=4 procedure=N10 created_at=2026-11-14T09:00", "",
	 "2026-11-14T09:30", "within return due 2026-11-25T17:30 calc 2026-11-25T17:30"},
	/* A month after 31/1/2026 is 28/2, a Saturday: Mon 2/3. */
	{"a month without such a day", &kind_dossier, "state=4 procedure=T1 created_at=2026-01-31T09:00", "",
	 "2026-02-01T09:00", "within return due 2026-03-02T17:30 calc 2026-03-02T17:30"},
	{"same day, received at 15:00 sharp", &kind_dossier, "state=4 procedure=SD created_at=2026-11-20T15:00", "",
	 "2026-11-20T15:30", "soon return due 2026-11-20T17:30 calc 2026-11-20T17:30"},
	/* A second after 15:00 on a Friday: Monday. */
	{"same day, received after 15:00", &kind_dossier, "state=4 procedure=SD created_at=2026-11-20T15:00:01", "",
	 "2026-11-20T15:30", "within return due 2026-11-23T17:30 calc 2026-11-23T17:30"},
	/* On Mon 23/11 after 15:00: Tue 24/11 is off, so Wed. */
	{"same day after 15:00 before a holiday", &kind_dossier, "state=4 procedure=SD created_at=2026-11-23T16:20", "",
	 "2026-11-23T16:30", "within return due 2026-11-25T17:30 calc 2026-11-25T17:30"},
	/* Sent on a Saturday at 16:00: the next working day is Monday, not Tuesday. */
	{"same day, sent on a day off", &kind_dossier, "state=4 procedure=SD created_at=2026-11-21T16:00", "",
	 "2026-11-21T16:30", "soon return due 2026-11-23T17:30 calc 2026-11-23T17:30"},
	/* Not retroactive: received in June under the 7-day rule, although 3 days hold today. */
	{"the rule of its day of reception", &kind_dossier, "state=4 procedure=NEW created_at=2026-06-30T08:00", "",
	 "2026-06-30T09:00", "within return due 2026-07-09T17:30 calc 2026-07-09T17:30"},
	{"the new rule from its first day", &kind_dossier, "state=4 procedure=NEW created_at=2026-07-01T08:00", "",
	 "2026-07-01T09:00", "within return due 2026-07-06T17:30 calc 2026-07-06T17:30"},

	/* --- the national rule for dossiers --- */
	/* end = due is not after it. */
	{"ended exactly at its deadline", &kind_dossier,
	 "state=9 procedure=P1 created_at=2026-11-19T08:00 due_at=2026-11-20T17:00 finished_at=2026-11-20T17:00", "",
	 "2026-11-22T08:00", "met return due 2026-11-20T17:00 calc 2026-11-20T17:30"},
	{"a second after it", &kind_dossier,
	 "state=9 procedure=P1 created_at=2026-11-19T08:00 due_at=2026-11-20T17:00 finished_at=2026-11-20T17:00:01", "",
	 "2026-11-22T08:00", "met-late return due 2026-11-20T17:00 calc 2026-11-20T17:30"},
	/* Result on time, handed over days later: 9 decides, not 10. */
	{"9 before 10", &kind_dossier,
	 "state=10 procedure=P1 created_at=2026-11-16T08:00 due_at=2026-11-17T17:00 finished_at=2026-11-17T16:00 returned_at=2026-11-20T09:00",
	 "", "2026-11-22T08:00", "met return due 2026-11-17T17:00 calc 2026-11-17T17:30"},
	{"10 without 9", &kind_dossier,
	 "state=10 procedure=P1 created_at=2026-11-16T08:00 due_at=2026-11-17T17:00 returned_at=2026-11-20T09:00",
	 "", "2026-11-22T08:00", "met-late return due 2026-11-17T17:00 calc 2026-11-17T17:30"},
	/* 8 open hours before: Mon 17:00 to Tue 17:00. */
	{"early by a working day", &kind_dossier,
	 "state=9 procedure=P3 created_at=2026-11-12T08:00 due_at=2026-11-17T17:00 finished_at=2026-11-16T17:00", "",
	 "2026-11-22T08:00", "early return due 2026-11-17T17:00 calc 2026-11-17T17:30"},
	{"a minute less is on time", &kind_dossier,
	 "state=9 procedure=P3 created_at=2026-11-12T08:00 due_at=2026-11-17T17:00 finished_at=2026-11-16T17:01", "",
	 "2026-11-22T08:00", "met return due 2026-11-17T17:00 calc 2026-11-17T17:30"},
	/* Asked Tue 10/11 09:00, given Thu 12/11 09:00: 2 plain days.  Due Fri 13/11 17:00 becomes
	 * Sun 15/11 17:00; ended Mon 16/11 08:00, late.  Ours: P5 from 06/11 is Fri 13/11 17:30
	 * and 16 open hours: Tue 17/11 17:30. */
	{"a supplement in plain time, late", &kind_dossier,
	 "state=9 procedure=P5 created_at=2026-11-06T08:00 due_at=2026-11-13T17:00 finished_at=2026-11-16T08:00 supplement_count=1",
	 "2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00 4@2026-11-12T09:00 9@2026-11-16T08:00",
	 "2026-11-22T08:00", "met-late return due 2026-11-15T17:00 calc 2026-11-17T17:30"},
	/* The same given on Fri 13/11 09:00: 3 plain days, due Mon 16/11 17:00. */
	{"a supplement in plain time, on time", &kind_dossier,
	 "state=9 procedure=P5 created_at=2026-11-06T08:00 due_at=2026-11-13T17:00 finished_at=2026-11-16T16:00 supplement_count=1",
	 "2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00 4@2026-11-13T09:00 9@2026-11-16T16:00",
	 "2026-11-22T08:00", "met return due 2026-11-16T17:00 calc 2026-11-18T17:30"},
	/* Waits for its only supplement, asked before it was due: stands still; now doesn't matter. */
	{"waiting for the only supplement", &kind_dossier,
	 "state=5 procedure=P5 created_at=2026-11-06T08:00 due_at=2026-11-13T17:00 supplement_count=1",
	 "2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00",
	 "2026-11-22T08:00", "paused return due - calc 2026-11-13T17:30"},
	/* Asked after it was due: late, and stays so. */
	{"asked when it was late already", &kind_dossier,
	 "state=5 procedure=P5 created_at=2026-11-06T08:00 due_at=2026-11-13T17:00",
	 "2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-16T09:00",
	 "2026-11-22T08:00", "late return due 2026-11-13T17:00 calc 2026-11-13T17:30"},
	/* More than one 5 and never 9 or 10: late from the second on, though due in December.
	 * Ours: day 10 is Fri 20/11, and 16 open hours over the holiday of 24/11 after it. */
	{"a second supplement", &kind_dossier,
	 "state=5 procedure=P10 created_at=2026-11-06T08:00 due_at=2026-12-20T17:00",
	 "2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00 4@2026-11-12T09:00 5@2026-11-17T09:00",
	 "2026-11-22T08:00", "late return due 2026-11-17T09:00 calc 2026-11-25T17:30"},
	{"a second supplement that came back", &kind_dossier,
	 "state=4 procedure=P10 created_at=2026-11-06T08:00 due_at=2026-12-20T17:00 supplement_count=2", "",
	 "2026-11-22T08:00", "late return due 2026-11-06T08:00 calc 2026-11-20T17:30"},
	/* With a result, both supplements are subtracted and the dates decide. */
	{"two supplements and a result", &kind_dossier,
	 "state=9 procedure=P10 created_at=2026-11-02T08:00 due_at=2026-11-16T17:00 finished_at=2026-11-19T16:00",
	 "2@2026-11-02T08:00 5@2026-11-03T09:00 4@2026-11-05T09:00 5@2026-11-10T09:00 4@2026-11-11T09:00 9@2026-11-19T16:00",
	 "2026-11-22T08:00", "met return due 2026-11-19T17:00 calc 2026-11-19T17:30"},
	{"stopped after two supplements", &kind_dossier,
	 "state=8 procedure=P10 created_at=2026-11-02T08:00 due_at=2026-12-16T17:00 closed_at=2026-11-12T16:00",
	 "2@2026-11-02T08:00 5@2026-11-03T09:00 4@2026-11-05T09:00 5@2026-11-10T09:00 4@2026-11-11T09:00 8@2026-11-12T16:00",
	 "2026-11-22T08:00", "met-late return due 2026-11-10T09:00 calc 2026-11-19T17:30"},
	/* What was asked for while it was registered, before its reception, is no supplement of
	 * the processing: neither its time nor its count. */
	{"a supplement before the reception", &kind_dossier,
	 "state=5 procedure=P5 created_at=2026-11-06T08:00 due_at=2026-11-13T17:00",
	 "1@2026-11-02T08:00 5@2026-11-02T09:00 1@2026-11-05T09:00 2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00",
	 "2026-11-22T08:00", "paused return due - calc 2026-11-13T17:30"},
	{"withdrawn after reception", &kind_dossier,
	 "state=7 procedure=P1 created_at=2026-11-16T08:00 due_at=2026-11-17T17:00 closed_at=2026-11-18T09:00",
	 "1@2026-11-16T07:40 2@2026-11-16T08:00 7@2026-11-18T09:00",
	 "2026-11-22T08:00", "met-late return due 2026-11-17T17:00 calc 2026-11-17T17:30"},
	{"withdrawn before reception", &kind_dossier,
	 "state=7 procedure=P1 created_at=2026-11-16T08:00 due_at=2026-11-17T17:00 closed_at=2026-11-18T09:00",
	 "1@2026-11-16T08:00 7@2026-11-18T09:00",
	 "2026-11-22T08:00", "none  due - calc -"},
	/* No date of return: the legal maximum of the procedure. */
	{"a missing date, late", &kind_dossier,
	 "state=9 procedure=P1 created_at=2026-11-19T08:00 finished_at=2026-11-20T17:31", "",
	 "2026-11-22T08:00", "met-late return due 2026-11-20T17:30 calc 2026-11-20T17:30"},
	{"a missing date and no procedure", &kind_dossier, "state=4 created_at=2026-11-19T08:00", "",
	 "2026-11-22T08:00", "none return due - calc -"},
	/* A day without an hour lasts until the office closes. */
	{"a date without an hour", &kind_dossier,
	 "state=9 procedure=P1 created_at=2026-11-19T08:00 due_at=2026-11-20 finished_at=2026-11-20T16:00", "",
	 "2026-11-22T08:00", "met return due 2026-11-20T17:30 calc 2026-11-20T17:30"},
	/* The state went back from 9 to 4: the first result was taken back. */
	{"going backwards, running", &kind_dossier,
	 "state=4 procedure=P3 created_at=2026-11-10T08:00 due_at=2026-11-13T17:00",
	 "2@2026-11-10T08:00 4@2026-11-10T09:00 9@2026-11-12T09:00 4@2026-11-13T09:00",
	 "2026-11-22T08:00", "late return due 2026-11-13T17:00 calc 2026-11-13T17:30"},
	{"going backwards, ended again", &kind_dossier,
	 "state=10 procedure=P3 created_at=2026-11-10T08:00 due_at=2026-11-13T17:00",
	 "4@2026-11-10T09:00 9@2026-11-12T09:00 4@2026-11-13T09:00 9@2026-11-17T09:00 10@2026-11-18T09:00",
	 "2026-11-22T08:00", "met-late return due 2026-11-13T17:00 calc 2026-11-13T17:30"},
	/* Asked Thu 12/2 16:00, given Mon 23/2 09:00, over Tết 16–20/2: open time that doesn't
	 * count is 1.5 h + 8 h of Fri 13/2 + 1.5 h of 23/2 = 11 h.  Ours: P5 from Tue 10/2 is
	 * 11, 12, 13, 23, 24/2 at 17:30, and 11 h after that Thu 26/2 10:30.  The source's Tue
	 * 24/2 17:00 moves by 10 days 17 hours of plain time to Sat 7/3 10:00. */
	{"a pause over Tết", &kind_dossier,
	 "state=4 procedure=P5 created_at=2026-02-10T08:00 due_at=2026-02-24T17:00",
	 "2@2026-02-10T08:00 5@2026-02-12T16:00 4@2026-02-23T09:00",
	 "2026-02-23T10:00", "within return due 2026-03-07T10:00 calc 2026-02-26T10:30"},
	/* Extended by the source with an apology: its new date is in force. */
	{"an extension", &kind_dossier,
	 "state=9 procedure=P3 created_at=2026-11-10T08:00 due_at=2026-11-20T17:00 extended_count=1 finished_at=2026-11-20T16:00", "",
	 "2026-11-22T08:00", "met return due 2026-11-20T17:00 calc 2026-11-13T17:30"},
	/* 8 working hours to look at it: from Fri 16:00, Mon 16:00. */
	{"registered, not received", &kind_dossier,
	 "state=1 procedure=P3 registered_at=2026-11-20T16:00 created_at=2026-11-20T16:00", "",
	 "2026-11-20T16:30", "within accept due 2026-11-23T16:00 calc 2026-11-23T16:00"},

	/* --- complaints --- */
	/* 2 working hours from Fri 16:30: 1 h, then Mon 08:30. */
	{"to be accepted", &kind_complaint, "state=MOI category=an-ninh created_at=2026-11-20T16:30", "",
	 "2026-11-20T16:31", "within accept due 2026-11-23T08:30 calc 2026-11-23T08:30"},
	/* Urgent at night: 2 hours around the clock. */
	{"urgent at night", &kind_complaint, "state=MOI category=an-ninh urgent=1 created_at=2026-11-20T23:30", "",
	 "2026-11-20T23:40", "within accept due 2026-11-21T01:30 calc 2026-11-21T01:30"},
	/* 16 working hours from Fri 08:00: 8 h until Mon 08:00, and 8 more over the holiday of
	 * Tue 24/11: Wed 08:00. */
	{"being handled", &kind_complaint, "state=DANG_XL category=an-ninh created_at=2026-11-20T08:00",
	 "MOI@2026-11-20T08:00 XAC_MINH@2026-11-20T08:05 DA_CHUYEN@2026-11-20T08:20 DANG_XL@2026-11-20T09:00",
	 "2026-11-20T10:00", "within handle due 2026-11-25T08:00 calc 2026-11-25T08:00"},
	/* Given back by the unit: the deadline of handling stays. */
	{"returned", &kind_complaint, "state=XAC_MINH category=an-ninh returned_count=1 created_at=2026-11-20T08:00",
	 "MOI@2026-11-20T08:00 XAC_MINH@2026-11-20T08:05 DA_CHUYEN@2026-11-20T08:20 XAC_MINH@2026-11-20T09:00",
	 "2026-11-20T11:00", "within handle due 2026-11-25T08:00 calc 2026-11-25T08:00"},
	{"returned, without a history", &kind_complaint, "state=XAC_MINH category=an-ninh returned_count=1 created_at=2026-11-20T08:00", "",
	 "2026-11-20T11:00", "within handle due 2026-11-25T08:00 calc 2026-11-25T08:00"},
	/* Words of the source's own in the history say nothing about who had it. */
	{"unknown words in the history", &kind_complaint, "state=MOI category=an-ninh created_at=2026-11-20T08:00",
	 "da-tiep-nhan@2026-11-20T08:00 cho-xu-ly@2026-11-20T08:05",
	 "2026-11-20T09:00", "today accept due 2026-11-20T10:00 calc 2026-11-20T10:00"},
	{"an unknown state", &kind_complaint, "state=CHO_XIN_Y_KIEN category=an-ninh created_at=2026-11-20T08:00", "",
	 "2026-11-20T09:00", "within handle due 2026-11-25T08:00 calc 2026-11-25T08:00"},
	{"waiting for the citizen", &kind_complaint, "state=CHO_BS category=an-ninh created_at=2026-11-20T08:00",
	 "MOI@2026-11-20T08:00 XAC_MINH@2026-11-20T08:05 CHO_BS@2026-11-20T09:00",
	 "2026-11-30T11:00", "paused handle due - calc 2026-11-25T08:00"},
	/* Submitted Fri 20/11 10:00: to be published by closing of the second working day, Wed. */
	{"awaiting approval", &kind_complaint, "state=CHO_DUYET category=an-ninh created_at=2026-11-18T08:00",
	 "MOI@2026-11-18T08:00 DA_CHUYEN@2026-11-18T08:20 DANG_XL@2026-11-18T09:00 CHO_DUYET@2026-11-20T10:00",
	 "2026-11-20T11:00", "within publish due 2026-11-25T17:30 calc 2026-11-25T17:30"},
	/* 16 h from Wed 18/11 08:00 end Fri 08:00; submitted at 10:00: late, also when closed. */
	{"closed, handled late", &kind_complaint, "state=DONG category=an-ninh created_at=2026-11-18T08:00 closed_at=2026-11-20T15:00",
	 "MOI@2026-11-18T08:00 DA_CHUYEN@2026-11-18T08:20 DANG_XL@2026-11-18T09:00 CHO_DUYET@2026-11-20T10:00 DA_XL@2026-11-20T11:00 DONG@2026-11-20T15:00",
	 "2026-11-22T11:00", "met-late handle due 2026-11-20T08:00 calc 2026-11-20T08:00"},
	{"the source's deadline wins", &kind_complaint, "state=DANG_XL category=an-ninh created_at=2026-11-18T08:00 due_at=2026-11-27T14:05",
	 "MOI@2026-11-18T08:00 DANG_XL@2026-11-18T09:00",
	 "2026-11-20T11:00", "within handle due 2026-11-27T14:05 calc 2026-11-20T08:00"},
	/* Refused 1 h after it was sent: within the 2 h for accepting. */
	{"not accepted", &kind_complaint, "state=TU_CHOI category=an-ninh created_at=2026-11-18T08:00 closed_at=2026-11-18T09:00",
	 "MOI@2026-11-18T08:00 XAC_MINH@2026-11-18T08:10 TU_CHOI@2026-11-18T09:00",
	 "2026-11-20T11:00", "met accept due 2026-11-18T10:00 calc 2026-11-18T10:00"},
	/* Reopened Mon 16/11 08:00: 16 h anew, Wed 18/11 08:00. */
	{"reopened", &kind_complaint, "state=DANG_XL category=an-ninh created_at=2026-11-02T08:00",
	 "MOI@2026-11-02T08:00 DANG_XL@2026-11-02T09:00 CHO_DUYET@2026-11-03T09:00 DA_XL@2026-11-03T10:00 CHO_DAN@2026-11-03T11:00 DANG_XL@2026-11-16T08:00",
	 "2026-11-16T09:00", "within handle due 2026-11-18T08:00 calc 2026-11-18T08:00"},

	/* --- calls and alerts --- */
	/* Over at 17:20: 10 min until closing, 20 min of Monday. */
	{"a missed call at closing time", &kind_call, "state=chuyen_tdv_nho created_at=2026-11-20T17:18 ended_at=2026-11-20T17:20", "",
	 "2026-11-20T17:25", "within callback due 2026-11-23T07:50 calc 2026-11-23T07:50"},
	{"a call that was answered", &kind_call, "state=tra_loi_xong created_at=2026-11-20T17:18", "",
	 "2026-11-20T17:25", "none  due - calc -"},
	{"called back", &kind_call, "state=da_goi_lai created_at=2026-11-20T09:00 closed_at=2026-11-20T09:20", "",
	 "2026-11-20T17:25", "met callback due 2026-11-20T09:30 calc 2026-11-20T09:30"},
	{"fire at night", &kind_alert, "state=MOI category=chay-khoi created_at=2026-11-20T23:30", "",
	 "2026-11-20T23:32", "late acknowledge due 2026-11-20T23:31 calc 2026-11-20T23:31"},
	/* Seen in time; nothing more is due although it is open. */
	{"seen", &kind_alert, "state=DA_XN category=chay-khoi created_at=2026-11-20T23:30 ack_at=2026-11-20T23:31", "",
	 "2026-11-20T23:40", "met acknowledge due - calc 2026-11-20T23:31"},
	{"dismissed late", &kind_alert, "state=BO_QUA category=tai-nan created_at=2026-11-20T23:30 closed_at=2026-11-20T23:40",
	 "BO_QUA@2026-11-20T23:33", "2026-11-20T23:40", "met-late acknowledge due 2026-11-20T23:32 calc 2026-11-20T23:32"},
};
/* clang-format on */

static void test_cases_worked_out_by_hand(void **state)
{
	int wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		const struct sample *x = &samples[i];
		struct arena a = ARENA_INIT;
		char got[160];
		struct record *r = make(&a, x->kind, x->fields, x->history);
		deadline_settle(*state, &a, r);
		deadline_settle(*state, &a, r); /* of its own result */
		describe(*state, r, at(x->now), got, sizeof got);
		if (strcmp(got, x->expected) != 0) {
			print_error("%s\n  got      %s\n  expected %s\n", x->name, got,
				    x->expected);
			wrong++;
		}
		arena_free(&a);
	}
	assert_int_equal(wrong, 0);
}

/* --- the national rule, word for word --- */

struct step {
	const char *state;
	int64_t at;
};

/* A path as sources tell them, with every oddity: going backwards, supplements again and again,
 * ends that are taken back. */
static size_t random_path(struct step *path, size_t most, int64_t t)
{
	static const char *const next[] = {"4", "5", "4", "5", "4", "9", "10", "8", "2"};
	size_t n = 0, want = 2 + (size_t)rand() % (most - 2);
	path[n++] = (struct step){"2", t};
	while (n < want) {
		const char *state = next[(size_t)rand() % ARRAY_LEN(next)];
		t += (1 + rand() % (4 * 24 * 60)) * MINUTE;
		if (strcmp(state, path[n - 1].state) != 0)
			path[n++] = (struct step){state, t};
	}
	return n;
}

static bool ends_with_result(const struct step *s)
{
	return strcmp(s->state, "9") == 0 || strcmp(s->state, "10") == 0;
}

/* Whether it is late at `now`, from the text of the rule. */
static bool is_late_by_the_text(const struct step *path, size_t n, int64_t due, int64_t now)
{
	const char *last = path[n - 1].state;
	int64_t end = now, supplements = 0, asked = 0;
	int fives = 0;
	for (size_t i = 0; i < n; i++) {
		bool five = strcmp(path[i].state, "5") == 0;
		if (five) {
			fives++;
			asked = path[i].at;
		} else if (i && strcmp(path[i - 1].state, "5") == 0) {
			supplements += path[i].at - asked;
		}
	}
	if (ends_with_result(&path[n - 1])) {
		end = path[n - 1].at;
		for (size_t i = n; i > 0 && ends_with_result(&path[i - 1]); i--)
			if (strcmp(path[i - 1].state, "9") == 0)
				end = path[i - 1].at;
	} else if (fives > 1) {
		return true;
	} else if (strcmp(last, "8") == 0 || strcmp(last, "5") == 0) {
		end = path[n - 1].at;
	}
	return end - supplements > due;
}

static void write_path(const struct step *path, size_t n, bool backwards, struct arena *a,
		       struct record *r)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "{\"attachments\":[{\"name\":\"]}\\\"\"}],\"history\": [");
	for (size_t i = 0; i < n; i++) {
		const struct step *x = &path[backwards ? n - 1 - i : i];
		char at[CLOCK_TEXT];
		clock_format_utc(x->at, at);
		strbuf_addf(&b, "%s{\"to\":\"%s\", \"x\":{\"at\":[1]},\"at\":\"%s\"}",
			    i ? "," : "", x->state, at);
	}
	strbuf_adds(&b, "]}");
	r->detail = arena_memdup(a, b.s, b.len);
	r->detail_n = b.len;
	strbuf_free(&b);
}

static struct record *on_path(const struct step *path, size_t n, int64_t due, bool backwards,
			      struct arena *a)
{
	struct record *r = record_new(a, &kind_dossier);
	put(a, r, "state", path[n - 1].state);
	put(a, r, "procedure", "P5");
	r->values[COL_CREATED_AT] = (struct value){.set = true, .i = path[0].at};
	r->values[COL_DUE_AT] = (struct value){.set = true, .i = due};
	write_path(path, n, backwards, a, r);
	return r;
}

static bool counts_as_late(const struct rulebook *b, const struct record *r, int64_t now)
{
	struct deadline_look look;
	deadline_look(b, r, now, &look);
	return look.state == DEADLINE_LATE || look.state == DEADLINE_MET_LATE;
}

/* 9, 10, and at any now: late by the text of the rule is late here. */
static void test_late_is_what_the_text_of_the_rule_says(void **state)
{
	srand(766);
	for (int i = 0; i < 20000; i++) {
		struct arena a = ARENA_INIT;
		struct step path[9];
		int64_t start = at("2026-01-05T08:00") + rand() % 300000 * MINUTE;
		int64_t due = start + (rand() % (12 * 24 * 60)) * MINUTE + SECOND;
		size_t n = random_path(path, ARRAY_LEN(path), start);
		int64_t now = path[n - 1].at + (1 + rand() % 20000) * MINUTE;
		struct record *r = on_path(path, n, due, rand() % 2, &a);
		deadline_settle(*state, &a, r);
		if (counts_as_late(*state, r, now) != is_late_by_the_text(path, n, due, now)) {
			for (size_t k = 0; k < n; k++)
				print_error("%s@%lld ", path[k].state,
					    (long long)((path[k].at - start) / MINUTE));
			fail_msg("due %lld now %lld", (long long)((due - start) / MINUTE),
				 (long long)((now - start) / MINUTE));
		}
		arena_free(&a);
	}
}

/* --- what holds for any case --- */

/* Whatever the order in which a source lists its history. */
static void test_order_of_the_history_does_not_matter(void **state)
{
	srand(3);
	for (int i = 0; i < 2000; i++) {
		struct arena a = ARENA_INIT;
		struct step path[9];
		int64_t start = at("2026-02-02T08:00") + rand() % 30000 * MINUTE;
		size_t n = random_path(path, ARRAY_LEN(path), start);
		struct record *one = on_path(path, n, start + 5 * DAY, false, &a),
			      *other = on_path(path, n, start + 5 * DAY, true, &a);
		deadline_settle(*state, &a, one);
		deadline_settle(*state, &a, other);
		for (size_t c = COL_DUE_SRC; c <= COL_VERDICT; c++)
			assert_true(one->values[c].set == other->values[c].set);
		assert_true(record_int(one, COL_DUE_AT, 0) == record_int(other, COL_DUE_AT, 0));
		assert_string_equal(record_text(one, COL_VERDICT),
				    record_text(other, COL_VERDICT));
		arena_free(&a);
	}
}

/* An open record never becomes late less, and soon comes before late. */
static void test_urgency_only_rises_with_time(void **state)
{
	static const int rank[] = {[DEADLINE_NONE] = 0,
				   [DEADLINE_WITHIN] = 0,
				   [DEADLINE_TODAY] = 1,
				   [DEADLINE_SOON] = 2,
				   [DEADLINE_LATE] = 3};
	srand(5);
	for (int i = 0; i < 500; i++) {
		struct arena a = ARENA_INIT;
		struct record *r = make(&a, &kind_complaint, "state=DANG_XL category=dien", "");
		int64_t t = at("2026-11-16T00:00") + rand() % 10000 * MINUTE, next;
		r->values[COL_CREATED_AT] = (struct value){.set = true, .i = t};
		deadline_settle(*state, &a, r);
		int was = 0, level = 0;
		for (int k = 0; k < 200; k++, t += 137 * MINUTE) {
			struct deadline_look look;
			deadline_look(*state, r, t, &look);
			assert_true(look.state < ARRAY_LEN(rank) && rank[look.state] >= was);
			was = rank[look.state];
			assert_true((look.state == DEADLINE_LATE) ==
				    (record_int(r, COL_DUE_AT, 0) < t));
			int now_level = deadline_level(*state, r, t, &next);
			assert_true(now_level >= level && (next == CLOCK_NONE || next > t));
			level = now_level;
		}
		assert_int_equal(level, 3);
		arena_free(&a);
	}
}

/* Histories that are no histories, cut anywhere. */
static void test_broken_history_is_none(void **state)
{
	struct arena a = ARENA_INIT;
	struct record *r = make(&a, &kind_dossier,
				"state=5 procedure=P5 created_at=2026-11-06T08:00",
				"2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00");
	size_t whole = r->detail_n;
	for (size_t n = 0; n <= whole; n++) {
		char *copy = xmalloc(n + 1); /* so that a step beyond the end is seen */
		memcpy(copy, r->detail, n);
		struct record x = *r;
		x.detail = copy;
		x.detail_n = n;
		x.values = arena_alloc(&a, r->kind->column_count * sizeof *x.values);
		memcpy(x.values, r->values, r->kind->column_count * sizeof *x.values);
		deadline_settle(*state, &a, &x);
		free(copy);
	}
	arena_free(&a);
}

/* --- the rules --- */

static struct rulebook *parse(const char *text, struct err *e)
{
	char folder[512];
	snprintf(folder, sizeof folder, "%s/calendars", getenv("IOC_DATA_DIR"));
	struct calendar *c = calendar_open_folder(folder, e);
	return rulebook_parse(c, "d.yaml", text, strlen(text), e);
}

static void test_wrong_rules_are_named_with_their_place(void **state)
{
	static const char *const wrong[][2] = {
		{"rulez: []", "d.yaml:1:1: unknown key \"rulez\"; did you mean \"rules\"?"},
		{"rules:\n- {kind: complait}",
		 "d.yaml:2:10: unknown kind \"complait\"; did you mean \"complaint\"?"},
		{"rules:\n- {kind: dossier, handle: 2 h}",
		 "d.yaml:2:19: unknown key \"handle\""},
		{"rules:\n- {kind: call, callbak: 2 h}",
		 "d.yaml:2:16: unknown key \"callbak\"; did you mean \"callback\"?"},
		{"rules:\n- {kind: call, callback: 2 weeks}",
		 "d.yaml:2:26: a limit is written"},
		{"rules:\n- {kind: call, callback: -2 h}", "d.yaml:2:26: a limit is written"},
		{"rules:\n- {kind: call, calendar: ofice}",
		 "d.yaml:2:26: there is no calendar"},
		{"rules:\n- {kind: call, from: 2026-13-01}", "d.yaml:2:22: a day is written"},
		{"rules:\n- {kind: call, from: 2026-02-01, to: 2026-01-01}",
		 "d.yaml:2:38: it ends before it begins"},
		{"rules:\n- {kind: complaint, flag: urgnt}", "d.yaml:2:27: no flag"},
		{"rules:\n- {kind: call, escalate: {a: 2 h, b: 1 h}}",
		 "d.yaml:2:38: a level can't be reached"},
		{"settings: {early: 2 months}", "d.yaml:1:19: open time is written"},
		{"settings: {same_day_after: 25:00}", "d.yaml:1:28: a time of day"},
		{"settings: {working_days: half}", "d.yaml:1:26: working days are counted"},
		{"defaults: {calls: {}}",
		 "d.yaml:1:12: unknown kind \"calls\"; did you mean \"call\"?"},
		{"rules: 5", "d.yaml:1:8: a list"},
		{"- 5", "d.yaml:1:3: a map"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct err e = ERR_INIT;
		struct rulebook *b = parse(wrong[i][0], &e);
		if (b || strncmp(e.text, wrong[i][1], strlen(wrong[i][1])) != 0)
			fail_msg("%s\n%s\n%s", wrong[i][0], e.text, wrong[i][1]);
	}
}

static void test_empty_rules_leave_the_source_alone(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct arena a = ARENA_INIT;
	struct rulebook *b = parse("", &e);
	assert_non_null(b);
	struct record *r = make(
		&a, &kind_complaint,
		"state=DANG_XL created_at=2026-11-20T08:00 due_at=2026-11-23T08:00", "");
	deadline_settle(b, &a, r);
	assert_null(rulebook_rule(b, r));
	assert_true(record_int(r, COL_DUE_AT, 0) == at("2026-11-23T08:00"));
	assert_false(r->values[COL_DUE_CALC].set);
	rulebook_free(b);
	arena_free(&a);
}

static const char *rule_of(const struct rulebook *b, const char *fields)
{
	struct arena a = ARENA_INIT;
	const struct rule *r = rulebook_rule(b, make(&a, &kind_complaint, fields, ""));
	arena_free(&a);
	return r ? r->id : "";
}

static void add_category(struct rulebook *b, const char *fields)
{
	struct arena a = ARENA_INIT;
	rulebook_add_row(b, make(&a, &kind_category, fields, ""));
	arena_free(&a);
}

static void test_the_nearest_rule_wins(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct rulebook *b = parse(
		"rules:\n"
		"- {kind: complaint, handle: 9 h}\n"
		"- {kind: complaint, handle: 8 h, from: 2026-06-01}\n"
		"- {kind: complaint, category: dien, handle: 7 h, publish: 2 working days}\n"
		"- {kind: complaint, flag: urgent, handle: 1 h, from: 2026-03-01}\n",
		&e);
	assert_non_null(b);
	assert_string_equal(rule_of(b, "created_at=2026-05-31T23:59"), "complaint");
	assert_string_equal(rule_of(b, "created_at=2026-06-01T00:00"), "complaint@2026-06-01");
	assert_string_equal(rule_of(b, "created_at=2026-06-01 category=rac"),
			    "complaint@2026-06-01");
	assert_string_equal(rule_of(b, "created_at=2026-06-01 category=dien"),
			    "complaint/dien");
	assert_string_equal(rule_of(b, "created_at=2026-06-01 category=dien urgent=1"),
			    "complaint/urgent@2026-03-01");
	assert_string_equal(rule_of(b, "created_at=2026-02-28 category=dien urgent=1"),
			    "complaint/dien");
	char *before = xstrdup(rulebook_version(b));
	add_category(b, "code=dien applies_to=complaint handle_h=3 clock=gio");
	assert_string_not_equal(rulebook_version(b), before);
	free(before);
	struct arena a = ARENA_INIT;
	struct record *r = make(&a, &kind_complaint, "created_at=2026-06-01 category=dien", "");
	const struct rule *rule = rulebook_rule(b, r);
	/* The catalogue's hours around the clock; what it doesn't say stays as the file says.
	 */
	assert_string_equal(rule->calendar, "always");
	assert_true(rule->limits[CLOCK_HANDLE].amount == 3 &&
		    rule->limits[CLOCK_HANDLE].unit == LIMIT_HOURS);
	assert_true(rule->limits[CLOCK_PUBLISH].unit == LIMIT_WORKING_DAYS);
	assert_string_equal(rule->limits[CLOCK_PUBLISH].calendar, "office");
	arena_free(&a);
	rulebook_free(b);
}

static void test_version_does_not_depend_on_the_order_of_rows(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct rulebook *x = parse("rules: []", &e), *y = parse("rules: []", &e);
	add_category(x, "code=dien applies_to=complaint handle_h=3 clock=gio");
	add_category(x, "code=rac applies_to=complaint handle_h=4 clock=gio");
	add_category(y, "code=rac applies_to=complaint handle_h=4 clock=gio");
	add_category(y, "code=dien applies_to=complaint handle_h=3 clock=gio");
	assert_string_equal(rulebook_version(x), rulebook_version(y));
	add_category(y, "code=x applies_to=complaint handle_h=4 clock=gio");
	assert_string_not_equal(rulebook_version(x), rulebook_version(y));
	rulebook_free(x);
	rulebook_free(y);
}

/* The table of the reference settings: accept, handle, soon, leader, chairman. */
static void test_fields_have_the_hours_of_the_table(void **state)
{
	static const struct {
		const char *category;
		int accept, handle, soon, leader, chairman;
	} table[] = {
		{"an-ninh", 2, 16, 4, 8, 16},
		{"an-toan-thuc-pham", 2, 24, 6, 12, 24},
		{"dien", 2, 24, 6, 12, 24},
		{"cap-thoat-nuoc", 4, 48, 8, 16, 32},
		{"rac-thai", 4, 24, 8, 16, 32},
		{"trat-tu-do-thi", 6, 40, 12, 24, 48},
		{"xay-dung", 4, 72, 12, 12, 24},
		{"giao-thong", 8, 168, 24, 24, 48},
		{"o-nhiem", 8, 72, 24, 24, 48},
		{"y-te-giao-duc", 8, 72, 24, 24, 48},
		{"can-bo", 8, 120, 24, 24, 48},
		{"khac", 8, 72, 24, 24, 48},
		{"mot-linh-vuc-moi", 8, 56, 24, 24, 48},
	};
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct arena a = ARENA_INIT;
		struct record *r = make(&a, &kind_complaint, "state=MOI created_at=2026-11-20",
					"");
		put(&a, r, "category", table[i].category);
		const struct rule *rule = rulebook_rule(*state, r);
		assert_true(rule->limits[CLOCK_ACCEPT].amount == table[i].accept);
		assert_true(rule->limits[CLOCK_HANDLE].amount == table[i].handle);
		assert_true(rule->soon == table[i].soon * HOUR);
		assert_int_equal(rule->escalation_count, 3);
		assert_true(rule->escalations[1].after == table[i].leader * HOUR);
		assert_true(rule->escalations[2].after == table[i].chairman * HOUR);
		arena_free(&a);
	}
}

/* --- looking and explaining --- */

static void test_a_source_that_is_a_day_off_is_told(void **state)
{
	static const struct {
		const char *due;
		bool differs;
	} table[] = {
		/* Ours is Thu 26/11 17:30; the day before it, Wed 25/11 17:30, is one day away.
		 */
		{"2026-11-26T17:00", false}, {"2026-11-25T17:30", false},
		{"2026-11-25T17:29", true},  {"2026-11-27T17:30", false},
		{"2026-11-28T10:00", false}, /* no open time on a Saturday */
		{"2026-11-30T07:31", true},
	};
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct arena a = ARENA_INIT;
		struct deadline_look look;
		struct record *r = make(&a, &kind_dossier,
					"state=4 procedure=P3 created_at=2026-11-20T08:30", "");
		put(&a, r, "due_at", table[i].due);
		deadline_settle(*state, &a, r);
		deadline_look(*state, r, at("2026-11-20T09:00"), &look);
		assert_int_equal(look.differs, table[i].differs);
		arena_free(&a);
	}
}

static void gather(void *context, const char *label, const char *text)
{
	strbuf_addf(context, "%s: %s\n", label, text);
}

static void assert_says(const struct strbuf *b, const char *const *said)
{
	for (; *said; said++)
		if (!strstr(b->s, *said))
			fail_msg("“%s” is not in\n%s", *said, b->s);
}

static void test_every_step_is_explained(void **state)
{
	static const char *const said[] = {
		"Begun: 10/02/2026 08:00\n",
		"Rule: dossier/P5: Result 5 working days\n",
		"Calendar: Giờ hành chính, version ",
		"Basis: Procedures: P5\n",
		"By the rule: 24/02/2026 17:30\n",
		"Doesn't count: From 12/02/2026 16:00 to 23/02/2026 09:00: Supplement asked",
		"By the rule, moved: 26/02/2026 10:30\n",
		"By the source: 24/02/2026 17:00\n",
		"National rule: ",
		"In force: Result: by 07/03/2026 10:00\n",
		NULL,
	};
	struct arena a = ARENA_INIT;
	struct strbuf b = STRBUF_INIT;
	struct record *r = make(
		&a, &kind_dossier,
		"state=4 procedure=P5 created_at=2026-02-10T08:00 due_at=2026-02-24T17:00",
		"2@2026-02-10T08:00 5@2026-02-12T16:00 4@2026-02-23T09:00");
	deadline_settle(*state, &a, r);
	deadline_explain(*state, r, at("2026-02-23T10:00"), gather, &b);
	assert_says(&b, said);
	strbuf_free(&b);
	arena_free(&a);
}

static void test_a_year_without_notice_is_told(void **state)
{
	static const char *const said[] = {
		"Uncertain: The holidays of 2027 are not all known yet\n", NULL};
	struct arena a = ARENA_INIT;
	struct strbuf b = STRBUF_INIT;
	struct deadline_look look;
	struct record *r = make(&a, &kind_dossier,
				"state=4 procedure=P10 created_at=2026-12-28T08:00", "");
	deadline_settle(*state, &a, r);
	deadline_look(*state, r, at("2026-12-28T09:00"), &look);
	assert_true(look.uncertain);
	deadline_explain(*state, r, at("2026-12-28T09:00"), gather, &b);
	assert_says(&b, said);
	strbuf_free(&b);
	arena_free(&a);
}

/* 16 h of handling from Fri 20/11 08:00 end Wed 25/11 08:00; 4 h before that are half an hour
 * of Wed and, over the holiday of Tue 24/11, 3.5 h of Mon 23/11: 14:00, 8 h after it Thu 26/11
 * 08:00, 16 h Fri 27/11 08:00. */
static void test_levels_are_reached_in_working_time(void **state)
{
	static const struct {
		const char *now;
		int level;
		const char *next;
	} table[] = {
		{"2026-11-20T10:00", 0, "2026-11-23T14:00"},
		{"2026-11-23T13:59", 0, "2026-11-23T14:00"},
		{"2026-11-23T14:00", 1, "2026-11-26T08:00"},
		{"2026-11-26T07:59", 1, "2026-11-26T08:00"},
		{"2026-11-26T08:00", 2, "2026-11-27T08:00"},
		{"2026-11-27T08:00", 3, NULL},
	};
	struct arena a = ARENA_INIT;
	struct record *r = make(&a, &kind_complaint,
				"state=DANG_XL category=an-ninh created_at=2026-11-20T08:00",
				"");
	deadline_settle(*state, &a, r);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int64_t next;
		assert_int_equal(deadline_level(*state, r, at(table[i].now), &next),
				 table[i].level);
		assert_true(next == (table[i].next ? at(table[i].next) : CLOCK_NONE));
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases_worked_out_by_hand),
		cmocka_unit_test(test_late_is_what_the_text_of_the_rule_says),
		cmocka_unit_test(test_order_of_the_history_does_not_matter),
		cmocka_unit_test(test_urgency_only_rises_with_time),
		cmocka_unit_test(test_broken_history_is_none),
		cmocka_unit_test(test_wrong_rules_are_named_with_their_place),
		cmocka_unit_test(test_empty_rules_leave_the_source_alone),
		cmocka_unit_test(test_the_nearest_rule_wins),
		cmocka_unit_test(test_version_does_not_depend_on_the_order_of_rows),
		cmocka_unit_test(test_fields_have_the_hours_of_the_table),
		cmocka_unit_test(test_a_source_that_is_a_day_off_is_told),
		cmocka_unit_test(test_every_step_is_explained),
		cmocka_unit_test(test_a_year_without_notice_is_told),
		cmocka_unit_test(test_levels_are_reached_in_working_time),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

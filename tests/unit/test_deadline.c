/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines over the shipped rules and calendars: cases worked out by hand, each with its
 * reasoning. */
#include "deadline_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases_worked_out_by_hand),
	};
	return cmocka_run_group_tests(tests, open_rules, close_rules);
}

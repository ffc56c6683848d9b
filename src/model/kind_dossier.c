/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the one-stop desk (hồ sơ một cửa).  States are the ten codes that local systems
 * share with Cổng Dịch vụ công quốc gia; early, on time and late follow QĐ 766/QĐ-TTg. */
#include "model/kinds.h"
#include "model/standard_columns.h"

/* clang-format off */
static const struct choice channels[] = {
	{"1", N_("At the counter")},
	{"2", N_("Online")},
	{"3", N_("By post")},
	{NULL, NULL},
};

static const struct choice applicant_types[] = {
	{"citizen", N_("Citizen")},
	{"business", N_("Business")},
	{"household", N_("Household business")},
	{NULL, NULL},
};

static const struct column columns[] = {
	STANDARD_COLUMNS(N_("Procedure"), N_("Received on"), 6, 4, "category", N_("Field"), channels),
	{.id = "procedure", .title = N_("Procedure code"), .type = COLUMN_REF, .ref = "procedure", .min = 8, .width = 10, .alias = "thutuc,matthc"},
	{.id = "applicant_name", .title = N_("Applicant"), .personal = PERSONAL_NAME, .flags = COLUMN_SEARCHED, .min = 8, .width = 18, .keep = 8, .alias = "chuhoso,nguoinop"},
	{.id = "applicant_phone", .title = N_("Phone"), .personal = PERSONAL_PHONE, .flags = COLUMN_SEARCHED, .min = 10, .width = 12, .alias = "sdt,dienthoai,sodienthoai"},
	{.id = "applicant_type", .title = N_("Applicant type"), .type = COLUMN_CHOICE, .choices = applicant_types, .min = 8, .width = 10, .alias = "doituong"},
	{.id = "helped_at", .title = N_("Helped at"), .type = COLUMN_REF, .ref = "unit", .min = 8, .width = 16, .alias = "noihotro"},
	{.id = "received_by", .title = N_("Received by"), .type = COLUMN_REF, .ref = "unit", .min = 8, .width = 16, .alias = "noitiepnhan"},
	OFFICER_COLUMN,
	{.id = "registered_at", .title = N_("Registered"), .type = COLUMN_TIME, .min = 11, .width = 11, .alias = "dangky"},
	{.id = "finished_at", .title = N_("Finished"), .type = COLUMN_TIME, .flags = COLUMN_SORTED, .min = 11, .width = 11, .alias = "xulyxong"},
	{.id = "returned_at", .title = N_("Handed over"), .type = COLUMN_TIME, .min = 11, .width = 11, .alias = "traketqua"},
	{.id = "paused_s", .title = N_("Paused"), .type = COLUMN_DURATION, .min = 6, .width = 8, .right = true, .alias = "tamdung"},
	{.id = "supplement_count", .title = N_("Supplements asked"), .type = COLUMN_INTEGER, .min = 3, .width = 4, .right = true, .alias = "bosung"},
	EXTENDED_COLUMN,
	{.id = "fee", .title = N_("Fee"), .type = COLUMN_INTEGER, .min = 6, .width = 9, .right = true, .alias = "lephi"},
	RATING_COLUMN,
	{.id = NULL},
};

static const struct state states[] = {
	{"1", N_("Newly registered"), STATE_OPEN | STATE_WAITING, TONE_NEW},
	{"2", N_("Received"), STATE_OPEN, TONE_ACTIVE},
	{"3", N_("Not received"), 0, TONE_DIM},
	{"4", N_("Being processed"), STATE_OPEN, TONE_ACTIVE},
	{"5", N_("Supplement asked"), STATE_OPEN | STATE_PAUSED, TONE_DIM},
	{"6", N_("Payment asked"), STATE_OPEN | STATE_PAUSED, TONE_DIM},
	{"7", N_("Withdrawn by the applicant"), 0, TONE_DIM},
	{"8", N_("Stopped"), 0, TONE_DIM},
	{"9", N_("Processed"), STATE_HANDLED, TONE_GOOD},
	{"10", N_("Result handed over"), STATE_HANDLED, TONE_DIM},
	{NULL, NULL, 0, TONE_NORMAL},
};

static const struct predicate predicates[] = {
	{"open", N_("open"), "state:1,2,4,5,6"},
	{"received", N_("received"), "-state:1,3"},
	{"handled", N_("solved"), "state:9,10"},
	{"solved", N_("solved"), "state:9,10"},
	{"early", N_("solved early"), "is:solved verdict:early"},
	{"ontime", N_("solved early or on time"), "is:solved verdict:early,ontime"},
	{"solvedlate", N_("solved late"), "is:solved verdict:late"},
	DEADLINE_PREDICATES,
	{"today", N_("due today"), "is:open due_at>=now due_at<tomorrow"},
	{"paused", N_("waiting, the clock stands still"), "is:open paused_at:any"},
	{"new", N_("new"), "state:1"},
	{"online", N_("online"), "channel:2"},
	{"waiting", N_("waiting for somebody to take it"), "state:1"},
	{"unassigned", N_("unassigned"), "is:open unit:none"},
	{"mine", N_("mine"), "is:open officer:me"},
	{"myunit", N_("my unit's"), "is:open unit:mine"},
	{"citizen", N_("waiting for the citizen"), "state:5,6"},
	{"returned", N_("supplements asked twice or more"), "is:open supplement_count>=2"},
	{"arrived", N_("come in today"), "created_at:today"},
	{NULL, NULL, NULL},
};
/* clang-format on */

const struct kind kind_dossier = {
	.id = "dossier",
	.plural = "dossiers",
	.title = N_("Dossiers"),
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns - 1,
	.states = states,
	.predicates = predicates,
	.default_filter = "is:open",
	.default_sort = "due_at",
};

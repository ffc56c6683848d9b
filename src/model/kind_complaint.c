/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Citizens' field reports (phản ánh hiện trường). */
#include "model/kinds.h"
#include "model/standard_columns.h"

/* clang-format off */
const struct choice complaint_channels[] = {
	{"app", N_("City app")},
	{"web", N_("Portal")},
	{"hotline", N_("Hotline")},
	{"zalo", N_("Zalo")},
	{"facebook", N_("Facebook")},
	{"email", N_("E-mail")},
	{"can-bo-nhap-ho", N_("Entered by staff")},
	{"callbot", N_("Callbot")},
	{"camera", N_("Camera")},
	{"mang-xa-hoi", N_("Social networks")},
	{NULL, NULL},
};

static const struct column columns[] = {
	STANDARD_COLUMNS(N_("Report"), N_("Sent"), 6, 4, "category", N_("Field"), complaint_channels),
	{.id = "reporter_name", .title = N_("Reporter"), .personal = PERSONAL_NAME, .flags = COLUMN_SEARCHED, .min = 8, .width = 18, .alias = "nguoigui"},
	{.id = "reporter_phone", .title = N_("Phone"), .personal = PERSONAL_PHONE, .flags = COLUMN_SEARCHED, .min = 10, .width = 12, .alias = "sdt,dienthoai,sodienthoai"},
	OFFICER_COLUMN,
	{.id = "co_units", .title = N_("Co-ordinating units"), .min = 8, .width = 20, .alias = "phoihop"},
	{.id = "urgent", .title = N_("Urgent"), .type = COLUMN_FLAG, .flags = COLUMN_SORTED, .min = 4, .width = 6, .alias = "khan"},
	{.id = "anonymous", .title = N_("Anonymous"), .type = COLUMN_FLAG, .min = 4, .width = 6, .alias = "andanh"},
	{.id = "public", .title = N_("Public"), .type = COLUMN_FLAG, .min = 4, .width = 6, .alias = "congkhai"},
	RESTRICTED_COLUMN,
	{.id = "returned_count", .title = N_("Returned"), .type = COLUMN_INTEGER, .flags = COLUMN_SORTED, .min = 3, .width = 4, .right = true, .alias = "tralai"},
	EXTENDED_COLUMN,
	{.id = "merged_into", .title = N_("Merged into"), .min = 8, .width = 12, .alias = "gopvao"},
	RATING_COLUMN,
	{.id = "accept_due_at", .title = N_("Accept by"), .type = COLUMN_DEADLINE, .min = 11, .width = 13, .alias = "hantiepnhan"},
	{.id = "result", .title = N_("Result"), .personal = PERSONAL_TEXT, .flags = COLUMN_LONG | COLUMN_SEARCHED, .alias = "ketqua"},
	{.id = NULL},
};

static const struct state states[] = {
	{"MOI", N_("New"), STATE_OPEN | STATE_WAITING, TONE_NEW},
	{"XAC_MINH", N_("Being verified"), STATE_OPEN, TONE_ACTIVE},
	{"CHO_BS", N_("Waiting for the citizen"), STATE_OPEN | STATE_PAUSED, TONE_DIM},
	{"DA_CHUYEN", N_("Distributed"), STATE_OPEN | STATE_WAITING, TONE_ACTIVE},
	{"DANG_XL", N_("In progress"), STATE_OPEN, TONE_ACTIVE},
	{"CHO_DUYET", N_("Awaiting approval"), STATE_OPEN, TONE_ACTIVE},
	{"DA_XL", N_("Handled"), STATE_HANDLED, TONE_GOOD},
	{"CHO_DAN", N_("Citizen to confirm"), STATE_HANDLED, TONE_GOOD},
	{"DONG", N_("Closed"), STATE_HANDLED, TONE_DIM},
	{"TU_CHOI", N_("Not accepted"), 0, TONE_DIM},
	{"CHUYEN_CAP", N_("Referred upwards"), 0, TONE_DIM},
	{NULL, NULL, 0, TONE_NORMAL},
};

static const struct predicate predicates[] = {
	{"open", N_("open"), "state:MOI,XAC_MINH,CHO_BS,DA_CHUYEN,DANG_XL,CHO_DUYET"},
	{"handled", N_("handled"), "state:DA_XL,CHO_DAN,DONG"},
	{"new", N_("new"), "state:MOI"},
	{"unassigned", N_("unassigned"), "is:open unit:none"},
	{"urgent", N_("urgent"), "is:open urgent:1"},
	DEADLINE_PREDICATES,
	{"today", N_("due today"), "is:open due_at>=now due_at<tomorrow"},
	{"paused", N_("waiting, the clock stands still"), "is:open paused_at:any"},
	{"ontime", N_("handled on time"), "is:handled verdict:early,ontime"},
	{"solvedlate", N_("handled late"), "is:handled verdict:late"},
	{"publishlate", N_("late to be published"), "state:CHO_DUYET,DA_XL clock:publish due_at<now"},
	{"waiting", N_("waiting for somebody to take it"), "state:MOI,DA_CHUYEN"},
	{"mine", N_("mine"), "is:open officer:me"},
	{"myunit", N_("my unit's"), "is:open unit:mine"},
	{"citizen", N_("waiting for the citizen"), "state:CHO_BS"},
	{"returned", N_("returned twice or more"), "is:open returned_count>=2"},
	{"arrived", N_("come in today"), "created_at:today"},
	{NULL, NULL, NULL},
};
/* clang-format on */

const struct kind kind_complaint = {
	.id = "complaint",
	.plural = "complaints",
	.title = N_("Complaints"),
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns - 1,
	.states = states,
	.predicates = predicates,
	.default_filter = "is:open",
	.default_sort = "due_at",
};

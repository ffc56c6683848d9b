/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events raised by cameras and their analytics.  The console proposes; finding a violation is
 * the police's. */
#include "model/kinds.h"
#include "model/standard_columns.h"

/* clang-format off */
static const struct choice channels[] = {
	{"camera", N_("Camera")},
	{"analytics", N_("Analytics")},
	{"monitor", N_("Device watch")},
	{NULL, NULL},
};

const struct choice alert_reasons[] = {
	{"bao-nham", N_("False alarm")},
	{"trung", N_("Duplicate")},
	{"thu-thiet-bi", N_("Device test")},
	{"xe-uu-tien", N_("Priority vehicle")},
	{"khong-du-ro", N_("Not clear enough")},
	{"tat-canh-bao", N_("Camera muted")},
	{NULL, NULL},
};

static const struct column columns[] = {
	STANDARD_COLUMNS(N_("Alert"), N_("First seen"), 7, 8, "category", N_("Type"), channels),
	{.id = "camera", .title = N_("Camera"), .type = COLUMN_REF, .ref = "camera", .flags = COLUMN_SORTED | COLUMN_SEARCHED, .min = 12, .width = 20, .keep = 3, .alias = "cam"},
	{.id = "last_at", .title = N_("Last seen"), .type = COLUMN_TIME, .flags = COLUMN_SORTED, .min = 11, .width = 11, .alias = "cuoi"},
	{.id = "count", .title = N_("Times"), .type = COLUMN_INTEGER, .flags = COLUMN_SORTED, .min = 3, .width = 4, .keep = 7, .right = true, .alias = "solan"},
	{.id = "score", .title = N_("Score"), .type = COLUMN_REAL, .flags = COLUMN_SORTED, .min = 4, .width = 5, .keep = 8, .right = true, .alias = "dotincay"},
	{.id = "plate", .title = N_("Plate"), .personal = PERSONAL_PLATE, .flags = COLUMN_SEARCHED, .min = 10, .width = 11, .keep = 5, .alias = "bienso,bien"},
	{.id = "vehicle", .title = N_("Vehicle"), .min = 6, .width = 10, .alias = "phuongtien"},
	{.id = "lane", .title = N_("Lane"), .min = 3, .width = 4, .alias = "lan"},
	{.id = "image_url", .title = N_("Picture"), .min = 10, .width = 20, .alias = "anh"},
	{.id = "clip_url", .title = N_("Clip"), .min = 10, .width = 20},
	{.id = "url_expires_at", .title = N_("Links expire"), .type = COLUMN_TIME, .min = 11, .width = 11},
	{.id = "ack_by", .title = N_("Acknowledged by"), .flags = COLUMN_STAFF, .min = 8, .width = 14, .alias = "nguoixacnhan,assignee,phutrach"},
	{.id = "ack_at", .title = N_("Acknowledged"), .type = COLUMN_TIME, .min = 11, .width = 11, .alias = "xacnhanluc"},
	REASON_COLUMN(alert_reasons),
	CASE_COLUMN,
	RESTRICTED_COLUMN,
	{.id = NULL},
};

static const struct state states[] = {
	{"MOI", N_("New"), STATE_OPEN | STATE_WAITING, TONE_NEW},
	{"DA_XN", N_("Confirmed"), STATE_OPEN, TONE_ACTIVE},
	{"DA_CHUYEN", N_("Handed on"), STATE_OPEN, TONE_ACTIVE},
	{"DONG", N_("Closed"), STATE_HANDLED, TONE_DIM},
	{"BO_QUA", N_("Dismissed"), 0, TONE_DIM},
	{NULL, NULL, 0, TONE_NORMAL},
};

static const struct predicate predicates[] = {
	{"open", N_("open"), "state:MOI,DA_XN,DA_CHUYEN"},
	{"handled", N_("handled"), "state:DONG"},
	{"new", N_("new"), "state:MOI"},
	DEADLINE_PREDICATES,
	{"today", N_("due today"), "is:open due_at>=now due_at<tomorrow"},
	{"ontime", N_("acknowledged on time"), "verdict:early,ontime"},
	{"solvedlate", N_("acknowledged late"), "verdict:late"},
	{"urgent", N_("urgent"), "is:open severity>=4"},
	{"waiting", N_("waiting for somebody to take it"), "state:MOI"},
	{"unassigned", N_("unassigned"), "is:open ack_by:none"},
	{"mine", N_("mine"), "is:open ack_by:me"},
	{"myunit", N_("my unit's"), "is:open unit:mine"},
	{"arrived", N_("come in today"), "created_at:today"},
	{NULL, NULL, NULL},
};
/* clang-format on */

const struct kind kind_alert = {
	.id = "alert",
	.plural = "alerts",
	.title = N_("Cameras"),
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns - 1,
	.states = states,
	.predicates = predicates,
	.default_filter = "is:open",
	.default_sort = "-created_at",
};

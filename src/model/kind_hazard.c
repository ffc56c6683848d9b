/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warnings of natural disasters and other hazards.  The level is that of QĐ 18/2021/QĐ-TTg
 * (1 to 5); sources that speak CAP 1.2 give it by severity. */
#include "model/kinds.h"
#include "model/standard_columns.h"

/* clang-format off */
static const struct choice channels[] = {
	{"kttv", N_("Weather service")},
	{"pctt", N_("Disaster prevention")},
	{"cap", N_("Alerting feed")},
	{"khac", N_("Other")},
	{NULL, NULL},
};

static const struct choice urgencies[] = {
	{"immediate", N_("Act at once")},
	{"expected", N_("Act soon")},
	{"future", N_("Later")},
	{"past", N_("Over")},
	{"unknown", N_("Unknown")},
	{NULL, NULL},
};

static const struct choice certainties[] = {
	{"observed", N_("Observed")},
	{"likely", N_("Likely")},
	{"possible", N_("Possible")},
	{"unlikely", N_("Unlikely")},
	{"unknown", N_("Unknown")},
	{NULL, NULL},
};

static const struct column columns[] = {
	STANDARD_COLUMNS(N_("Warning"), N_("Issued"), 8, 8, "category", N_("Type"), channels),
	{.id = "event", .title = N_("Event"), .flags = COLUMN_SEARCHED, .min = 10, .width = 20, .keep = 4, .alias = "hientuong"},
	{.id = "areas", .title = N_("Where"), .flags = COLUMN_SEARCHED, .min = 12, .width = 30, .keep = 3, .alias = "noi,vung"},
	{.id = "sender", .title = N_("Issued by"), .flags = COLUMN_SEARCHED, .min = 10, .width = 20, .keep = 7, .alias = "noiphat"},
	{.id = "onset_at", .title = N_("Begins"), .type = COLUMN_TIME, .flags = COLUMN_SORTED, .min = 11, .width = 11, .alias = "batdau"},
	{.id = "until_at", .title = N_("Until"), .type = COLUMN_TIME, .flags = COLUMN_SORTED, .min = 11, .width = 11, .keep = 4, .alias = "den,hieuluc"},
	{.id = "urgency", .title = N_("Urgency"), .type = COLUMN_CHOICE, .choices = urgencies, .min = 8, .width = 12, .alias = "khancap"},
	{.id = "certainty", .title = N_("Certainty"), .type = COLUMN_CHOICE, .choices = certainties, .min = 8, .width = 12, .alias = "chacchan"},
	{.id = "instruction", .title = N_("What to do"), .flags = COLUMN_SEARCHED | COLUMN_LONG, .alias = "huongdan"},
	{.id = "web_url", .title = N_("Page"), .min = 10, .width = 20, .alias = "trang"},
	{.id = "replaces", .title = N_("Replaces"), .min = 8, .width = 14, .alias = "thaythe"},
	{.id = "ack_by", .title = N_("Acknowledged by"), .flags = COLUMN_STAFF, .min = 8, .width = 14, .alias = "nguoixacnhan,assignee,phutrach"},
	{.id = "ack_at", .title = N_("Acknowledged"), .type = COLUMN_TIME, .min = 11, .width = 11, .alias = "xacnhanluc"},
	{.id = NULL},
};

static const struct state states[] = {
	{"HIEU_LUC", N_("Warning in force"), STATE_OPEN | STATE_WAITING, TONE_BAD},
	{"DA_XN", N_("Warning acknowledged"), STATE_OPEN, TONE_WARN},
	{"HET", N_("Over"), STATE_HANDLED, TONE_DIM},
	{"HUY", N_("Cancelled"), 0, TONE_DIM},
	{NULL, NULL, 0, TONE_NORMAL},
};

static const struct predicate predicates[] = {
	{"open", N_("in force"), "state:HIEU_LUC,DA_XN"},
	{"handled", N_("over"), "state:HET"},
	{"new", N_("new"), "state:HIEU_LUC"},
	{"inforce", N_("in force now"), "state:HIEU_LUC,DA_XN -until_at<now"},
	DEADLINE_PREDICATES,
	{"urgent", N_("level 3 and above"), "is:inforce severity>=3"},
	{"mine", N_("mine"), "is:open ack_by:me"},
	{"arrived", N_("come in today"), "created_at:today"},
	{"waiting", N_("waiting for an acknowledgement"), "state:HIEU_LUC -until_at<now"},
	{NULL, NULL, NULL},
};
/* clang-format on */

const struct kind kind_hazard = {
	.id = "hazard",
	.plural = "hazards",
	.title = N_("Hazards"),
	.optional = true,
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns - 1,
	.states = states,
	.predicates = predicates,
	.default_filter = "is:inforce",
	.default_sort = "-severity",
};

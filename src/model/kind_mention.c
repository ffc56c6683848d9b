/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people and papers write about the city in public: seen, counted, and made a complaint
 * where somebody has to act. */
#include "model/kinds.h"
#include "model/standard_columns.h"

/* clang-format off */
static const struct choice channels[] = {
	{"facebook", N_("Facebook")},
	{"zalo", N_("Zalo")},
	{"tiktok", N_("TikTok")},
	{"youtube", N_("YouTube")},
	{"bao", N_("Newspaper")},
	{"khac", N_("Other")},
	{NULL, NULL},
};

static const struct choice moods[] = {
	{"tot", N_("Good")},
	{"trung-tinh", N_("Neutral")},
	{"xau", N_("Bad")},
	{NULL, NULL},
};

const struct choice mention_reasons[] = {
	{"khong-lien-quan", N_("Not about us")},
	{"trung", N_("Duplicate")},
	{"quang-cao", N_("Advertising")},
	{"cu", N_("Old matter")},
	{NULL, NULL},
};

static const struct column columns[] = {
	STANDARD_COLUMNS(N_("Mention"), N_("Published"), 7, 8, "category", N_("Field"), channels),
	{.id = "author", .title = N_("Author"), .personal = PERSONAL_NAME, .flags = COLUMN_SEARCHED, .min = 10, .width = 18, .keep = 6, .alias = "tacgia"},
	{.id = "mood", .title = N_("Mood"), .type = COLUMN_CHOICE, .choices = moods, .flags = COLUMN_SORTED, .min = 6, .width = 10, .keep = 6, .alias = "sacthai"},
	{.id = "reach", .title = N_("Reach"), .type = COLUMN_INTEGER, .flags = COLUMN_SORTED, .min = 6, .width = 8, .keep = 3, .right = true, .alias = "tiepcan"},
	{.id = "reactions", .title = N_("Reactions"), .type = COLUMN_INTEGER, .min = 5, .width = 7, .right = true, .alias = "camxuc"},
	{.id = "comments", .title = N_("Comments"), .type = COLUMN_INTEGER, .min = 5, .width = 7, .right = true, .alias = "binhluan"},
	{.id = "shares", .title = N_("Shares"), .type = COLUMN_INTEGER, .min = 5, .width = 7, .right = true, .alias = "chiase"},
	{.id = "hot", .title = N_("Hot"), .type = COLUMN_FLAG, .flags = COLUMN_SORTED, .min = 4, .width = 5, .keep = 4, .alias = "nong"},
	{.id = "url", .title = N_("Address on the net"), .min = 10, .width = 30, .alias = "duongdan"},
	REASON_COLUMN(mention_reasons),
	CASE_COLUMN,
	{.id = NULL},
};

static const struct state states[] = {
	{"MOI", N_("New"), STATE_OPEN | STATE_WAITING, TONE_NEW},
	{"THEO_DOI", N_("Watched"), STATE_OPEN, TONE_ACTIVE},
	{"DA_CHUYEN", N_("Handed on"), STATE_HANDLED, TONE_GOOD},
	{"DONG", N_("Closed"), STATE_HANDLED, TONE_DIM},
	{"BO_QUA", N_("Dismissed"), 0, TONE_DIM},
	{NULL, NULL, 0, TONE_NORMAL},
};

static const struct predicate predicates[] = {
	{"open", N_("open"), "state:MOI,THEO_DOI"},
	{"handled", N_("handled"), "state:DA_CHUYEN,DONG"},
	{"new", N_("new"), "state:MOI"},
	{"hot", N_("hot"), "is:open hot:1"},
	DEADLINE_PREDICATES,
	{"urgent", N_("hot"), "is:open hot:1"},
	{"waiting", N_("waiting for somebody to look"), "state:MOI"},
	{"myunit", N_("my unit's"), "is:open unit:mine"},
	{"arrived", N_("come in today"), "created_at:today"},
	{NULL, NULL, NULL},
};
/* clang-format on */

const struct kind kind_mention = {
	.id = "mention",
	.plural = "mentions",
	.title = N_("Social networks"),
	.optional = true,
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns - 1,
	.states = states,
	.predicates = predicates,
	.default_filter = "is:open",
	.default_sort = "-created_at",
};

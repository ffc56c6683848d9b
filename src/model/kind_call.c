/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callbot and hotline call logs (cuộc gọi).  The state is the outcome of the call; only a
 * missed hand-over waits for a person. */
#include "model/kinds.h"
#include "model/standard_columns.h"

/* clang-format off */
static const struct choice channels[] = {
	{"callbot", N_("Callbot")},
	{"hotline", N_("Hotline")},
	{"out", N_("Outgoing")},
	{NULL, NULL},
};

static const struct column columns[] = {
	STANDARD_COLUMNS(N_("Call"), N_("Started"), 8, 6, "category", N_("Intent"), channels),
	{.id = "caller", .title = N_("Caller"), .personal = PERSONAL_PHONE, .flags = COLUMN_SEARCHED, .min = 10, .width = 12, .keep = 4, .alias = "sogoi,sdt,dienthoai,sodienthoai,phone"},
	{.id = "callee", .title = N_("Called"), .min = 4, .width = 10, .alias = "sonhan"},
	{.id = "answered_at", .title = N_("Answered"), .type = COLUMN_TIME, .min = 11, .width = 11, .alias = "bocmay"},
	{.id = "ended_at", .title = N_("Ended"), .type = COLUMN_TIME, .min = 11, .width = 11, .alias = "ketthuc"},
	{.id = "duration_s", .title = N_("Length"), .type = COLUMN_DURATION, .flags = COLUMN_SORTED, .min = 5, .width = 7, .keep = 6, .right = true, .alias = "thoiluong"},
	{.id = "talk_s", .title = N_("Talk"), .type = COLUMN_DURATION, .min = 5, .width = 7, .right = true, .alias = "damthoai"},
	{.id = "wait_s", .title = N_("Waited"), .type = COLUMN_DURATION, .min = 5, .width = 7, .right = true, .alias = "cho"},
	{.id = "intent_score", .title = N_("Certainty"), .type = COLUMN_REAL, .min = 4, .width = 5, .right = true, .alias = "dotincay"},
	{.id = "bot_turns", .title = N_("Bot turns"), .type = COLUMN_INTEGER, .min = 3, .width = 4, .right = true, .alias = "luot"},
	{.id = "fallback_count", .title = N_("Not understood"), .type = COLUMN_INTEGER, .min = 3, .width = 4, .right = true, .alias = "khonghieu"},
	{.id = "handover_to", .title = N_("Handed to"), .flags = COLUMN_STAFF, .min = 8, .width = 16, .alias = "chuyencho,assignee,phutrach"},
	{.id = "sentiment", .title = N_("Sentiment"), .min = 6, .width = 10, .alias = "camxuc"},
	{.id = "recording_url", .title = N_("Recording"), .min = 10, .width = 20, .alias = "ghiam"},
	{.id = "dossier_code", .title = N_("Dossier"), .flags = COLUMN_SEARCHED | COLUMN_TAIL, .min = 8, .width = 20, .alias = "mahoso"},
	{.id = "transcript", .title = N_("Transcript"), .personal = PERSONAL_TEXT, .flags = COLUMN_LONG | COLUMN_SEARCHED, .alias = "loithoai"},
	{.id = NULL},
};

static const struct state states[] = {
	{"tra_loi_xong", N_("Answered by the bot"), STATE_HANDLED, TONE_DIM},
	{"chuyen_tdv", N_("Handed to a person"), STATE_HANDLED, TONE_NORMAL},
	{"chuyen_tdv_nho", N_("Call back"), STATE_OPEN | STATE_WAITING, TONE_NEW},
	{"da_goi_lai", N_("Called back"), STATE_HANDLED, TONE_GOOD},
	{"cup_may_som", N_("Hung up early"), 0, TONE_DIM},
	{"khong_hieu", N_("Not understood"), 0, TONE_WARN},
	{"tao_phan_anh", N_("Became a complaint"), STATE_HANDLED, TONE_NORMAL},
	{"tra_cuu_ho_so", N_("Dossier looked up"), STATE_HANDLED, TONE_DIM},
	{"quay_roi", N_("Nuisance"), 0, TONE_DIM},
	{NULL, NULL, 0, TONE_NORMAL},
};

static const struct predicate predicates[] = {
	{"open", N_("to be called back"), "state:chuyen_tdv_nho"},
	{"handled", N_("handled"), "state:tra_loi_xong,chuyen_tdv,da_goi_lai,tao_phan_anh,tra_cuu_ho_so"},
	{"new", N_("new"), "state:chuyen_tdv_nho"},
	DEADLINE_PREDICATES,
	{"today", N_("due today"), "is:open due_at>=now due_at<tomorrow"},
	{"ontime", N_("called back on time"), "verdict:early,ontime"},
	{"solvedlate", N_("called back late"), "verdict:late"},
	{"review", N_("to be reviewed by the script's owner"), "fallback_count>=2"},
	{"waiting", N_("waiting for somebody to take it"), "state:chuyen_tdv_nho"},
	{"unassigned", N_("unassigned"), "is:open handover_to:none"},
	{"mine", N_("mine"), "is:open handover_to:me"},
	{"myunit", N_("my unit's"), "is:open unit:mine"},
	{"arrived", N_("come in today"), "created_at:today"},
	{NULL, NULL, NULL},
};
/* clang-format on */

const struct kind kind_call = {
	.id = "call",
	.plural = "calls",
	.title = N_("Calls"),
	.columns = columns,
	.column_count = sizeof columns / sizeof *columns - 1,
	.states = states,
	.predicates = predicates,
	.default_filter = "",
	.default_sort = "-created_at",
};

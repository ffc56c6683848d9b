/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be done to a file of the one-stop desk.  The state's own software decides the
 * case; these are the steps that the centre and the desk take (NĐ 118/2025/NĐ-CP; forms of
 * TT 03/2025/TT-VPCP). */
#include "model/action_fields.h"

/* clang-format off */
const struct action dossier_actions[] = {
	{.id = "receive", .title = N_("Receive"), .history = "Tiếp nhận hồ sơ", .from = "1", .to = "2", .staff = STAFF_UNIT,
	 .flags = ACTION_BULK, .fields = {FIELD_DUE(0), FIELD_NOTE_FREE}},
	{.id = "reject", .title = N_("Reject"), .history = "Từ chối tiếp nhận", .from = "1", .to = "3", .staff = STAFF_UNIT,
	 .flags = ACTION_CONFIRM, .stamp = "closed_at", .fields = {FIELD_REASON}},
	{.id = "process", .title = N_("Pass on to be processed"), .history = "Chuyển xử lý", .from = "2", .to = "4", .staff = STAFF_UNIT,
	 .flags = ACTION_BULK, .fields = {FIELD_OFFICER(0), FIELD_NOTE_FREE}},
	{.id = "ask", .title = N_("Ask for a supplement"), .history = "Yêu cầu bổ sung", .from = "2,4", .to = "5", .staff = STAFF_UNIT,
	 .flags = ACTION_COUNTS, .counter = "supplement_count",
	 .fields = {{.id = "question", .title = N_("What is missing, all of it"), .flags = FIELD_LINES | FIELD_NOTE | FIELD_REQUIRED}}},
	{.id = "supplied", .title = N_("Supplement has come"), .history = "Đã bổ sung", .from = "5", .to = "4", .staff = STAFF_UNIT,
	 .fields = {FIELD_DUE(0), FIELD_NOTE_FREE}},
	{.id = "extend", .title = N_("Apologize and extend"), .history = "Xin lỗi, hẹn lại", .from = "4", .staff = STAFF_UNIT | STAFF_MANAGER,
	 .flags = ACTION_COUNTS, .counter = "extended_count", .fields = {FIELD_DUE(FIELD_REQUIRED), FIELD_REASON}},
	{.id = "finish", .title = N_("Result is there"), .history = "Hoàn thành xử lý", .from = "4", .to = "9", .staff = STAFF_UNIT,
	 .stamp = "finished_at", .fields = {FIELD_NOTE_FREE}},
	{.id = "hand-over", .title = N_("Hand the result over"), .history = "Trả kết quả", .from = "9", .to = "10", .staff = STAFF_UNIT,
	 .flags = ACTION_BULK, .stamp = "returned_at", .fields = {FIELD_NOTE_FREE}},
	{.id = "stop", .title = N_("Stop"), .history = "Dừng xử lý", .from = "2,4,5,6", .to = "8", .staff = STAFF_UNIT | STAFF_MANAGER,
	 .flags = ACTION_CONFIRM, .stamp = "closed_at", .fields = {FIELD_REASON}},
	{.id = "urge", .title = N_("Urge the unit"), .history = "Đôn đốc", .from = "*", .staff = STAFF_DESK | STAFF_MANAGER,
	 .flags = ACTION_BULK, .fields = {FIELD_NOTE_NEEDED}},
	{.id = "comment", .title = N_("Comment"), .history = "Ghi chú", .from = "1,2,3,4,5,6,7,8,9,10",
	 .staff = STAFF_DESK | STAFF_UNIT | STAFF_MANAGER, .flags = ACTION_BULK, .fields = {FIELD_NOTE_NEEDED}},
	{.id = NULL},
};
/* clang-format on */

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be done about a camera's alert.  The console only proposes: finding a violation is
 * the police's. */
#include "model/action_fields.h"
#include "model/kinds.h"

/* clang-format off */
const struct action alert_actions[] = {
	{.id = "acknowledge", .title = N_("Acknowledge"), .history = "Xác nhận", .from = "MOI", .to = "DA_XN", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .stamp = "ack_at", .actor = "ack_by", .fields = {FIELD_NOTE_FREE}},
	{.id = "dismiss", .title = N_("Dismiss"), .history = "Bỏ qua", .from = "MOI,DA_XN", .to = "BO_QUA", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .stamp = "ack_at", .actor = "ack_by",
	 .fields = {{.id = "reason", .title = N_("Reason"), .type = COLUMN_CHOICE, .choices = alert_reasons, .flags = FIELD_REQUIRED, .column = "reason", .history = "Lý do"}, FIELD_NOTE_FREE}},
	{.id = "forward", .title = N_("Hand on"), .history = "Chuyển xử lý", .from = "MOI,DA_XN", .to = "DA_CHUYEN", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .stamp = "ack_at", .actor = "ack_by",
	 .fields = {FIELD_UNIT_NEEDED, {.id = "phoned", .title = N_("Told by phone"), .type = COLUMN_FLAG, .history = "Đã báo qua điện thoại"}, FIELD_NOTE_FREE}},
	{.id = "close", .title = N_("Close"), .history = "Đóng", .from = "DA_XN,DA_CHUYEN", .to = "DONG", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .stamp = "closed_at", .fields = {FIELD_NOTE_FREE}},
	{.id = "complaint", .title = N_("Make a complaint of it"), .history = "Tạo phản ánh", .from = "MOI,DA_XN,DA_CHUYEN", .to = "DONG",
	 .staff = STAFF_DESK, .stamp = "closed_at",
	 .fields = {{.id = "title", .title = N_("Report"), .flags = FIELD_REQUIRED},
		    {.id = "category", .title = N_("Field"), .type = COLUMN_REF, .ref = "category", .flags = FIELD_REQUIRED}, FIELD_NOTE_FREE}},
	{.id = "mute", .title = N_("Mute this camera and type"), .history = "Tắt cảnh báo tạm thời", .from = "MOI,DA_XN,DA_CHUYEN",
	 .staff = STAFF_SHIFT_LEADER, .flags = ACTION_CONFIRM,
	 .fields = {{.id = "until", .title = N_("Until"), .type = COLUMN_TIME, .flags = FIELD_REQUIRED, .history = "Đến"}, {.id = "note", .title = N_("Reason"), .flags = FIELD_NOTE | FIELD_REQUIRED}}},
	{.id = "unmute", .title = N_("Let this camera and type alert again"), .history = "Bật lại cảnh báo",
	 .from = "MOI,DA_XN,DA_CHUYEN,DONG,BO_QUA", .staff = STAFF_SHIFT_LEADER, .fields = {FIELD_NOTE_FREE}},
	{.id = "link", .title = N_("Link to a record"), .history = "Liên kết", .from = "MOI,DA_XN,DA_CHUYEN,DONG,BO_QUA",
	 .staff = STAFF_DESK, .fields = {FIELD_OTHER, FIELD_NOTE_FREE}},
	{.id = "comment", .title = N_("Comment"), .history = "Ghi chú", .from = "MOI,DA_XN,DA_CHUYEN,DONG,BO_QUA",
	 .staff = STAFF_DESK | STAFF_MANAGER, .flags = ACTION_BULK, .fields = {FIELD_NOTE_NEEDED}},
	{.id = NULL},
};
/* clang-format on */

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be done about a call. */
#include "model/action_fields.h"

/* clang-format off */
static const struct choice results[] = {
	{"da-tra-loi", N_("Answered")},
	{"khong-bat-may", N_("Nobody picked up")},
	{"sai-so", N_("Wrong number")},
	{NULL, NULL},
};

const struct action call_actions[] = {
	{.id = "called-back", .title = N_("Called back"), .history = "Gọi lại", .from = "chuyen_tdv_nho", .to = "da_goi_lai",
	 .staff = STAFF_DESK, .flags = ACTION_BULK, .stamp = "closed_at", .actor = "handover_to",
	 .fields = {{.id = "result", .title = N_("Result"), .type = COLUMN_CHOICE, .choices = results, .flags = FIELD_REQUIRED, .history = "Kết quả"}, FIELD_NOTE_FREE}},
	{.id = "complaint", .title = N_("Make a complaint of it"), .history = "Tạo phản ánh",
	 .from = "tra_loi_xong,chuyen_tdv,chuyen_tdv_nho,khong_hieu", .to = "tao_phan_anh", .staff = STAFF_DESK, .stamp = "closed_at",
	 .fields = {{.id = "title", .title = N_("Report"), .flags = FIELD_REQUIRED},
		    {.id = "category", .title = N_("Field"), .type = COLUMN_REF, .ref = "category", .flags = FIELD_REQUIRED},
		    {.id = "area", .title = N_("Area"), .type = COLUMN_REF, .ref = "area"},
		    {.id = "address", .title = N_("Address")}, FIELD_NOTE_FREE}},
	{.id = "nuisance", .title = N_("Mark as nuisance"), .history = "Cuộc gọi quấy rối", .from = "cup_may_som,khong_hieu,chuyen_tdv_nho",
	 .to = "quay_roi", .staff = STAFF_SHIFT_LEADER, .flags = ACTION_CONFIRM | ACTION_BULK, .stamp = "closed_at", .fields = {FIELD_REASON}},
	{.id = "link", .title = N_("Link to a record"), .history = "Liên kết",
	 .from = "tra_loi_xong,chuyen_tdv,chuyen_tdv_nho,da_goi_lai,cup_may_som,khong_hieu,tao_phan_anh,tra_cuu_ho_so",
	 .staff = STAFF_DESK, .fields = {FIELD_OTHER, FIELD_NOTE_FREE}},
	{.id = "comment", .title = N_("Comment"), .history = "Ghi chú",
	 .from = "tra_loi_xong,chuyen_tdv,chuyen_tdv_nho,da_goi_lai,cup_may_som,khong_hieu,tao_phan_anh,tra_cuu_ho_so,quay_roi",
	 .staff = STAFF_DESK | STAFF_MANAGER, .flags = ACTION_BULK, .fields = {FIELD_NOTE_NEEDED}},
	{.id = NULL},
};
/* clang-format on */

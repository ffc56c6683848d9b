/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be done about a mention. */
#include "model/action_fields.h"
#include "model/kinds.h"

/* clang-format off */
const struct action mention_actions[] = {
	{.id = "watch", .title = N_("Watch"), .history = "Theo dõi", .from = "MOI", .to = "THEO_DOI", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .fields = {FIELD_NOTE_FREE}},
	{.id = "dismiss", .title = N_("Dismiss"), .history = "Bỏ qua", .from = "MOI,THEO_DOI", .to = "BO_QUA", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .stamp = "closed_at",
	 .fields = {{.id = "reason", .title = N_("Reason"), .type = COLUMN_CHOICE, .choices = mention_reasons, .flags = FIELD_REQUIRED, .column = "reason", .history = "Lý do"}, FIELD_NOTE_FREE}},
	{.id = "complaint", .title = N_("Make a complaint of it"), .history = "Tạo phản ánh", .from = "MOI,THEO_DOI", .to = "DA_CHUYEN",
	 .staff = STAFF_DESK, .stamp = "closed_at",
	 .fields = {{.id = "title", .title = N_("Report"), .flags = FIELD_REQUIRED},
		    {.id = "category", .title = N_("Field"), .type = COLUMN_REF, .ref = "category", .flags = FIELD_REQUIRED},
		    {.id = "area", .title = N_("Area"), .type = COLUMN_REF, .ref = "area"},
		    {.id = "address", .title = N_("Address")}, FIELD_NOTE_FREE}},
	{.id = "close", .title = N_("Close"), .history = "Đóng", .from = "MOI,THEO_DOI", .to = "DONG", .staff = STAFF_DESK,
	 .flags = ACTION_BULK, .stamp = "closed_at", .fields = {FIELD_NOTE_FREE}},
	{.id = "comment", .title = N_("Comment"), .history = "Ghi chú", .from = "MOI,THEO_DOI,DA_CHUYEN,DONG,BO_QUA",
	 .staff = STAFF_DESK | STAFF_MANAGER, .flags = ACTION_BULK, .fields = {FIELD_NOTE_NEEDED}},
	{.id = NULL},
};
/* clang-format on */

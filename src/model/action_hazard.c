/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be done about a hazard warning: the leader of the shift says that it was seen, and
 * what was done stands in its history. */
#include "model/action_fields.h"
#include "model/kinds.h"

/* clang-format off */
const struct action hazard_actions[] = {
	{.id = "acknowledge", .title = N_("Acknowledge"), .history = "Xác nhận", .from = "HIEU_LUC", .to = "DA_XN",
	 .staff = STAFF_LEADS, .flags = ACTION_BULK | ACTION_HERE, .stamp = "ack_at", .actor = "ack_by", .fields = {FIELD_NOTE_FREE}},
	{.id = "close", .title = N_("Say that it is over"), .history = "Hết hiệu lực", .from = "HIEU_LUC,DA_XN", .to = "HET",
	 .staff = STAFF_LEADS, .flags = ACTION_CONFIRM, .stamp = "closed_at", .fields = {FIELD_NOTE_NEEDED}},
	{.id = "comment", .title = N_("Comment"), .history = "Ghi chú", .from = "HIEU_LUC,DA_XN,HET,HUY",
	 .staff = STAFF_DESK | STAFF_MANAGER, .flags = ACTION_BULK, .fields = {FIELD_NOTE_NEEDED}},
	{.id = NULL},
};
/* clang-format on */

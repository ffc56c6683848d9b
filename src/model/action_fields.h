/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that many actions have. */
#ifndef IOC_MODEL_ACTION_FIELDS_H
#define IOC_MODEL_ACTION_FIELDS_H

#include "model/action.h"

/* clang-format off */
#define FIELD_NOTE_FREE {.id = "note", .title = N_("Note"), .flags = FIELD_LINES | FIELD_NOTE}
#define FIELD_NOTE_NEEDED {.id = "note", .title = N_("Note"), .flags = FIELD_LINES | FIELD_NOTE | FIELD_REQUIRED}
#define FIELD_REASON {.id = "reason", .title = N_("Reason"), .flags = FIELD_LINES | FIELD_NOTE | FIELD_REQUIRED}
#define FIELD_UNIT_NEEDED {.id = "unit", .title = N_("Lead unit"), .type = COLUMN_REF, .ref = "unit", .flags = FIELD_REQUIRED, .column = "unit", .history = "Đơn vị"}
#define FIELD_OFFICER(extra) {.id = "officer", .title = N_("Officer"), .flags = extra, .column = "officer", .history = "Cán bộ"}
#define FIELD_DUE(extra) {.id = "due_at", .title = N_("New deadline"), .type = COLUMN_TIME, .flags = extra, .column = "due_at", .history = "Hạn"}
#define FIELD_OTHER {.id = "record", .title = N_("Code of the record"), .flags = FIELD_REQUIRED | FIELD_RECORD}

/* Who sits in the operations centre; and who leads there. */
#define STAFF_DESK (STAFF_OPERATOR | STAFF_SHIFT_LEADER)
#define STAFF_LEADS (STAFF_SHIFT_LEADER | STAFF_MANAGER)
/* clang-format on */

#endif

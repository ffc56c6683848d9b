/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record that was read at the province says about an action. */
#ifndef IOC_API_ACT_RECORD_H
#define IOC_API_ACT_RECORD_H

#include "api/act.h"
#include "model/record.h"

enum act_effect { EFFECT_ABSENT, EFFECT_THERE, EFFECT_UNTOLD };

/* Whether the action shows in it: its state, and the columns that its fields set.  UNTOLD where
 * the action leaves no trace in columns. */
enum act_effect act_effect_of(const struct act_order *o, const struct record *r);
/* Whether it still is what the operator saw: its version where both have one, else the columns
 * of `seen`. */
bool act_is_as_seen(const struct act_order *o, const struct record *r);

#endif

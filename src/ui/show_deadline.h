/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IOC_UI_SHOW_DEADLINE_H
#define IOC_UI_SHOW_DEADLINE_H

#include "ui/show.h"

/* How the record's deadline stands now: "! 2h10m late", "‖ 2 workdays left", "✓ on time"; "!2":
 * its second level of escalation is reached.  A
 * "?" behind it: counted over a year whose holidays are not all known; "≠": the source's
 * deadline is another one than that of the rules.  False, and no text, where it has none. */
bool show_deadline(const struct look *l, const struct record *r, struct strbuf *scratch,
		   struct shown *out);

#endif

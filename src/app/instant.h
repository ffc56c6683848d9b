/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants and amounts of working time, as people type them. */
#ifndef IOC_APP_INSTANT_H
#define IOC_APP_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* "now", "today", RFC 3339 without its seconds or zone, "20/11/2026 16:30", "20/11 16h30",
 * "20/11/2026" (its midnight).  -1 with *e where it is none. */
int instant_read(const char *text, int64_t now, int64_t *t, struct err *e);
/* Whether a word can only be the clock time of the date before it: "16:30", "16h30". */
bool instant_is_clock(const char *word);

struct amount {
	bool days; /* n is working days, else open milliseconds */
	int64_t n; /* below 0: back */
};
/* "2h", "90m", "1h30m", "2 giờ", "5d", "5 ngày", "-3d". */
int amount_read(const char *text, struct amount *a, struct err *e);

#endif

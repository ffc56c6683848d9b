/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours of the day in which nobody wants to be rung. */
#ifndef IOC_MODEL_QUIET_H
#define IOC_MODEL_QUIET_H

#include <stdbool.h>
#include <stdint.h>

/* Minutes since midnight in the chosen zone: from ≤ t < to, over midnight where to < from;
 * the same twice: never. */
struct quiet {
	int from, to;
};

/* Reads "22:00-06:00" (en dash allowed, blanks too); -1 where it is none. */
int quiet_parse(const char *text, struct quiet *q);
bool quiet_at(const struct quiet *q, int64_t t);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IOC_TESTS_AT_H
#define IOC_TESTS_AT_H

#include <string.h>

#include "base/clock.h"
#include "unit.h"

/* "2026-11-20 16:30" in the chosen zone. */
static inline int64_t at(const char *text)
{
	int64_t t = 0;
	if (clock_parse(text, strlen(text), &t) < 0)
		fail_msg("no time: %s", text);
	return t;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hours in which a source may be asked. */
#ifndef IOC_MODEL_HOURS_H
#define IOC_MODEL_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/i18n.h"
#include "model/quiet.h"

/* What is wrong with a text that hours_parse refuses. */
#define HOURS_WRONG N_("hours are written \"07:00-17:30\" or \"working\"")

struct hours {
	bool working;      /* by the calendar of working days; `span` is unused */
	struct quiet span; /* of every day, in the chosen zone */
};

/* "working" or "07:00-17:30"; -1 where it is neither. */
int hours_parse(const char *text, struct hours *h);

#endif

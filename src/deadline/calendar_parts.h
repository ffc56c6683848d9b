/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar is made of, for those who make and read it. */
#ifndef IOC_DEADLINE_CALENDAR_PARTS_H
#define IOC_DEADLINE_CALENDAR_PARTS_H

#include "base/strmap.h"
#include "deadline/days.h"
#include "deadline/hours.h"
#include "deadline/worktime.h"

/* The compiled hours of one calendar. */
struct place {
	const struct hours *hours;
	struct worktime *usual;
	struct strmap units; /* struct worktime *; some may be the same one */
};

struct calendar {
	struct arena arena;
	struct days days;
	struct hours_book book;
	struct grid grid;
	struct place *places;        /* one for each of the book's */
	struct worktime **worktimes; /* all, owned */
	size_t worktime_count, worktime_cap;
	const char **files;
	size_t file_count, file_cap;
	const char *newest; /* version of the files */
	uint64_t digest;
	char *version;
};

/* Makes places, worktimes and version once all files are read. */
int calendar_compile(struct calendar *c, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How dates, hours and weekdays are written in calendar files. */
#ifndef IOC_DEADLINE_CALENDAR_FILE_H
#define IOC_DEADLINE_CALENDAR_FILE_H

#include "base/arena.h"
#include "base/yaml.h"

/* Readers of one member, as those of base/yaml.h: absent leaves *out untouched. */

/* "2026-11-24" as days since 1970. */
int file_date(const struct yaml *y, const struct yaml_node *map, const char *key, int64_t *out,
	      struct err *e);
/* "11-24" as a month and a day. */
int file_month_day(const struct yaml *y, const struct yaml_node *map, const char *key,
		   int *month, int *day, struct err *e);
/* "mon-fri", "sat, sun" as bits 1 (Monday) … 7. */
int file_weekdays(const struct yaml *y, const struct yaml_node *map, const char *key,
		  unsigned *out, struct err *e);
/* A text that is not empty, cleaned of what terminals obey, in the arena. */
int file_text(const struct yaml *y, const struct yaml_node *map, const char *key,
	      struct arena *a, const char **out, struct err *e);

/* A cleaned copy in the arena. */
const char *text_clean(struct arena *a, const char *s);
/* The same of one text; false where it has another form. */
bool text_date(const char *s, int64_t *out);
bool text_month_day(const char *s, int *month, int *day);
/* "07:30" as minutes; 24:00 is the latest. */
bool text_minutes(const char *s, size_t n, int *out);

#endif

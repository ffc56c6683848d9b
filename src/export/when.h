/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as ISO 8601 with the zone's offset, millions a second. */
#ifndef IOC_EXPORT_WHEN_H
#define IOC_EXPORT_WHEN_H

#include <stddef.h>
#include <stdint.h>

#define WHEN_TEXT 40
#define WHEN_OFFSETS 256
#define WHEN_DAYS 64

/* Remembers offsets and dates that were needed lately; start with when_init. */
struct when {
	struct {
		int64_t quarter; /* of an hour, since 1970 UTC */
		int32_t offset;  /* seconds east */
	} offsets[WHEN_OFFSETS];
	struct {
		int64_t day; /* since 1970 local */
		char text[16];
		uint8_t n;
	} days[WHEN_DAYS];
};

void when_init(struct when *w);
/* "2026-11-21T19:42:07+07:00" into buf[WHEN_TEXT], with ".123" where there are milliseconds.
 * Returns its length; not terminated. */
size_t when_iso(struct when *w, int64_t t, char *buf);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones besides the one that the program shows times in, since servers have their own.  Read
 * from the system's zone files; immutable, for any thread. */
#ifndef IOC_BASE_ZONE_H
#define IOC_BASE_ZONE_H

#include "base/clock.h"

struct zone;

/* The zone "Asia/Ho_Chi_Minh", "UTC", "Z" or "+07:00".  NULL where there is none of this
 * name. */
struct zone *zone_open(const char *name);
void zone_free(struct zone *z);

/* Seconds east of UTC at an instant.  z NULL: in the zone of base/clock.h, here and below. */
int zone_offset(const struct zone *z, int64_t t);
/* The instant of a civil time (`offset` and `weekday` are ignored).  Of a time that comes twice
 * the first; one that is left out is as much later as the clock is put forward. */
int64_t zone_instant(const struct zone *z, const struct clock_civil *c);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instants as parameters of requests want them, and as items have them.
 *
 * A format is "rfc3339" (2026-11-22T03:00:00.000Z), "seconds", "milliseconds", or a pattern of
 * %Y %m %d %H %M %S, %f (three digits), %z (+07:00) and plain text: some servers take no Z. */
#ifndef IOC_API_MOMENT_H
#define IOC_API_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "api/tape.h"
#include "base/strbuf.h"
#include "base/zone.h"

/* The ms of the smallest step that it can tell; 0: it is no format. */
int64_t moment_unit(const char *format);
/* Appends it as JSON, a number or a text, rounded down to the unit, or up.  `zone` NULL: that
 * of the profile. */
void moment_write(int64_t t, const char *format, const struct zone *zone, bool up,
		  struct strbuf *out);
/* Reads RFC 3339, where a time without zone is of this one, or a number: seconds, or
 * milliseconds where it is large.  0 or -1. */
int moment_read(const struct node *n, const struct zone *zone, int64_t *t);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as vendors write them.
 *
 * A form is "iso" (RFC 3339; without a zone, with blanks, without dashes), "seconds",
 * "milliseconds", "auto", or a pattern: yyyy yy MM M dd d HH H hh h mm m ss s SSS, a for
 * AM, PM, SA or CH, XXX for a zone (Z, +07:00, +0700), "quoted" or 'quoted' text, [what may be
 * missing]; every other character stands for itself, a blank for any number of blanks. */
#ifndef IOC_API_TIMEFORM_H
#define IOC_API_TIMEFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "api/schema.h"
#include "base/zone.h"

/* What is wrong with a form, N_(); NULL: nothing. */
const char *timeform_wrong(const char *form);
/* Whether a text says "no time": nothing, a dash, null, none, zeros, or the first or last
 * day of somebody's calendar. */
bool timeform_is_none(const char *s, size_t n);
/* Reads a text (or the digits of a number) in one of the forms; without any as "auto", which
 * takes what can't be taken for anything else.  Times without a zone are of z; NULL: the
 * profile's.  0; or -1 where it is none of them.  *t is CLOCK_NONE where it says "no time". */
int timeform_read(const struct words *forms, const struct zone *z, const char *s, size_t n,
		  int64_t *t);

#endif

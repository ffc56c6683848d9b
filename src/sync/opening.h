/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a source may be asked that has hours. */
#ifndef IOC_SYNC_OPENING_H
#define IOC_SYNC_OPENING_H

#include <stdint.h>

struct calendar;

/* The ms from t until a source with these hours (see model/hours.h) may be asked; 0: at t
 * itself.  `c` NULL: every hour is a working one. */
int64_t opening_wait(const struct calendar *c, const char *hours, int64_t t);

#endif

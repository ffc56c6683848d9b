/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes sure that we are still let in: an empty list may mean that we are not. */
#ifndef IOC_API_PROBE_H
#define IOC_API_PROBE_H

#include "api/request.h"

struct probe;

enum probe_state { PROBE_WAITING, PROBE_GOOD, PROBE_FAILED };

/* Asks, where *p is NULL, and looks again later; *p is NULL again when it is over.  FAILED
 * gives the failure. */
enum probe_state probe_turn(struct probe **p, const struct site *s, struct failure *f);
void probe_free(struct probe *p); /* gives up what is under way */

#endif

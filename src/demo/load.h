/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first load: the city's figures, exactly, as the reports of the city give them. */
#ifndef IOC_DEMO_LOAD_H
#define IOC_DEMO_LOAD_H

#include "demo/world.h"

/* Hands out all records as they are at `now`: catalogues, the complaint about ngõ 308, then
 * complaints, dossiers, calls and alerts.  With `records` larger than a queue's own number,
 * older ones that are done with come before the queue's, up to that many in all. */
int load_make(const struct world *w, int64_t now, int64_t records, made_sink *sink, void *arg,
	      struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The city and everything that writes about it. */
#ifndef IOC_DEMO_WORLD_H
#define IOC_DEMO_WORLD_H

#include "demo/alert.h"
#include "demo/call.h"
#include "demo/city.h"
#include "demo/complaint.h"
#include "demo/dossier.h"

struct world {
	struct city *city;
	struct complaints *complaints;
	struct dossiers *dossiers;
	struct calls *calls;
	struct alerts *alerts;
};

/* Reads all files; -1 with *e "FILE:LINE:COLUMN: …", and then nothing is held. */
int world_load(struct world *w, const char *data_dir, uint64_t seed, struct err *e);
void world_free(struct world *w);

/* The form of the ids of complaints and calls. */
#define COMPLAINT_ID "PA-%05lld"
#define CALL_ID "CG-%05lld"
/* The one about ngõ 308, which the city's own report tells of.  It is made first and is the
 * most urgent of all that are open; the other 422 are numbered by the time they were sent, from
 * 1 on, and what comes in later goes on with 424. */
#define FIRST_COMPLAINT 423

#endif

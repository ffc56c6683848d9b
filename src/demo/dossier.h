/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dossiers of the one-stop desks.  Their time is office time: it stands still at night, on
 * holidays, and while the applicant supplements. */
#ifndef IOC_DEMO_DOSSIER_H
#define IOC_DEMO_DOSSIER_H

#include "demo/city.h"
#include "demo/sketch.h"
#include "demo/workflow.h"

struct dossiers;

struct dossier_plan {
	uint64_t stream, number;
	int64_t serial; /* of the day; ends the code */
	const char *state;
	int64_t work; /* when it was received, in office time */
	int64_t until;
	int64_t submitted; /* state "1" only: when it came in; 0: within the last hours */
	bool late;         /* solved after its day */
	bool plain;        /* no detours: the deadline is what the procedure says */
};

struct dossiers *dossiers_load(const char *data_dir, const struct city *c, struct err *e);
void dossiers_free(struct dossiers *x);
const struct procedure *dossier_procedure(const struct dossiers *x,
					  const struct dossier_plan *p);
/* The promised end, in office time, of a dossier received at `work`. */
int64_t dossier_due(const struct procedure *procedure, int64_t work);
void dossier_make(const struct dossiers *x, const struct dossier_plan *p, struct sketch *d);
const struct phrase *dossier_says(const struct dossiers *x, enum dossier_move move);

#endif

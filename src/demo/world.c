/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/world.h"

int world_load(struct world *w, const char *data_dir, uint64_t seed, struct err *e)
{
	*w = (struct world){.city = city_load(data_dir, seed, e)};
	w->complaints = w->city ? complaints_load(data_dir, w->city, e) : NULL;
	w->dossiers = w->complaints ? dossiers_load(data_dir, w->city, e) : NULL;
	w->calls = w->dossiers ? calls_load(data_dir, w->city, e) : NULL;
	w->alerts = w->calls ? alerts_load(data_dir, w->city, e) : NULL;
	if (w->alerts)
		return 0;
	world_free(w);
	return -1;
}

void world_free(struct world *w)
{
	alerts_free(w->alerts);
	calls_free(w->calls);
	dossiers_free(w->dossiers);
	complaints_free(w->complaints);
	city_free(w->city);
	*w = (struct world){0};
}

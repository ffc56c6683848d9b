/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc due --forecast: which records will probably be late, why, and how often such words were
 * right. */
#ifndef IOC_APP_DUE_FORECAST_H
#define IOC_APP_DUE_FORECAST_H

#include "app/program.h"

/* Prints; *likely gets how many.  -1 with *e. */
int due_forecast(const struct program *p, const struct kind *k, bool json, int64_t *likely,
		 struct err *e);

#endif

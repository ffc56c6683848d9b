/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogue files as records: members that are columns of the kind become fields, a remark on
 * certainty goes to extra, the demonstration's own are left out. */
#ifndef IOC_DEMO_CATALOGUE_H
#define IOC_DEMO_CATALOGUE_H

#include "demo/city.h"
#include "demo/sketch.h"

/* Hands out every row of every catalogue; the version of each is 1. */
int catalogue_make(const struct city *c, made_sink *sink, void *arg, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places as vendors write them, as one point. */
#ifndef IOC_API_LOCATION_H
#define IOC_API_LOCATION_H

#include <stdbool.h>

#include "api/tape.h"

/* Reads
 * - a text "10.9,106.8" (latitude first), a circle "10.9,106.8 5" or polygon "y,x y,x …" of
 *   CAP, WKT (longitude first), or JSON;
 * - a list [106.8, 10.9] (longitude first), or one of such lists;
 * - GeoJSON, or an object with members lat or latitude, and lon, lng, long or longitude.
 * Of shapes the mean of the corners.  What can't be a latitude is taken for the longitude.
 * False where there is no place in it, or only 0,0. */
bool location_read(const struct node *v, double *lat, double *lon);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which members of an item its map does not look at. */
#ifndef IOC_AUTHOR_UNMAPPED_H
#define IOC_AUTHOR_UNMAPPED_H

#include <jansson.h>

#include "author/pull.h"

/* The members, and those of objects in it, whose value can be anything without a change of
 * what the map yields: an array of paths ("nguoiGui.email").  Found by trying. */
json_t *unmapped_members(struct mapper *m, const struct mapping *how, const char *item);

#endif

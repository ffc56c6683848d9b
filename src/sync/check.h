/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether configuration and connectors are in order, without asking any server. */
#ifndef IOC_SYNC_CHECK_H
#define IOC_SYNC_CHECK_H

#include <stdio.h>

#include "base/paths.h"

/* Writes what is wrong, one line each; returns how many. */
int check_sources(const struct paths *p, FILE *out);

#endif

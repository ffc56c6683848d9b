/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking a file of records in before serving. */
#ifndef IOC_GATEWAY_LOAD_H
#define IOC_GATEWAY_LOAD_H

#include "gateway/gateway.h"

/* Reads one JSON object a line; "-" is standard input.  Lines that can't be taken are logged
 * and passed over.  -1 where the file or the database fails. */
int load_file(struct gateway *g, const struct kind *k, const char *path, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many records in one request: a line each (NDJSON), and a line of result for each (until they
 * come to 64 MiB: then one last problem tells from which line on nothing was taken).  Lines are
 * stored while the body still arrives, a few hundred in a transaction, so that one large load
 * never holds up the others for long. */
#ifndef IOC_GATEWAY_BULK_H
#define IOC_GATEWAY_BULK_H

#include <stddef.h>

#include "gateway/gateway.h"

#define TYPE_NDJSON "application/x-ndjson"
#define BULK_MOST ((size_t)256 << 20) /* bytes of one body */

struct bulk;

struct bulk *bulk_new(struct gateway *g, const struct kind *k);
void bulk_free(struct bulk *b);
void bulk_feed(struct bulk *b, const char *data, size_t n);
/* No more will come; appends the results. */
void bulk_end(struct bulk *b, struct strbuf *results);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gzip for clients that want it. */
#ifndef IOC_GATEWAY_COMPRESS_H
#define IOC_GATEWAY_COMPRESS_H

#include <stdbool.h>

#include "base/strbuf.h"

/* Whether an Accept-Encoding header (NULL: none) lets us send gzip. */
bool compress_wanted(const char *accept_encoding);
/* Replaces the text by its gzip form; false, and the text as it was, where that fails. */
bool compress_gzip(struct strbuf *b);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entity tags and the conditions that clients put on them. */
#ifndef IOC_GATEWAY_ETAG_H
#define IOC_GATEWAY_ETAG_H

#include <stdbool.h>

/* Whether a list of tags as in If-None-Match or If-Match ("*" or W/"a", "b") holds `tag`,
 * which stands without quotes.  Weak and strong ones count as equal. */
bool etag_listed(const char *list, const char *tag);

#endif

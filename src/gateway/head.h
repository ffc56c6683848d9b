/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the head of a request has to be, whatever it asks for. */
#ifndef IOC_GATEWAY_HEAD_H
#define IOC_GATEWAY_HEAD_H

#include <stdbool.h>

#include "gateway/request.h"

/* Whether a Host header ("name", "name:port", "[::1]:port") names this machine alone. */
bool head_is_local(const char *host);

/* False, and the answer is an error: 414 and 431 where the head is too large, 400 where the
 * address can't be read, and 421 where no tokens are asked for and the request was meant for
 * another name: a web page that points its own name at 127.0.0.1 would otherwise read and
 * write here through the browser of whoever looks at it. */
bool head_accept(struct request *r);

#endif

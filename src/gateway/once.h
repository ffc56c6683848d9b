/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What takes effect once, however often it is sent: requests with an Idempotency-Key
 * (draft-ietf-httpapi-idempotency-key-header), which are answered as they were the first time.
 */
#ifndef IOC_GATEWAY_ONCE_H
#define IOC_GATEWAY_ONCE_H

#include "gateway/request.h"

/* The request's key, NULL where it has none.  -1, and the answer is an error, where there is
 * none but must be, or it is no good one. */
int once_key(struct request *r, bool needed, const char **key);
/* Answers as before where the client had something done under this key: 1; 0 where nothing was;
 * -1, and the answer is an error.  `text` is the request in one fixed form: under a key that
 * was sent with another, 1 as well, and the answer is an error. */
int once_replay(struct request *r, const char *key, const char *text);
/* Keeps the answer, within the open transaction.  -1, and the answer is an error. */
int once_remember(struct request *r, const char *key, const char *text, int64_t now);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request after the other on each connection: what libmicrohttpd calls back. */
#ifndef IOC_GATEWAY_EXCHANGE_H
#define IOC_GATEWAY_EXCHANGE_H

#include <microhttpd.h>

#include "gateway/gateway.h"
#include "gateway/peers.h"

struct exchange {
	struct gateway *gateway;
	struct peers peers;
};

/* The signatures are libmicrohttpd's; the first argument is a struct exchange *. */
void *exchange_open(void *cls, const char *uri, struct MHD_Connection *c);
enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *c, const char *url,
				const char *method, const char *version, const char *data,
				size_t *size, void **context);
void exchange_close(void *cls, struct MHD_Connection *c, void **context,
		    enum MHD_RequestTerminationCode code);
void exchange_connection(void *cls, struct MHD_Connection *c, void **context,
			 enum MHD_ConnectionNotificationCode code);

#endif

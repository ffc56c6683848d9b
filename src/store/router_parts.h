/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of the router. */
#ifndef IOC_STORE_ROUTER_PARTS_H
#define IOC_STORE_ROUTER_PARTS_H

#include "store/router.h"

/* What codes in the file are checked against. */
struct router_codes {
	const struct name_table *names;
	int64_t now;
};

/* Of struct routing_world; data is a struct router_codes. */
const char *router_wrong_code(void *data, struct arena *a, const struct kind *catalogue,
			      const char *code);

#endif

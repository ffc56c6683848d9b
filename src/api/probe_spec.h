/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request that fails for who may not ask, where the feeds only come back empty. */
#ifndef IOC_API_PROBE_SPEC_H
#define IOC_API_PROBE_SPEC_H

#include "api/envelope.h"
#include "api/format.h"
#include "api/request_spec.h"

struct probe_spec {
	struct request_spec request; /* without a path there is no probe */
	struct format_spec format;
	struct envelope_spec envelope;
	int64_t every; /* ms: after empty answers of feeds that go on, no more often */
};

extern const struct field probe_fields[];

/* What no single key can tell. */
void probe_check(struct reading *rd, const struct probe_spec *p, const struct yaml_node *n);

#endif

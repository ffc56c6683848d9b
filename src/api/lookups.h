/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that maps look things up in: fetched when they are needed, and again when they are
 * old.  Filters see them as $lookup.NAME[KEY]. */
#ifndef IOC_API_LOOKUPS_H
#define IOC_API_LOOKUPS_H

#include <jv.h>

#include "api/connector.h"
#include "api/request.h"

struct lookup_spec {
	struct resource resource; /* where its rows come from; has no feed */
	struct jqfilter *id;      /* of a row: its key */
	struct jqfilter *value;   /* and what stands under it */
	int64_t lifetime;         /* ms */
};

extern const struct field lookup_fields[];
void lookup_prepare(void *item, const void *connector);
void lookup_check(struct reading *rd, struct connector *c, const struct yaml_node *list);

struct lookups;

struct lookups *lookups_new(const struct site *s);
void lookups_free(struct lookups *l);

enum lookups_state { LOOKUPS_READY, LOOKUPS_WAITING, LOOKUPS_FAILED };

/* Call before a pass until it is ready: fetches what is missing or old.  A table that can't be
 * had anew stays as it is; FAILED, with the failure, where there is none. */
enum lookups_state lookups_prepare(struct lookups *l, struct failure *f);
/* All tables; the caller frees. */
jv lookups_value(const struct lookups *l);

#endif

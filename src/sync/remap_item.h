/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stored item through a connector once more, which may be another than the one that it came
 * through. */
#ifndef IOC_SYNC_REMAP_ITEM_H
#define IOC_SYNC_REMAP_ITEM_H

#include "api/jqmap.h"

enum remap_outcome {
	REMAP_RECORD, /* it is this record again */
	REMAP_OTHERS, /* records of other ids come out of it, which are in the haul */
	REMAP_NOTHING,
	REMAP_FAILED, /* it can't be mapped: see the reason */
};

/* Maps the item of a record of this kind ("": unknown) by each resource that it may have come
 * from, and by the stream, until one yields the record of this id (NULL: any).  *out is the
 * record, in the haul; the reason is that of the last failure. */
enum remap_outcome remap_item(const struct connector *c, struct mapper *m, const char *source,
			      const struct kind *k, const char *id, const char *raw,
			      size_t raw_n, struct haul *haul, struct record **out,
			      const char **reason);

#endif

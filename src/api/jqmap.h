/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a vendor's item to records: the connector's filter, then straight from the tape
 * into a struct record. */
#ifndef IOC_API_JQMAP_H
#define IOC_API_JQMAP_H

#include "api/connector.h"
#include "api/haul.h"
#include "api/tape.h"

struct mapper;

struct mapper *mapper_new(void);
void mapper_free(struct mapper *m);

/* How items of one feed are mapped. */
struct mapping {
	const char *source;      /* name of the source; copied into the haul */
	const struct kind *kind; /* NULL: each record says its own */
	struct jqfilter *map;
	struct words key;                   /* see struct resource */
	const struct kind *otherwise;       /* where neither kind nor the record says it */
	const struct connector *connector;  /* NULL: none, with times of the profile's zone */
	const struct convert_spec *convert; /* NULL: that of the connector's first resource of
					       the record's kind */
};

/* Maps one item to any number of records.  What can't be mapped becomes a reject with its
 * reason. */
void mapper_item(struct mapper *m, const struct mapping *how, const struct node *item,
		 struct haul *out);
/* Sets a text aside that is no item at all. */
void mapper_reject(const struct mapping *how, const char *reason, const char *raw, size_t raw_n,
		   struct haul *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and formatting rows at the same time: a thread of its own formats what the caller
 * has read.  Few rows never start it. */
#ifndef IOC_EXPORT_PIPELINE_H
#define IOC_EXPORT_PIPELINE_H

#include "export/rows.h"

struct pipeline;

/* Into these rows, borrowed; nobody else may use them until pipeline_finish. */
struct pipeline *pipeline_new(struct rows *rows, const struct kind *k);
/* For store_walk: copies the record.  -1 where the output is gone. */
int pipeline_add(void *pipeline, const struct record *r);
/* Waits until all is formatted, and frees. */
void pipeline_finish(struct pipeline *p);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer's thread: the only place that writes cache.db and journal.db.  The network and
 * the mapping go on while it waits for the disk. */
#ifndef IOC_SYNC_WRITER_H
#define IOC_SYNC_WRITER_H

#include "base/err.h"
#include "base/msgq.h"
#include "base/paths.h"
#include "sync/job.h"

struct writer;

/* Opens both databases and starts the thread (without the journal nothing is done but reading);
 * finished jobs are pushed to `done`.  The caller holds the lease.  NULL with *e. */
struct writer *writer_start(const struct paths *p, struct msgq *done, struct err *e);
/* Takes the job over until it comes back. */
void writer_post(struct writer *w, struct job *j);
/* Does what is queued and ends. */
void writer_stop(struct writer *w);

#endif

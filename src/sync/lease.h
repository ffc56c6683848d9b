/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may write: the one that holds the lock on a file. */
#ifndef IOC_SYNC_LEASE_H
#define IOC_SYNC_LEASE_H

#include "base/err.h"

/* Takes the lock and writes our process id into the file.  The descriptor, which holds the
 * lock as long as it is open; -1 with ERR_BUSY where another process keeps it for 0.3 s or
 * longer, then with its id in *holder (0: unknown). */
int lease_take(const char *path, int *holder, struct err *e);
/* Writes our process id again, after a fork. */
void lease_sign(int fd);

#endif

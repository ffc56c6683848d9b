/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/lease.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define PATIENCE 30 /* times 10 ms */

void lease_sign(int fd)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%d\n", (int)getpid());
	/* Only a courtesy to people; the lock is what counts. */
	if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) < 0)
		return;
}

/* 0 or errno.  A writer that was just killed holds on for a moment. */
static int lock(int fd)
{
	for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; i++) {
		if (errno != EWOULDBLOCK || i == PATIENCE)
			return errno;
		usleep(10000);
	}
	return 0;
}

int lease_take(const char *path, int *holder, struct err *e)
{
	*holder = 0;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EROFS || errno == EACCES))
		fd = open(path, O_RDONLY | O_CLOEXEC); /* enough for a lock */
	if (fd < 0)
		return err_errno(e, ERR_IO, _("can't open the lock file %s"), path);
	int why = lock(fd);
	if (why == 0) {
		lease_sign(fd);
		return fd;
	}
	char text[24] = "";
	if (pread(fd, text, sizeof text - 1, 0) > 0)
		*holder = atoi(text);
	close(fd);
	errno = why;
	if (why == EWOULDBLOCK)
		return err_set(e, ERR_BUSY, _("another writer is at work (process %d)"),
			       *holder);
	return err_errno(e, ERR_IO, _("can't lock %s"), path);
}

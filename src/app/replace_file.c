/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/log.h"

int file_turn(const char *lock)
{
	int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX) < 0)
		log_warn("%s: %s", lock, strerror(errno));
	return fd;
}

static int write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		s += done;
		n -= (size_t)done;
	}
	return fsync(fd);
}

static int write_file(const char *name, mode_t mode, const char *text, size_t n)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -1;
	int rc = fchmod(fd, mode) < 0 ? -1 : write_all(fd, text, n);
	return close(fd) < 0 ? -1 : rc;
}

/* So that the new name outlives a loss of power, too. */
static int sync_folder(const char *path)
{
	char *folder = xstrdup(path), *slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	free(folder);
	return rc;
}

int file_replace(const char *path, const char *text, size_t n, struct err *e)
{
	char *real = realpath(path, NULL);
	char *name = real ? real : xstrdup(path), *fresh = xasprintf("%s.new", name);
	struct stat st = {.st_mode = 0600};
	int rc = 0;
	if (real && stat(real, &st) < 0)
		st.st_mode = 0600;
	if (write_file(fresh, st.st_mode & 0777, text, n) < 0 || rename(fresh, name) < 0 ||
	    sync_folder(name) < 0)
		rc = err_errno(e, ERR_IO, _("can't write %s"), name);
	free(fresh);
	free(name);
	return rc;
}

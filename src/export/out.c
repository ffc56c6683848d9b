/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records are clean since they entered the cache; a terminal gets one more door all the
 * same, because this is where a citizen's text would reach it. */
#include "export/out.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

static char *folder_of(const char *path)
{
	char *copy = xstrdup(path);
	char *folder = xstrdup(dirname(copy));
	free(copy);
	return folder;
}

/* Beside the file, so that it can take its place; without a name until then where the file
 * system can do that, so that whatever kills us leaves nothing behind. */
static int open_temporary(struct out *o)
{
	char *folder = folder_of(o->path);
	o->temporary = xasprintf("%s.XXXXXX", o->path);
	int fd = -1;
	if (access("/proc/self/fd", X_OK) == 0) /* by which it gets its name */
		fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	o->nameless = fd >= 0;
	if (fd < 0)
		fd = mkostemp(o->temporary, O_CLOEXEC);
	if (fd < 0) {
		free(o->temporary);
		o->temporary = NULL;
	}
	free(folder);
	return fd;
}

/* Gives the file its temporary name. */
static int name_it(struct out *o)
{
	char self[64];
	snprintf(self, sizeof self, "/proc/self/fd/%d", o->fd);
	if (!o->nameless)
		return 0;
	int fd = mkostemp(o->temporary, O_CLOEXEC); /* a name that is free */
	if (fd < 0)
		return -1;
	close(fd);
	o->nameless = false;
	unlink(o->temporary);
	return linkat(AT_FDCWD, self, AT_FDCWD, o->temporary, AT_SYMLINK_FOLLOW);
}

/* A file is replaced, where its links lead; a device or pipe takes what comes. */
static int open_path(struct out *o, const char *path, struct err *e)
{
	struct stat st;
	bool there = stat(path, &st) == 0;
	char *real = there ? realpath(path, NULL) : NULL;
	o->path = real ? real : xstrdup(path);
	if (!*path || (there && S_ISDIR(st.st_mode))) {
		errno = *path ? EISDIR : ENOENT;
		o->fd = -1;
	} else if (there && !S_ISREG(st.st_mode)) {
		o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		o->terminal = isatty(o->fd);
	} else {
		o->fd = open_temporary(o);
	}
	if (o->fd >= 0)
		return 0;
	err_errno(e, ERR_IO, _("can't write %s"), path);
	out_abandon(o);
	return -1;
}

int out_open(struct out *o, const char *path, struct err *e)
{
	*o = (struct out){.fd = STDOUT_FILENO, .buf = xmalloc(OUT_SIZE)};
	if (path && strcmp(path, "-") != 0)
		return open_path(o, path, e);
	o->terminal = isatty(STDOUT_FILENO);
	return 0;
}

void out_open_memory(struct out *o, struct strbuf *memory)
{
	*o = (struct out){.fd = -1, .buf = xmalloc(OUT_SIZE), .memory = memory};
}

/* Puts '?' for what could drive the terminal: C0 but newline and tab, DEL, C1. */
static void disarm(char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)s[i + 1] < 0xa0;
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || c1)
			s[i] = '?';
		if (c1)
			s[i + 1] = '?';
	}
}

static void write_all(struct out *o, const char *s, size_t n)
{
	while (n && !o->failed) {
		ssize_t done = write(o->fd, s, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			o->failed = true;
			o->error = errno;
			o->broken_pipe = errno == EPIPE;
			return;
		}
		s += done;
		n -= (size_t)done;
	}
}

void out_flush(struct out *o)
{
	size_t n = o->n;
	if (o->terminal) {
		/* half of a two-byte C1 must not slip through between two writes */
		size_t keep = n && (unsigned char)o->buf[n - 1] == 0xc2;
		disarm(o->buf, n);
		write_all(o, o->buf, n - keep);
		o->n = keep;
		if (keep)
			o->buf[0] = (char)0xc2;
		return;
	}
	if (o->memory)
		strbuf_add(o->memory, o->buf, n);
	else
		write_all(o, o->buf, n);
	o->n = 0;
}

void out_add_slowly(struct out *o, const char *s, size_t n)
{
	while (n) {
		if (o->n == OUT_SIZE)
			out_flush(o);
		size_t take = OUT_SIZE - o->n < n ? OUT_SIZE - o->n : n;
		memcpy(o->buf + o->n, s, take);
		o->n += take;
		s += take;
		n -= take;
	}
}

void out_abandon(struct out *o)
{
	if (o->temporary && !o->nameless)
		unlink(o->temporary);
	if (o->path && o->fd >= 0)
		close(o->fd);
	free(o->temporary);
	free(o->path);
	free(o->buf);
	*o = (struct out){.fd = -1};
}

/* The rename is on disk only when its folder is. */
static void sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

static int replace(struct out *o, struct err *e)
{
	if (fsync(o->fd) < 0 && errno != EINVAL && errno != EROFS)
		return err_errno(e, ERR_IO, _("can't write %s"), o->path);
	if (name_it(o) < 0 || rename(o->temporary, o->path) < 0)
		return err_errno(e, ERR_IO, _("can't put %s in its place"), o->path);
	sync_folder(o->path);
	free(o->temporary);
	o->temporary = NULL;
	return 0;
}

int out_finish(struct out *o, struct err *e)
{
	out_flush(o);
	int result = 0;
	if (o->failed && !o->broken_pipe) {
		errno = o->error;
		result = err_errno(e, ERR_IO, _("can't write %s"),
				   o->path ? o->path : _("standard output"));
	} else if (o->temporary) {
		result = replace(o, e);
	}
	out_abandon(o);
	return result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curses insists on a file descriptor: a file in memory serves, read back after each frame.
 * The terminal is opened anew so that O_NONBLOCK is ours alone: it belongs to the open file,
 * which standard output shares with the shell. */
#include "config.h"

#include "tty/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"

struct sink {
	int out;
	FILE *file;
	int memory; /* its descriptor */
	struct strbuf waiting;
	size_t sent; /* of `waiting` */
};

/* The terminal, not blocking; where it has no name here (another mount namespace), as it is. */
static int open_again(int tty)
{
	char name[256];
	if (ttyname_r(tty, name, sizeof name) == 0) {
		int fd = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
		if (fd >= 0)
			return fd;
	}
	return fcntl(tty, F_DUPFD_CLOEXEC, 0);
}

struct sink *sink_new(int tty, struct err *e)
{
	int memory = memfd_create("ioc-frame", MFD_CLOEXEC);
	FILE *file = memory < 0 ? NULL : fdopen(memory, "w");
	int out = open_again(tty);
	if (!file || out < 0) {
		err_errno(e, ERR_IO, _("can't open the terminal"));
		if (file)
			fclose(file);
		else if (memory >= 0)
			close(memory);
		return NULL;
	}
	struct sink *s = xcalloc(1, sizeof *s);
	*s = (struct sink){.out = out, .file = file, .memory = memory, .waiting = STRBUF_INIT};
	return s;
}

void sink_free(struct sink *s)
{
	if (!s)
		return;
	fclose(s->file);
	close(s->out);
	strbuf_free(&s->waiting);
	free(s);
}

FILE *sink_file(struct sink *s)
{
	return s->file;
}

void sink_add(struct sink *s, const char *bytes)
{
	size_t n = bytes ? strlen(bytes) : 0;
	while (n) {
		ssize_t done = write(s->memory, bytes, n);
		if (done <= 0)
			return; /* no memory for a frame: the next one shows */
		bytes += done;
		n -= (size_t)done;
	}
}

/* Moves what was written into the file of memory behind what waits. */
static void gather(struct sink *s)
{
	fflush(s->file);
	off_t size = lseek(s->memory, 0, SEEK_CUR);
	if (size <= 0)
		return;
	strbuf_reserve(&s->waiting, (size_t)size);
	ssize_t n = pread(s->memory, s->waiting.s + s->waiting.len, (size_t)size, 0);
	if (n > 0)
		s->waiting.len += (size_t)n;
	s->waiting.s[s->waiting.len] = '\0';
	lseek(s->memory, 0, SEEK_SET);
}

void sink_push(struct sink *s)
{
	gather(s);
	while (s->sent < s->waiting.len) {
		ssize_t n = write(s->out, s->waiting.s + s->sent, s->waiting.len - s->sent);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0)
			break; /* the terminal is gone: the loop hears of it by hang-up */
		s->sent += (size_t)n;
	}
	strbuf_clear(&s->waiting);
	s->sent = 0;
}

void sink_drain(struct sink *s, int timeout_ms)
{
	int64_t end = clock_monotonic() + timeout_ms;
	sink_push(s);
	for (int64_t left; !sink_is_empty(s) && (left = end - clock_monotonic()) > 0;) {
		struct pollfd p = {s->out, POLLOUT, 0};
		if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
			return;
		sink_push(s);
	}
}

bool sink_is_empty(const struct sink *s)
{
	return s->waiting.len == 0;
}

int sink_fd(const struct sink *s)
{
	return s->out;
}

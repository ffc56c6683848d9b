/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

/* Mutable on purpose: the sink must be reachable from every layer and thread. */
static atomic_int sink_fd = STDERR_FILENO;
static atomic_int sink_level = LOG_INFO;

int log_open(const char *path)
{
	int fd = STDERR_FILENO;
	if (path && strcmp(path, "-") != 0) {
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0)
			return -1;
	}
	log_close();
	sink_fd = fd;
	return 0;
}

void log_close(void)
{
	int fd = atomic_exchange(&sink_fd, STDERR_FILENO);
	if (fd != STDERR_FILENO)
		close(fd);
}

void log_set_level(enum log_level level)
{
	sink_level = (int)level;
}

static const char *const names[] = {"error", "warn", "info", "debug"};

int log_level_parse(const char *name)
{
	for (int i = 0; i < 4; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return -1;
}

/* Bytes of the UTF-8 sequence at s that may be shown, or 0. */
static size_t shown_length(const unsigned char *s)
{
	if (*s < 0x80)
		return *s >= 0x20 && *s != 0x7f;
	size_t n = *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : *s >= 0xc2 ? 2 : 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if (n == 2 && *s == 0xc2 && s[1] < 0xa0) /* C1 */
		return 0;
	/* bidi marks, embeddings and isolates, line separators: U+200B..U+206F */
	if (n == 3 && *s == 0xe2 && (s[1] == 0x80 || s[1] == 0x81) &&
	    !(s[1] == 0x80 && ((s[2] >= 0x90 && s[2] <= 0xa7) || s[2] >= 0xb0)))
		return 0;
	return n;
}

static size_t make_safe(const char *text, char *out, size_t room)
{
	size_t n = 0;
	for (const unsigned char *s = (const unsigned char *)text; *s;) {
		size_t k = shown_length(s);
		if (n + 5 > room)
			break;
		if (k) {
			memcpy(out + n, s, k);
			n += k;
			s += k;
		} else {
			n += (size_t)snprintf(out + n, room - n, "\\x%02x", *s++);
		}
	}
	return n;
}

void log_write(enum log_level level, const char *fmt, ...)
{
	if ((int)level > sink_level)
		return;
	int saved = errno;
	char text[2048], line[4096], stamp[CLOCK_TEXT];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	clock_format_utc(clock_now(), stamp);
	size_t n = (size_t)snprintf(line, sizeof line, "%s %-5s [%d] ", stamp, names[level],
				    (int)getpid());
	n += make_safe(text, line + n, sizeof line - n - 1);
	line[n++] = '\n';
	ssize_t done = write(sink_fd, line, n);
	(void)done; /* there is nowhere left to complain to */
	errno = saved;
}

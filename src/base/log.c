/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"

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

static bool is_between(uint32_t c, uint32_t low, uint32_t high)
{
	return c >= low && c <= high;
}

/* Controls, and what moves or hides text: bidi controls, zero-width characters, separators of
 * lines, tags. */
static bool is_shown(uint32_t cp)
{
	return cp >= 0x20 && !is_between(cp, 0x7f, 0x9f) && cp != 0xad && cp != 0x61c &&
	       !is_between(cp, 0x200b, 0x200f) && !is_between(cp, 0x2028, 0x202e) &&
	       !is_between(cp, 0x2060, 0x206f) && cp != 0xfeff &&
	       !is_between(cp, 0xe0000, 0xe0fff) && cp != UTF8_BROKEN;
}

static size_t make_safe(const char *text, char *out, size_t room)
{
	size_t n = 0, left = strlen(text), length;
	for (; left > 0; text += length, left -= length) {
		uint32_t cp;
		length = utf8_decode(text, left, &cp);
		if (n + 4 * length + 1 > room)
			break;
		if (is_shown(cp)) {
			memcpy(out + n, text, length);
			n += length;
			continue;
		}
		for (size_t i = 0; i < length; i++)
			n += (size_t)snprintf(out + n, room - n, "\\x%02x",
					      (unsigned char)text[i]);
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

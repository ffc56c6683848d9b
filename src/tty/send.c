/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tty/send.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void tty_send(const char *s)
{
	size_t n = s ? strlen(s) : 0;
	while (n) {
		ssize_t done = write(STDOUT_FILENO, s, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return; /* the terminal is gone: the loop hears of it by hang-up */
		s += done;
		n -= (size_t)done;
	}
}

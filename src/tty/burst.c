/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tty/burst.h"

#define AHEAD_MOST 32 /* bytes that somebody may type ahead of a bad line */

static bool is_break(char c)
{
	return c == '\r' || c == '\n';
}

static bool is_text(const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if ((c < ' ' && c != '\t' && !is_break(bytes[i])) || c == 0x7f)
			return false;
	}
	return true;
}

/* Bytes up to the first line break. */
static size_t first_line(const char *bytes, size_t n)
{
	size_t i = 0;
	while (i < n && !is_break(bytes[i]))
		i++;
	return i;
}

bool burst_is_paste(const char *bytes, size_t n, bool line_open)
{
	size_t end = first_line(bytes, n);
	while (end < n && is_break(bytes[end]))
		end++;
	bool goes_on = end < n && is_break(bytes[end - 1]);
	return goes_on && (line_open || n >= AHEAD_MOST) && is_text(bytes, n);
}

bool burst_may_go_on(const char *bytes, size_t n, bool line_open)
{
	return line_open && n && is_break(bytes[n - 1]) && first_line(bytes, n) > 0 &&
	       is_text(bytes, n);
}

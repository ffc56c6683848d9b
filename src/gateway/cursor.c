/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/cursor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cursor_format(const struct backend *b, int64_t seq, char text[CURSOR_TEXT])
{
	snprintf(text, CURSOR_TEXT, "%" PRIx64 "-%" PRIx64, backend_epoch(b), (uint64_t)seq);
}

/* Reads lower-case hexadecimal up to `stop`; NULL where there is none or too much. */
static const char *hex(const char *s, char stop, uint64_t *v)
{
	size_t n = strspn(s, "0123456789abcdef");
	if (n == 0 || n > 15 || s[n] != stop)
		return NULL;
	*v = strtoull(s, NULL, 16);
	return s + n;
}

bool cursor_parse(const struct backend *b, const char *text, int64_t *seq)
{
	*seq = 0;
	if (!text || !*text)
		return true;
	uint64_t epoch, number;
	const char *s = hex(text, '-', &epoch);
	if (!s || !hex(s + 1, '\0', &number) || epoch != backend_epoch(b) ||
	    number > (uint64_t)backend_last(b))
		return false;
	*seq = (int64_t)number;
	/* Position 0 holds nothing, so no deletion can be missing from it. */
	return *seq == 0 || *seq >= backend_horizon(b);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/etag.h"

#include <string.h>

bool etag_listed(const char *list, const char *tag)
{
	size_t n = strlen(tag);
	for (const char *s = list; *s;) {
		s += strspn(s, " \t,");
		if (*s == '*')
			return true;
		if (strncmp(s, "W/", 2) == 0)
			s += 2;
		if (*s++ != '"')
			return false;
		const char *end = strchr(s, '"');
		if (!end)
			return false;
		if ((size_t)(end - s) == n && memcmp(s, tag, n) == 0)
			return true;
		s = end + 1;
	}
	return false;
}

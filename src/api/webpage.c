/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/webpage.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define LOOK_MOST (256 * 1024) /* bytes in which a form is looked for */

static bool starts(const char *s, const char *with)
{
	return strncasecmp(s, with, strlen(with)) == 0;
}

/* Behind blanks, a byte order mark, comments and an XML declaration. */
static const char *skip_preamble(const char *s)
{
	if (starts(s, "\xef\xbb\xbf"))
		s += 3;
	for (;;) {
		const char *end = NULL;
		s += strspn(s, " \t\r\n");
		if (starts(s, "<!--"))
			end = strstr(s, "-->");
		else if (starts(s, "<?"))
			end = strstr(s, "?>");
		if (!end)
			return s;
		s = end + (*end == '-' ? 3 : 2);
	}
}

bool webpage_is(const char *text, const char *type)
{
	const char *p = skip_preamble(text);
	if (*p != '<')
		return false;
	return starts(p, "<!doctype html") || starts(p, "<html") || starts(p, "<head") ||
	       starts(p, "<body") || strcasestr(type, "text/html");
}

void webpage_title(const char *text, char *buf, size_t size)
{
	char title[200];
	const char *from = strcasestr(text, "<title"), *to = NULL;
	if (from && (from = strchr(from, '>')))
		to = strcasestr(from, "</title");
	if (!to) {
		utf8_copy(buf, size, skip_preamble(text));
		return;
	}
	from++;
	from += strspn(from, " \t\r\n");
	while (to > from && strchr(" \t\r\n", to[-1]))
		to--;
	size_t n = (size_t)(to - from) < sizeof title ? (size_t)(to - from) : sizeof title - 1;
	memcpy(title, from, n);
	title[n] = '\0';
	utf8_drop_half(title);
	char quoted[sizeof title + 8];
	snprintf(quoted, sizeof quoted, "“%s”", title);
	utf8_copy(buf, size, quoted);
}

bool webpage_asks_to_log_in(const char *text, size_t n)
{
	const char *end = text + (n < LOOK_MOST ? n : LOOK_MOST);
	for (const char *p = text; p < end && (p = strcasestr(p, "type=")); p++) {
		p += strlen("type=");
		p += *p == '"' || *p == '\'';
		if (starts(p, "password"))
			return true;
	}
	return false;
}

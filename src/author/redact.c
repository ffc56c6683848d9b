/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets that nobody told us of are known by the names in front of them: "token": "…" in JSON,
 * token=… in forms and URLs, Token: … in headers, <token>…</token> in XML. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "author/recording.h"
#include "base/alloc.h"
#include "base/strbuf.h"

#define NAME_MOST 60
#define INSTEAD "SECRET"

bool redact_sounds_secret(const char *name)
{
	static const char *const words[] = {
		"authorization", "token",   "api-key",   "api_key",      "apikey",
		"secret",        "passw",   "mat_khau",  "matkhau",      "x-auth",
		"cookie",        "session", "assertion", "code_verifier"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcasestr(name, words[i]))
			return true;
	return false;
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Behind a name: the first byte of its value and the one behind its last; false where it has
 * none here. */
static bool find_value(const char *s, const char *end, const char **from, const char **to)
{
	bool quoted = s < end && *s == '"';
	const char *p = s + quoted;
	while (p < end && *p == ' ')
		p++;
	if (p >= end || (*p != ':' && *p != '=' && *p != '>'))
		return false;
	char sign = *p++;
	while (p < end && *p == ' ')
		p++;
	const char *stops = sign == '>' ? "<" : sign == '=' ? "& \r\n\"" : "\r\n";
	if (quoted || (p < end && *p == '"')) {
		if (p >= end || *p != '"')
			return false;
		p++;
		stops = "\"";
	}
	*from = p;
	while (p < end && !strchr(stops, *p))
		p++;
	*to = p;
	/* What is known was taken out already; the words around it are none. */
	size_t n = (size_t)(*to - *from);
	return n && !memmem(*from, n, INSTEAD, strlen(INSTEAD));
}

char *redact_text(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	const char *end = s + n, *from, *to;
	while (s < end) {
		size_t length = 0;
		char name[NAME_MOST + 1];
		while (s + length < end && is_name(s[length]))
			length++;
		if (!length) {
			strbuf_addc(&b, *s++);
			continue;
		}
		snprintf(name, sizeof name, "%.*s",
			 length > NAME_MOST ? NAME_MOST : (int)length, s);
		strbuf_add(&b, s, length);
		s += length;
		if (!redact_sounds_secret(name) || !find_value(s, end, &from, &to))
			continue;
		strbuf_add(&b, s, (size_t)(from - s));
		strbuf_adds(&b, INSTEAD);
		s = to;
	}
	return strbuf_detach(&b);
}

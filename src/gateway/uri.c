/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/uri.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes in place; `plus` says whether + stands for a blank.  Returns whether the result is
 * UTF-8 without NUL. */
static bool decode(char *s, bool plus)
{
	char *out = s, *start = s;
	for (; *s; s++) {
		if (*s == '%') {
			int high = digit(s[1]), low = high < 0 ? -1 : digit(s[2]);
			if (low < 0 || (high == 0 && low == 0))
				return false;
			*out++ = (char)(high << 4 | low);
			s += 2;
		} else {
			*out++ = plus && *s == '+' ? ' ' : *s;
		}
	}
	*out = '\0';
	return utf8_is_valid(start, (size_t)(out - start));
}

int fields_parse(struct fields *f, const char *s, size_t n, struct err *e)
{
	*f = (struct fields){0};
	if (memchr(s, '\0', n))
		return err_set(e, ERR_PARSE, "a NUL byte in the parameters");
	f->text = xstrndup(s, n);
	char *rest = f->text, *pair;
	while ((pair = strsep(&rest, "&"))) {
		if (!*pair)
			continue;
		if (f->count == FIELDS_MOST)
			return err_set(e, ERR_LIMIT, "more than %d parameters", FIELDS_MOST);
		char *name = strsep(&pair, "="), *value = pair ? pair : name + strlen(name);
		if (!decode(name, true) || (*value && !decode(value, true)))
			return err_set(e, ERR_PARSE, "a broken escape in the parameters");
		f->list[f->count++] = (struct field){name, value};
	}
	return 0;
}

const char *fields_get(const struct fields *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->list[i].name, name) == 0)
			return f->list[i].value;
	return NULL;
}

void fields_free(struct fields *f)
{
	free(f->text);
	*f = (struct fields){0};
}

static int split_path(struct uri *u, struct err *e)
{
	char *rest = u->text + (*u->text == '/'), *segment;
	while ((segment = strsep(&rest, "/"))) {
		if (u->count == SEGMENTS_MOST)
			return err_set(e, ERR_LIMIT, "a path of more than %d parts",
				       SEGMENTS_MOST);
		if (!decode(segment, false))
			return err_set(e, ERR_PARSE, "a broken escape in the path");
		u->segments[u->count++] = segment;
	}
	return 0;
}

int uri_parse(struct uri *u, const char *s, struct err *e)
{
	*u = (struct uri){0};
	size_t n = strcspn(s, "?");
	u->path = xstrndup(s, n);
	u->text = xstrdup(u->path);
	const char *query = s + n + (s[n] == '?');
	int bad = split_path(u, e);
	if (fields_parse(&u->query, query, strlen(query), bad < 0 ? NULL : e) < 0)
		bad = -1;
	return bad;
}

void uri_free(struct uri *u)
{
	free(u->path);
	free(u->text);
	fields_free(&u->query);
	*u = (struct uri){0};
}

void uri_escape(struct strbuf *b, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";
	for (; *s; s++)
		if (strchr(plain, *s))
			strbuf_addc(b, *s);
		else
			strbuf_addf(b, "%%%02X", (unsigned char)*s);
}

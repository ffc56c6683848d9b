/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void __attribute__((format(printf, 3, 0)))
fill(struct err *e, enum err_code code, const char *fmt, va_list ap)
{
	if (!e)
		return;
	e->code = code;
	vsnprintf(e->text, sizeof e->text, fmt, ap);
	utf8_drop_half(e->text);
}

int err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fill(e, code, fmt, ap);
	va_end(ap);
	return -1;
}

int err_errno(struct err *e, enum err_code code, const char *fmt, ...)
{
	int number = errno;
	va_list ap;
	va_start(ap, fmt);
	fill(e, code, fmt, ap);
	va_end(ap);
	if (e) {
		size_t n = strlen(e->text);
		snprintf(e->text + n, sizeof e->text - n, ": %s", strerror(number));
		utf8_drop_half(e->text);
	}
	return -1;
}

int err_prefix(struct err *e, const char *fmt, ...)
{
	if (!e)
		return -1;
	char head[sizeof e->text];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(head, sizeof head, fmt, ap);
	va_end(ap);
	size_t used = n < 0 ? 0 : (size_t)n;
	if (used + 3 >= sizeof head)
		return -1;
	memcpy(head + used, ": ", 2);
	used += 2;
	size_t rest = strlen(e->text);
	if (rest > sizeof head - used - 1)
		rest = sizeof head - used - 1;
	memcpy(head + used, e->text, rest);
	head[used + rest] = '\0';
	memcpy(e->text, head, used + rest + 1);
	utf8_drop_half(e->text);
	return -1;
}

static const char *const names[] = {
	[ERR_NONE] = "none",
	[ERR_USAGE] = "usage",
	[ERR_PARSE] = "parse",
	[ERR_IO] = "io",
	[ERR_NOT_FOUND] = "not-found",
	[ERR_PERMISSION] = "permission",
	[ERR_BUSY] = "busy",
	[ERR_CONFLICT] = "conflict",
	[ERR_NET] = "net",
	[ERR_AUTH] = "auth",
	[ERR_CORRUPT] = "corrupt",
	[ERR_LIMIT] = "limit",
	[ERR_CANCELLED] = "cancelled",
	[ERR_UNSUPPORTED] = "unsupported",
};
enum { CODES = sizeof names / sizeof *names };

const char *err_code_name(enum err_code code)
{
	return (unsigned)code < CODES ? names[code] : "unknown";
}

enum err_code err_code_parse(const char *name)
{
	for (int i = 1; i < CODES; i++)
		if (strcmp(name, names[i]) == 0)
			return (enum err_code)i;
	return ERR_IO;
}

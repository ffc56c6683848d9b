/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Mutable on purpose: whoever owns the terminal must be asked before the program dies. */
static void (*failure_hook)(void);

void alloc_on_failure(void (*hook)(void))
{
	failure_hook = hook;
}

static void *need(void *p)
{
	static const char words[] = "ioc-console: out of memory\n";
	if (p)
		return p;
	if (failure_hook)
		failure_hook();
	if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
		_exit(70);
	abort();
}

void *xmalloc(size_t n)
{
	return need(malloc(n ? n : 1));
}

void *xcalloc(size_t count, size_t size)
{
	return need(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t n)
{
	return need(realloc(p, n ? n : 1));
}

void *xreallocarray(void *p, size_t count, size_t size)
{
	size_t n;
	if (__builtin_mul_overflow(count, size, &n))
		need(NULL);
	return xrealloc(p, n);
}

char *xstrdup(const char *s)
{
	return need(strdup(s));
}

char *xstrndup(const char *s, size_t n)
{
	return need(strndup(s, n));
}

char *xasprintf(const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	va_start(ap, fmt);
	int n = vasprintf(&s, fmt, ap);
	va_end(ap);
	return need(n < 0 ? NULL : s);
}

void array_reserve(void **array, size_t *cap, size_t want, size_t size)
{
	if (want <= *cap)
		return;
	size_t n = *cap ? *cap : 8;
	while (n < want)
		n = n > SIZE_MAX / 2 ? want : n * 2;
	*array = xreallocarray(*array, n, size);
	*cap = n;
}

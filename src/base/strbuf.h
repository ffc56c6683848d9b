/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing string. */
#ifndef IOC_BASE_STRBUF_H
#define IOC_BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

/* `s` is terminated and never NULL; `len` does not count the terminator. */
struct strbuf {
	char *s;
	size_t len, cap;
};

extern char strbuf_empty[];
#define STRBUF_INIT                                                                            \
	{                                                                                      \
		strbuf_empty, 0, 0                                                             \
	}

void strbuf_free(struct strbuf *b);  /* and makes it empty again */
void strbuf_clear(struct strbuf *b); /* keeps the memory */
void strbuf_reserve(struct strbuf *b, size_t more);
void strbuf_add(struct strbuf *b, const void *data, size_t n);
void strbuf_adds(struct strbuf *b, const char *s);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addn(struct strbuf *b, char c, size_t n); /* c, n times */
void strbuf_addf(struct strbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
/* Removes the first n bytes. */
void strbuf_drop(struct strbuf *b, size_t n);
/* Cuts to n bytes, if longer. */
void strbuf_truncate(struct strbuf *b, size_t n);
/* The string, which the caller frees; the buffer is empty afterwards. */
char *strbuf_detach(struct strbuf *b);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of other charsets as UTF-8. */
#ifndef IOC_API_CHARSET_H
#define IOC_API_CHARSET_H

#include "base/arena.h"
#include "base/err.h"

#define CHARSET_MOST 40 /* room for a name */

/* The charset that a Content-Type names, into buf[CHARSET_MOST]; "" where it names none. */
void charset_of_type(const char *type, char *buf);
/* The charset that a byte order mark tells, or NULL; *mark is its length. */
const char *charset_of_mark(const char *s, size_t n, size_t *mark);
/* The text as UTF-8 in the arena, terminated.  NULL with *e where the charset is unknown or the
 * text not of it. */
char *charset_convert(const char *charset, const char *s, size_t n, struct arena *a,
		      size_t *out_n, struct err *e);

#endif

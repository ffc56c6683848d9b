/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an export goes: standard output, or a file that appears whole or not at all. */
#ifndef IOC_EXPORT_OUT_H
#define IOC_EXPORT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/err.h"
#include "base/strbuf.h"

#define OUT_SIZE ((size_t)256 << 10)

/* A large buffer in front of a descriptor.  Callers append through the functions below, and
 * look at `failed` when it suits them: after a failure everything is dropped. */
struct out {
	char *buf;
	size_t n;
	int fd;
	bool failed, broken_pipe, terminal;
	bool nameless;          /* the temporary file has no name yet */
	int error;              /* errno of the failure */
	char *path, *temporary; /* NULL: standard output; nothing to replace */
	struct strbuf *memory;  /* instead of a descriptor */
};

/* `path` NULL or "-" is standard output; otherwise a temporary file beside it (0600), which
 * replaces it in out_finish, or the device or pipe that it names.  -1 with *e. */
int out_open(struct out *o, const char *path, struct err *e);
/* Appends to a string instead; cannot fail. */
void out_open_memory(struct out *o, struct strbuf *memory);
/* Writes what is left and puts the file in its place, safe on disk.  0, or -1 with *e; a
 * reader that went away (broken pipe) counts as well done. */
int out_finish(struct out *o, struct err *e);
/* Forgets the file; what went to standard output is gone already. */
void out_abandon(struct out *o);

/* Writes the buffer now. */
void out_flush(struct out *o);
/* Appends what may not fit: use out_add. */
void out_add_slowly(struct out *o, const char *s, size_t n);

/* Appends. */
static inline void out_add(struct out *o, const char *s, size_t n)
{
	if (OUT_SIZE - o->n < n) {
		out_add_slowly(o, s, n);
		return;
	}
	memcpy(o->buf + o->n, s, n);
	o->n += n;
}

static inline void out_addc(struct out *o, char c)
{
	if (o->n == OUT_SIZE)
		out_flush(o);
	o->buf[o->n++] = c;
}

static inline void out_adds(struct out *o, const char *s)
{
	out_add(o, s, strlen(s));
}

#endif

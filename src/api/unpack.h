/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies that come packed (gzip, deflate), unpacked as they come.  libcurl could do that, but
 * does not tell an answer that was packed whole from one whose end is missing. */
#ifndef IOC_API_UNPACK_H
#define IOC_API_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

struct unpack;

/* By a Content-Encoding; NULL for one that names nothing to unpack (NULL, "", "identity") and
 * for one that is not known, which *odd tells. */
struct unpack *unpack_new(const char *encoding, bool *odd);
void unpack_free(struct unpack *u);

/* Unpacks what has come, and gives it on in pieces; one that is refused (false) ends it.
 * False then, and where the bytes are no such packing: unpack_is_broken tells. */
bool unpack_add(struct unpack *u, const char *p, size_t n,
		bool (*data)(void *context, const char *p, size_t n), void *context);
bool unpack_is_broken(const struct unpack *u);
/* Whether what has come so far is whole; so is nothing at all. */
bool unpack_is_whole(const struct unpack *u);

#endif

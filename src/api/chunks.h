/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts an endless body into the texts of its JSON values, as the bytes come. */
#ifndef IOC_API_CHUNKS_H
#define IOC_API_CHUNKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

struct chunks {
	struct strbuf text; /* of the value that is not whole yet */
	size_t most;        /* bytes that one may have */
	bool lines;         /* a line is a value; else brackets tell where one ends */
	bool broken;        /* one was too long: nothing more is taken */
	bool in_string, escaped;
	int depth;
};

void chunks_init(struct chunks *c, bool lines, size_t most);
void chunks_free(struct chunks *c);
/* Takes bytes in and calls each() for every value that they complete; its text is terminated
 * and valid during the call.  Blanks, empty lines and RS characters between values are
 * nothing. */
void chunks_feed(struct chunks *c, const char *p, size_t n,
		 void (*each)(void *, const char *, size_t), void *context);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV onto a tape: a list of objects of texts. */
#ifndef IOC_API_CSV_H
#define IOC_API_CSV_H

#include "api/format.h"

/* Reads UTF-8.  Cells beyond the header, or under an empty one, are named "#7" by their place;
 * blank lines are nothing; an empty cell is an empty text.  -1 with *e. */
int csv_read(const struct csv_spec *s, const char *text, size_t n, struct tape *t,
	     struct err *e);

#endif

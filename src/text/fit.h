/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text into columns: cutting, padding and wrapping by grapheme cluster. */
#ifndef IOC_TEXT_FIT_H
#define IOC_TEXT_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum fit_align { FIT_LEFT, FIT_RIGHT, FIT_CENTER };

/* Bytes of the longest prefix that takes at most `columns`; *used (may be NULL) is its width.
 */
size_t fit_prefix(const char *s, size_t n, int columns, int *used);

/* Appends at most `columns` of the text, ended by "…" where it was cut.  Returns the width. */
int fit_cut(struct strbuf *out, const char *s, size_t n, int columns);

/* Appends exactly `columns`: cut as above, or padded with blanks. */
void fit_pad(struct strbuf *out, const char *s, size_t n, int columns, enum fit_align align);

/* One line of a wrapped text: n bytes from start, `width` columns, without the blanks at its
 * end. */
struct fit_line {
	size_t start, n;
	int width;
};

/* The next line from *at (start with 0): broken at blanks, within a word only where it is
 * longer than the line, and at \n.  False at the end; an empty text has no line.  `columns` of
 * at least 2 always advance; less counts as 2. */
bool fit_wrap(const char *s, size_t n, int columns, size_t *at, struct fit_line *line);

#endif

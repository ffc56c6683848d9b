/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the items of an answer stand in its text, so that each can be kept as the vendor wrote
 * it: exact, and without the cost of writing parsed values out again. */
#ifndef IOC_API_SPAN_H
#define IOC_API_SPAN_H

#include <stdbool.h>
#include <stddef.h>

struct span {
	const char *s;
	size_t n;
};

/* The elements of the array that is reached by these member names from the text's one value,
 * or, where no array is there, that value itself.  The text must have been accepted by a
 * parser.  False where the way can't be followed.  The caller frees *out. */
bool span_items(const char *json, size_t n, const char *const *path, size_t path_n,
		struct span **out, size_t *count);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns so plain that they are matched without a library, which takes a microsecond for each
 * match: ASCII characters, classes of them, \s and \d, one of them with a +, between ^ and $.
 * Most of what maps have is of this kind: "\\s+", "[^0-9]", "^84", "\\.[0-9]+Z$". */
#ifndef IOC_API_JQPLAIN_H
#define IOC_API_JQPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JQPLAIN_MOST 16

struct jqplain {
	struct jqplain_one {
		uint64_t set[4]; /* of bytes that begin a character */
		bool many;       /* + */
		bool wide;       /* \s or \d, which mean more beyond ASCII */
	} list[JQPLAIN_MOST];
	size_t count;
	bool from_start, to_end, wide;
};

/* Whether the pattern is as plain as that. */
bool jqplain_read(struct jqplain *p, const char *pattern, size_t n);
/* Whether it means the same for this text as for the library: a text of some kilobytes, in the
 * letters of Europe or Vietnam where the pattern is wide, of one line where it has ^ or $. */
bool jqplain_suits(const struct jqplain *p, const char *s, size_t n);
/* The first match in a text that begins at `start`, looked for from `from` on; *to becomes its
 * end.  NULL: there is none. */
const char *jqplain_find(const struct jqplain *p, const char *start, const char *from,
			 const char *end, const char **to);

#endif

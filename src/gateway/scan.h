/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a JSON object without building a tree: checks all of it (RFC 8259, UTF-8, depth,
 * numbers that every reader can hold) and points at its members, so that a record can be
 * taken in and passed on as the text it came in. */
#ifndef IOC_GATEWAY_SCAN_H
#define IOC_GATEWAY_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#define SCAN_MEMBERS 160 /* of an object that is read */
#define SCAN_SPARE 8     /* places for members that a draft adds */
#define SCAN_DEPTH 16

enum scan_type {
	SCAN_NULL,
	SCAN_FALSE,
	SCAN_TRUE,
	SCAN_NUMBER,
	SCAN_STRING,
	SCAN_ARRAY,
	SCAN_OBJECT,
};

/* The texts are not terminated.  A name has no escapes; a string's text has its quotes. */
struct scan_member {
	const char *name;
	size_t name_n;
	enum scan_type type;
	bool escaped; /* a string with backslashes */
	const char *text;
	size_t n;
};

struct scan {
	struct scan_member members[SCAN_MEMBERS + SCAN_SPARE];
	size_t count;
	const char *why; /* what is wrong; static */
	size_t at;       /* byte where, from 0 */
};

/* The text must be one object, with blanks round it at most.  Members point into it.
 * 0, or -1 with why and at. */
int scan_object(struct scan *s, const char *text, size_t n);
/* The member of this name, or NULL. */
struct scan_member *scan_find(struct scan *s, const char *name);
/* The bytes that a string stands for, into out, which has room for m->n; returns how many.
 * They are UTF-8 and may hold NUL. */
size_t scan_string(const struct scan_member *m, char *out);
/* Whether an array holds nothing but objects. */
bool scan_all_objects(const struct scan_member *m);

#endif

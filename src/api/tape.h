/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON from outside as a tape: one array of nodes in the order of the text, each of which knows
 * how many follow that belong to it.  Libraries read the text; nothing is copied but texts that
 * hold escapes, and every node knows where it stands, so that an item can be kept as the vendor
 * wrote it and a number keeps its digits.
 *
 * One broken character must not cost an answer: halves of surrogate pairs and invalid UTF-8
 * become replacement or question marks; of a text with control characters where JSON has none,
 * a copy with blanks in their place is read; numbers that only libjq takes (NaN, Infinity, 007)
 * are numbers, and then all numbers are doubles and all nodes odd; what is nested deeper than
 * TAPE_DEPTH becomes one NODE_DEEP. */
#ifndef IOC_API_TAPE_H
#define IOC_API_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"

#define TAPE_DEPTH 256              /* of arrays and objects in each other */
#define TAPE_MOST ((size_t)8 << 20) /* nodes */

enum node_type {
	NODE_NULL,
	NODE_FALSE,
	NODE_TRUE,
	NODE_NUMBER,
	NODE_STRING,
	NODE_ARRAY,  /* its elements follow */
	NODE_OBJECT, /* names and values follow in turn */
	NODE_DEEP,   /* an array or object that was not looked into */
};

struct node {
	const char *s; /* of a string what it says (valid UTF-8, may hold NUL, not terminated);
			  of others where they stand in the text */
	uint32_t n;    /* bytes of that */
	uint32_t size; /* nodes: itself and what belongs to it */
	enum node_type type : 8;
	bool odd; /* something in it is not as a strict reader would have it */
};

struct tape {
	struct node *nodes; /* the first is the whole; none before a successful reading */
	size_t count, cap;
	struct arena texts;
	struct arena source; /* for the text itself, where it had to be made; stays when the
				tape is cleared */
	unsigned depth;      /* what is nested deeper is not looked into; 0: TAPE_DEPTH */
};

#define TAPE_INIT                                                                              \
	{                                                                                      \
		NULL, 0, 0, ARENA_INIT, ARENA_INIT, 0                                          \
	}

/* Reads the one value of a text, which must be followed by a NUL and outlive the tape.  -1 with
 * *e (what is wrong and where) if it is not JSON.  Free in any case. */
int tape_read(struct tape *t, const char *s, size_t n, struct err *e);
/* Reads all values of a text that follow each other, with blanks, line ends, RS characters or
 * nothing between them, as one array.  Where the text as a whole is refused each line is read
 * on its own, and one that is no JSON becomes a string. */
int tape_read_all(struct tape *t, const char *s, size_t n, struct err *e);
void tape_free(struct tape *t);

/* For those who lay a tape by hand: a new node, complete but for what belongs to it; its
 * number, or -1 with *e where the tape is full. */
int tape_add(struct tape *t, enum node_type type, const char *s, size_t n, bool odd,
	     struct err *e);
/* A copy of a text from outside that lives as long as the tape; what is no UTF-8 in it becomes
 * replacement characters.  *len is its length. */
const char *tape_text(struct tape *t, const char *s, size_t n, size_t *len);
/* All nodes added after this one belong to it. */
static inline void tape_close(struct tape *t, int at)
{
	t->nodes[at].size = (uint32_t)(t->count - (size_t)at);
}
/* Makes it empty but keeps its memory. */
void tape_clear(struct tape *t);

/* The children of an array or object, one after the other: from node_first(n) to node_end(n),
 * stepping by node_next. */
static inline const struct node *node_first(const struct node *n)
{
	return n + 1;
}
static inline const struct node *node_next(const struct node *n)
{
	return n + n->size;
}
#define node_end node_next

/* The last member of this name, as parsers have it; NULL where there is none, or no object. */
const struct node *node_get(const struct node *object, const char *name, size_t n);
/* Whether a number is written as a plain integer: "-12", not "1e3" or "007". */
bool node_is_integer(const struct node *number);
/* As near as a double comes; NaN and infinite ones too. */
double node_number(const struct node *number);
/* "object", "number", …; as jq names them. */
const char *node_type_name(const struct node *n);

#define NODE_CLEAN 1 /* texts go through the door of text/clean.h */
/* Appends it as strict JSON without blanks that any reader takes: numbers that most can't hold
 * are rounded or become null. */
void node_write(const struct node *n, unsigned flags, struct strbuf *out);

#endif

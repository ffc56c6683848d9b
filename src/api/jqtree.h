/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter as a tree: the part of jq that maps are mostly made of, so that api/jqrun can run it
 * on the tape.  Known are paths, literals, texts with \(…), objects, arrays, pipes, commas, //,
 * if, and, or, comparing, reckoning, `as $x`, reduce, ?, try, definitions that don't call
 * themselves (which are put in where they are called), and the functions of api/jqcall and
 * api/jqregex.  A filter that holds anything else is no tree, and left to libjq. */
#ifndef IOC_API_JQTREE_H
#define IOC_API_JQTREE_H

#include "api/jqcall.h"
#include "api/jqregex.h"

enum jqop {
	JQ_SELF,     /* . */
	JQ_LITERAL,  /* literal */
	JQ_VARIABLE, /* slot */
	JQ_INDEX,    /* a[b] */
	JQ_SLICE,    /* a[b:c]; NULL where there is none */
	JQ_EACH,     /* a[] */
	JQ_PIPE,     /* a | b */
	JQ_COMMA,    /* a, b */
	JQ_ELSE,     /* a // b */
	JQ_IF,       /* if a then b else c end */
	JQ_AND,      /* a and b */
	JQ_OR,       /* a or b */
	JQ_OBJECT,   /* list: names and values in turn */
	JQ_ARRAY,    /* [a] */
	JQ_TEXT,     /* list: what it is put together of */
	JQ_BIND,     /* a as $slot | b */
	JQ_REDUCE,   /* reduce a as $slot (b; c) */
	JQ_TRY,      /* a? */
	JQ_FIRST,    /* first(a) */
	JQ_EMPTY,
	JQ_ERROR, /* error(…): what it says is libjq's to tell */
	JQ_CALL,  /* call, with list */
	JQ_REGEX, /* regex; a what comes in its place */
};

struct jqtree {
	enum jqop op;
	bool single;  /* yields one value, or fails */
	bool few;     /* yields one at most */
	bool named;   /* OBJECT: its names are literals, none twice */
	bool lenient; /* INDEX, SLICE, EACH: what has none yields nothing */
	unsigned slot;
	const struct jqtree *a, *b, *c;
	const struct jqtree *const *list;
	size_t count;
	const struct node *literal;
	const struct jqcall *call;
	struct jqregex *regex;
};

#define JQ_PAGE 0 /* slots of $page and $lookup */
#define JQ_LOOKUP 1

struct jqprogram {
	const struct jqtree *tree;
	unsigned slots;
	bool bound; /* speaks of $page or $lookup */
	struct arena arena;
	struct jqregex *regexes; /* all of them, to be freed */
};

/* Of a filter that libjq has compiled, behind the definitions of `prelude`; NULL: left to
 * libjq. */
struct jqprogram *jqprogram_new(const char *prelude, const char *filter);
void jqprogram_free(struct jqprogram *p);

#endif

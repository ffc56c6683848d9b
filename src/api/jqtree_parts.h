/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read a filter into a tree share; nobody else includes it.  Each function
 * that reads takes the tokens it knows, and yields NULL where the filter is no tree. */
#ifndef IOC_API_JQTREE_PARTS_H
#define IOC_API_JQTREE_PARTS_H

#include "api/jqtree.h"
#include "api/jqwords.h"

#define JQTREE_PARTS_MOST 512 /* of an object or text */

enum jqmeaning { VARIABLE, CLOSURE, DEFINITION };

/* What a name means from here on. */
struct jqscope {
	enum jqmeaning what;
	const char *name;
	size_t n, arity;
	unsigned slot;             /* VARIABLE */
	const struct jqtree *tree; /* CLOSURE */
	const char *head;          /* DEFINITION: behind its name */
	bool busy;                 /* DEFINITION: it is just being put in */
	struct jqscope *outer;
};

struct jqparser {
	struct jqprogram *program;
	struct arena *arena;
	struct jqscope *scope;
	struct jqtoken t;
	size_t nodes;
	int depth;
};

static inline bool jqparse_is(const struct jqparser *p, const char *word)
{
	return jqtoken_is(p->t, word);
}

static inline void jqparse_step(struct jqparser *p)
{
	p->t = jqtoken_at(p->t.s + p->t.n);
}

static inline bool jqparse_skip(struct jqparser *p, const char *word)
{
	if (!jqparse_is(p, word))
		return false;
	jqparse_step(p);
	return true;
}

/* Definitions, and what stands behind them. */
const struct jqtree *jqparse_pipe(struct jqparser *p);
/* What an operator binds: a term, with a minus, `try` or `as` about it. */
const struct jqtree *jqparse_operand(struct jqparser *p);
const struct jqtree *jqparse_term(struct jqparser *p);

/* --- making; what a tree yields is told from its parts --- */

extern const struct jqtree jqtree_self;
struct jqtree *jqtree_make(struct jqparser *p, enum jqop op, const struct jqtree *a,
			   const struct jqtree *b, const struct jqtree *c);
const struct jqtree *jqtree_literal(struct jqparser *p, const struct node *n);
const struct jqtree *jqtree_variable(struct jqparser *p, unsigned slot);
/* Of names and values in turn, at most JQTREE_PARTS_MOST; NULL where api/jqrun can't. */
const struct jqtree *jqtree_object(struct jqparser *p, const struct jqtree *const *list,
				   size_t n);
/* Of what a text is put together of; NULL where a part of it may yield several. */
const struct jqtree *jqtree_text(struct jqparser *p, const struct jqtree *const *list,
				 size_t n);
/* One argument may yield several values; NULL where more do. */
const struct jqtree *jqtree_call(struct jqparser *p, const struct jqcall *call,
				 const struct jqtree *const *list, size_t n);
const struct jqtree *jqtree_negate(struct jqparser *p, const struct jqtree *a);
/* What a literal is; NULL of others. */
const struct node *jqtree_constant(const struct jqtree *t);

/* --- names --- */

/* From here on, until p->scope is set back. */
struct jqscope *jqname_bind(struct jqparser *p, enum jqmeaning what, const char *name,
			    size_t n);
/* At "as $name", which is bound from here on; its slot, or 0. */
unsigned jqname_parse_as(struct jqparser *p);
/* The variable, or the definition or closure of so many parameters; NULL: none. */
struct jqscope *jqname_find(const struct jqparser *p, bool is_variable, const char *name,
			    size_t n, size_t arity);
/* At "def"; its body is read where it is called. */
bool jqname_define(struct jqparser *p);
/* At a name that is no keyword, with its arguments. */
const struct jqtree *jqname_parse_call(struct jqparser *p);

#endif

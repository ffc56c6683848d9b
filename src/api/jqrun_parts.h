/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that run a tree share; nobody else includes it.
 *
 * A tree yields by calling the next in line for each of its values; the many that yield just
 * one are asked for it, which is faster. */
#ifndef IOC_API_JQRUN_PARTS_H
#define IOC_API_JQRUN_PARTS_H

#include "api/jqindex.h"
#include "api/jqrun.h"
#include "base/alloc.h"

#define JQRUN_WORK_MOST ((size_t)4 << 20) /* nodes made for one input */

struct jqrun {
	const struct jqprogram *program;
	struct arena arena;
	struct jqindex index;      /* of what is in $page and $lookup */
	const struct node **slots; /* what variables are */
	const struct node **list;  /* of all arrays that are just being filled */
	size_t count, cap;
	size_t work;
	size_t caught; /* trees that catch errors and have yielded; see attempt */
	bool unsure;   /* why it fails: only libjq can say */
	bool enough;   /* or: nobody wants more */
};

/* The next in line. */
struct jqrun_sink {
	int (*take)(struct jqrun *r, const struct jqrun_sink *self, const struct node *n);
	const struct jqtree *tree;
	const struct node *input;
	const struct jqrun_sink *next;
	void *more; /* of its own */
};

static inline const struct node *jqrun_unsure(struct jqrun *r)
{
	r->unsure = true;
	return NULL;
}

static inline int jqrun_give(struct jqrun *r, const struct jqrun_sink *to, const struct node *n)
{
	return n ? to->take(r, to, n) : -1;
}

static inline void jqrun_push(struct jqrun *r, const struct node *n)
{
	ARRAY_PUSH(r->list, r->count, r->cap) = n;
}

/* What was pushed since there were `from`. */
const struct node *jqrun_group(struct jqrun *r, enum node_type type, size_t from);

/* The one value of a tree that is `single`.  NULL: it fails. */
const struct node *jqrun_one(struct jqrun *r, const struct jqtree *t, const struct node *in);
/* Gives each value of a tree to the next in line.  -1: it fails, or nobody wants more. */
int jqrun_each(struct jqrun *r, const struct jqtree *t, const struct node *in,
	       const struct jqrun_sink *to);
/* The value of a // b that is `single`. */
const struct node *jqrun_otherwise(struct jqrun *r, const struct jqtree *t,
				   const struct node *in);

/* What a[b] or a[b:c] asks for; jq looks at that before it looks at a. */
struct jqrun_place {
	const struct node *b, *c;
};

bool jqrun_find_place(struct jqrun *r, const struct jqtree *t, const struct node *in,
		      struct jqrun_place *p);
/* What is there in a.  NULL: nothing can be there, or only libjq knows. */
const struct node *jqrun_go(struct jqrun *r, const struct jqtree *t, const struct node *a,
			    const struct jqrun_place *p);
const struct node *jqrun_index(struct jqrun *r, const struct node *a, const struct node *b);
const struct node *jqrun_slice(struct jqrun *r, const struct node *a, const struct node *b,
			       const struct node *c);

#endif

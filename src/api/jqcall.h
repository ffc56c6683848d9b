/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions and operators of jq that are known without it: name, number of arguments, and
 * what they do to values of api/jqvalue. */
#ifndef IOC_API_JQCALL_H
#define IOC_API_JQCALL_H

#include "api/jqvalue.h"

/* What a function yields for its input; v[0] and v[1] are its arguments.  NULL where it fails:
 * with *unsure where only libjq can say whether it does. */
struct jqcall {
	const char *name;
	size_t arity;
	const struct node *(*run)(struct arena *a, const struct node *in,
				  const struct node *const *v, bool *unsure);
};

/* NULL: there is none of this name with that many arguments. */
const struct jqcall *jqcall_find(const char *name, size_t n, size_t arity);

/* What jq itself defines by other functions, as definitions in jq. */
extern const char jqcall_prelude[];

/* Of lists and objects, and of times; see jqcall_find. */
extern const struct jqcall jqcall_lists[], jqcall_times[];

#endif

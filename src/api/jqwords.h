/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What jq says about a filter that it can't compile, in words by which its author mends it:
 * at which column, what was meant most likely, which name is near. */
#ifndef IOC_API_JQWORDS_H
#define IOC_API_JQWORDS_H

#include <stdbool.h>
#include <stddef.h>

struct jqwords {
	int line, column; /* from 1; column 0: not known */
	char text[320];
};

/* `said` is the first line of jq's message, without what it begins and ends with; `line` the
 * one that jq counted, in the filter.  Tries the filter's beginnings to find the place, which
 * takes some milliseconds. */
void jqwords_explain(const char *filter, const char *said, int line, struct jqwords *out);

/* One token of a filter, for those who look at its form without running it. */
struct jqtoken {
	const char *s;
	size_t n;
	char type; /* 'a' a name or keyword, '.' a field, '$' a variable, '"' a text, '0' a
		      number; else the operator's first character; 0 at the end */
};
/* The token at or behind p, comments and blanks left out. */
struct jqtoken jqtoken_at(const char *p);
/* Behind the bracket, or `end`, that closes the one at t. */
const char *jqtoken_group_end(struct jqtoken t);
/* Behind the semicolon that ends the definition whose `def` is t, and all those in it. */
const char *jqtoken_definition_end(struct jqtoken t);
/* How it changes the number of open brackets, of which `if` … `end` is a pair. */
int jqtoken_opens(struct jqtoken t);
bool jqtoken_is(struct jqtoken t, const char *word);

#endif

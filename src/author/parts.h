/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tools share; nobody outside of this folder includes it. */
#ifndef IOC_AUTHOR_PARTS_H
#define IOC_AUTHOR_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "author/author.h"
#include "base/err.h"
#include "base/strbuf.h"

struct author {
	const struct paths *paths;
	const json_t *request;
	bool json, colour;
	int width; /* columns of the terminal; 100 where there is none */
};

/* Each gives the exit code. */
int author_check(const struct author *a);
int author_try(const struct author *a);
int author_replay(const struct author *a);
int author_diff(const struct author *a);
int author_new(const struct author *a);
int author_schema(const struct author *a);
int author_list(const struct author *a);

/* The i-th word of the request; NULL behind the last. */
const char *author_word(const struct author *a, size_t i);
/* A long option's text; NULL where it was not given. */
const char *author_text(const struct author *a, const char *option);
bool author_flag(const struct author *a, const char *option);

/* The file that a word means: a path, or the name of a connector.  The caller frees; NULL with
 * *e, which names the nearest. */
char *author_file(const struct author *a, const char *word, struct err *e);
/* Says on standard error what went wrong, and gives the exit code for it. */
int author_fail(const struct err *e);
/* Writes JSON for people or scripts. */
void author_print_json(const json_t *value);

/* What text looks like on a terminal that shows colours. */
enum author_ink { INK_NONE, INK_BOLD, INK_DIM, INK_RED, INK_YELLOW, INK_GREEN, INK_CYAN };
/* Begins one; INK_NONE ends all.  "" where there are no colours. */
const char *author_ink(const struct author *a, enum author_ink ink);
/* Prints hostile text made harmless, cut to that many columns (0: not cut), in one line. */
void author_put(const char *s, size_t n, int columns);

#endif

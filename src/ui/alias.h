/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that the operator gives to commands:
 *
 *   alias sáng  queue complaints; view late; sort due_at
 *   alias của   filter đơn-vị:$1 $2
 *   alias xem   goto                       xem PA-00423
 *
 * $1 … $9 are the words behind the name, $@ all of them, $$ is "$".  What names none has them
 * put behind it. */
#ifndef IOC_UI_ALIAS_H
#define IOC_UI_ALIAS_H

#include <stddef.h>

#include "base/err.h"

#define ALIASES_MOST 500
#define ALIAS_NAME_MOST 64 /* bytes */

struct alias {
	char *name, *text;
};

struct aliases {
	struct alias *list; /* by name */
	size_t count, cap;
};

void aliases_free(struct aliases *l);
/* Gives the name to the text, in place of what it meant.  -1 with *e: the name is a command's,
 * or none. */
int alias_set(struct aliases *l, const char *name, const char *text, struct err *e);
/* -1 with *e where there is none. */
int alias_remove(struct aliases *l, const char *name, struct err *e);
/* The alias that the text of a command begins with; NULL: none. */
const struct alias *alias_named(const struct aliases *l, const char *text);
/* What the text, which begins with the alias, stands for.  The caller frees; NULL with *e where
 * words are missing or it becomes too long. */
char *alias_expand(const struct alias *x, const char *text, struct err *e);

#endif

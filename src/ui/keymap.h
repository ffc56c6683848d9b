/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which key runs which commands, by context, and what aliases stand for.  Read from lines of
 * text, the shipped ones and the user's in one language:
 *
 *   # comment
 *   bind CONTEXT KEYS COMMAND …      bind list gg home
 *   unbind CONTEXT KEYS              unbind common <F10>
 *   alias NAME COMMAND …             alias sáng queue complaints; view late
 *   unalias NAME
 */
#ifndef IOC_UI_KEYMAP_H
#define IOC_UI_KEYMAP_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/kind.h" /* N_() */
#include "ui/alias.h"
#include "ui/key.h"

/* Where keys are looked up: in the context at hand first, then in "common". */
/* clang-format off */
#define CONTEXTS(C)                                                             \
	C(common, COMMON, N_("Everywhere"))                                     \
	C(overview, OVERVIEW, N_("Overview"))                                   \
	C(list, LIST, N_("List"))                                               \
	C(detail, DETAIL, N_("Record"))                                         \
	C(due, DUE, N_("Due"))                                                  \
	C(explain, EXPLAIN, N_("Deadline"))                                     \
	C(find, FIND, N_("Search"))                                             \
	C(sources, SOURCES, N_("Sources"))                                      \
	C(help, HELP, N_("Help"))                                               \
	C(actions, ACTIONS, N_("Actions"))                                      \
	C(form, FORM, N_("Filling in"))                                               \
	C(results, RESULTS, N_("Results"))                                      \
	C(outbox, OUTBOX, N_("Outbox"))                                         \
	C(duplicates, DUPLICATES, N_("Duplicates"))                             \
	C(accept, ACCEPT, N_("Accept what is suggested"))                       \
	C(columns, COLUMNS, N_("Columns"))                                      \
	C(picker, PICKER, N_("Picking"))                                        \
	C(theme, THEME, N_("Theme"))
/* clang-format on */
enum context {
#define C(id, NAME, title) CONTEXT_##NAME,
	CONTEXTS(C)
#undef C
		CONTEXT_COUNT
};
const char *context_title(enum context c); /* untranslated */

struct binding {
	enum context context;
	uint32_t keys[KEYS_MOST];
	size_t key_count;
	char *command;
	int line; /* of the file it stands in */
};

struct keymap {
	struct binding *list;
	size_t count, cap;
	struct aliases aliases;
	struct strbuf own; /* the lines of commands, in order */
};

struct keymap *keymap_new(void);
void keymap_free(struct keymap *m);

/* Reads lines on top of what is there: a later file changes the earlier one's bindings.  What
 * is wrong (no such context, key or command, a key bound twice, a key that is the start of
 * another) is told in `problems`, one line each as "NAME:LINE: …", and left out.  Returns the
 * number of problems. */
int keymap_read(struct keymap *m, const char *name, const char *text, size_t n,
		struct strbuf *problems);
/* One such line, as a command gives it: what is there gives way.  -1 with *e. */
int keymap_line(struct keymap *m, const char *line, struct err *e);
/* Takes over what commands changed in the other map. */
void keymap_repeat(struct keymap *m, const struct keymap *other);
/* The context so called ("list"), or -1. */
int context_find(const char *id);
const char *context_id(enum context c);

enum keymap_match { KEYMAP_NONE, KEYMAP_PREFIX, KEYMAP_FOUND };
/* Looks the strokes up; *command is borrowed from the map. */
enum keymap_match keymap_find(const struct keymap *m, enum context c, const uint32_t *keys,
			      size_t count, const char **command);
/* Label of the first key that runs this command in the context or in common, into buf; ""
 * where none does. */
const char *keymap_key_for(const struct keymap *m, enum context c, const char *command,
			   char *buf, size_t size);
/* All keys of a binding as people read them: "gg", "Ctrl-L". */
void binding_label(const struct binding *b, struct strbuf *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing commands: what the files commands_*.c share.  Each ends with a table of its own,
 * which commands.c names. */
#ifndef IOC_UI_COMMANDS_H
#define IOC_UI_COMMANDS_H

#include "ui/command.h"

/* The head of every run function. */
#define RUN(name)                                                                              \
	static int run_##name(struct app *a, const struct words *w, struct effects *fx,        \
			      struct err *e)
#define UNUSED (void)a, (void)w, (void)fx, (void)e

/* The same for what works in a queue only; `l` is the list on screen. */
#define RUN_IN_LIST(name)                                                                      \
	static int in_list_##name(struct app *a, struct list *l, const struct words *w,        \
				  struct effects *fx, struct err *e);                          \
	RUN(name)                                                                              \
	{                                                                                      \
		struct list *l = command_list(a, e);                                           \
		return l ? in_list_##name(a, l, w, fx, e) : -1;                                \
	}                                                                                      \
	static int in_list_##name(struct app *a, struct list *l, const struct words *w,        \
				  struct effects *fx, struct err *e)

/* The last row of a table. */
#define COMMANDS_END                                                                           \
	{                                                                                      \
		NULL, "", TAKES_NOTHING, 0, 0, NULL, NULL, NULL                                \
	}

/* A number as the first word; 1 where there is none.  -1 with *e. */
int command_number(const struct words *w, int64_t *n, struct err *e);
/* The list on screen; NULL with *e. */
struct list *command_list(struct app *a, struct err *e);

extern const struct command move_commands[];
extern const struct command list_commands[];
extern const struct command find_commands[];
extern const struct command tab_commands[];
extern const struct command due_commands[];
extern const struct command act_commands[];
extern const struct command alike_commands[];
extern const struct command new_commands[];
extern const struct command script_commands[];
extern const struct command palette_commands[];
extern const struct command console_commands[];
extern const struct command view_commands[];
extern const struct command column_commands[];
extern const struct command place_commands[];
extern const struct command group_commands[];
extern const struct command copy_commands[];

#endif

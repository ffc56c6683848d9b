/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands about deadlines do: rows of the table in commands.c. */
#ifndef IOC_UI_COMMANDS_DUE_H
#define IOC_UI_COMMANDS_DUE_H

#include "ui/command.h"

#define COMMAND(name)                                                                          \
	int command_##name(struct app *a, const struct words *w, struct effects *fx,           \
			   struct err *e)
COMMAND(due);
COMMAND(group_by);
COMMAND(due_queue);
COMMAND(units);
COMMAND(explain);
COMMAND(forecast);
#undef COMMAND

#endif

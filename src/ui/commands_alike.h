/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands about duplicates do: rows of the table in commands.c. */
#ifndef IOC_UI_COMMANDS_ALIKE_H
#define IOC_UI_COMMANDS_ALIKE_H

#include "ui/command.h"

#define COMMAND(name)                                                                          \
	int command_##name(struct app *a, const struct words *w, struct effects *fx,           \
			   struct err *e)
COMMAND(duplicates);
COMMAND(duplicates_merge);
COMMAND(duplicates_split);
COMMAND(duplicates_apart);
#undef COMMAND

#endif

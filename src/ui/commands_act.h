/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands that do something to records do: rows of the table in commands.c. */
#ifndef IOC_UI_COMMANDS_ACT_H
#define IOC_UI_COMMANDS_ACT_H

#include "ui/command.h"

#define COMMAND(name)                                                                          \
	int command_##name(struct app *a, const struct words *w, struct effects *fx,           \
			   struct err *e)
COMMAND(act);
COMMAND(do);
COMMAND(repeat);
COMMAND(accept);
COMMAND(accept_confirm);
COMMAND(undo);
COMMAND(outbox);
COMMAND(outbox_retry);
COMMAND(outbox_reapply);
COMMAND(outbox_edit);
COMMAND(outbox_drop);
#undef COMMAND

#endif

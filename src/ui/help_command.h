/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one command does, made of its table, the key map and the aliases. */
#ifndef IOC_UI_HELP_COMMAND_H
#define IOC_UI_HELP_COMMAND_H

#include "ui/command.h"
#include "ui/doc.h"
#include "ui/keymap.h"

/* What the words of a command are, as one translated line; "" where it takes none. */
const char *help_takes(enum takes takes);
/* Lays out its page; `keys` may be NULL. */
void help_command_lay(struct doc *d, const struct command *c, const struct keymap *keys,
		      int width);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "ioc help commands": the commands of the console, from their tables. */
#ifndef IOC_APP_HELP_COMMANDS_H
#define IOC_APP_HELP_COMMANDS_H

#include "base/err.h"
#include "base/paths.h"

/* All of them, a line each; or all about one, with the keys that `key_file` gives it.  On
 * standard output.  -1 with *e where there is no such command. */
int help_commands(const struct paths *p, const char *key_file, const char *name, struct err *e);

#endif

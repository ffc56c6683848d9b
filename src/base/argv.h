/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a command, without a shell. */
#ifndef IOC_BASE_ARGV_H
#define IOC_BASE_ARGV_H

#include "base/err.h"

#define ARGV_MOST 64 /* words */

/* Parts a command at its blanks: 'x y', "x y" and x\ y are one word; within double quotes \ is
 * for " and \ only.  Nothing is expanded, and ; | & > $ ~ are letters as others.  The list is
 * NULL-ended, has room for one more word, and is freed by argv_free; NULL with *e (ERR_USAGE)
 * for no word, too many, or a quote without its end. */
char **argv_split(const char *command, struct err *e);
void argv_free(char **argv);

#endif

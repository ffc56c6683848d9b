/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs that the operator has other things done by: a browser, a clipboard. */
#ifndef IOC_APP_LAUNCH_H
#define IOC_APP_LAUNCH_H

#include "base/err.h"
#include "model/config.h"

#define LAUNCH_INPUT ((size_t)60 * 1024)

/* Starts argv[0], found in PATH, away from the terminal and from us, with a text of at most
 * LAUNCH_INPUT bytes on its standard input (NULL: nothing).  What becomes of it is its own
 * affair: only where it can't be started is -1 with *e. */
int launch(char *const *argv, const char *input, struct err *e);

/* The opener's command with the address as its last word, which the caller frees by
 * launch_free.  NULL with *e: none is configured, or the address is not one that it may get:
 * only http, https and the schemes of the configuration, printable and without blanks. */
char **launch_opener(const struct config *c, const char *url, struct err *e);
void launch_free(char **argv);

#endif

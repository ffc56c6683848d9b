/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between curses and the terminal.  curses writes in dozens of small pieces and waits for a
 * slow line; here a frame is gathered, leaves in one piece, and what the line does not take
 * yet waits while the program goes on. */
#ifndef IOC_TTY_SINK_H
#define IOC_TTY_SINK_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

struct sink;

/* For the terminal behind `tty`.  NULL with *e. */
struct sink *sink_new(int tty, struct err *e);
void sink_free(struct sink *s);
/* What curses writes to; owned by the sink. */
FILE *sink_file(struct sink *s);
/* Adds a sequence that curses does not know; NULL adds nothing. */
void sink_add(struct sink *s, const char *bytes);
/* Sends what was gathered, as far as the terminal takes it now. */
void sink_push(struct sink *s);
/* Sends all of it, waiting at most so long. */
void sink_drain(struct sink *s, int timeout_ms);
/* Whether everything has gone out; otherwise poll sink_fd for POLLOUT and push. */
bool sink_is_empty(const struct sink *s);
int sink_fd(const struct sink *s);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way out when the program dies: what a signal handler may do, prepared beforehand. */
#ifndef IOC_TTY_CRASH_H
#define IOC_TTY_CRASH_H

#include <stddef.h>
#include <termios.h>

/* From now on a fatal signal, abort() or want of memory writes these bytes to the terminal,
 * sets its modes, copies the end of `kept` (a file; -1: none) to `shown`, and then takes its
 * course. */
void crash_arm(int tty, const char *reset, size_t n, const struct termios *modes, int kept,
	       int shown);
/* No longer. */
void crash_disarm(void);
/* What the handlers do, for other sudden ends; harmless when not armed. */
void crash_restore(void);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sequences that curses does not know, past its buffer: between frames only. */
#ifndef IOC_TTY_SEND_H
#define IOC_TTY_SEND_H

/* Writes all of it to the terminal; NULL writes nothing. */
void tty_send(const char *s);

#endif

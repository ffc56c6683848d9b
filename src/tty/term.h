/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal: taking it over, and giving it back whatever happens. */
#ifndef IOC_TTY_TERM_H
#define IOC_TTY_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct term;
struct keys;

/* Takes over standard input and output: raw, alternate screen, bracketed paste; standard
 * error is kept aside until the terminal is given back.  One at a time.  NULL with
 * ERR_UNSUPPORTED where this is no terminal, or one that can't do it. */
struct term *term_open(struct err *e);
/* Gives the terminal back for good, and shows the end of what was written to standard error
 * meanwhile. */
void term_close(struct term *t);
/* Gives it back for a while (Ctrl-Z, an editor); term_enter takes it again, after which
 * everything must be painted anew. */
void term_leave(struct term *t);
void term_enter(struct term *t);
/* Leaves, stops the whole job as Ctrl-Z does for others, and enters again when it goes on. */
void term_suspend(struct term *t);

/* Stops the whole job, and comes back when it goes on: the terminal has been given back. */
void term_stop(void);

/* Where to read and poll. */
int term_fd(const struct term *t);
/* Where to poll for room, while term_flush says false. */
int term_out_fd(const struct term *t);
/* Sends what was drawn since; false where the line has not taken all of it yet. */
bool term_flush(struct term *t);
/* Whether the last frame has gone out and the line takes more: a slow one gets fewer frames
 * instead of older ones. */
bool term_is_ready(const struct term *t);
/* Asks terminals that can to show nothing of the frame until it is whole. */
void term_hold(struct term *t, bool on);
/* Asks for the size; tells curses.  Whether it changed. */
bool term_resize(struct term *t);
void term_size(const struct term *t, int *rows, int *columns);
/* 0 (monochrome), 8, 16, 88, 256 or 1 << 24. */
int term_colours(const struct term *t);
void term_mouse(struct term *t, bool on);
void term_bell(struct term *t);
/* Puts text on the clipboard of the terminal's user (OSC 52), also through tmux and screen
 * where they let it.  -1 where it is too long, or the terminal is known to have none. */
int term_copy(struct term *t, const char *text);
/* Tells the key decoder what terminfo knows of this terminal. */
void term_teach(const struct term *t, struct keys *k);

#endif

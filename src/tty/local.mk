# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libtty.a
libtty_a_SOURCES =
libtty_a_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS) $(READLINE_CFLAGS)
TTY_LIBS = libtty.a $(UI_LIBS) $(NCURSES_LIBS) $(READLINE_LIBS)

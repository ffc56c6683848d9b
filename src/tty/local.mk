# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libtty.a
libtty_a_SOURCES = \
	%D%/ask.c %D%/ask.h \
	%D%/blit.c %D%/blit.h \
	%D%/burst.c %D%/burst.h \
	%D%/crash.c %D%/crash.h \
	%D%/keys.c %D%/keys.h \
	%D%/line.c %D%/line.h \
	%D%/probe.c %D%/probe.h \
	%D%/sink.c %D%/sink.h \
	%D%/term.c %D%/term.h
libtty_a_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS) $(READLINE_CFLAGS)
TTY_LIBS = libtty.a $(UI_LIBS) $(NCURSES_LIBS) $(READLINE_LIBS)

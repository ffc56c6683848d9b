# SPDX-License-Identifier: GPL-3.0-or-later
# The console in a real terminal (tmux).
PTY_TESTS = %D%/acting.bats %D%/chaos.bats %D%/completion.bats %D%/conflict.bats %D%/console.bats %D%/copy.bats %D%/duplicates.bats %D%/editor.bats %D%/open.bats \
	%D%/live.bats \
	%D%/route.bats %D%/search.bats \
	%D%/typing.bats %D%/shell.bats
EXTRA_DIST += $(PTY_TESTS) %D%/lsan.txt %D%/gateway.bash %D%/pty.bash
if HAVE_BATS
TESTS += $(PTY_TESTS)
endif

# The grid against a terminal's own idea of what it was sent.
if HAVE_VTERM
check_PROGRAMS += %D%/oracle
%C%_oracle_SOURCES = %D%/oracle.c
%C%_oracle_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
%C%_oracle_LDADD = $(TTY_LIBS) $(VTERM_LIBS) -lutil
TESTS += %D%/oracle
endif

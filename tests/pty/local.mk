# SPDX-License-Identifier: GPL-3.0-or-later
# The console in a real terminal (tmux).
PTY_TESTS = %D%/console.bats %D%/live.bats
EXTRA_DIST += $(PTY_TESTS) %D%/pty.bash
if HAVE_BATS
TESTS += $(PTY_TESTS)
endif

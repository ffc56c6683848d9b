# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_tty_burst \
	%D%/test_tty_keys \
	%D%/test_tty_line \
	%D%/test_tty_line_vi
%C%_test_tty_burst_LDADD = $(TTY_LIBS) $(UNIT_LIBS)
%C%_test_tty_keys_LDADD = $(TTY_LIBS) $(UNIT_LIBS)
%C%_test_tty_line_LDADD = $(TTY_LIBS) $(UNIT_LIBS)
%C%_test_tty_line_vi_LDADD = $(TTY_LIBS) $(UNIT_LIBS)

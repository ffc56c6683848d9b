# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_tty_burst
tests_unit_test_tty_burst_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_tty_burst_LDADD = $(TTY_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_tty_keys tests/unit/test_tty_line
tests_unit_test_tty_keys_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_tty_keys_LDADD = $(TTY_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_tty_line_vi
tests_unit_test_tty_line_vi_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_tty_line_vi_LDADD = $(TTY_LIBS) $(UNIT_LIBS)
tests_unit_test_tty_line_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_tty_line_LDADD = $(TTY_LIBS) $(UNIT_LIBS)

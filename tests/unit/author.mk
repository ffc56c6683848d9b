# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_redact
tests_unit_test_redact_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_redact_LDADD = $(AUTHOR_LIBS) $(SYNC_LIBS) $(UNIT_LIBS)

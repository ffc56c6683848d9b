# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_text_clean
tests_unit_test_text_clean_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_text_clean_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)

# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_export_rows tests/unit/test_export_when
tests_unit_test_export_rows_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_export_rows_LDADD = $(EXPORT_LIBS) $(UNIT_LIBS)
tests_unit_test_export_when_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_export_when_LDADD = $(EXPORT_LIBS) $(UNIT_LIBS)

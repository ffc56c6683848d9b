# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_calendar
tests_unit_test_calendar_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_calendar_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_calendar_file
tests_unit_test_calendar_file_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_calendar_file_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_forecast
tests_unit_test_forecast_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_forecast_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_deadline
tests_unit_test_deadline_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_deadline_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)

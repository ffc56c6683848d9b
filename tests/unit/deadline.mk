# SPDX-License-Identifier: GPL-3.0-or-later
DEADLINE_TEST_LIBS = %D%/libdeadlines.a $(DEADLINE_LIBS) $(UNIT_LIBS)
if HAVE_CMOCKA
check_LIBRARIES += %D%/libdeadlines.a
endif
%C%_libdeadlines_a_SOURCES = \
	%D%/at.h \
	%D%/calendar_fixture.c \
	%D%/calendar_fixture.h \
	%D%/deadline_fixture.c \
	%D%/deadline_fixture.h

UNIT_TESTS += \
	%D%/test_calendar \
	%D%/test_calendar_any \
	%D%/test_calendar_file \
	%D%/test_calendar_notices \
	%D%/test_deadline \
	%D%/test_deadline_explain \
	%D%/test_deadline_law \
	%D%/test_deadline_rules \
	%D%/test_forecast
%C%_test_calendar_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_calendar_any_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_calendar_file_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_calendar_notices_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_deadline_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_deadline_explain_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_deadline_law_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_deadline_rules_LDADD = $(DEADLINE_TEST_LIBS)
%C%_test_forecast_LDADD = $(DEADLINE_TEST_LIBS)

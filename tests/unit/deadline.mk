# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_calendar \
	%D%/test_calendar_file \
	%D%/test_deadline \
	%D%/test_forecast
%C%_test_calendar_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)
%C%_test_calendar_file_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)
%C%_test_deadline_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)
%C%_test_forecast_LDADD = $(DEADLINE_LIBS) $(UNIT_LIBS)

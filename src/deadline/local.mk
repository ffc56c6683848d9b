# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libdeadline.a
libdeadline_a_SOURCES = \
	%D%/calendar.c %D%/calendar.h \
	%D%/calendar_file.c %D%/calendar_file.h \
	%D%/days.c %D%/days.h \
	%D%/days_file.c \
	%D%/deadline.h \
	%D%/forecast.c %D%/forecast.h \
	%D%/forecast_words.c \
	%D%/hours.c %D%/hours.h \
	%D%/hours_file.c \
	%D%/pauses.c \
	%D%/rulebook.h \
	%D%/worktime.c %D%/worktime.h \
	%D%/worktime_table.c
DEADLINE_LIBS = libdeadline.a $(MODEL_LIBS)

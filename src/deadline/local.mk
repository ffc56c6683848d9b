# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libdeadline.a
libdeadline_a_SOURCES = \
	%D%/calendar.c %D%/calendar.h \
	%D%/calendar_compile.c \
	%D%/calendar_file.c %D%/calendar_file.h \
	%D%/course.c %D%/course.h \
	%D%/course_complaint.c \
	%D%/course_dossier.c \
	%D%/calendar_open.c \
	%D%/calendar_parts.h \
	%D%/days.c %D%/days.h \
	%D%/days_file.c \
	%D%/deadline.h \
	%D%/explain.c \
	%D%/escalation.h %D%/escalation_words.c \
	%D%/forecast.c %D%/forecast.h \
	%D%/forecast_words.c \
	%D%/history.c %D%/history.h \
	%D%/hours.c %D%/hours.h \
	%D%/hours_file.c \
	%D%/limit.c \
	%D%/look.c \
	%D%/pauses.c \
	%D%/rulebook.c %D%/rulebook.h \
	%D%/rulebook_parts.h \
	%D%/rulebook_read.c \
	%D%/settle.c \
	%D%/worktime.c %D%/worktime.h \
	%D%/worktime_table.c
DEADLINE_LIBS = libdeadline.a $(MODEL_LIBS)

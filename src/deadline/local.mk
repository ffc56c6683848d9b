# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libdeadline.a
libdeadline_a_SOURCES = \
	%D%/calendar.h \
	%D%/deadline.h \
	%D%/forecast.c %D%/forecast.h \
	%D%/forecast_words.c \
	%D%/rulebook.h
DEADLINE_LIBS = libdeadline.a $(MODEL_LIBS)

# SPDX-License-Identifier: GPL-3.0-or-later
# Measuring programs: `make bench` builds them, bench/run (in the source tree) runs the lot.
BENCHES = \
	%D%/ask \
	%D%/deadline \
	%D%/duplicates \
	%D%/fill \
	%D%/filter \
	%D%/floor \
	%D%/outlook \
	%D%/pty \
	%D%/screen \
	%D%/search \
	%D%/stream \
	%D%/text \
	%D%/worktime
%C%_ask_SOURCES = %D%/ask.c %D%/measure.c %D%/measure.h
%C%_fill_SOURCES = %D%/fill.c %D%/measure.c %D%/measure.h
%C%_search_SOURCES = %D%/search.c %D%/measure.c %D%/measure.h
%C%_floor_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS)
%C%_ask_LDADD = $(STORE_LIBS)
%C%_deadline_LDADD = $(DEADLINE_LIBS)
%C%_duplicates_LDADD = $(STORE_LIBS)
%C%_fill_LDADD = $(STORE_LIBS)
%C%_filter_LDADD = $(STORE_LIBS)
%C%_floor_LDADD = $(NCURSES_LIBS) $(SQLITE_LIBS)
%C%_outlook_LDADD = $(STORE_LIBS)
%C%_pty_LDADD = -lutil
%C%_screen_LDADD = $(WORLD_LIBS)
%C%_search_LDADD = $(STORE_LIBS)
%C%_text_LDADD = $(TEXT_LIBS)
%C%_worktime_LDADD = $(DEADLINE_LIBS)

EXTRA_PROGRAMS = $(BENCHES)
CLEANFILES += $(BENCHES)
bench: $(BENCHES)
.PHONY: bench
EXTRA_DIST += %D%/run %D%/chaos %D%/mapping

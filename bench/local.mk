# SPDX-License-Identifier: GPL-3.0-or-later
# Measuring programs: `make bench` builds them, bench/run (in the source tree) runs the lot.
BENCHES =
BENCHES += bench/floor
bench_floor_SOURCES = bench/floor.c
bench_floor_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS)
bench_floor_LDADD = $(NCURSES_LIBS) $(SQLITE_LIBS)
BENCHES += bench/pty
bench_pty_SOURCES = bench/pty.c
bench_pty_LDADD = -lutil
BENCHES += bench/deadline
bench_deadline_SOURCES = bench/deadline.c
bench_deadline_LDADD = $(DEADLINE_LIBS)
BENCHES += bench/outlook
bench_outlook_SOURCES = bench/outlook.c
bench_outlook_LDADD = $(STORE_LIBS)
BENCHES += bench/duplicates
bench_duplicates_SOURCES = bench/duplicates.c
bench_duplicates_LDADD = $(STORE_LIBS)
BENCHES += bench/filter
bench_filter_SOURCES = bench/filter.c
bench_filter_LDADD = $(STORE_LIBS)
BENCHES += bench/store
bench_store_SOURCES = bench/store.c
bench_store_LDADD = $(STORE_LIBS)
BENCHES += bench/text
bench_text_SOURCES = bench/text.c
bench_text_LDADD = $(TEXT_LIBS)
BENCHES += bench/worktime
bench_worktime_SOURCES = bench/worktime.c
bench_worktime_LDADD = $(DEADLINE_LIBS)
BENCHES += bench/stream
bench_stream_SOURCES = bench/stream.c
BENCHES += bench/screen
bench_screen_SOURCES = bench/screen.c $(WORLD)
bench_screen_LDADD = $(UI_LIBS)

EXTRA_PROGRAMS = $(BENCHES)
CLEANFILES += $(BENCHES)
bench: $(BENCHES)
.PHONY: bench
EXTRA_DIST += bench/run bench/chaos bench/mapping

# SPDX-License-Identifier: GPL-3.0-or-later
# The screens as text.  UPDATE=1 tests/screen/test_screens writes golden/ anew.
WORLD_LIBS = %D%/libworld.a $(UI_LIBS)
check_LIBRARIES += %D%/libworld.a
%C%_libworld_a_SOURCES = \
	%D%/world.c \
	%D%/world.h \
	%D%/world_alike.c \
	%D%/world_answers.c \
	%D%/world_counts.c \
	%D%/world_due.c \
	%D%/world_files.c \
	%D%/world_filter.c \
	%D%/world_names.c \
	%D%/world_pages.c \
	%D%/world_parts.h \
	%D%/world_records.c \
	%D%/world_screen.c \
	%D%/world_writer.c
SCREEN_TESTS = %D%/test_screens %D%/test_tells
check_PROGRAMS += $(SCREEN_TESTS)
TESTS += $(SCREEN_TESTS)
%C%_test_screens_LDADD = $(WORLD_LIBS)
%C%_test_tells_LDADD = $(WORLD_LIBS)
EXTRA_DIST += %D%/golden

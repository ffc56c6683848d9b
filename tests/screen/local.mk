# SPDX-License-Identifier: GPL-3.0-or-later
WORLD = tests/screen/world.c tests/screen/world.h
check_PROGRAMS += tests/screen/test_screens
TESTS += tests/screen/test_screens
tests_screen_test_screens_SOURCES = tests/screen/test_screens.c $(WORLD)
tests_screen_test_screens_LDADD = $(UI_LIBS)

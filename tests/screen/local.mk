# SPDX-License-Identifier: GPL-3.0-or-later
# The screens as text.  UPDATE=1 tests/screen/test_screens writes golden/ anew.
WORLD = tests/screen/world.c tests/screen/world.h
check_PROGRAMS += tests/screen/test_screens
TESTS += tests/screen/test_screens
tests_screen_test_screens_SOURCES = tests/screen/test_screens.c $(WORLD)
tests_screen_test_screens_LDADD = $(UI_LIBS)
EXTRA_DIST += \
	tests/screen/golden/alerts-120x32.screen \
	tests/screen/golden/alerts-200x50.screen \
	tests/screen/golden/alerts-40x10.screen \
	tests/screen/golden/alerts-80x24.screen \
	tests/screen/golden/all-records-120x32.screen \
	tests/screen/golden/all-records-80x24.screen \
	tests/screen/golden/arrivals-held-120x32.screen \
	tests/screen/golden/arrivals-held-80x24.screen \
	tests/screen/golden/arrivals-taken-80x24.screen \
	tests/screen/golden/ascii-complaints-120x32.screen \
	tests/screen/golden/ascii-complaints-80x24.screen \
	tests/screen/golden/ascii-overview-120x32.screen \
	tests/screen/golden/ascii-overview-80x24.screen \
	tests/screen/golden/ascii-record-200x50.screen \
	tests/screen/golden/calls-120x32.screen \
	tests/screen/golden/calls-200x50.screen \
	tests/screen/golden/calls-40x10.screen \
	tests/screen/golden/calls-80x24.screen \
	tests/screen/golden/columns-120x32.screen \
	tests/screen/golden/columns-80x24.screen \
	tests/screen/golden/complaints-120x32.screen \
	tests/screen/golden/complaints-200x50.screen \
	tests/screen/golden/complaints-40x10.screen \
	tests/screen/golden/complaints-80x24.screen \
	tests/screen/golden/complaints-huge-250x70.screen \
	tests/screen/golden/dossiers-120x32.screen \
	tests/screen/golden/dossiers-200x50.screen \
	tests/screen/golden/dossiers-40x10.screen \
	tests/screen/golden/dossiers-80x24.screen \
	tests/screen/golden/empty-filter-80x24.screen \
	tests/screen/golden/empty-no-sources-120x32.screen \
	tests/screen/golden/empty-no-sources-80x24.screen \
	tests/screen/golden/empty-overview-120x32.screen \
	tests/screen/golden/empty-overview-80x24.screen \
	tests/screen/golden/empty-queue-80x24.screen \
	tests/screen/golden/en-complaints-120x32.screen \
	tests/screen/golden/en-complaints-80x24.screen \
	tests/screen/golden/en-help-120x32.screen \
	tests/screen/golden/en-help-80x24.screen \
	tests/screen/golden/en-overview-120x32.screen \
	tests/screen/golden/en-overview-80x24.screen \
	tests/screen/golden/en-record-80x24.screen \
	tests/screen/golden/end-of-list-120x32.screen \
	tests/screen/golden/end-of-list-80x24.screen \
	tests/screen/golden/error-80x24.screen \
	tests/screen/golden/error-later-80x24.screen \
	tests/screen/golden/filling-120x32.screen \
	tests/screen/golden/filling-80x24.screen \
	tests/screen/golden/help-list-120x32.screen \
	tests/screen/golden/help-list-200x50.screen \
	tests/screen/golden/help-list-40x10.screen \
	tests/screen/golden/help-list-80x24.screen \
	tests/screen/golden/hostile-120x32.screen \
	tests/screen/golden/hostile-80x24.screen \
	tests/screen/golden/loading-80x24.screen \
	tests/screen/golden/marks-120x32.screen \
	tests/screen/golden/marks-80x24.screen \
	tests/screen/golden/overview-120x32.screen \
	tests/screen/golden/overview-200x50.screen \
	tests/screen/golden/overview-40x10.screen \
	tests/screen/golden/overview-80x24.screen \
	tests/screen/golden/overview-huge-250x70.screen \
	tests/screen/golden/prompt-80x24.screen \
	tests/screen/golden/record-120x32.screen \
	tests/screen/golden/record-200x50.screen \
	tests/screen/golden/record-40x10.screen \
	tests/screen/golden/record-80x24.screen \
	tests/screen/golden/record-alone-200x50.screen \
	tests/screen/golden/record-below-120x48.screen \
	tests/screen/golden/record-end-80x24.screen \
	tests/screen/golden/sources-120x32.screen \
	tests/screen/golden/sources-200x50.screen \
	tests/screen/golden/sources-40x10.screen \
	tests/screen/golden/sources-80x24.screen \
	tests/screen/golden/sources-trouble-120x32.screen \
	tests/screen/golden/sources-trouble-80x24.screen \
	tests/screen/golden/stale-120x32.screen \
	tests/screen/golden/stale-80x24.screen \
	tests/screen/golden/theme-120x32.screen \
	tests/screen/golden/theme-80x24.screen \
	tests/screen/golden/too-small-39x12.screen \
	tests/screen/golden/too-small-60x9.screen \
	tests/screen/golden/trouble-120x32.screen \
	tests/screen/golden/trouble-80x24.screen \
	tests/screen/golden/unbound-key-80x24.screen \
	tests/screen/golden/unread-120x32.screen \
	tests/screen/golden/unread-80x24.screen \
	tests/screen/golden/unread-overview-120x32.screen \
	tests/screen/golden/unread-overview-80x24.screen \
	tests/screen/golden/wrong-filter-80x24.screen

# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	tests/unit/test_backoff \
	tests/unit/test_engine \
	tests/unit/test_opening \
	tests/unit/test_plan
tests_unit_test_backoff_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_backoff_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
tests_unit_test_opening_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_opening_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
tests_unit_test_plan_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_plan_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
tests_unit_test_engine_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_engine_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
if HAVE_GATEWAY
UNIT_TESTS += tests/unit/test_feeds
endif
tests_unit_test_feeds_SOURCES = tests/unit/test_feeds.c tests/unit/sim.c tests/unit/sim.h
tests_unit_test_feeds_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(MICROHTTPD_CFLAGS)
tests_unit_test_feeds_LDADD = $(SYNC_LIBS) $(MICROHTTPD_LIBS) $(UNIT_LIBS)

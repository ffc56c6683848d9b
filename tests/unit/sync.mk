# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_backoff \
	%D%/test_engine \
	%D%/test_opening \
	%D%/test_plan
%C%_test_backoff_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
%C%_test_engine_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
%C%_test_opening_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
%C%_test_plan_LDADD = $(SYNC_LIBS) $(UNIT_LIBS)
if HAVE_GATEWAY
UNIT_TESTS += %D%/test_feeds
endif
%C%_test_feeds_SOURCES = %D%/test_feeds.c %D%/sim.c %D%/sim.h
%C%_test_feeds_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS)
%C%_test_feeds_LDADD = $(SYNC_LIBS) $(MICROHTTPD_LIBS) $(UNIT_LIBS)

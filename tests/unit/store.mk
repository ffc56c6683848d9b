# SPDX-License-Identifier: GPL-3.0-or-later
STORE_TEST_LIBS = %D%/libcache.a $(STORE_LIBS) $(UNIT_LIBS)
if HAVE_CMOCKA
check_LIBRARIES += %D%/libcache.a
endif
%C%_libcache_a_SOURCES = %D%/cache_fixture.c %D%/cache_fixture.h

UNIT_TESTS += \
	%D%/test_changes \
	%D%/test_db \
	%D%/test_due \
	%D%/test_duplicates \
	%D%/test_escalation \
	%D%/test_filter_store \
	%D%/test_groups \
	%D%/test_ingest \
	%D%/test_journal \
	%D%/test_lineage \
	%D%/test_match_set \
	%D%/test_outlook \
	%D%/test_page \
	%D%/test_purge \
	%D%/test_query \
	%D%/test_routing \
	%D%/test_search \
	%D%/test_zones
%C%_test_changes_LDADD = $(STORE_TEST_LIBS)
%C%_test_db_LDADD = $(STORE_TEST_LIBS)
%C%_test_due_LDADD = $(STORE_TEST_LIBS)
%C%_test_duplicates_LDADD = $(STORE_TEST_LIBS)
%C%_test_escalation_LDADD = $(STORE_TEST_LIBS)
%C%_test_filter_store_LDADD = $(STORE_TEST_LIBS)
%C%_test_groups_LDADD = $(STORE_TEST_LIBS)
%C%_test_ingest_LDADD = $(STORE_TEST_LIBS)
%C%_test_journal_LDADD = $(STORE_TEST_LIBS)
%C%_test_lineage_LDADD = $(STORE_TEST_LIBS)
%C%_test_match_set_LDADD = $(STORE_TEST_LIBS)
%C%_test_outlook_LDADD = $(STORE_TEST_LIBS)
%C%_test_page_LDADD = $(STORE_TEST_LIBS)
%C%_test_purge_LDADD = $(STORE_TEST_LIBS)
%C%_test_query_LDADD = $(STORE_TEST_LIBS)
%C%_test_routing_LDADD = $(STORE_TEST_LIBS)
%C%_test_search_LDADD = $(STORE_TEST_LIBS)
%C%_test_zones_LDADD = $(STORE_TEST_LIBS)

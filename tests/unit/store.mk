# SPDX-License-Identifier: GPL-3.0-or-later
STORE_TEST_LIBS = tests/unit/libcache.a $(STORE_LIBS) $(UNIT_LIBS)
if HAVE_CMOCKA
check_LIBRARIES += tests/unit/libcache.a
endif
tests_unit_libcache_a_SOURCES = tests/unit/cache_fixture.c tests/unit/cache_fixture.h
tests_unit_libcache_a_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)

UNIT_TESTS += tests/unit/test_changes
tests_unit_test_changes_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_changes_LDADD = $(STORE_TEST_LIBS)
UNIT_TESTS += tests/unit/test_ingest tests/unit/test_page
tests_unit_test_ingest_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ingest_LDADD = $(STORE_TEST_LIBS)
tests_unit_test_page_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_page_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_db tests/unit/test_search tests/unit/test_query
tests_unit_test_db_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_db_LDADD = $(STORE_TEST_LIBS)
tests_unit_test_search_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_search_LDADD = $(STORE_TEST_LIBS)
tests_unit_test_query_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_query_LDADD = $(STORE_TEST_LIBS)
UNIT_TESTS += tests/unit/test_groups
tests_unit_test_groups_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_groups_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_filter_store
tests_unit_test_filter_store_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_filter_store_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_purge tests/unit/test_match_set
tests_unit_test_match_set_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_match_set_LDADD = $(STORE_TEST_LIBS)
tests_unit_test_purge_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_purge_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_lineage
tests_unit_test_lineage_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_lineage_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_due
tests_unit_test_due_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_due_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_escalation
tests_unit_test_escalation_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_escalation_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_journal
tests_unit_test_journal_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_journal_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_outlook
tests_unit_test_outlook_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_outlook_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_duplicates
tests_unit_test_duplicates_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_duplicates_LDADD = $(STORE_TEST_LIBS)

UNIT_TESTS += tests/unit/test_routing
tests_unit_test_routing_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_routing_LDADD = $(STORE_TEST_LIBS)

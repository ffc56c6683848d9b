# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_app_cli tests/unit/test_app_link tests/unit/test_app_worker
tests_unit_test_app_cli_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_app_cli_LDADD = $(APP_LIBS) $(UNIT_LIBS)
tests_unit_test_app_link_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_app_link_LDADD = $(APP_LIBS) $(UNIT_LIBS)
tests_unit_test_app_worker_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_app_worker_LDADD = $(APP_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_app_drafts
tests_unit_test_app_drafts_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_app_drafts_LDADD = $(APP_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_app_launch
tests_unit_test_app_launch_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_app_launch_LDADD = $(APP_LIBS) $(UNIT_LIBS)

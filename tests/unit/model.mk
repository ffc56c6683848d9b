# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_kind
tests_unit_test_kind_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_kind_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_config
tests_unit_test_config_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_config_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_filter_manual
tests_unit_test_filter_manual_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_filter_manual_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_filter_complete
tests_unit_test_filter_complete_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_filter_complete_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_filter tests/unit/test_record
tests_unit_test_filter_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_filter_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
tests_unit_test_record_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_record_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_action
tests_unit_test_action_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_action_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_action_text
tests_unit_test_action_text_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_action_text_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_likeness
tests_unit_test_likeness_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_likeness_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_reply
tests_unit_test_reply_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_reply_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_view
tests_unit_test_view_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_view_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)

# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += tests/unit/test_base_clock
tests_unit_test_base_clock_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_clock_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_base_control
tests_unit_test_base_control_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_control_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_base_log
tests_unit_test_base_log_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_log_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_base_memory
tests_unit_test_base_memory_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_memory_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_base_msgq
tests_unit_test_base_msgq_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_msgq_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_base_paths
tests_unit_test_base_paths_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_paths_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
UNIT_TESTS += tests/unit/test_base_yaml
tests_unit_test_base_yaml_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_yaml_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_base_argv
tests_unit_test_base_argv_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_base_argv_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

# SPDX-License-Identifier: GPL-3.0-or-later
if HAVE_GATEWAY
UNIT_TESTS += tests/unit/test_demo_parts tests/unit/test_demo
endif
tests_unit_test_demo_parts_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_demo_parts_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_demo_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_demo_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)

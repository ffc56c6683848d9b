# SPDX-License-Identifier: GPL-3.0-or-later
if HAVE_GATEWAY
UNIT_TESTS += \
	tests/unit/test_demo \
	tests/unit/test_demo_parts \
	tests/unit/test_gateway_act \
	tests/unit/test_gateway_backend \
	tests/unit/test_gateway_draft \
	tests/unit/test_gateway_hub \
	tests/unit/test_gateway_openapi \
	tests/unit/test_gateway_parts \
	tests/unit/test_gateway_scan
endif
tests_unit_test_demo_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_demo_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_demo_parts_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_demo_parts_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_act_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_gateway_act_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_backend_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_gateway_backend_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_draft_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_gateway_draft_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_hub_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_gateway_hub_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_openapi_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(MICROHTTPD_CFLAGS)
tests_unit_test_gateway_openapi_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_parts_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS) $(ZLIB_CFLAGS)
tests_unit_test_gateway_parts_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
tests_unit_test_gateway_scan_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_gateway_scan_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)

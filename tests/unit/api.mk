# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	tests/unit/test_body \
	tests/unit/test_secrets \
	tests/unit/test_sse \
	tests/unit/test_jqfilter \
	tests/unit/test_jqwords \
	tests/unit/test_connector \
	tests/unit/test_envelope \
	tests/unit/test_timeform \
	tests/unit/test_convert \
	tests/unit/test_jqplain \
	tests/unit/test_jqrun \
	tests/unit/test_jqshape \
	tests/unit/test_failure \
	tests/unit/test_http_tap \
	tests/unit/test_format \
	tests/unit/test_jqmap \
	tests/unit/test_tape \
	tests/unit/test_url
tests_unit_test_body_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_body_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_sse_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_sse_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_jqfilter_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_jqfilter_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_connector_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_connector_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_failure_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_failure_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_jqmap_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_jqmap_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_url_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_url_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_tape_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_tape_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_jqwords_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_jqwords_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_http_tap_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_http_tap_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_format_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_format_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_envelope_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_envelope_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_timeform_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_timeform_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_convert_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_convert_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_jqplain_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_jqplain_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_jqrun_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_jqrun_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_jqshape_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_jqshape_LDADD = $(API_LIBS) $(UNIT_LIBS)
tests_unit_test_secrets_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_secrets_LDADD = $(API_LIBS) $(UNIT_LIBS)

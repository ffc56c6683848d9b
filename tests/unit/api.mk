# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_body \
	%D%/test_connector \
	%D%/test_convert \
	%D%/test_envelope \
	%D%/test_failure \
	%D%/test_format \
	%D%/test_http_tap \
	%D%/test_jqfilter \
	%D%/test_jqmap \
	%D%/test_jqplain \
	%D%/test_jqrun \
	%D%/test_jqshape \
	%D%/test_jqwords \
	%D%/test_live_event \
	%D%/test_secrets \
	%D%/test_sse \
	%D%/test_tape \
	%D%/test_timeform \
	%D%/test_unpack \
	%D%/test_url
%C%_test_body_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_connector_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_convert_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_envelope_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_failure_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_format_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_http_tap_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_jqfilter_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_jqmap_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_jqplain_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_jqrun_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_jqshape_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_jqwords_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_live_event_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_secrets_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_sse_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_tape_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_timeform_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_unpack_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%C%_test_unpack_LDADD = $(API_LIBS) $(UNIT_LIBS)
%C%_test_url_LDADD = $(API_LIBS) $(UNIT_LIBS)

# SPDX-License-Identifier: GPL-3.0-or-later
TOWN = %D%/town.c %D%/town.h
if HAVE_GATEWAY
UNIT_TESTS += \
	%D%/test_demo \
	%D%/test_demo_life \
	%D%/test_demo_parts \
	%D%/test_demo_sense \
	%D%/test_gateway_act \
	%D%/test_gateway_backend \
	%D%/test_gateway_draft \
	%D%/test_gateway_hub \
	%D%/test_gateway_openapi \
	%D%/test_gateway_parts \
	%D%/test_gateway_scan
endif
%C%_test_demo_SOURCES = %D%/test_demo.c $(TOWN)
%C%_test_demo_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_demo_life_SOURCES = %D%/test_demo_life.c $(TOWN)
%C%_test_demo_life_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_demo_sense_SOURCES = %D%/test_demo_sense.c $(TOWN)
%C%_test_demo_sense_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_demo_parts_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_act_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_backend_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_draft_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_hub_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_openapi_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS)
%C%_test_gateway_openapi_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_parts_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%C%_test_gateway_parts_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)
%C%_test_gateway_scan_LDADD = $(GATEWAY_LIBS) $(UNIT_LIBS)

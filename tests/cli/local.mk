# SPDX-License-Identifier: GPL-3.0-or-later
# The programs as scripts use them.
CLI_TESTS = \
	%D%/count.bats \
	%D%/doctor.bats \
	%D%/export.bats \
	%D%/program.bats \
	%D%/script.bats \
	%D%/show.bats \
	%D%/status.bats
GATEWAY_BATS = \
	%D%/demo.bats \
	%D%/gateway.bats \
	%D%/gateway_auth.bats \
	%D%/gateway_openapi.bats \
	%D%/gateway_robust.bats \
	%D%/gateway_stream.bats
EXTRA_DIST += $(CLI_TESTS) %D%/common.bash
EXTRA_DIST += $(GATEWAY_BATS) %D%/gateway_helper.bash %D%/openapi.jq

check_PROGRAMS += %D%/fill %D%/control %D%/yaml2json
%C%_fill_LDADD = $(STORE_LIBS)
%C%_control_LDADD = $(BASE_LIBS)
%C%_yaml2json_LDADD = $(BASE_LIBS)
if HAVE_BATS
TESTS += $(CLI_TESTS)
if HAVE_GATEWAY
TESTS += $(GATEWAY_BATS)
endif
endif

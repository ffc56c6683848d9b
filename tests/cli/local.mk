# SPDX-License-Identifier: GPL-3.0-or-later
# The programs as scripts use them.
CLI_TESTS = \
	%D%/audit.bats \
	%D%/calendar.bats \
	%D%/commands.bats \
	%D%/completion.bats \
	%D%/count.bats \
	%D%/doctor.bats \
	%D%/due.bats \
	%D%/export.bats \
	%D%/filters.bats \
	%D%/program.bats \
	%D%/script.bats \
	%D%/shell.bats \
	%D%/shipped.bats \
	%D%/show.bats \
	%D%/status.bats \
	%D%/views.bats
GATEWAY_BATS = \
	%D%/demo.bats \
	%D%/gateway.bats \
	%D%/gateway_actions.bats \
	%D%/gateway_auth.bats \
	%D%/gateway_openapi.bats \
	%D%/gateway_robust.bats \
	%D%/gateway_roles.bats \
	%D%/gateway_stream.bats \
	%D%/hazards.bats \
	%D%/morning.bats \
	%D%/route.bats
EXTRA_DIST += $(CLI_TESTS) %D%/common.bash %D%/refute.bash
EXTRA_DIST += $(GATEWAY_BATS) %D%/city.bash %D%/gateway_helper.bash %D%/openapi.jq

check_PROGRAMS += %D%/actions %D%/fill %D%/control %D%/yaml2json
%C%_actions_LDADD = $(MODEL_LIBS)
%C%_fill_LDADD = $(STORE_LIBS)
%C%_control_LDADD = $(BASE_LIBS)
%C%_yaml2json_LDADD = $(BASE_LIBS)
if HAVE_BATS
TESTS += $(CLI_TESTS)
if HAVE_GATEWAY
TESTS += $(GATEWAY_BATS)
endif
endif

SYNC_BATS = \
	%D%/chaos.bats \
	%D%/action_disk.bats \
	%D%/action_faults.bats \
	%D%/create.bats \
	%D%/do.bats \
	%D%/duplicates.bats \
	%D%/follow.bats \
	%D%/escalation.bats \
	%D%/connector_check.bats \
	%D%/connector_remap.bats \
	%D%/connector_schema.bats \
	%D%/connector_try.bats \
	%D%/connectors.bats \
	%D%/deadlines.bats \
	%D%/formats.bats \
	%D%/payloads.bats \
	%D%/sync.bats \
	%D%/sync_actions.bats \
	%D%/sync_auth.bats \
	%D%/sync_cache.bats \
	%D%/sync_detail.bats \
	%D%/sync_events.bats \
	%D%/sync_feeds.bats \
	%D%/sync_files.bats \
	%D%/sync_gateway.bats \
	%D%/sync_limits.bats \
	%D%/sync_route.bats \
	%D%/sync_verbs.bats \
	%D%/sync_neighbours.bats \
	%D%/sync_stream.bats
if HAVE_GATEWAY
check_PROGRAMS += tests/cli/serve
tests_cli_serve_SOURCES = %D%/serve.c
tests_cli_serve_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS)
tests_cli_serve_LDADD = $(BASE_LIBS) $(MICROHTTPD_LIBS)
if HAVE_BATS
TESTS += $(SYNC_BATS)
endif
endif
EXTRA_DIST += %D%/action.bash %D%/chaos.bash %D%/chaos_console.bash %D%/compare.sh %D%/serve.c %D%/sync.bash $(SYNC_BATS) \
	tests/fixtures/connectors/frigate-events.json \
	tests/fixtures/connectors/open311-requests.json \
	tests/fixtures/connectors/mistakes \
	tests/fixtures/connectors/mistakes.en.txt \
	tests/fixtures/connectors/recorded \
	tests/fixtures/connectors/mistakes.vi.txt \
	tests/fixtures/connectors/vcon.json

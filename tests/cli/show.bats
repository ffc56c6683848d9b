#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

@test "shows a record by its code, masked, with its history" {
	fill
	run ioc show PA-00005
	[ "$status" -eq 0 ]
	[[ $output == *"Gọi lại số 09****5678"* ]]
	[[ $output == *"Nguyễn V. A."* ]]
	[[ $output == *"21/11/2026 08:15"* ]]
	[[ $output != *0912345678* ]]
	[[ $output != *$'\033'* ]]
}

@test "json has columns, history and origin" {
	fill
	run ioc show PA-00001 --json
	[ "$(jq -r '.kind + " " + .source + " " + .id' <<<"$output")" = "complaint son-la 1" ]
	[ "$(jq -r '.history[0].action' <<<"$output")" = assign ]
	[[ $output != *0912345678* ]]
}

@test "the raw item needs --personal, and the audit" {
	fill
	run ioc show PA-00001 --raw
	[ "$status" -eq 2 ]
	IOC_EXEC_DIR=/nonexistent run ioc show PA-00001 --raw --personal
	[ "$status" -eq 6 ]
	[[ $output != *0912345678* ]]
}

@test "an unknown code is told by the exit code" {
	fill
	run ioc show PA-99999
	[ "$status" -eq 3 ]
	run ioc show
	[ "$status" -eq 2 ]
	run ioc show PA-00001 -k nonsense
	[ "$status" -eq 2 ]
}

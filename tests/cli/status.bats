#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

at()
{
	ioc --clock "2026-11-21T$1+07:00" status "${@:2}"
}

@test "young data: well, also while no writer runs" {
	fill
	run at 12:03:00
	[ "$status" -eq 0 ]
	[[ $output == *"No writer runs"* ]]
	[[ $output == *"Cổng IOC Sơn La"* ]]
}

@test "old data is told by the exit code" {
	fill
	run at 14:00:00
	[ "$status" -eq 4 ]
}

@test "json for scripts" {
	fill
	run at 12:03:00 --json
	[ "$(jq -c '[.writer, .current, .sources[0].name, .sources[0].age_ms]' <<<"$output")" = \
		'[false,true,"son-la",180000]' ]
	run at 14:00:00 --json
	[ "$status" -eq 4 ]
	[ "$(jq .current <<<"$output")" = false ]
}

@test "no cache and wrong words" {
	run ioc status
	[ "$status" -eq 3 ]
	fill
	run ioc status all
	[ "$status" -eq 2 ]
}

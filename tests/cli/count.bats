#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

@test "a reader that goes away is no failure" {
	mkfifo "$IOC_HOME/pipe"
	: <"$IOC_HOME/pipe" &
	run bash -c 'ioc help kinds 2>"$IOC_HOME/said" >"$IOC_HOME/pipe"'
	[ ! -s "$IOC_HOME/said" ]
}

@test "counts all, and what matches" {
	fill
	[ "$(ioc count complaints)" = 20 ]
	[ "$(ioc count complaint -F is:open)" = 10 ]
	[ "$(ioc count calls)" = 0 ]
	[ "$(ioc count complaints --json)" = '{"count":20}' ]
}

@test "counts by the values of a column, most first" {
	fill 21
	[ "$(ioc count complaints -b state)" = $'MOI\t11\nDONG\t10' ]
	[ "$(ioc count complaints -b state -j | jq -c '.[0]')" = '{"value":"MOI","count":11}' ]
}

@test "personal columns can't be listed by counting" {
	fill
	run ioc count complaints -b reporter_phone
	[ "$status" -eq 2 ]
	[[ $output != *0912* ]]
}

@test "wrong words and no cache" {
	run ioc count complaints
	[ "$status" -eq 3 ]
	fill
	run ioc count
	[ "$status" -eq 2 ]
	run ioc count nothings
	[ "$status" -eq 2 ]
	run ioc count complaints -b stat
	[ "$status" -eq 2 ]
	[[ $output == *'"state"'* ]]
	run ioc count complaints -F 'due_at<'
	[ "$status" -eq 2 ]
}

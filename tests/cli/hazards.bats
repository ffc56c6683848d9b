#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The optional queues: hazard warnings and mentions, through the whole path.

load sync.bash

setup() {
	sync_setup
	PATH=$builddir:$PATH
	start_gateway
	configure city native "$gateway"
}

teardown() {
	sync_teardown
}

post() { # PLURAL JSON
	curl -sf -H 'Content-Type: application/json' -d "$2" "$gateway/v1/$1" >/dev/null
}

at() { # PLURAL ID FILTER: of a record at the gateway
	curl -s "$gateway/v1/$1/$2" | jq -r "$3"
}

@test "a hazard is in force until its time, and is acknowledged once" {
	post hazards '{"id":"h1","title":"Rét hại","severity":3,"until_at":"2099-01-01T00:00:00Z"}'
	post hazards '{"id":"h2","title":"Dông","severity":4,"until_at":"2020-01-01T00:00:00Z"}'
	follow
	wait_until 10 count_is hazard 2
	[ "$(ioc count hazards -F is:inforce)" = 1 ]
	[ "$(ioc count hazards -F is:urgent)" = 1 ]
	[ "$(ioc count hazards -F is:open)" = 2 ]
	run ioc do 'acknowledge h1 --note "đã báo các xã"'
	[ "$status" -eq 0 ]
	[ "$(at hazards h1 '.state + " " + (.ack_at != null | tostring)')" = 'DA_XN true' ]
	run ioc do acknowledge h1
	[ "$status" -eq 6 ]
	[[ $output == *"not possible in the state"* ]]
	[ "$(at hazards h1 '.history | length')" = 1 ]
}

@test "a mention becomes a complaint that remembers where it came from" {
	post categories '{"id":"rac","code":"rac","title":"Rác thải","applies_to":"complaint","valid_from":"2025-01-01T00:00:00Z"}'
	post mentions '{"id":"m1","code":"MX-1","title":"Rác sau chợ","body":"ứ đọng hai ngày","channel":"facebook","reach":900}'
	follow
	wait_until 10 count_is mention 1
	wait_until 10 count_is category 1
	run ioc do 'complaint MX-1 --title "Rác ứ đọng sau chợ" --category rac'
	echo "$output"
	[ "$status" -eq 0 ]
	wait_until 10 count_is complaint 1
	[ "$(at mentions m1 .state)" = DA_CHUYEN ]
	made=$(at mentions m1 .case_id)
	[ "$(at complaints "$made" '.channel + " " + .body')" = 'mang-xa-hoi ứ đọng hai ngày' ]
	[ "$(at complaints "$made" '.links[0].kind + " " + .links[0].id')" = 'mention m1' ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The optional queues: hazard warnings and mentions, through the whole path.

load sync.bash

setup() {
	sync_setup
	start_gateway
	configure city native "$gateway"
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

# feed [STATE [SEVERITY [VERSION]]]: a warning from a source that only gives.
feed() {
	printf '{"items":[{"id":"w1","code":"CB-1","title":"Lũ quét","state":"%s","severity":%s,"version":%s,"history":[{"at":"2026-11-20T01:00:00Z","action":"Phát"}]}]}\n' \
		"${1:-HIEU_LUC}" "${2:-3}" "${3:-1}" >"$dir/www/list.new"
	mv "$dir/www/list.new" "$dir/www/list"
}

warned() {
	start_server
	feed
	rule '/list file=list'
	connector warns <<-'EOF'
	auth: [{method: none}]
	interval: 1s
	resources: [{kind: hazard, request: {path: /list}, items: .items, changes: snapshot}]
	EOF
	configure weather warns "$url"
	follow
	wait_until 10 count_is hazard 1
}

hazard_is() { # COLUMN VALUE
	[ "$(sql "SELECT $1 FROM hazard WHERE ext_id = 'w1'")" = "$2" ]
}

@test "a warning of a source that takes no word is acknowledged here" {
	warned
	run ioc do 'acknowledge CB-1 --note "đã báo 3 xã"'
	echo "$output"
	[ "$status" -eq 0 ]
	wait_until 2 hazard_is state DA_XN
	hazard_is 'ack_by IS NOT NULL AND ack_at IS NOT NULL' 1
	[ "$(ioc count hazards -F is:waiting)" = 0 ]
	[ "$(ioc show CB-1 --json | jq -r '[.history[] | .action + "|" + (.text // "")] | join(",")')" = \
		'Phát|,Xác nhận|đã báo 3 xã' ]
	[ "$(ioc audit show --json | jq -r 'select(.object == "weather/hazard/w1") | .action' | paste -sd, -)" = \
		acknowledge,acknowledge:done ]
	ioc audit verify
	refute grep -q POST "$dir/www/log"
	run ioc do acknowledge CB-1
	[ "$status" -eq 6 ]
	run ioc do 'close CB-1 --note xong'
	[ "$status" -ne 0 ]
	[[ $output == *'takes no actions'* ]]
}

@test "it stays acknowledged in a new cache, and until its source says more" {
	warned
	ioc do acknowledge CB-1
	kill_writer
	rm "$IOC_HOME"/cache/cache.db*
	follow
	wait_until 10 count_is hazard 1
	hazard_is state DA_XN
	feed HIEU_LUC 3 2
	wait_until 10 hazard_is version 2
	hazard_is state DA_XN
	feed HIEU_LUC 4 3
	wait_until 10 hazard_is version 3
	hazard_is state HIEU_LUC
	ioc do acknowledge CB-1
	wait_until 2 hazard_is state DA_XN
	feed HET 4 4
	wait_until 10 hazard_is version 4
	hazard_is state HET
}

@test "it can be acknowledged while its source is away, and taken back while it waits" {
	warned
	rule '/list status=503'
	away() { ! is_state weather live; }
	wait_until 15 away
	ioc do --wait 10 acknowledge CB-1
	wait_until 2 hazard_is state DA_XN
	feed HIEU_LUC 5 2
	rule '/list file=list'
	wait_until 60 hazard_is version 2
	hazard_is state HIEU_LUC
	uuid=$("$builddir/tests/cli/control" "$IOC_HOME/run/sync.sock" '{"command":"act","id":1,"source":"weather","kind":"hazard","record":"w1","code":"CB-1","action":"acknowledge","fields":{}}' |
		jq -r 'select(.items and .ok) | .items[0].uuid')
	ioc outbox drop "$uuid"
	hazard_is state HIEU_LUC
	[ "$(ioc audit show --json | jq -r 'select(.object == "weather/hazard/w1") | .action' | tail -1)" = acknowledge:dropped ]
}

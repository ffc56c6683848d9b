#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# ioc follow: changes as lines, none lost and none twice, whatever is killed.

bats_require_minimum_version 1.5.0
load sync.bash

post() { # JSON, filled up with what all have
	jq -c '{state: "XAC_MINH", area: "03646", category: "rac-thai",
		created_at: "2026-11-20T01:00:00Z", title: "Rác"} + .' <<<"$1" |
		curl -sf -H 'Content-Type: application/json' -d @- "$gateway/v1/complaints" >/dev/null
}

# ready: a gateway with one report, the writer, and a cache that has it.
ready() {
	start_gateway
	post '{"id":"PA-1","reporter_name":"Nguyễn Văn An"}'
	configure city native "$gateway"
	follow
	wait_until 10 is_state city live
	wait_until 10 count_is complaint 1
}

# go_on_following FILE ARGUMENT…: in the background.
go_on_following() {
	local file=$1
	shift
	: >"$file"
	ioc follow "$@" >"$file" 2>>"$dir/errors" 3>&- &
	following=$!
	started+=("$following")
}

# start_following FILE ARGUMENT…: the same, until its first line is there.
start_following() {
	go_on_following "$@"
	wait_until 10 test -s "$1"
}

# tells FILE COUNT: it has so many lines about records.
tells() {
	[ "$(grep -c '"record"' "$1")" -ge "$2" ]
}

lines() { # FILE FILTER
	jq -rc "select(.record) | $2" "$1"
}

cursor_of() { # FILE
	jq -r .cursor "$1" | tail -n 1
}

all_in_progress() {
	[ "$(ioc count complaints --filter state:DANG_XL)" = 6 ]
}

stop_following() {
	kill "$following"
	wait "$following" || true
}

@test "what is sent to the gateway is a line, at once" {
	ready
	start_following "$dir/out" complaints
	[ "$(jq -r .change "$dir/out")" = start ]
	post '{"id":"PA-2"}'
	wait_until 5 tells "$dir/out" 1
	post '{"id":"PA-2","state":"DANG_XL"}'
	wait_until 5 tells "$dir/out" 2
	curl -sf -X DELETE "$gateway/v1/complaints/PA-2" || skip "the gateway removes nothing"
	wait_until 5 tells "$dir/out" 3
	run lines "$dir/out" '[.kind, .change, .record.id, .record.state] | join(" ")'
	[ "${lines[0]}" = 'complaint new PA-2 XAC_MINH' ]
	[ "${lines[1]}" = 'complaint changed PA-2 DANG_XL' ]
	[ "${lines[2]}" = 'complaint removed PA-2 DANG_XL' ]
}

@test "a record is told when it comes into the filter and when it leaves" {
	ready
	start_following "$dir/out" complaints --filter state:DANG_XL --columns code,state
	post '{"id":"PA-2"}'
	post '{"id":"PA-2","state":"DANG_XL"}'
	post '{"id":"PA-2","state":"DANG_XL","title":"Khác"}'
	post '{"id":"PA-2","state":"DA_XL"}'
	post '{"id":"PA-2","state":"DONG"}'
	post '{"id":"PA-3","state":"DANG_XL"}'
	wait_until 5 tells "$dir/out" 4
	run lines "$dir/out" '[.change, .record.state] | join(" ")'
	[ "$output" = $'entered DANG_XL\nchanged DANG_XL\nleft DA_XL\nnew DANG_XL' ]
}

@test "whoever is killed: no change is lost, none told twice" {
	ready
	start_following "$dir/out" complaints
	local i
	for i in 1 2 3 4 5 6; do
		post "{\"id\":\"N-$i\"}"
		post "{\"id\":\"N-$i\",\"state\":\"DANG_XL\"}"
		[ "$i" -ne 4 ] || {
			kill_writer
			follow
		}
		[ $((i % 2)) -eq 0 ] || continue
		wait_until 10 tells "$dir/out" 1
		kill -9 "$following"
		wait "$following" || true
		cat "$dir/out" >>"$dir/every"
		go_on_following "$dir/out" complaints --after "$(cursor_of "$dir/every")"
	done
	stop_following
	cat "$dir/out" >>"$dir/every"
	wait_until 20 count_is complaint 7
	wait_until 20 all_in_progress
	ioc follow complaints --once --after "$(cursor_of "$dir/every")" >>"$dir/every"
	[ "$(jq -r '.cursor' "$dir/every" | sort | uniq -d | wc -l)" -eq 0 ]
	[ "$(lines "$dir/every" 'select(.change == "new") | .record.id' | sort | tr '\n' ' ')" = \
		'N-1 N-2 N-3 N-4 N-5 N-6 ' ]
	[ "$(lines "$dir/every" 'select(.change == "new" and .record.state == "XAC_MINH" or
		.change == "changed" and .record.state == "DANG_XL") | .record.id' | sort -u | wc -l)" -eq 6 ]
}

@test "who takes the first line only ends it; so do the usual signals" {
	ready
	run timeout 10 bash -c 'ioc follow complaints | head -n 1; echo "${PIPESTATUS[0]}"'
	[ "${lines[1]}" = 0 ]
	local s
	for s in TERM INT; do
		start_following "$dir/out" complaints
		kill -s "$s" "$following"
		wait "$following"
	done
	[ ! -s "$dir/errors" ]
}

@test "with --once it tells what there is and ends" {
	ready
	local cursor
	cursor=$(ioc follow complaints --once | jq -r .cursor)
	post '{"id":"PA-2"}'
	wait_until 5 count_is complaint 2
	run ioc follow complaints --until-idle --after "$cursor" --columns id
	[ "$status" -eq 0 ]
	[ "$(jq -c .record <<<"$output")" = '{"id":"PA-2"}' ]
	cursor=$(jq -r .cursor <<<"$output")
	run ioc follow complaints --once --after "$cursor"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "after a new cache one line says that changes may be missing" {
	ready
	start_following "$dir/out" complaints
	local cursor
	cursor=$(cursor_of "$dir/out")
	stop_following
	kill_writer
	rm -f "$IOC_HOME"/cache/cache.db*
	follow
	wait_until 10 count_is complaint 1
	run --separate-stderr ioc follow complaints --once --after "$cursor"
	[ "$status" -eq 0 ]
	[ "$(jq -r '[.change, .reason] | join(" ")' <<<"$output")" = 'reset new-cache' ]
	[[ $stderr == *'the cache was filled anew; read all records again'* ]]
	run ioc follow complaints --once --since 1h --columns id
	[ "$(jq -r '.change' <<<"$output" | tr '\n' ' ')" = 'start new ' ]
}

@test "a first fill is told as well, and --all tells what is there" {
	start_gateway --demo --rate 0 --seed 3
	configure city native "$gateway"
	once
	run ioc follow alerts --since 1h --once --columns id
	[ "$status" -eq 0 ]
	[ "$(grep -c '"new"' <<<"$output")" = "$(ioc count alerts)" ]
	run ioc follow alerts --all --once --columns id
	[ "$(grep -c '"present"' <<<"$output")" = "$(ioc count alerts)" ]
	[ "$(tail -n 1 <<<"$output" | jq -r .change)" = start ]
}

@test "personal columns are masked, and shown only for a reason that stays" {
	ready
	run ioc follow complaints --all --once --columns reporter_name
	[[ $output == *'Nguyễn V. A.'* ]]
	run ioc follow complaints --all --once --columns reporter_name --personal --reason kiểm
	[[ $output == *'Nguyễn Văn An'* ]]
	run ioc audit show
	[[ $output == *follow* ]]
}

@test "without a writer it waits for one, or looks by itself" {
	start_gateway
	post '{"id":"PA-1"}'
	configure city native "$gateway"
	once
	start_following "$dir/out" complaints --no-sync
	[ ! -e "$IOC_HOME/run/sync.sock" ] || ! ioc sync --status 2>/dev/null
	post '{"id":"PA-2"}'
	once
	wait_until 8 tells "$dir/out" 1
	stop_following
	start_following "$dir/out" complaints
	post '{"id":"PA-3"}'
	wait_until 10 tells "$dir/out" 1
}

late() { # FILE: who became so
	lines "$1" 'select(.reason == "late") | [.change, .record.id] | join(" ")' | paste -sd ' '
}

late_is() { # FILE WORDS
	[ "$(late "$1")" = "$2" ]
}

@test "what becomes late by time alone is told once, with a reason" {
	start_gateway
	post "{\"id\":\"PA-1\",\"state\":\"DANG_XL\",\"due_at\":\"$(date -u -d '-10 min' +%FT%TZ)\"}"
	post "{\"id\":\"PA-2\",\"state\":\"DANG_XL\",\"due_at\":\"$(date -u -d '+4 sec' +%FT%TZ)\"}"
	configure city native "$gateway"
	once
	start_following "$dir/out" complaints --no-sync --since 1m --filter is:late --columns id
	wait_until 20 late_is "$dir/out" 'entered PA-2'
	stop_following
	[ -z "$(ioc follow complaints --once --after "$(cursor_of "$dir/out")")" ]
	ioc follow complaints --once --since 15m --columns id >"$dir/out" # in order
	late_is "$dir/out" 'changed PA-1 changed PA-2'
}

@test "what is wrong on the command line is explained" {
	run ioc --language en follow complaints --after nonsense
	[ "$status" -eq 2 ]
	[[ $output == *'no cursor'* ]]
	run ioc follow complaint alerts
	[ "$status" -eq 2 ]
	run ioc follow complaints --after 1-0-0-0-0-0 --all
	[ "$status" -eq 2 ]
}

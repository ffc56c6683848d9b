#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# A province that answers badly: what was confirmed took effect once, and nobody is in doubt.

load sync.bash
load action.bash

@test "500, and again 500: sent until it is answered, under one key" {
	ready
	answers '/act/1 status=500 times=2'
	confirmed_after 3
}

@test "429 is asked again when it says so" {
	ready
	answers '/act/1 status=429 header=Retry-After:1 times=1'
	confirmed_after 2
	[ "$(cut -d ' ' -f 3 "$dir/www/keys" | paste -sd ' ' | awk '{print ($2 - $1 >= 1000)}')" = 1 ]
}

@test "half a body, nothing at all, and a success whose connection breaks leave no doubt" {
	ready
	answers '/act/1 file=done act=half times=1' '/act/1 act=close times=1' \
		'/act/1 status=201 file=done act=half times=1'
	confirmed_after 4
}

@test "a page instead of an answer is no success" {
	ready
	answers '/act/1 file=html type=text/html times=2'
	confirmed_after 3
}

@test "a silent server is asked again" {
	ready
	answers '/act/1 file=done act=hang times=1'
	confirmed_after 2
}

@test "a token that ran out is fetched anew" {
	echo geheim >"$dir/secret"
	ready 'client_id: ioc' "client_secret_file: $dir/secret"
	rule '/list file=list' '/token act=grant' '/act/1 token=t2 file=done'
	confirmed_after 2
	[ "$(requests /token)" = 2 ]
}

@test "a conflict keeps what the province has, where it says so" {
	ready
	answers '/act/1 status=409 file=other times=1'
	run ioc do 'receive PA-1'
	[ "$status" -eq 9 ]
	[[ $output == *'changed meanwhile'*'đã khóa sổ'* ]]
	sent 1
	[ "$(outbox '.[0].answer.state')" = DONG ]
	[ "$(outbox '.[0].answer | keys | join(",")')" = code,state,version ]
	ioc outbox drop "$(outbox '.[0].uuid')"
	[ "$(outbox length)" = 0 ]
}

@test "a conflict without a record is one; and the record's next action waits behind it" {
	ready
	answers '/act/1 status=412 file=html type=text/html times=1'
	run ioc do 'receive PA-1' 'comment PA-1 --note x'
	[ "$status" -eq 9 ]
	sent 1
	[ "$(outbox '[.[].state] | join(",")')" = conflict,queued ]
	[ "$(outbox '.[0].answer')" = null ]
	ioc outbox retry "$(outbox '.[0].uuid')"
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 5 empty
	# Sent again it is an action of its own, with a key of its own.
	[ "$(cut -d ' ' -f 1 "$dir/www/keys" | sort -u | wc -l)" = 3 ]
}

@test "a refusal is for good, with the province's words" {
	ready
	echo '{"detail":"\u001b[31mkhông có quyền"}' >"$dir/www/no"
	answers '/act/1 status=403 file=no times=1'
	run ioc do 'receive PA-1'
	[ "$status" -eq 9 ]
	[[ $output == *'không có quyền'* ]]
	[[ $output != *$'\033'* ]]
	sent 1
	[ "$(outbox '.[0].state')" = rejected ]
}

@test "429 and 503 are asked again at the date that they name" {
	ready
	when=$(LC_ALL=C date -u -d '+2 seconds' '+%a,%%20%d%%20%b%%20%Y%%20%H:%M:%S%%20GMT')
	answers "/act/1 status=503 header=Retry-After:$when times=1"
	confirmed_after 2
	[ "$(cut -d ' ' -f 3 "$dir/www/keys" | paste -sd ' ' | awk '{print ($2 - $1 >= 900)}')" = 1 ]
}

@test "204 that did nothing, and 200 about something else, are no success" {
	ready
	echo '{"detail":"bảo trì"}' >"$dir/www/error"
	echo '{}' >"$dir/www/nothing"
	answers '/act/1 status=204 times=1' '/act/1 file=error times=1' '/act/1 file=nothing times=1'
	confirmed_after 4
}

@test "a redirect is not followed with an action, and is told" {
	ready
	answers "/act/1 status=307 header=Location:$url/elsewhere times=2"
	ioc do --no-wait 'receive PA-1'
	told() { [[ $(outbox '.[0].error') == *'points elsewhere'* ]]; }
	wait_until 5 told
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 20 empty
	sent 3
	[ "$(requests /elsewhere)" -eq 0 ]
}

@test "a token that is never good again holds the action, and says so" {
	echo geheim >"$dir/secret"
	ready 'client_id: ioc' "client_secret_file: $dir/secret"
	rule '/list file=list' '/token act=grant' '/act/1 token=never file=done'
	ioc do --no-wait 'receive PA-1'
	told() { [[ $(outbox '.[0].error') == *'refuses the credentials'* ]]; }
	wait_until 10 told
	[ "$(outbox '.[0].state')" != rejected ]
	answers
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 20 empty
	ioc audit verify
}

@test "the words of a refusal are about the action, not about reading" {
	ready
	answers '/act/1 status=403 times=1'
	run ioc do 'receive PA-1'
	[[ $output == *'not allowed to do this'* ]]
	ioc outbox drop "$(outbox '.[0].uuid')"
	answers '/act/1 status=404 times=1'
	run ioc do 'receive PA-1'
	[[ $output == *'knows no such record'* ]]
	ioc outbox drop "$(outbox '.[0].uuid')"
	answers '/act/1 status=410 times=1'
	run ioc do 'receive PA-1'
	[[ $output == *'no longer there'* ]]
}

# many COUNT: so many records, each with a comment that waits to be sent.
many() {
	local i
	jq -nc --argjson n "$1" '{items: [range($n) | {id: "m\(.)", code: "PA-m\(.)", title: "x", state: "MOI"}]}' \
		>"$dir/www/list"
	wait_until 10 count_is complaint "$(($1 + 1))"
	for ((i = 0; i < $1; i++)); do
		echo "comment PA-m$i --note x"
	done >"$dir/commands"
	ioc do --no-wait --file "$dir/commands" >/dev/null
}

@test "who asks to come more slowly is not asked by all that waits" {
	ready
	for ((i = 0; i < 30; i++)); do
		echo "/act/m$i status=429 header=Retry-After:2 times=1"
	done >"$dir/slow"
	rule '/list file=list' "$(cat "$dir/slow")"
	many 30
	asked() { [ "$(wc -l <"$dir/www/keys")" -ge 6 ]; }
	wait_until 10 asked
	# At most four were on the line when the first answer came.
	cut -d ' ' -f 3 "$dir/www/keys" >"$dir/times"
	[ "$(awk 'NR == 1 {first = $1} $1 - first < 1900' "$dir/times" | wc -l)" -le 4 ]
}

@test "a server that is away is tried by one, and when it is back all is delivered in its order" {
	start_gateway
	for ((i = 0; i < 10; i++)); do
		curl -sf -H 'Content-Type: application/json' "$gateway/v1/complaints" \
			-d "{\"id\":\"m$i\",\"code\":\"PA-m$i\",\"title\":\"x\"}" >/dev/null
	done
	configure city native "$gateway"
	follow
	wait_until 10 count_is complaint 10
	kill -9 "$gateway_pid"
	away=$SECONDS
	for ((i = 0; i < 40; i++)); do
		echo "comment PA-m$((i % 10)) --note $((100 + i))"
	done >"$dir/commands"
	ioc do --no-wait --file "$dir/commands" >/dev/null
	tried() { [ "$(outbox '[.[].tries] | add')" -ge "$1" ]; }
	wait_until 10 tried 2
	# As if that had been hours ago.
	kill_writer
	sqlite3 "$IOC_HOME/state/journal.db" 'UPDATE outbox SET at = at - 10800000,
		next_at = next_at - 10800000, changed_at = changed_at - 10800000'
	follow
	wait_until 10 tried 3
	[ "$(outbox length)" = 40 ]
	# Not each of the forty, but one after the other, at most every second.
	[ "$(outbox '[.[].tries] | add')" -le $((12 + SECONDS - away)) ]
	start_gateway
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 60 empty
	for ((i = 0; i < 10; i++)); do
		curl -sf "$gateway/v1/complaints/m$i" | jq -r '.history[].text' >"$dir/at"
		[ "$(wc -l <"$dir/at")" = 4 ]
		sort -c "$dir/at"
	done
	ioc audit verify
}

@test "an answer that is packed wrongly is none: it is sent again under its key" {
	ready
	gzip -c "$dir/www/done" | head -c 30 >"$dir/www/cut"
	answers '/act/1 file=cut header=Content-Encoding:gzip times=2'
	confirmed_after 3
}

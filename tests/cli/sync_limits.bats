#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# How hard a server is asked, when, and what an empty answer is worth.

load sync.bash

setup() {
	sync_setup
	start_server
	echo '[{"id":"1","code":"PA-1","title":"một","state":"MOI"}]' >"$dir/www/list"
	echo '[]' >"$dir/www/empty"
	echo '{"user":"ioc"}' >"$dir/www/me"
	echo '{"user":null}' >"$dir/www/nobody"
}

# mini [LINE…]: a connector of one list, with these lines in front of it.
mini() {
	{
		printf '%s\n' 'retry: {base: 50ms, most: 100ms, tries: 4, pause: 1s}' 'interval: 1s' "$@"
		printf 'resources:\n  - {kind: complaint, request: {path: /list}, changes: snapshot, guard: {never_empty: false, max_shrink: 100}}\n'
	} >"$IOC_HOME/config/sources/mini.yaml"
}

# spent FROM REQUEST N: ms from the first to the N-th of these requests, by DIR/keys.
stamps() {
	sed -n "s|^[^ ]* $1 ||p" "$dir/www/keys"
}

error_is() {
	[[ $(sql "SELECT json_extract(status, '\$.error') FROM source") == *"$1"* ]]
}

@test "an empty list is believed only while the probe lets us in" {
	mini 'probe: {request: {path: /me}, ok: .user}'
	rule '/me file=me' '/list file=list'
	configure s mini "$url"
	follow
	wait_until 10 count_is complaint 1
	[ "$(head -1 "$dir/www/log")" = 'GET /me' ]
	rule '/me file=nobody' '/list file=empty'
	wait_until 10 is_state s refused
	wait_until 5 error_is 'we are not let in'
	count_is complaint 1
	rule '/me file=me' '/list file=empty'
	wait_until 10 count_is complaint 0
	is_state s live
}

@test "a probe is not asked after lists that are not empty" {
	mini 'probe: {request: {path: /me}, ok: .user}'
	rule '/me file=me' '/list file=list'
	configure s mini "$url"
	follow
	three() { [ "$(requests /list)" -ge 3 ]; }
	wait_until 10 three
	[ "$(requests /me)" = 1 ]
}

@test "no more requests than the rate, and no more at a time than allowed" {
	cat >"$IOC_HOME/config/sources/mini.yaml" <<-'EOF'
		limits: {rate: {requests: 10, burst: 2}, parallel: 1}
		defaults: {request: {path: /list, headers: {Idempotency-Key: x}}}
		resources:
		  - {kind: complaint, name: a}
		  - {kind: complaint, name: b}
		  - {kind: complaint, name: c}
		  - {kind: complaint, name: d}
		  - {kind: complaint, name: e}
		  - {kind: complaint, name: f}
	EOF
	rule '/list file=list'
	configure s mini "$url"
	once
	[ "$status" -eq 0 ]
	first=$(stamps /list | head -1)
	last=$(stamps /list | tail -1)
	[ "$(stamps /list | wc -l)" = 6 ]
	[ $((last - first)) -ge 380 ] # two at once, then one in 100 ms
	[ $((last - first)) -lt 3000 ]
}

@test "a server that says that nothing is left is left alone until it says" {
	printf 'interval: 1s\nresources:\n  - {kind: complaint, request: {path: /list, headers: {Idempotency-Key: x}}}\n' \
		>"$IOC_HOME/config/sources/mini.yaml"
	rule '/list file=list times=1 header=X-RateLimit-Remaining:0 header2=X-RateLimit-Reset:3' '/list file=list'
	configure s mini "$url"
	follow
	two() { [ "$(stamps /list | wc -l)" -ge 2 ]; }
	wait_until 10 two
	[ $(($(stamps /list | sed -n 2p) - $(stamps /list | sed -n 1p))) -ge 2900 ]
}

@test "Retry-After counts in seconds and as a date" {
	printf 'retry: {base: 10ms, most: 10ms, tries: 9, pause: 10ms}\nresources:\n  - {kind: complaint, request: {path: /list, headers: {Idempotency-Key: x}}}\n' \
		>"$IOC_HOME/config/sources/mini.yaml"
	date=$(LC_ALL=C date -u -d '+3 seconds' '+%a,~%d~%b~%Y~%H:%M:%S~GMT')
	rule '/list status=429 times=1 header=Retry-After:1' \
		"/list status=503 times=1 header=Retry-After:$date" '/list file=list'
	configure s mini "$url"
	from=$(date +%s%3N)
	follow
	wait_until 10 is_state s live
	[ $(($(stamps /list | sed -n 2p) - $(stamps /list | sed -n 1p))) -ge 990 ]
	[ $(($(date +%s%3N) - from)) -ge 2000 ]
}

@test "outside its hours a source rests, says until when, and is no failure" {
	mini
	rule '/list file=list'
	hour=$((10#$(TZ=Asia/Ho_Chi_Minh date +%H)))
	configure s mini "$url" "hours: \"$(printf '%02d:00-%02d:00' $(((hour + 2) % 24)) $(((hour + 3) % 24)))\""
	once
	[ "$status" -eq 0 ]
	is_state s resting
	[ ! -e "$dir/www/log" ]
	[ "$(sql "SELECT json_extract(status, '\$.next_try') FROM source")" -gt "$(date +%s%3N)" ]
	sed -i "s/hours: .*/hours: \"$(printf '%02d:00-%02d:00' "$hour" $(((hour + 2) % 24)))\"/" "$IOC_HOME/config/config.yaml"
	once
	is_state s live
	count_is complaint 1
}

@test "what is nested deeper than allowed costs its record only" {
	mini 'limits: {depth: 6}'
	echo '[{"id":"1","code":"PA-1"},{"id":"2","code":"PA-2","extra":{"a":{"b":{"c":{"d":{"e":1}}}}}}]' >"$dir/www/list"
	rule '/list file=list'
	configure s mini "$url"
	once
	count_is complaint 1
	[ "$(sql 'SELECT count(*) FROM quarantine')" = 1 ]
}

@test "a status that does not pass is not asked again soon" {
	mini
	sed -i 's/pause: 1s/pause: 1h, on: [429, 503]/' "$IOC_HOME/config/sources/mini.yaml"
	rule '/list status=500'
	configure s mini "$url"
	follow
	wait_until 10 is_state s refused
	[ "$(requests /list)" = 1 ]
}

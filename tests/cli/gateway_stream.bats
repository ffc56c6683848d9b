#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The stream of events, as a client sees it.

load gateway_helper

setup() { listeners=(); }
teardown()
{
	[ ${#listeners[@]} = 0 ] || kill "${listeners[@]}" 2>/dev/null || true
	stop
}

# listen FILE PATH [ARGUMENT…]: a client that writes events to the file.
listen()
{
	local file=$1 path=$2
	shift 2
	curl -sSN --max-time 90 "$@" "$url$path" >"$file" 3>&- &
	listeners+=($!)
	wait_for "grep -q ': connected' '$file'"
}

ids() { sed -n 's/^data: //p' "$1" | jq -r '.record.id' | tr '\n' ' '; }

@test "changes arrive with kind, record and cursor, in order" {
	start
	listen "$home/all" /v1/stream
	listen "$home/calls" '/v1/stream?kinds=calls,complaint'
	post /v1/alerts '{"id":"A"}'
	post /v1/calls '{"id":"B"}'
	post /v1/complaints '{"id":"C"}'
	ask -X DELETE "$url/v1/alerts/A"
	wait_for "grep -q deleted '$home/all'"
	is "$(ids "$home/all")" 'A B C A '
	is "$(ids "$home/calls")" 'B C '
	is "$(grep -c '^event: change$' "$home/all")" 4
	last=$(sed -n 's/^id: //p' "$home/all" | tail -1)
	is "$last" "$(curl -sS "$url/v1/alerts/changes" | jq -r .next)"
}

@test "a client that comes back gets what it missed, by header or by parameter" {
	start
	listen "$home/one" /v1/stream
	post /v1/calls '{"id":"A"}'
	wait_for "grep -q '\"A\"' '$home/one'"
	id=$(sed -n 's/^id: //p' "$home/one" | tail -1)
	post /v1/calls '{"id":"B"}'
	listen "$home/two" /v1/stream -H "Last-Event-ID: $id"
	listen "$home/three" "/v1/stream?after=$id"
	wait_for "grep -q '\"B\"' '$home/two' && grep -q '\"B\"' '$home/three'"
	is "$(ids "$home/two")" 'B '
	is "$(ids "$home/three")" 'B '
}

@test "a client comes back across a restart of the gateway" {
	start --db "$home/g.db"
	post /v1/calls '{"id":"A"}'
	id=$(curl -sS "$url/v1/calls/changes" | jq -r .next)
	post /v1/calls '{"id":"B"}'
	stop
	start --db "$home/g.db"
	listen "$home/one" "/v1/stream?after=$id"
	wait_for "grep -q '\"B\"' '$home/one'"
	is "$(ids "$home/one")" 'B '
}

@test "a cursor that is gone makes a resync, then the stream goes on" {
	start
	listen "$home/one" '/v1/stream?after=1-1'
	wait_for "grep -q '^event: resync' '$home/one'"
	post /v1/calls '{"id":"A"}'
	wait_for "grep -q '\"A\"' '$home/one'"
}

@test "silence is filled with heartbeats" {
	start --heartbeat 100ms
	listen "$home/one" /v1/stream
	wait_for "[ \$(grep -c '^: heartbeat' '$home/one') -ge 2 ]"
	refute grep -q '^event' "$home/one"
}

@test "the stream ends when the gateway stops, and the gateway exits well" {
	start
	listen "$home/one" /v1/stream
	stop
	wait "${listeners[0]}"
	listeners=()
}

@test "streams have a limit" {
	start --max-streams 1
	listen "$home/one" /v1/stream
	ask "$url/v1/stream"
	problem 503 busy
	is "$(header retry-after)" 5
	kill "${listeners[0]}"
	listeners=()
	start_over() { timeout 1 curl -sN "$url/v1/stream" | grep -q connected; }
	post /v1/calls '{"id":"A"}' # the gateway notices when it writes
	post /v1/calls '{"id":"B"}'
	wait_for start_over 30
}

@test "a client that does not read is told to resync, others are not held up" {
	start
	listen "$home/one" /v1/stream
	exec 7<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n' >&7
	for part in 1 2 3 4 5 6; do
		seq 1 6000 | jq -c --arg part $part '{id: "\($part)-\(.)", body: ("x" * 1000)}' |
			ask -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/v1/alerts"
	done
	wait_for "grep -q '\"6-6000\"' '$home/one'" 600
	is "$(ids "$home/one" | wc -w)" 36000
	timeout 5 cat <&7 >"$home/slow" || true
	exec 7>&-
	grep -q '^event: resync' "$home/slow"
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What must not break the gateway: kills, crowds, rude clients.

load gateway_helper

teardown() { stop; }

# distinct FILE: ids of its lines, each once, and how many lines there were.
distinct() { jq -r .id "$1" | sort -u | wc -l; }

@test "kill -9 in the middle of a bulk: what was answered for is there, and the feed is whole" {
	for round in 1 2 3; do
		start --db "$home/g.db"
		(
			seq 1 40000 | jq -c --arg r $round '{id: "\($r)-\(.)", body: ("x" * 200)}' |
				curl -sS -o "$home/results" -H 'Content-Type: application/x-ndjson' \
					-H 'Transfer-Encoding: chunked' --data-binary @- "$url/v1/alerts"
		) 3>&- 2>/dev/null &
		loader=$!
		wait_for "[ \$(curl -sS '$url/v1/alerts/changes?limit=1' | jq .total) -ge $((round * 1000)) ]"
		stop KILL || true
		wait "$loader" || true
	done
	start --db "$home/g.db"
	all_items alerts >"$home/items"
	total=$(curl -sS "$url/v1/alerts/changes?limit=1" | jq .total)
	is "$(wc -l <"$home/items")" "$total"
	is "$(distinct "$home/items")" "$total"
	[ "$total" -ge 3000 ]
	stop
	is "$(sqlite3 "$home/g.db" 'PRAGMA integrity_check')" ok
	[ ! -s "$home/g.db-wal" ]
}

@test "a reader that pages while others write loses nothing and sees nothing twice at rest" {
	start
	write()
	{
		local i
		for i in 1 2 3 4 5 6; do
			seq 1 150 | jq -c --arg w "$1" --arg i "$i" '{id: "\($w)-\(.)", title: $i}'
			[ "$i" != 6 ] || echo "{\"id\":\"end-$1\"}"
		done | curl -sS -o "$home/w$1" -H 'Content-Type: application/x-ndjson' \
			-H 'Transfer-Encoding: chunked' --data-binary @- "$url/v1/calls"
	}
	for w in 1 2 3; do write $w 3>&- & done
	after='' ends=0
	: >"$home/read"
	while [ "$ends" -lt 3 ]; do
		page=$(curl -sS "$url/v1/calls/changes?limit=37&after=$after")
		jq -c '.items[] | {id, version, title}' <<<"$page" >>"$home/read"
		after=$(jq -r .next <<<"$page")
		ends=$(grep -c '"id":"end-' "$home/read" || true)
	done
	while [ "$(jq .more <<<"$page")" = true ]; do
		page=$(curl -sS "$url/v1/calls/changes?limit=37&after=$after")
		jq -c '.items[] | {id, version, title}' <<<"$page" >>"$home/read"
		after=$(jq -r .next <<<"$page")
	done
	# the latest version of each record as the reader saw it is the record at rest
	jq -s -c 'group_by(.id) | map(max_by(.version)) | .[]' "$home/read" | sort >"$home/seen"
	all_items calls 100 | jq -c '{id, version, title}' | sort >"$home/rest"
	cmp "$home/seen" "$home/rest"
	is "$(wc -l <"$home/rest")" 453
	is "$(jq -r .id "$home/rest" | sort | uniq -d)" ''
}

@test "a second gateway on the same database is refused" {
	start --db "$home/g.db"
	run "$gateway" --listen 127.0.0.1:0 --db "$home/g.db"
	is "$status" 1
	[[ $output == *'another gateway'* ]]
}

@test "the database is nobody else's to read" {
	umask 022
	start --db "$home/g.db"
	is "$(stat -c %a "$home/g.db")" 600
}

@test "SIGINT stops it well, and the port file goes away" {
	start --db "$home/g.db"
	post /v1/calls '{"id":"A"}'
	stop INT
	[ ! -e "$home/port" ]
	[ ! -s "$home/g.db-wal" ]
}

@test "connections that ask for nothing do not hold up the stop" {
	start
	exec 7<>"/dev/tcp/127.0.0.1/$port" 8<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET /healthz HTT' >&7
	ask "$url/healthz"
	before=$SECONDS
	stop
	[ $((SECONDS - before)) -le 4 ]
	exec 7>&- 8>&-
}

# rude TEXT: what the gateway answers to these bytes, if anything.
rude()
{
	exec 7<>"/dev/tcp/127.0.0.1/$port"
	(printf "$1" >&7) 2>/dev/null || true # it may hang up before the end
	timeout 1 cat <&7 | tr -d '\0' || true
	exec 7>&-
}

@test "bytes that are no HTTP end their connection and nothing else" {
	start
	rude '\x16\x03\x01\x02\x00\x01' >/dev/null
	rude 'nonsense\r\n\r\n' >/dev/null
	rude 'GET / HTTP/1.1\r\n\r\n' | grep -q ' 400 '
	# Too long a head gets 414 or 431; far too long a one may be cut off before the answer.
	rude "GET /$(printf 'x%.0s' {1..9000}) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" | grep -q 'problem:long-address'
	rude "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: $(printf 'x%.0s' {1..20000})\r\n\r\n" | grep -q 'problem:large-head'
	rude "GET /$(printf 'x%.0s' {1..40000}) HTTP/1.1\r\nHost: localhost\r\n\r\n" >"$home/out"
	rude "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: $(printf 'x%.0s' {1..40000})\r\n\r\n" >>"$home/out"
	is "$(grep -a '^HTTP/1.1 ' "$home/out" | cut -d' ' -f2 | grep -vxE '414|431')" ''
	rude 'POST /v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"a' >/dev/null
	rude 'POST /v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' >/dev/null
	rude 'POST /v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n' >/dev/null
	ask "$url/readyz"
	is "$status_code" 200
	ask "$url/v1/alerts/changes"
	is "$(jq .total <<<"$body")" 0
}

@test "without tokens only this machine's own names are answered" {
	start
	for name in localhost "localhost:$port" ioc.localhost 127.0.0.1 '[::1]:80'; do
		ask -H "Host: $name" "$url/v1/meta"
		is "$status_code" 200
	done
	for name in evil.example 127.0.0.1.evil.example notlocalhost '[localhost]' 10.0.0.1 ''; do
		ask -H "Host: $name" "$url/v1/meta"
		is "$status_code $(jq -r .type <<<"$body")" '421 urn:ioc:problem:misdirected' ||
			{ [ -z "$name" ] && is "$status_code" 400; }
	done
	ask -H 'Host: evil.example' -H 'Content-Type: application/json' -d '{"title":"x"}' "$url/v1/alerts"
	is "$status_code" 421
}

@test "pipelined requests and keep-alive work, also past an error" {
	start
	rude 'GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabcGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >"$home/out"
	is "$(grep -a '^HTTP/1.1 ' "$home/out" | cut -d' ' -f2 | tr '\n' ' ')" '404 405 200 '
}

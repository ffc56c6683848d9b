#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The API of ioc-gateway: records, feed, catalogues, conditions, errors.

load gateway_helper

teardown() { stop; }

@test "a record that was posted is served, with an id and a code of its own" {
	start
	post /v1/complaints '{"title":"Ngõ 308","created_at":"2026-11-19T08:12:00+07:00"}'
	is "$status_code" 201
	is "$(header location)" /v1/complaints/PA-00001
	is "$(header etag)" '"1"'
	ask "$url/v1/complaints/PA-00001"
	is "$status_code" 200
	is "$(jq -r '.title, .created_at, .state, .version' <<<"$body" | tr '\n' ' ')" \
		"Ngõ 308 2026-11-19T01:12:00.000Z MOI 1 "
}

@test "the feed pages through all records, and goes on from its cursor" {
	start
	for i in 1 2 3 4 5; do echo "{\"id\":\"R$i\"}"; done |
		ask -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/v1/calls"
	ask "$url/v1/calls/changes?limit=2"
	is "$(jq -c '[.items[].id, .more, .total]' <<<"$body")" '["R1","R2",true,5]'
	ask "$url/v1/calls/changes?limit=2&after=$(jq -r .next <<<"$body")"
	is "$(jq -c '[.items[].id, .more]' <<<"$body")" '["R3","R4",true]'
	ask "$url/v1/calls/changes?limit=2&after=$(jq -r .next <<<"$body")"
	is "$(jq -c '[.items[].id, .more]' <<<"$body")" '["R5",false]'
	next=$(jq -r .next <<<"$body")
	ask "$url/v1/calls/changes?after=$next"
	is "$(jq -c '[.items, .more]' <<<"$body")" '[[],false]'
	post /v1/calls '{"id":"R2","title":"changed"}'
	is "$status_code" 200
	ask "$url/v1/calls/changes?after=$next"
	is "$(jq -c '[.items[] | [.id, .version]]' <<<"$body")" '[["R2",2]]'
}

@test "a deletion is told by the feed, and the record is gone" {
	start
	post /v1/alerts '{"id":"A"}'
	ask -X DELETE "$url/v1/alerts/A"
	is "$status_code" 204
	ask "$url/v1/alerts/A"
	problem 404 not-found
	ask "$url/v1/alerts/changes"
	is "$(jq -c '.items[0] | [.id, .version, .deleted]' <<<"$body")" '["A",2,true]'
	is "$(jq .total <<<"$body")" 0
	ask -X DELETE "$url/v1/alerts/A"
	problem 404 not-found
}

@test "cursors of another life, of the future and of nowhere are gone" {
	start
	post /v1/alerts '{"id":"A"}'
	for cursor in 1-1 x "$(curl -sS "$url/v1/meta" | jq -r .cursor)0"; do
		ask "$url/v1/alerts/changes?after=$cursor"
		problem 410 cursor-gone
	done
}

@test "a bulk answers each line for itself" {
	start
	printf '{"id":"A"}\n\n{"id":"B","severity":"x"}\n{"id"\n{"id":"A"}\r\n{"id":"C"}' >"$home/bulk"
	ask -H 'Content-Type: application/x-ndjson; charset=utf-8' --data-binary "@$home/bulk" \
		"$url/v1/alerts"
	is "$status_code" 200
	is "$(header content-type)" application/x-ndjson
	is "$(jq -c '[.line, .status, .id // .field // .type]' <<<"$body" | tr '\n' ' ')" \
		'[1,201,"A"] [3,422,"severity"] [4,400,"urn:ioc:problem:bad-json"] [5,200,"A"] [6,201,"C"] '
}

@test "a large bulk in chunks, with lines too long, takes the good ones" {
	start
	{
		seq 1 3000 | jq -c '{id: "R\(.)", body: ("x" * 300)}'
		head -c 3000000 /dev/zero | tr '\0' y
		echo
		echo '{"id":"last"}'
	} >"$home/bulk"
	ask -H 'Content-Type: application/x-ndjson' -H 'Transfer-Encoding: chunked' \
		--data-binary "@$home/bulk" "$url/v1/alerts"
	is "$status_code" 200
	is "$(jq -s -c '[length, (map(select(.status == 201)) | length), .[3000].status]' "$home/body")" \
		'[3002,3001,413]'
	ask "$url/v1/alerts/changes?limit=1"
	is "$(jq .total <<<"$body")" 3001
}

@test "conditions: If-None-Match spares the body, If-Match guards a write" {
	start
	post /v1/alerts '{"id":"A"}'
	ask -H 'If-None-Match: "1"' "$url/v1/alerts/A"
	is "$status_code" 304
	is "$body" ''
	ask -H 'If-None-Match: "0", W/"1"' "$url/v1/alerts/A"
	is "$status_code" 304
	ask -H 'If-None-Match: "2"' "$url/v1/alerts/A"
	is "$status_code" 200
	post /v1/alerts '{"id":"A"}' -H 'If-Match: "9"'
	problem 412 changed
	is "$(header etag)" '"1"'
	ask -X DELETE -H 'If-Match: "9"' "$url/v1/alerts/A"
	problem 412 changed
	post /v1/alerts '{"id":"A"}' -H 'If-Match: "1"'
	is "$status_code" 200
	ask -X DELETE -H 'If-Match: "2"' "$url/v1/alerts/A"
	is "$status_code" 204
}

@test "a catalogue comes whole, with a tag that changes with it" {
	start
	printf '{"id":"03646@2025-07-01","title":"Phường Tô Hiệu"}\n{"id":"x@2020-01-01"}\n' |
		ask -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/v1/areas"
	ask "$url/v1/catalogues/areas"
	is "$(jq -c '[.items[].code, .total]' <<<"$body")" '["03646","x",2]'
	tag=$(header etag)
	ask -H "If-None-Match: $tag" "$url/v1/catalogues/areas"
	is "$status_code" 304
	ask -X DELETE "$url/v1/areas/x@2020-01-01"
	ask -H "If-None-Match: $tag" "$url/v1/catalogues/areas"
	is "$status_code" 200
	is "$(jq -c '[.items[].code]' <<<"$body")" '["03646"]'
	ask "$url/v1/catalogues/complaints"
	problem 404 no-route
}

@test "answers are compressed on demand, and their tags weaken" {
	start
	seq 1 100 | jq -c '{id: "R\(.)", body: "Ngõ 308 đường Chu Văn Thịnh"}' |
		ask -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/v1/alerts"
	ask "$url/v1/alerts/changes"
	plain=$(jq -S 'del(.server_time)' <<<"$body")
	is "$(header content-encoding)" ''
	is "$(header vary)" Accept-Encoding
	ask -H 'Accept-Encoding: gzip' "$url/v1/alerts/changes"
	is "$(header content-encoding)" gzip
	is "$(gzip -dc <"$home/body" | jq -S 'del(.server_time)')" "$plain"
	[ "$(stat -c %s "$home/body")" -lt 3000 ]
	post /v1/calls "{\"id\":\"A\",\"body\":\"$(printf 'x%.0s' {1..3000})\"}"
	ask -H 'Accept-Encoding: gzip' "$url/v1/calls/A"
	is "$(header etag)" 'W/"1"'
	ask -H 'Accept-Encoding: gzip;q=0' "$url/v1/calls/A"
	is "$(header etag)" '"1"'
}

@test "HEAD answers as GET does, without the body" {
	start
	post /v1/alerts '{"id":"A"}'
	for path in /healthz /readyz /openapi.yaml /v1/meta /v1/alerts/A \
		/v1/alerts/changes /v1/catalogues/areas; do
		ask "$url$path"
		length=$(header content-length)
		ask -I "$url$path"
		is "$status_code" 200
		is "$(header content-length)" "$length"
	done
	curl -sS -I --max-time 5 "$url/v1/stream" | grep -q text/event-stream
}

@test "wrong addresses and methods are told apart" {
	start
	ask "$url/nothing"; problem 404 no-route
	ask "$url/"; problem 404 no-route
	ask "$url/v1/nothing/changes"; problem 404 no-route
	ask "$url/v1/complaint/changes"; problem 404 no-route
	ask "$url/v1/complaints/"; problem 404 no-route
	ask "$url/v1/complaints/x"; problem 404 not-found
	ask "$url/v1/complaints/x/attachments/y"; problem 404 no-route
	ask -X PUT -d x "$url/v1/complaints/x"; problem 405 method
	is "$(header allow)" 'GET, HEAD, DELETE'
	ask -X DELETE "$url/healthz"; problem 405 method
	is "$(header allow)" 'GET, HEAD'
	ask "$url/v1/nothing"; problem 404 no-route
	ask "$url/v1/complaints"; problem 405 method
	is "$(header allow)" POST
	ask --path-as-is "$url/v1/complaints/%"; problem 400 bad-request
	ask "$url/v1/complaints/a%00b"; problem 400 bad-request
	ask "$url/v1/complaints/%ff"; problem 400 bad-request
	ask "$url/v1/complaints/a%0d%0aX:%20y"; problem 404 not-found
	is "$(header X)" ''
}

@test "wrong parameters and bodies are refused with the field" {
	start
	for limit in 0 1001 x '' 99999999999999999999; do
		ask "$url/v1/alerts/changes?limit=$limit"
		problem 400 bad-request
		is "$(jq -r .field <<<"$body")" limit
	done
	post /v1/alerts '{"title":'; problem 400 bad-json
	post /v1/alerts ''; problem 400 bad-json
	post /v1/alerts '[]'; problem 400 bad-json
	post /v1/alerts $'{"title":"\xff\xfe"}'; problem 400 bad-json
	post /v1/alerts "{\"title\":$(printf '[%.0s' {1..1000})"; problem 400 bad-json
	post /v1/alerts '{"kind":"call"}'; problem 422 invalid
	is "$(jq -r .field <<<"$body")" kind
	post /v1/alerts '{"created_at":"hôm qua"}'; problem 422 invalid
	is "$(jq -r .field <<<"$body")" created_at
	ask -H 'Content-Type: text/xml' -d '<a/>' "$url/v1/alerts"; problem 415 media-type
	is "$(header accept)" application/json,application/x-ndjson
	ask -H 'Content-Type:' -d '{}' "$url/v1/alerts"; problem 415 media-type
	post /v1/alerts '{}' -H 'Content-Encoding: gzip'; problem 415 media-type
}

@test "bodies have limits, announced or not" {
	start
	head -c 3000000 /dev/zero | tr '\0' ' ' >"$home/large"
	ask -H 'Content-Type: application/json' -H Expect: --data-binary "@$home/large" "$url/v1/alerts"
	problem 413 too-large
	ask -H 'Content-Type: application/json' -H Expect: -H 'Transfer-Encoding: chunked' \
		--data-binary "@$home/large" "$url/v1/alerts"
	problem 413 too-large
	ask -H 'Content-Type: application/json' -H 'Expect: 100-continue' \
		--data-binary "@$home/large" "$url/v1/alerts"
	problem 413 too-large
	post /v1/alerts "{\"id\":\"A\",\"body\":\"$(head -c 1000000 /dev/zero | tr '\0' x)\"}" -H Expect: ||
		true # the shell may refuse so long an argument
	ask "$url/healthz"
	is "$status_code" 200
}

@test "hostile texts go through unharmed and harm nothing" {
	start
	post /v1/complaints '{"id":"A","title":"\u001b[2J\u0000\u009b31m\u202e","body":"e\u0323\u0302"}'
	is "$status_code" 201
	ask "$url/v1/complaints/A"
	is "$(jq -c '.title | explode' <<<"$body")" '[27,91,50,74,0,155,51,49,109,8238]'
	refute grep -q $'\x1b' "$home/body"
}

@test "an attachment is stored with its record and served as a download" {
	start
	post /v1/complaints '{"id":"a b"}'
	ask -H 'Content-Type: image/png' --data-binary $'\x89PNG' \
		"$url/v1/complaints/a%20b/attachments?name=%E1%BA%A3nh%20%221%22.png"
	is "$status_code" 201
	is "$(header location)" /v1/complaints/a%20b/attachments/0
	ask "$url$(header location)"
	is "$(header content-type)" image/png
	is "$(header content-disposition)" "attachment; filename*=UTF-8''%E1%BA%A3nh%20%221%22.png"
	is "$(header content-security-policy)" "default-src 'none'; sandbox"
	is "$(od -An -tx1 <"$home/body" | tr -d ' \n')" 89504e47
	ask "$url/v1/complaints/a%20b"
	is "$(jq -c '[.version, .attachments[0].name, .attachments[0].size]' <<<"$body")" \
		'[2,"ảnh \"1\".png",4]'
	ask "$url/v1/complaints/a%20b/attachments/1"; problem 404 not-found
	post /v1/complaints '{"id":"c","attachments":[{"name":"x","url":"https://elsewhere/x"}]}'
	ask -H 'Content-Type: text/plain' -d y "$url/v1/complaints/c/attachments"
	is "$(header location)" /v1/complaints/c/attachments/1 # the first place is taken
	ask -d x "$url/v1/complaints/nobody/attachments"; problem 404 not-found
	ask -H 'Content-Type: te xt' -d x "$url/v1/complaints/a%20b/attachments"
	problem 400 bad-request
}

@test "metrics count what was done" {
	start
	post /v1/alerts '{"id":"A"}'
	post /v1/alerts '{"id":"B","severity":"x"}'
	ask "$url/v1/alerts/changes"
	ask "$url/nothing"
	ask "$url/metrics"
	is "$(header content-type)" 'text/plain; version=0.0.4; charset=utf-8'
	for line in 'ioc_gateway_records{kind="alert"} 1' 'ioc_gateway_records_taken_total 1' \
		'ioc_gateway_records_refused_total 1' 'ioc_gateway_records_served_total 1' \
		'ioc_gateway_requests_total{method="POST",route="/v1/{plural}",status="2xx"} 1' \
		'ioc_gateway_requests_total{method="POST",route="/v1/{plural}",status="4xx"} 1' \
		'ioc_gateway_requests_total{method="",route="",status="4xx"} 1' \
		'ioc_gateway_request_duration_seconds_count 4'; do
		grep -qxF "$line" <<<"$body" || { echo "$line"; echo "$body"; false; }
	done
}

@test "--clock says what time it is" {
	start --clock 2026-11-21T08:00:00+07:00
	ask "$url/v1/alerts/changes"
	[[ $(jq -r .server_time <<<"$body") == 2026-11-21T01:00:0* ]]
	post /v1/alerts '{"id":"A"}'
	[[ $(jq -r .created_at <<<"$body") == 2026-11-21T01:00:0* ]]
}

@test "a dump can be loaded and comes out as it was" {
	start --db "$home/a.db"
	seq 1 50 | jq -c '{id: "R\(.)", title: "Phản ánh \(.)"}' |
		ask -H 'Content-Type: application/x-ndjson' --data-binary @- "$url/v1/complaints"
	post /v1/complaints '{"id":"R7","title":"changed"}'
	all_items complaints | jq -S -c . | sort >"$home/before"
	all_items complaints >"$home/dump.ndjson"
	stop
	echo 'not a record' >>"$home/dump.ndjson"
	start --db "$home/b.db" --load "complaint=$home/dump.ndjson"
	all_items complaints | jq -S -c . | sort >"$home/after"
	cmp "$home/before" "$home/after"
	grep -q "dump.ndjson:51: byte 0" "$home/log"
}

@test "the command line: help, version, mistakes" {
	run "$gateway" --help
	is "$status" 0
	[[ $output == *--listen* && $output == *--heartbeat* ]]
	run "$gateway" --version
	[[ $output == ioc-gateway* ]]
	run "$gateway" --nonsense
	is "$status" 2
	run "$gateway" --listen 0.0.0.0:0
	is "$status" 2
	[[ $output == *--tokens* ]]
	run "$gateway" --listen 127.0.0.1:0 --db /nowhere/g.db
	is "$status" 1
	[[ $output == *ioc-gateway:* ]]
	run "$gateway" --listen 127.0.0.1:0 --load "complaint=$home/nothing"
	is "$status" 1
}

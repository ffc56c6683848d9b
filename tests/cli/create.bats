#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Records that are made here: a report by telephone is made at the source, once.

load sync.bash

outbox() {
	ioc outbox --json | jq -r "$1"
}

# city [LINE…]: an Open311 server, and a writer that follows it.
city() {
	start_server
	echo '[{"service_code":"001","service_name":"Rác thải"}]' >"$dir/www/services"
	echo '[{"service_request_id":"7","status":"open","service_code":"001","requested_datetime":"2026-11-20T08:00:00Z"}]' \
		>"$dir/www/list"
	echo '[{"service_request_id":638344,"service_notice":"Sẽ xem trong 24 giờ"}]' >"$dir/www/made"
	echo '[{"service_request_id":"638344","status":"open","service_code":"001","description":"Cây đổ","requested_datetime":"2026-11-22T08:00:00Z"}]' \
		>"$dir/www/one"
	echo '[{"token":"tok-9"}]' >"$dir/www/token"
	echo '[{"service_request_id":"638344","token":"tok-9"}]' >"$dir/www/told"
	echo '[{"code":400,"description":"service_code was not provided"}]' >"$dir/www/refused"
	echo key-of-the-city >"$dir/key"
	rules file=made
	configure city open311 "$url" "token_file: $dir/key" 'settings: {jurisdiction_id: son-la.vn}' "$@"
	follow
	wait_until 10 is_state city live
}

# rules ANSWER: what a POST of a report gets.
rules() {
	rule '/services.json file=services' "/requests.json needs=POST~/requests.json $1 else=list" \
		'/tokens/tok-9.json file=told' '/requests/638344.json file=one'
}

posted() {
	grep -c '^POST /requests.json' "$dir/www/log" || true
}

@test "a report is made at an Open311 city, and the cache has it at once" {
	city
	run ioc do create --kind complaint --source city --title 'Cây đổ' \
		--body 'chắn ngang đường "Tô Hiệu" & 50%' --category 001 --lat 21,328 --lon 103.9
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$output" = '638344  New report: done' ]
	form=$(grep -A20 '^POST /requests.json' "$dir/www/asked" | grep service_code)
	[[ $form == *'api_key=key-of-the-city'* && $form == *'jurisdiction_id=son-la.vn'* ]]
	[[ $form == *'service_code=001'* && $form == *'lat=21.328'* && $form == *'long=103.9'* ]]
	[[ $form == *'%22T%C3%B4%20Hi%E1%BB%87u%22%20%26%2050%25'* ]]
	[[ $form != *address_string* ]]
	[ "$(sql "SELECT title FROM complaint WHERE ext_id = '638344'")" = 'Cây đổ' ]
	[ "$(ioc audit show --json | jq -r 'select(.action == "create:done") | .object')" = \
		city/complaint/638344 ]
	refute grep -q key-of-the-city "$IOC_HOME/state/sync.log"
}

@test "a city that gives a token is asked for the number" {
	city
	rules file=token
	run ioc do --json create --title 'Cây đổ' --category 001 --address 'Ngõ 308'
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(jq -r .code <<<"$output")" = 638344 ]
	[ "$(posted)" = 1 ]
}

@test "a number that is not told yet is no failure" {
	city
	rules file=token
	sed -i '/tokens/d' "$dir/www/rules"
	run ioc do create --title 'Cây đổ' --category 001 --address 'Ngõ 308'
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$output" = 'Cây đổ  New report: done' ]
	[ "$(posted)" = 1 ]
}

@test "the city's no is told in its words, and what was said stays" {
	city
	rules 'file=refused status=400'
	run ioc do create --title 'Cây đổ' --address 'Ngõ 308'
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *'service_code was not provided'* ]]
	[ "$(outbox '.[0] | .state + " " + .fields.address')" = 'rejected Ngõ 308' ]
}

@test "an answer of success without a number is none" {
	city
	echo '[{"code":500,"description":"đang bảo trì"}]' >"$dir/www/refused"
	rules file=refused
	run ioc do create --title 'Cây đổ' --category 001 --address 'Ngõ 308'
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *'đang bảo trì'* ]]
}

@test "where the answer is lost nothing is sent twice by itself" {
	city
	rules act=close
	run ioc do --wait 5 create --title 'Cây đổ' --category 001 --address 'Ngõ 308'
	echo "$output"
	[ "$(outbox '.[0].state')" = unclear ]
	[ "$(posted)" = 1 ]
	rules file=made
	ioc outbox retry "$(outbox '.[0].uuid')"
	made() { [ "$(outbox length)" = 0 ]; }
	wait_until 10 made
	[ "$(posted)" = 2 ]
}

@test "a source that makes nothing refuses, before anything is kept" {
	city
	connector reads <<-'EOF'
	auth: [{method: none}]
	resources: [{kind: complaint, request: {path: /none}}]
	actions: {request: {path: /act/\(.record)}}
	EOF
	configure reads reads "$url"
	kill_writer
	follow
	wait_until 10 is_state city live
	run ioc do create --source reads --title 'Cây đổ'
	echo "$output"
	[ "$status" -ne 0 ]
	[[ $output == *'does not offer'* ]]
	run ioc do create --title 'Cây đổ'
	[ "$status" -eq 2 ]
	[[ $output == *--source* ]]
	run ioc do create --source city --title 'Cây đổ' --lat 121
	[ "$status" -eq 2 ]
	[[ $output == *--lat* ]]
	[ "$(outbox length)" = 0 ]
}

# --- the gateway

gateway_city() {
	start_gateway "$@"
	configure city native "$gateway"
	follow
	wait_until 10 is_state city live
}

made_at_gateway() {
	curl -s "$gateway/v1/complaints/changes" | jq -r "$1"
}

@test "a report is made at the gateway" {
	gateway_city
	run ioc do --json create --title 'Cây đổ' --body 'hai
dòng' --channel hotline --reporter_phone 0912345678 --urgent --lat 21.328 --lon 103.914
	echo "$output"
	[ "$status" -eq 0 ]
	code=$(jq -r .code <<<"$output")
	[ "$(made_at_gateway '.items[0] | [.code, .state, .title, .channel, .reporter_phone, .lat, .urgent] | join("|")')" = \
		"$code|MOI|Cây đổ|hotline|0912345678|21.328|true" ]
	[ "$(made_at_gateway '.items[0].history[0].action')" = 'Tạo phản ánh' ]
	[ "$(sql "SELECT title FROM complaint WHERE code = '$code'")" = 'Cây đổ' ]
	# As it was said, not as binary fractions come near it.
	ioc show --json "$code" | grep -q '"lat": 21.328,'
	ioc audit show --json | grep -q 'lat[\\":]*21.328,'
}

@test "it is made once, whatever falls over on the way" {
	gateway_city
	for i in 1 2 3 4 5 6; do
		ioc do --no-wait create --title "Việc $i" --channel hotline
		case $((i % 3)) in
		1) kill_writer && follow ;;
		2) kill -9 "$gateway_pid" && start_gateway ;;
		0) kill_writer && kill -9 "$gateway_pid" && follow && start_gateway ;;
		esac
	done
	settled() { [ "$(outbox length)" = 0 ]; }
	wait_until 60 settled
	[ "$(made_at_gateway '.items[].title' | sort | paste -sd, -)" = \
		'Việc 1,Việc 2,Việc 3,Việc 4,Việc 5,Việc 6' ]
}

@test "the gateway answers a key as before, and refuses it for another report" {
	start_gateway
	send() { # TITLE [OPTION…]
		local title=$1
		shift
		curl -s -o "$dir/out" -w '%{http_code}' "$@" -H 'Content-Type: application/json' \
			-d "{\"title\":\"$title\"}" "$gateway/v1/complaints"
	}
	[ "$(send một -H 'Idempotency-Key: k1')" = 201 ]
	id=$(jq -r .id "$dir/out")
	[ "$(send một -H 'Idempotency-Key: k1' -D "$dir/head")" = 201 ]
	grep -qi '^Idempotency-Replayed: true' "$dir/head"
	[ "$(jq -r .id "$dir/out")" = "$id" ]
	[ "$(send hai -H 'Idempotency-Key: k1')" = 422 ]
	[ "$(jq -r .type "$dir/out")" = urn:ioc:problem:key-reused ]
	[ "$(send hai -H 'Idempotency-Key: a b')" = 400 ]
	[ "$(send một)" = 201 ]
	[ "$(made_at_gateway '.items | length')" = 2 ]
	kill -9 "$gateway_pid"
	start_gateway
	[ "$(send một -H 'Idempotency-Key: k1')" = 201 ]
	[ "$(made_at_gateway '.items | length')" = 2 ]
}

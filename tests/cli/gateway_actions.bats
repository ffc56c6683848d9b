#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What people do to records, through ioc-gateway: once, by the rules, on the right version.

load gateway_helper

teardown() { stop; }

# act KIND ID KEY JSON [ARGUMENT…]
act()
{
	local path=/v1/$1/$2/actions key=$3 json=$4
	shift 4
	post "$path" "$json" -H "Idempotency-Key: $key" "$@"
}

state() # KIND ID
{
	curl -sS "$url/v1/$1/$2" | jq -r '[.state, .version, (.history | length)] | join(" ")'
}

@test "an action changes state, version, history and the columns it names" {
	start
	post /v1/units '{"id":"CATP@2025-07-01","title":"Công an thành phố"}'
	post /v1/complaints '{"id":"A","code":"PA-1","title":"Ngõ 308"}'
	act complaints A k1 '{"action":"receive","by":"Lò Thị Mai"}'
	is "$status_code" 200
	is "$(header etag)" '"2"'
	act complaints A k2 '{"action":"assign","by":"Lò Thị Mai","fields":{"unit":"CATP","note":"Đề nghị xử lý"}}'
	is "$(jq -c '.record | [.state, .unit, .version]' <<<"$body")" '["DA_CHUYEN","CATP",3]'
	is "$(jq -c '.record.history[-1] | [.by, .action, .from, .to, .text]' <<<"$body")" \
		'["Lò Thị Mai","Chuyển xử lý","XAC_MINH","DA_CHUYEN","Đề nghị xử lý · Đơn vị: CATP"]'
	ask "$url/v1/complaints/changes"
	is "$(jq -c '[.items[].version]' <<<"$body")" '[3]'
}

@test "what was said with an action, and what it changed, is in the history" {
	local text='.record.history[-1].text'
	start
	post /v1/complaints '{"id":"A","category":"khac","address":"tổ 2","due_at":"2027-01-04T01:00:00Z"}'
	act complaints A k1 '{"action":"receive"}'
	is "$(jq -c "$text" <<<"$body")" null
	act complaints A k2 '{"action":"verify","fields":{"note":"đã gọi","category":"dien","address":"tổ 3","lat":21.328,"lon":103.9,"urgent":true}}'
	is "$(jq -r "$text" <<<"$body")" \
		'đã gọi · Lĩnh vực: khac → dien · Địa chỉ: đã sửa · Vĩ độ: 21.328000 · Kinh độ: 103.900000 · Khẩn: có'
	is "$(jq -c '.record | [.category, .address, .lat, .lon, .urgent]' <<<"$body")" '["dien","tổ 3",21.328,103.9,true]'
	act complaints A k3 '{"action":"verify","fields":{"note":"xong","category":"dien","lat":21.328}}'
	is "$(jq -r "$text" <<<"$body")" 'xong'
	act complaints A k4 '{"action":"verify","fields":{"note":"x","lat":91}}'
	problem 422 invalid
	act complaints A k5 '{"action":"verify","fields":{"note":"x","lon":"103"}}'
	problem 422 invalid
	act complaints A k6 '{"action":"assign","fields":{"unit":"CATP","due_at":"2027-01-05T01:00:00Z"}}'
	act complaints A k7 '{"action":"take","fields":{"officer":"Lò Văn Hà"}}'
	act complaints A k8 '{"action":"extend","fields":{"due_at":"2027-01-06T01:00:00Z","reason":"chờ vật tư"}}'
	is "$(jq -r "$text" <<<"$body")" 'chờ vật tư · Hạn: 05/01/2027 08:00 → 06/01/2027 08:00'
	act complaints A k9 '{"action":"return","fields":{"reason":"ngoài tuyến","suggested":"QLDT"}}'
	is "$(jq -r "$text" <<<"$body")" 'ngoài tuyến · Đơn vị có thẩm quyền: QLDT'
	act complaints A k10 '{"action":"reject","fields":{"why":"trung-lap","reason":"đã có"}}'
	is "$(jq -r "$text" <<<"$body")" 'đã có · Căn cứ: trung-lap'
	post /v1/calls '{"id":"G","state":"chuyen_tdv_nho"}'
	act calls G k11 '{"action":"called-back","fields":{"result":"khong-bat-may"}}'
	is "$(jq -r "$text" <<<"$body")" 'Kết quả: khong-bat-may'
}

@test "alerts and complaints are linked, and each knows the other" {
	start
	post /v1/complaints '{"id":"A","code":"PA-1"}'
	post /v1/alerts '{"id":"1","code":"CAM-1"}'
	act alerts 1 k1 '{"action":"link","fields":{"record":"A"}}'
	is "$(jq -c '[.record.links[0].id, .record.history[0].text]' <<<"$body")" '["A","PA-1"]'
	ask "$url/v1/complaints/A"
	is "$(jq -c '.links' <<<"$body")" '[{"kind":"alert","id":"1","rel":"related"}]'
	post /v1/complaints '{"id":"B","code":"PA-2"}'
	act complaints B k2 '{"action":"link","fields":{"record":"A"}}'
	is "$(jq -c '.record.links[0].id' <<<"$body")" '"A"'
}

@test "the same key is done once, and answered alike; with another request it is refused" {
	start
	post /v1/complaints '{"id":"A"}'
	act complaints A k1 '{"action":"comment","by":"Mai","fields":{"note":"một"}}'
	first=$body
	act complaints A k1 '{"fields":{"note":"một"},"by":"Mai","action":"comment"}'
	is "$status_code" 200
	is "$(header idempotency-replayed)" true
	is "$body" "$first"
	is "$(state complaints A)" 'MOI 2 1'
	act complaints A k1 '{"action":"comment","by":"Mai","fields":{"note":"hai"}}'
	problem 422 key-reused
	act complaints A '' '{"action":"receive"}'
	problem 400 bad-request
	is "$(state complaints A)" 'MOI 2 1'
}

@test "a key is remembered over a crash" {
	start --db "$home/gateway.db"
	post /v1/complaints '{"id":"A"}'
	act complaints A k1 '{"action":"receive"}'
	stop KILL || true
	start --db "$home/gateway.db"
	act complaints A k1 '{"action":"receive"}'
	is "$status_code" 200
	is "$(header idempotency-replayed)" true
	is "$(state complaints A)" 'XAC_MINH 2 1'
}

@test "another version, a wrong state and a missing field leave everything as it was" {
	start
	post /v1/complaints '{"id":"A"}'
	act complaints A k1 '{"action":"receive"}' -H 'If-Match: "7"'
	problem 412 changed
	is "$(jq -c '.record | [.state, .version]' <<<"$body")" '["MOI",1]'
	act complaints A k2 '{"action":"approve"}'
	problem 409 conflict
	is "$(jq -r .record.state <<<"$body")" MOI
	act complaints A k3 '{"action":"reject","fields":{"why":"trung-lap","reason":"  "}}'
	problem 422 invalid
	is "$(jq -r .field <<<"$body")" reason
	act complaints A k4 '{"action":"reject","fields":{"why":"no-such","reason":"x"}}'
	is "$(jq -r .field <<<"$body")" why
	act complaints A k5 '{"action":"fly"}'
	is "$(jq -r .field <<<"$body")" action
	act complaints A k6 '{"action":"comment","fields":{"note":"x","more":1}}'
	is "$(jq -r .field <<<"$body")" more
	act complaints B k7 '{"action":"receive"}'
	problem 404 not-found
	is "$(state complaints A)" 'MOI 1 0'
	act complaints A k1 '{"action":"receive"}' -H 'If-Match: "1"'
	is "$status_code" 200
}

@test "roles: a unit works on its own records only, and whoever only reads does nothing" {
	cat >"$home/tokens.yaml" <<-END
		- {name: desk, token: token-of-the-desk-1, rights: ["read:*", "write:*", "act:operator"]}
		- {name: police, token: token-of-the-police, unit: CATP, rights: ["read:*", "act:unit"]}
		- {name: audit, token: token-of-the-audit, rights: ["read:*", "act:auditor"]}
		- {name: reader, token: token-of-a-reader, rights: ["read:*"]}
	END
	chmod 600 "$home/tokens.yaml"
	start --tokens "$home/tokens.yaml"
	as() { echo "Authorization: Bearer token-of-$1"; }
	post /v1/complaints '{"id":"A","state":"DA_CHUYEN","unit":"CATP"}' -H "$(as the-desk-1)"
	post /v1/complaints '{"id":"B","state":"DA_CHUYEN","unit":"QLDT"}' -H "$(as the-desk-1)"
	take='{"action":"take","fields":{"officer":"Cầm Văn Sơn"}}'
	act complaints A k1 "$take" -H "$(as the-desk-1)"
	problem 403 forbidden
	act complaints A k1 "$take" -H "$(as the-audit)"
	problem 403 forbidden
	act complaints A k1 "$take" -H "$(as a-reader)"
	problem 403 forbidden
	act complaints B k1 "$take" -H "$(as the-police)"
	problem 403 forbidden
	act complaints A k2 '{"action":"take","unit":"QLDT","fields":{"officer":"Sơn"}}' -H "$(as the-police)"
	is "$(jq -c '.record | [.state, .officer]' <<<"$body")" '["DANG_XL","Sơn"]'
	act complaints A k3 "$take" -H 'Authorization: Bearer guessed'
	problem 401 unauthorized
}

@test "duplicates keep code and deadline, the first takes the earlier one; split undoes" {
	start
	post /v1/complaints '{"id":"A","code":"PA-1","area":"03646","due_at":"2026-12-02T00:00:00Z"}'
	post /v1/complaints '{"id":"B","code":"PA-2","area":"03646","due_at":"2026-12-01T00:00:00Z"}'
	post /v1/complaints '{"id":"C","area":"03664"}'
	act complaints C k0 '{"action":"merge","fields":{"into":"A"}}'
	problem 422 invalid
	act complaints B k1 '{"action":"merge","fields":{"into":"B"}}'
	problem 422 invalid
	act complaints B k2 '{"action":"merge","fields":{"into":"A"}}'
	is "$(jq -c '[.record.merged_into, .record.state, .record.due_at, .others]' <<<"$body")" \
		'["A","MOI","2026-12-01T00:00:00.000Z",[{"kind":"complaint","id":"A"}]]'
	ask "$url/v1/complaints/A"
	is "$(jq -c '[.due_at, .links]' <<<"$body")" \
		'["2026-12-01T00:00:00.000Z",[{"kind":"complaint","id":"B","rel":"merged"}]]'
	act complaints A k3 '{"action":"merge","fields":{"into":"B"}}'
	problem 409 conflict
	act complaints B k4 '{"action":"split","fields":{"reason":"khác chỗ"}}'
	is "$(jq -c '[.record.merged_into, .record.links]' <<<"$body")" '[null,[]]'
	ask "$url/v1/complaints/A"
	is "$(jq -c '[.links, (.history | length)]' <<<"$body")" '[[],2]'
}

@test "a complaint is made of a call, and each knows the other" {
	start
	post /v1/calls '{"id":"G","code":"CG-1","state":"chuyen_tdv","caller":"0912000045"}'
	act calls G k1 '{"action":"complaint","fields":{"title":"Mất điện","category":"dien"}}'
	id=$(jq -r '.others[0].id' <<<"$body")
	is "$(jq -r .record.state <<<"$body")" tao_phan_anh
	ask "$url/v1/complaints/$id"
	is "$(jq -c '[.title, .channel, .reporter_phone, .state, .links[0].id]' <<<"$body")" \
		'["Mất điện","callbot","0912000045","MOI","G"]'
	act calls G k1 '{"action":"complaint","fields":{"title":"Mất điện","category":"dien"}}'
	is "$(curl -sS "$url/v1/complaints/changes" | jq .total)" 1
}

@test "a muted camera's alerts of that type ask nobody, until the time is over" {
	start --clock 2026-11-21T08:00:00Z
	post /v1/alerts '{"id":"1","camera":"CAM07","category":"do-rac"}'
	act alerts 1 k1 '{"action":"mute","fields":{"until":"2026-11-21T07:00:00Z","note":"thử"}}'
	problem 422 invalid
	act alerts 1 k2 '{"action":"mute","fields":{"until":"2026-11-22T08:00:00Z","note":"thử"}}'
	is "$status_code" 200
	post /v1/alerts '{"id":"2","camera":"CAM07","category":"do-rac"}'
	post /v1/alerts '{"id":"3","camera":"CAM07","category":"chay-khoi"}'
	is "$(curl -sS "$url/v1/alerts/1" | jq -r '.history[0].text')" \
		'thử · Đến: 22/11/2026 15:00'
	is "$(state alerts 1) $(state alerts 2) $(state alerts 3)" 'MOI 2 1 BO_QUA 1 0 MOI 1 0'
	act alerts 2 k3 '{"action":"unmute"}'
	is "$status_code" 200
	post /v1/alerts '{"id":"4","camera":"CAM07","category":"do-rac"}'
	is "$(state alerts 4)" 'MOI 1 0'
	stop
}

@test "hostile text in an action is cleaned before it is kept" {
	start
	post /v1/complaints '{"id":"A"}'
	act complaints A k1 '{"action":"comment","by":"M\u001b[31m","fields":{"note":"x\u001b]52;c;eA==\u0007\u202ey"}}'
	is "$status_code" 200
	LC_ALL=C refute grep -q $'\033\|\007' "$home/body"
	is "$(jq '.record.history[0].text | test("[\u0000-\u001f\u202e]")' <<<"$body")" false
}

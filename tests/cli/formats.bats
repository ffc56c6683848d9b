#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What answers are written in and what stands around the data, through the writer.

load sync.bash

setup() {
	sync_setup
	start_server
}

# with [LINE…]: a connector with one feed of complaints and these lines in it; a source s of it.
with() {
	{
		printf 'limits: {connect: 1s, answer: 2s, silence: 1s, body: 8MiB}\n'
		printf 'retry: {base: 20ms, most: 50ms, tries: 4, pause: 20s}\n'
		printf 'auth:\n  - {method: oauth2, token: /oauth/token}\n  - {method: none}\n'
		printf 'resources:\n  - kind: complaint\n    request: {path: /list}\n'
		printf '    %s\n' "$@"
	} | connector mine
	configure s mine "$url"
}

titles() {
	sql 'SELECT group_concat(ext_id || title, "|") FROM (SELECT * FROM complaint ORDER BY ext_id)'
}

refuses() {
	once
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"$1"* ]]
}

@test "a feed of XML becomes records" {
	printf '%s' '<?xml version="1.0" encoding="ISO-8859-1"?><r:list xmlns:r="urn:r">' \
		'<r:item id="1"><title>caf'$'\xe9''</title></r:item></r:list>' >"$dir/www/xml"
	rule '/list file=xml type=text/xml'
	with 'xml: {lists: [item]}' 'items: .list.item' 'map: "{id: .\"@id\", title}"'
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(titles)" = '1café' ]
}

@test "a feed of CSV in a charset of its own becomes records" {
	# "Mã hồ sơ";"Tiêu đề" and so on in windows-1258, which has marks of their own
	printf 'Export;;\n"Ma\336 h\364\314 s\365";"Ti\352u \360\352\314"\n007;"a;b"\n008;\360\365n\n' \
		>"$dir/www/csv"
	rule '/list file=csv type=text/csv'
	with 'format: csv' 'charset: windows-1258' 'csv: {skip: 1}' \
		'map: "{id: .\"Mã hồ sơ\", title: .\"Tiêu đề\"}"'
	once
	echo "$output"
	[ "$status" -eq 0 ]
	sql 'SELECT reason, raw FROM quarantine'
	[ "$(titles)" = '007a;b|008đơn' ]
}

@test "a broken line of NDJSON is set aside alone" {
	printf '{"id":1,"title":"a"}\n{"id":2,"tit\n{"id":3,"title":"c"}\n' >"$dir/www/lines"
	rule '/list file=lines type=application/x-ndjson'
	with 'format: ndjson'
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(titles)" = '1a|3c' ]
	[ "$(sql 'SELECT raw FROM quarantine')" = '"{\"id\":2,\"tit"' ]
}

@test "an expired login inside HTTP 200 is renewed" {
	echo '{"code":100,"message":"AUTHEN_ERROR"}' >"$dir/www/expired"
	echo '{"code":0,"items":[{"id":1,"title":"a"}],"more":true}' >"$dir/www/first"
	echo '{"code":0,"items":[{"id":2,"title":"b"}]}' >"$dir/www/second"
	echo secret >"$dir/secret"
	rule '/oauth/token act=grant' '/list file=first times=1' '/list file=expired times=1' \
		'/list file=first times=1' '/list file=second'
	with 'ok: .code == 0' 'error: .message' 'code: .code' 'paging: page' 'more: .more' \
		'class: '\''{"100": "auth"}[.code | tostring]'\''' 'items: .items'
	printf '    client_id: me\n    client_secret_file: %s\n' "$dir/secret" \
		>>"$IOC_HOME/config/config.yaml"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(titles)" = '1a|2b' ]
	[ "$(requests 'POST /oauth/token')" = 2 ]
}

@test "a login page where data was due counts as refused credentials" {
	echo '<html><title>Đăng nhập</title><form><input type="password"></form>' >"$dir/www/page"
	echo secret >"$dir/secret"
	rule '/oauth/token act=grant' '/list file=page type=text/html'
	with 'items: .items'
	printf '    client_id: me\n    client_secret_file: %s\n' "$dir/secret" \
		>>"$IOC_HOME/config/config.yaml"
	refuses 'a login page instead of data: “Đăng nhập”'
	is_state s refused
}

@test "a cursor that is gone inside HTTP 200 is begun anew" {
	echo '{"items":[{"id":1,"title":"a"}],"next":"c1"}' >"$dir/www/first"
	echo '{"error":"CURSOR_TOO_OLD"}' >"$dir/www/gone"
	rule '/list file=first'
	with 'class: if .error == "CURSOR_TOO_OLD" then "gone" else null end' 'items: .items' \
		'changes: cursor' 'next: .next' 'more: .more' 'request: {path: /list, query: {after: \(.cursor)}}'
	sed -i '0,/request: {path: \/list}/{//d}' "$IOC_HOME/config/sources/mine.yaml"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	rule '/list file=gone times=1' '/list file=first'
	: >"$dir/www/log"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(cat "$dir/www/log")" = $'GET /list?after=c1\nGET /list' ]
}

@test "words of a server that has no form for errors are shown" {
	printf 'Invalid jurisdiction_id provided' >"$dir/www/words"
	rule '/list file=words type=text/plain'
	with 'items: .items'
	refuses 'the server sent words instead of data: Invalid jurisdiction_id provided'
	printf '"Sai mã đơn vị"' >"$dir/www/words"
	refuses 'the server sent words instead of data: Sai mã đơn vị'
}

@test "a class counts for more than the status" {
	echo '{"error":"IP_DISALLOWED","message":"máy này không được phép"}' >"$dir/www/denied"
	rule '/list file=denied status=404'
	with 'class: if .error == "IP_DISALLOWED" then "permission" else null end'
	refuses 'ask for the right to read (HTTP 404): máy này không được phép'
	is_state s refused
}

@test "the wrong class of a connector is told" {
	echo '{"error":"X"}' >"$dir/www/denied"
	rule '/list file=denied'
	with 'class: '"'"'"nonsense"'"'"
	refuses 'the connector tells a class of errors that is none: class: nonsense'
}

@test "an entity bomb is refused" {
	{
		printf '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
		for c in b c d e f g h; do
			p=$(tr b-h a-g <<<"$c")
			printf '<!ENTITY %s "&%s;&%s;&%s;&%s;&%s;">' $c $p $p $p $p $p
		done
		printf ']><a>&h;</a>'
	} >"$dir/www/bomb"
	rule '/list file=bomb type=text/xml'
	with 'items: .a'
	refuses 'it defines entities, which is not allowed'
}

@test "an unknown value stays visible, is told, and is forgotten once it is mapped" {
	echo '[{"id":1,"title":"a","state":"0"},{"id":2,"title":"b","state":"CHO_KY"}]' \
		>"$dir/www/list"
	rule '/list file=list'
	with "values: {state: {map: {'0': MOI}}}"
	once
	[ "$status" -eq 0 ]
	[ "$(sql 'SELECT group_concat(state || src_state) FROM complaint')" = 'MOI0,CHO_KYCHO_KY' ]
	run "$builddir/ioc" status
	[[ $output == *'values that no map knows: complaint.state: CHO_KY'* ]]
	sed -i "s/'0': MOI/'0': MOI, CHO_KY: CHO_DUYET/" "$IOC_HOME/config/sources/mine.yaml"
	run "$builddir/ioc" remap s
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(sql 'SELECT group_concat(state || src_state) FROM complaint')" = \
		'MOI0,CHO_DUYETCHO_KY' ]
	once
	run "$builddir/ioc" status
	refute grep -q 'no map knows' <<<"$output"
}

@test "a place, a time and HTML come as the vendor writes them" {
	echo '{"data":[{"ma":"1","tieuDe":"a","luc":"20/11/2026 02:05 CH","o":"21.3,103.9",
		"noiDung":"<p>một</p><br>hai"}]}' >"$dir/www/list"
	rule '/list file=list'
	with 'items: .data' 'times: [dd/MM/yyyy hh:mm a]' 'html: [body]' \
		'map: "{id: .ma, title: .tieuDe, created_at: .luc, location: .o, body: .noiDung}"'
	once
	[ "$status" -eq 0 ]
	echo "$output"
	[ "$(sql "SELECT created_at || ' ' || lat || ' ' || lon || ' ' || body FROM complaint")" = \
		$'1795158300000 21.3 103.9 một\n\nhai' ]
}

# SPDX-License-Identifier: GPL-3.0-or-later
# Trying a connector on a server, and playing back what was recorded.

load sync.bash

setup() {
	sync_setup
	start_server
	export IOC_DATA_DIR=$srcdir/data IOC_EXEC_DIR=$builddir IOC_LOCALE_DIR=$builddir/po
	export COLUMNS=140
	cd "$dir"
	echo s3cr3t-key >key
	cat >pakn.yaml <<-'EOF'
		auth: [{method: header, name: X-API-Key}, {method: none}]
		resources:
		  - kind: complaint
		    request: {path: /reports, query: {page: \(.page), size: \(.limit)}}
		    ok: .error.code == 200
		    items: .data
		    total: .total
		    paging: page
		    page_size: 2
		    map: |
		      {id, title: .tieuDe, state: ({"0": "MOI"}[.tt | tostring] // (.tt | tostring)),
		       src_state: .tt, created_at: .luc}
	EOF
	cat >www/p1 <<-'EOF'
		{"error":{"code":200},"total":3,"data":[
		 {"id":1,"tieuDe":"Đèn hỏng\u001b[31m","tt":0,"luc":"2026-11-20T08:00:00Z","nguoi":{"sdt":"0912"},"khan":true},
		 {"id":2,"tieuDe":["x"],"tt":0}]}
	EOF
	echo '{"error":{"code":200},"total":3,"data":[{"id":3,"tieuDe":"Rác","tt":7}]}' >www/p2
	rule '/reports file=p1 type=application/json times=1' '/reports file=p2 type=application/json'
}

teardown() {
	sync_teardown
}

ioc() {
	"$builddir/ioc" -l en "$@"
}

record() {
	run ioc connector try pakn.yaml --base-url "$url" --token-file key --record tape
	[ -s tape/002.body.json ]
}

@test "try shows request and answer, item and record, and what was left out" {
	run ioc connector try pakn.yaml --base-url "$url" --token-file key
	echo "$output"
	[ "$status" -eq 1 ] # one was set aside
	[[ $output == *"GET $url/reports?page=1&size=2"* ]]
	[[ $output == *'→ 200 application/json'* ]]
	[[ $output == *'2 items → 1 records, 1 set aside · 3 in all · page 2 follows'* ]]
	[[ $output == *'set aside because: title: an array where one value belongs (1)'* ]]
	[[ $output == *'not mapped: nguoi, khan'* ]]
	[[ $output == *'│ title          Đèn hỏng␛[31m'* ]]
	[[ $output == *'columns that stayed empty:'*body* ]]
	refute grep -q $'\033' <<<"$output"
	refute grep -q s3cr3t <<<"$output"
	[ ! -e "$IOC_HOME/cache/cache.db" ]
}

@test "a total that is no more than one page holds is doubted" {
	sed 's/^    total: .*/    total: .data | length/' pakn.yaml >count.yaml
	run ioc connector try count.yaml --base-url "$url" --token-file key
	echo "$output"
	[[ $output == *'total is what this one page holds'* ]]
	run ioc connector try pakn.yaml --base-url "$url" --token-file key
	refute grep -q 'total is what' <<<"$output"
}

@test "on a narrow terminal item and record stand below each other" {
	COLUMNS=60 run ioc connector try pakn.yaml --base-url "$url"
	[[ $output == *$'\n  ↓\n'* ]]
	refute grep -q '│' <<<"$output"
}

@test "unknown states are counted with all pages" {
	run ioc connector try pakn.yaml --base-url "$url" --pages 9 --json
	[ "$(jq -c '.pages[1].unknown_states' <<<"$output")" = '[["7",1]]' ]
	[ "$(jq '.records, .set_aside, .unknown_states' <<<"$output" | xargs)" = '2 1 1' ]
}

@test "a source of the configuration is tried by its name, with its secrets" {
	cp pakn.yaml "$IOC_HOME/config/sources/mine.yaml"
	configure here mine "$url" "token_file: $dir/key"
	run ioc connector try here --allow
	[ "$status" -eq 0 ]
	[[ $output == *'X-API-Key: SECRET'* ]]
}

@test "a server that can't be reached and one that refuses are told apart" {
	run ioc connector try pakn.yaml --base-url http://127.0.0.1:1
	[ "$status" -eq 7 ]
	rule '/reports status=401'
	run ioc connector try pakn.yaml --base-url "$url"
	[ "$status" -eq 6 ]
	[[ $output == *'failed:'* ]]
}

@test "a recording holds no secret, and plays the same without a server" {
	record
	refute grep -r s3cr3t tape
	grep -q '^X-API-Key: SECRET' tape/001.request
	cmp tape/001.body.json www/p1
	kill -9 "${started[0]}"
	run ioc connector replay pakn.yaml tape --allow --records
	[ "$status" -eq 0 ]
	[ "$(jq -r .id <<<"$output" | xargs)" = '1 3' ]
	first=$(ioc connector replay pakn.yaml tape --json || true)
	[ "$first" = "$(ioc connector replay pakn.yaml tape --json || true)" ]
}

@test "what can't be mapped fails a replay unless that is allowed" {
	record
	run ioc connector replay pakn.yaml tape
	[ "$status" -eq 1 ]
	run ioc connector replay pakn.yaml tape --allow
	[ "$status" -eq 0 ]
}

@test "expected records are compared one by one" {
	record
	ioc connector replay pakn.yaml tape --allow --records >wanted
	run ioc connector replay pakn.yaml tape --allow --expect wanted
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	sed -i 's/title: .tieuDe/title: (.tieuDe | ascii_downcase)/' pakn.yaml
	run ioc connector replay pakn.yaml tape --allow --expect wanted
	[ "$status" -eq 1 ]
	[[ $output == *'complaints complaint 3'*'- title: "Rác"'*'+ title: "rác"'* ]]
	sed -i '$d' wanted
	run ioc connector replay pakn.yaml tape --allow --expect wanted
	[[ $output == *'complaints complaint 3'*'was not expected'* ]]
}

@test "a request that changed since the recording is told" {
	record
	sed -i 's/size: /per: /' pakn.yaml
	sed -i 's/page_per/page_size/' pakn.yaml
	run ioc connector replay pakn.yaml tape --allow
	[ "$status" -eq 1 ]
	[[ $output == *'asked:'*'per=2'*'recorded:'*'size=2'* ]]
}

@test "tokens that a login gives are not kept" {
	sed -i 's/^auth:.*/auth: [{method: oauth2, token: \/token}]/' pakn.yaml
	rule '/token act=grant' '/reports file=p2 type=application/json'
	run ioc connector try pakn.yaml --base-url "$url" --set client_id=me \
		--set "client_secret_file=$dir/key" --record tape
	[ "$status" -eq 0 ]
	refute grep -rE 's3cr3t|"t[0-9]+"' tape
	kill -9 "${started[0]}"
	run ioc connector replay pakn.yaml tape
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "a folder that is no recording is not written into" {
	mkdir full
	echo precious >full/file
	run ioc connector try pakn.yaml --base-url "$url" --record full
	[ "$status" -eq 2 ]
	[ "$(cat full/file)" = precious ]
	run ioc connector replay pakn.yaml nowhere
	[ "$status" -eq 2 ]
}

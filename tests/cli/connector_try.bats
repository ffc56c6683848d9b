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

# --- stream, probe, actions

acting() {
	cat >acting.yaml <<-'EOF'
		auth: [{method: header, name: X-API-Key}, {method: none}]
		probe: {request: {path: /me}, ok: .ok == true}
		resources:
		  - kind: complaint
		    request: {path: /reports}
		    items: .data
		    map: '{id, title: .tieuDe, created_at: .luc}'
		stream:
		  request: {path: /events}
		  act: .event
		  silence: 5s
		actions:
		  read: {request: {path: '/reports/\(.record)'}, record: .ticket}
		  verbs:
		    comment:
		      requests:
		        - request: {path: '/reports/\(.record)/open', json: {key: \(.uuid)}}
		        - request: {path: '/reports/\(.record)/notes', json: {text: \(.fields.note), by: \(.by)}}
		      after: refetch
		    create:
		      request: {path: /reports, form: {title: \(.fields.title)}}
		      id: .id
	EOF
	echo '{"ok":true}' >www/me
	echo '{}' >www/good
	echo '{"ticket":{"id":7,"tieuDe":"sau đó","luc":"2026-11-20T08:00:00Z"}}' >www/one
	echo '{"id":"N-1"}' >www/made
	printf '%s\n\n' 'event: upsert
data: {"id":1,"tieuDe":"Đèn hỏng","luc":"2026-11-20T08:00:00Z"}' 'event: upsert
data: {"id":2,"tieuDe":["x"]}' 'event: remove
data: {"id":3}' 'event: resync
data: {}' >www/events
	rule '/me file=me needs=s3cr3t-key' '/events file=events act=stream type=text/event-stream' \
		'/reports/7/open file=good' '/reports/7/notes file=good' '/reports/7 file=one' \
		'/reports file=made'
}

try() {
	run ioc connector try acting.yaml --base-url "$url" --token-file key "$@"
	echo "$output"
}

@test "try --stream shows events of which nothing came" {
	acting
	sed 's/^  act: .*/&\n  items: .data/' acting.yaml >wrong.yaml
	run ioc connector try wrong.yaml --base-url "$url" --token-file key --stream 1 --json
	echo "$output"
	[[ $output == *'{"nothing_came_of":{"id":1,"tieuDe":"Đèn hỏng",'* ]]
	[ "$(jq -s '[.[] | select(.nothing_came_of)] | length' <<<"$output")" = 2 ]
}

@test "try --stream shows what comes and how it maps" {
	acting
	try --stream 1
	[ "$status" -eq 1 ] # one was set aside
	[[ $output == *'{"record":{'*'"title":"Đèn hỏng"'* ]]
	[[ $output == *'{"set_aside":"title: an array where one value belongs'* ]]
	[[ $output == *'{"removed":{'*'"3"'* ]]
	[[ $output == *'feeds_to_be_read_again'* ]]
	[[ $output == *'in all: 4 events, '*' 1 set aside'* ]]
	try --stream 1 --json --allow
	[ "$status" -eq 0 ]
	[ "$(jq -s '[.[] | select(.record)] | length' <<<"$output")" = 1 ]
	[ "$(jq -s '.[-1].opened' <<<"$output")" = true ]
}

@test "a stream that does not open, or that there is none, is told" {
	acting
	rule '/events status=403'
	try --stream 1
	[ "$status" -eq 6 ]
	[[ $output == *"GET $url/events"* ]]
	run ioc connector try pakn.yaml --base-url "$url" --stream 1
	[ "$status" -eq 2 ]
	[[ $output == *'no stream'* ]]
}

@test "try --probe tells a wrong key" {
	acting
	try --probe
	[ "$status" -eq 0 ]
	[[ $output == *"GET $url/me"* ]]
	refute grep -q s3cr3t-key <<<"$output"
	echo other-key >key
	try --probe
	[ "$status" -eq 6 ]
	run ioc connector try pakn.yaml --base-url "$url" --probe
	[ "$status" -eq 2 ]
}

@test "try --action shows what would be sent, and sends nothing" {
	acting
	try --action "comment 7 --note 'một \"hai\"'"
	[ "$status" -eq 0 ]
	[[ $output == *"POST $url/reports/7/open"*"POST $url/reports/7/notes"*"GET $url/reports/7"* ]]
	[[ $output == *'"text":"một \"hai\""'* ]]
	[[ $output == *'nothing was sent'* ]]
	refute grep -q s3cr3t-key <<<"$output"
	[ ! -e www/log ]
	try --action "create --title 'Cây đổ & gãy'"
	[ "$status" -eq 0 ]
	[[ $output == *'title=C%C3%A2y%20%C4%91%E1%BB%95%20%26%20g%C3%A3y'* ]]
	[ ! -e www/log ]
	try --json --action "comment 7 --note x"
	[ "$(jq -rs '.[1].method + " " + (.[1] | has("status") | tostring)' <<<"$output")" = 'POST false' ]
	[ ! -e www/log ]
}

@test "try --action --send sends it once, and says what came of it" {
	acting
	try --action 'comment 7 --note x' --send
	[ "$status" -eq 0 ]
	[[ $output == *'it took effect'*'sau đó'* ]]
	[ "$(grep -c POST www/log)" = 2 ]
	try --action 'create --title x' --send
	[[ $output == *"the new record's id: N-1"* ]]
	rule '/reports/7/open status=422'
	try --action 'comment 7 --note x' --send
	[ "$status" -eq 1 ]
	[[ $output == *'refused, for good'* ]]
}

@test "what is no action of the connector is told before anybody is asked" {
	acting
	try --action 'fly 7'
	[ "$status" -eq 2 ]
	try --action 'assign 7 --unit x'
	[ "$status" -eq 2 ]
	[[ $output == *'does not offer assign'* ]]
	try --action 'comment --note x'
	[ "$status" -eq 2 ]
	try --action 'comment 7'
	[ "$status" -eq 2 ]
	[[ $output == *--note* ]]
	try --send
	[ "$status" -eq 2 ]
	[ ! -e www/log ]
}

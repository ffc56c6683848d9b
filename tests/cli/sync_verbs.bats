#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What a connector says about each action: its requests, what their answers mean, and what
# happens where no answer came.

load sync.bash

setup() {
	sync_setup
	start_server
	list MOI
	echo '{}' >"$dir/www/ok"
	rule '/list file=list'
}

# list STATE [VERSION]: what the province has.
list() {
	printf '{"items":[{"id":"1","code":"PA-1","title":"một","state":"%s"%s}]}\n' "$1" \
		"${2:+,\"version\":$2}" >"$dir/www/list.new"
	mv "$dir/www/list.new" "$dir/www/list"
	jq -c '.items[0]' "$dir/www/list" >"$dir/www/one.new"
	mv "$dir/www/one.new" "$dir/www/one"
}

# ready: a source whose `actions` stand on standard input, and a writer that follows it.
ready() {
	{
		printf '%s\n' 'retry: {base: 50ms, most: 200ms, tries: 9, pause: 1s}' \
			'limits: {connect: 1s, answer: 1s}' 'interval: 1s' 'resources:' \
			'  - {kind: complaint, request: {path: /list}, items: .items}' 'actions:'
		sed 's/^/  /'
	} | connector mini
	configure city mini "$url"
	follow
	wait_until 10 count_is complaint 1
}

# answers RULE…: besides the list.
answers() {
	rule '/list file=list' '/one file=one' "$@"
}

asked() {
	grep -qF -- "$1" "$dir/www/asked"
}

act() {
	run ioc do --wait 10 "$@"
	echo "$output"
}

outbox_is() { # STATE
	[ "$(ioc outbox --json | jq -r '.[0].state // "empty"')" = "$1" ]
}

uuid() {
	ioc outbox --json | jq -r '.[0].uuid'
}

cached_is() { # STATE
	[ "$(sql "SELECT state FROM complaint WHERE ext_id = '1'")" = "$1" ]
}

@test "each verb has a request of its own, and values stay in their places" {
	ready <<-'EOF'
		verbs:
		  receive:
		    request: {path: '/tickets/\(.record)/take', method: PUT}
		  complaint.comment:
		    request:
		      path: /notes
		      json: {ticket: '\(.record | tonumber)', text: '\(.fields.note)', public: true}
	EOF
	answers '/tickets/1/take file=ok' '/notes file=ok'
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	[ "$(requests 'PUT /tickets/1/take')" = 1 ]
	act "comment PA-1 --note 'a \"quote\", {brace} and 100%'"
	[ "$status" -eq 0 ]
	asked '{"ticket":1,"text":"a \"quote\", {brace} and 100%","public":true}'
}

@test "what a source does not offer can't be done, and is told to the screen" {
	ready <<-'EOF'
		offers: [comment, verify]
		request: {path: /general}
		verbs:
		  receive: {request: {path: /take}}
	EOF
	answers '/general file=ok' '/take file=ok'
	act 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
	act 'reject PA-1 --why khac --reason x'
	[ "$status" -ne 0 ]
	[[ $output == *'the source does not offer this action'* ]]
	withheld() { sql "SELECT json_extract(status, '\$.withheld.complaint') FROM source"; }
	[[ $(withheld) == *'"reject"'* ]]
	[[ $(withheld) != *'"comment"'* ]]
	[[ $(withheld) != *'"receive"'* ]]
}

@test "several requests make an action, in order, and see the answers before them" {
	ready <<-'EOF'
		verbs:
		  receive:
		    requests:
		      - request: {path: /lock, json: {id: '\(.record)'}}
		        ok: .lock
		      - request: {path: '/take/\(.answer.lock)'}
		    record: .record
	EOF
	echo '{"lock":"L7"}' >"$dir/www/lock"
	echo '{"record":{"id":"1","code":"PA-1","state":"XAC_MINH"}}' >"$dir/www/taken"
	list XAC_MINH
	answers '/lock file=lock' '/take/L7 file=taken'
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	[ "$(grep -n 'POST /lock' "$dir/www/log" | cut -d: -f1)" -lt "$(grep -n 'POST /take/L7' "$dir/www/log" | cut -d: -f1)" ]
	cached_is XAC_MINH
}

@test "success, conflict and refusal as the vendor tells them" {
	ready <<-'EOF'
		ok: .code == 0
		error: .msg
		already: .code == 7
		status: {done: [410], rejected: [500]}
		verbs:
		  comment: {request: {path: /act}}
		  receive: {request: {path: /act}, class: 'if .code == 9 then "conflict" else null end'}
	EOF
	echo '{"code":7,"msg":"đã làm"}' >"$dir/www/already"
	echo '{"code":9,"msg":"người khác đã nhận"}' >"$dir/www/taken"
	answers '/act file=already status=400'
	act 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
	answers '/act status=410'
	act 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
	answers '/act file=taken'
	act 'receive PA-1'
	[ "$status" -eq 6 ] || [ "$status" -ne 0 ]
	outbox_is conflict
	[[ $output == *'người khác đã nhận'* ]]
	ioc outbox drop "$(uuid)"
	answers '/act status=500 file=taken'
	act 'comment PA-1 --note x'
	outbox_is rejected
	[ "$(requests 'POST /act')" = 4 ]
}

@test "after an action the record is read again, and the cache has it at once" {
	ready <<-'EOF'
		read: {request: {path: /one}}
		after: refetch
		verbs:
		  receive: {request: {path: /act}}
	EOF
	echo '{"items":[]}' >"$dir/www/none"
	list XAC_MINH 5
	rule '/list file=none' '/one file=one' '/act file=ok'
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	wait_until 2 cached_is XAC_MINH
	[ "$(sql 'SELECT version FROM complaint')" = 5 ]
}

@test "the record after an action is mapped as the feed's are" {
	connector mini <<-'EOF'
		interval: 1h
		resources:
		  - kind: complaint
		    request: {path: /list}
		    items: .items
		    map: '{id, code, title: .title, state: .state, version: .version, address: "b"}'
		actions:
		  read: {request: {path: /one}}
		  after: refetch
		  verbs:
		    receive: {request: {path: /act}}
	EOF
	configure city mini "$url"
	follow
	wait_until 10 count_is complaint 1
	echo '{"items":[]}' >"$dir/www/none"
	list XAC_MINH 5
	rule '/list file=none' '/one file=one' '/act file=ok'
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	wait_until 2 cached_is XAC_MINH
	[ "$(sql 'SELECT title FROM complaint')" = một ]
	[ "$(sql 'SELECT address FROM complaint')" = b ]
}

@test "check: an answer was lost, and the record shows that it was done: it is not sent again" {
	ready <<-'EOF'
		read: {request: {path: /one}}
		idempotent: check
		verbs:
		  receive: {request: {path: /act}}
	EOF
	list XAC_MINH
	answers '/act act=close times=1' '/act file=ok'
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	[ "$(requests 'POST /act')" = 1 ]
	[ "$(requests 'GET /one')" = 1 ]
}

@test "check: the record shows that it was not done: it is sent again" {
	ready <<-'EOF'
		read: {request: {path: /one}}
		idempotent: check
		verbs:
		  receive: {request: {path: /act}}
	EOF
	answers '/act act=close times=1' '/act file=ok'
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	[ "$(requests 'POST /act')" = 2 ]
}

@test "check: a filter tells what no column does" {
	ready <<-'EOF'
		read: {request: {path: /one}}
		idempotent: check
		verbs:
		  comment:
		    request: {path: /act}
		    applied: '. as $in | .current.notes // [] | any(. == $in.fields.note)'
	EOF
	echo '{"id":"1","code":"PA-1","state":"MOI","notes":["đã gọi"]}' >"$dir/www/one"
	answers '/act act=close times=1' '/act file=ok'
	act "comment PA-1 --note 'đã gọi'"
	[ "$status" -eq 0 ]
	[ "$(requests 'POST /act')" = 1 ]
}

@test "never: what may have arrived waits for a person, who sends it again or drops it" {
	ready <<-'EOF'
		idempotent: never
		verbs:
		  comment: {request: {path: /act}}
	EOF
	answers '/act status=503 times=1' '/act act=hang times=1' '/act file=ok'
	act 'comment PA-1 --note x'
	[ "$status" -ne 0 ]
	outbox_is unclear
	[ "$(requests 'POST /act')" = 2 ] # 503 says that nothing was done
	[[ $(ioc outbox) == *'outcome unknown'* ]]
	ioc outbox retry "$(uuid)"
	wait_until 10 outbox_is empty
	[ "$(requests 'POST /act')" = 3 ]
}

@test "never: a writer that was killed while sending does not send again" {
	ready <<-'EOF'
		idempotent: never
		verbs:
		  comment: {request: {path: /act}}
	EOF
	answers '/act act=hang'
	ioc do --no-wait 'comment PA-1 --note x'
	sent() { [ "$(requests 'POST /act')" = 1 ]; }
	wait_until 10 sent
	kill_writer
	answers '/act file=ok'
	follow
	wait_until 10 outbox_is unclear
	sent
	ioc outbox drop "$(uuid)"
	outbox_is empty
}

@test "compare: a record that is not what the operator saw is a conflict, and nothing is sent" {
	ready <<-'EOF'
		read: {request: {path: /one}}
		compare: true
		verbs:
		  receive: {request: {path: /act}}
	EOF
	jq -c '.items[0] | .state = "DONG"' "$dir/www/list" >"$dir/www/one"
	answers '/act file=ok'
	act 'receive PA-1'
	[ "$status" -ne 0 ]
	outbox_is conflict
	[ "$(requests 'POST /act')" = 0 ]
	ioc outbox drop "$(uuid)"
	list MOI
	wait_until 5 cached_is MOI
	act 'receive PA-1'
	[ "$status" -eq 0 ]
	[ "$(requests 'POST /act')" = 1 ]
}

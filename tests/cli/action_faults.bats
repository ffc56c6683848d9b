#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# A province that answers badly, and a disk that does not hold: what was confirmed took effect
# once, what was not is told so, and reading goes on.

load sync.bash

setup() {
	sync_setup
	PATH=$builddir:$PATH
}

teardown() {
	sync_teardown
}

# ready [LINE…]: a source with one new complaint, and a writer that follows it.
ready() {
	start_server
	connector mini <<-'EOF'
	auth:
	  - {method: oauth2, token: /token}
	  - {method: none}
	limits: {connect: 1s, answer: 2s, silence: 2s, body: 1MiB}
	retry: {base: 50ms, most: 200ms, tries: 4, pause: 1s}
	interval: 1s
	resources:
	  - kind: complaint
	    request: {path: /list}
	    items: .items
	actions:
	  request:
	    path: /act/\(.record)
	    headers: {Idempotency-Key: \(.uuid)}
	    body: \({action, fields} | tojson)
	  error: .detail
	  record: .record
	EOF
	echo '{"items":[{"id":"1","code":"PA-1","title":"một","state":"MOI"}]}' >"$dir/www/list"
	echo '{"record":{"id":"1","code":"PA-1","title":"một","state":"XAC_MINH","version":2}}' \
		>"$dir/www/done"
	echo '{"detail":"đã khóa sổ","record":{"id":"1","code":"PA-1","title":"một","state":"DONG","version":9}}' \
		>"$dir/www/other"
	echo '<html><body>Đăng nhập lại</body></html>' >"$dir/www/html"
	rule '/list file=list' '/token act=grant'
	configure city mini "$url" "$@"
	follow
	wait_until 10 count_is complaint 1
}

# answers RULE…: to the action, one after the other; then success.
answers() {
	rule '/list file=list' '/token act=grant' "$@" '/act/1 file=done'
}

# sent TIMES: so often, always under one key.
sent() {
	[ "$(wc -l <"$dir/www/keys")" = "$1" ]
	[ "$(cut -d ' ' -f 1 "$dir/www/keys" | sort -u | wc -l)" = 1 ]
}

outbox() {
	ioc outbox --json | jq -r "$1"
}

confirmed_after() { # TIMES
	run ioc do --wait 20 'receive PA-1'
	echo "$output"
	[ "$status" -eq 0 ]
	sent "$1"
	[ "$(outbox length)" = 0 ]
	ioc audit verify
}

@test "500, and again 500: sent until it is answered, under one key" {
	ready
	answers '/act/1 status=500 times=2'
	confirmed_after 3
}

@test "429 is asked again when it says so" {
	ready
	answers '/act/1 status=429 header=Retry-After:1 times=1'
	confirmed_after 2
	[ "$(cut -d ' ' -f 3 "$dir/www/keys" | paste -sd ' ' | awk '{print ($2 - $1 >= 1000)}')" = 1 ]
}

@test "half a body, nothing at all, and a success whose connection breaks leave no doubt" {
	ready
	answers '/act/1 file=done act=half times=1' '/act/1 act=close times=1' \
		'/act/1 status=201 file=done act=half times=1'
	confirmed_after 4
}

@test "a page instead of an answer is no success" {
	ready
	answers '/act/1 file=html type=text/html times=2'
	confirmed_after 3
}

@test "a silent server is asked again" {
	ready
	answers '/act/1 file=done act=hang times=1'
	confirmed_after 2
}

@test "a token that ran out is fetched anew" {
	echo geheim >"$dir/secret"
	ready 'client_id: ioc' "client_secret_file: $dir/secret"
	rule '/list file=list' '/token act=grant' '/act/1 token=t2 file=done'
	confirmed_after 2
	[ "$(requests /token)" = 2 ]
}

@test "a conflict keeps what the province has, where it says so" {
	ready
	answers '/act/1 status=409 file=other times=1'
	run ioc do 'receive PA-1'
	[ "$status" -eq 9 ]
	[[ $output == *'changed meanwhile'*'đã khóa sổ'* ]]
	sent 1
	[ "$(outbox '.[0].answer.state')" = DONG ]
	ioc outbox drop "$(outbox '.[0].uuid')"
	[ "$(outbox length)" = 0 ]
}

@test "a conflict without a record is one; and the record's next action waits behind it" {
	ready
	answers '/act/1 status=412 file=html type=text/html times=1'
	run ioc do 'receive PA-1' 'comment PA-1 --note x'
	[ "$status" -eq 9 ]
	sent 1
	[ "$(outbox '[.[].state] | join(",")')" = conflict,queued ]
	[ "$(outbox '.[0].answer')" = null ]
	ioc outbox retry "$(outbox '.[0].uuid')"
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 5 empty
	# Sent again it is an action of its own, with a key of its own.
	[ "$(cut -d ' ' -f 1 "$dir/www/keys" | sort -u | wc -l)" = 3 ]
}

@test "a refusal is for good, with the province's words" {
	ready
	echo '{"detail":"\u001b[31mkhông có quyền"}' >"$dir/www/no"
	answers '/act/1 status=403 file=no times=1'
	run ioc do 'receive PA-1'
	[ "$status" -eq 9 ]
	[[ $output == *'không có quyền'* ]]
	[[ $output != *$'\033'* ]]
	sent 1
	[ "$(outbox '.[0].state')" = rejected ]
}

# --- the disk ---

# reading_goes_on: a new record still comes into the cache.
reading_goes_on() {
	echo '{"items":[{"id":"1","code":"PA-1","title":"một","state":"MOI"},{"id":"2","title":"hai"}]}' \
		>"$dir/www/list"
	wait_until 10 count_is complaint 2
}

@test "a journal that was deleted takes no action, until the writer is started again" {
	ready
	answers
	ioc do 'comment PA-1 --note một'
	rm "$IOC_HOME"/state/journal.db*
	run ioc do 'comment PA-1 --note hai'
	[ "$status" -eq 1 ]
	[[ $output == *'deleted or replaced'* ]]
	sent 1
	[ ! -e "$IOC_HOME/state/journal.db" ]
	reading_goes_on
	ioc sync --stop
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
}

@test "a journal put back goes on as if nothing had been" {
	ready
	answers
	mv "$IOC_HOME/state/journal.db" "$dir/away"
	run ioc do 'receive PA-1'
	[ "$status" -eq 1 ]
	mv "$dir/away" "$IOC_HOME/state/journal.db"
	confirmed_after 1
}

@test "a damaged journal is left as it is: actions are refused, reading goes on" {
	mkdir -p "$IOC_HOME/state"
	printf 'this was a journal once, and now it is not' >"$IOC_HOME/state/journal.db"
	cp "$IOC_HOME/state/journal.db" "$dir/before"
	ready
	answers
	run ioc do 'receive PA-1'
	[ "$status" -eq 5 ]
	[ ! -s "$dir/www/keys" ]
	cmp "$IOC_HOME/state/journal.db" "$dir/before"
	reading_goes_on
	[ ! -e "$IOC_HOME/cache/cache.db.damaged" ]
	# Somebody mends it; the writer need not be told.
	rm "$IOC_HOME/state/journal.db"
	confirmed_after 1
}

@test "a full disk: not taken, not sent, said so; with room again all goes on" {
	ready
	answers
	ioc do 'comment PA-1 --note "đầu tiên"'
	pid=$(cat "$IOC_HOME/state/sync.lock")
	prlimit --pid "$pid" --fsize=4096:
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 1 ]
	[[ $output == *'PA-1  Comment: not done: journal '* ]]
	sent 1
	prlimit --pid "$pid" --fsize=unlimited:
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
	[ "$(wc -l <"$dir/www/keys")" = 2 ]
	reading_goes_on
	ioc audit verify
}

@test "a disk that fills while the province answers: the answer is written when there is room" {
	ready
	answers '/act/1 status=500 times=1' '/act/1 file=done act=drip times=1'
	ioc do --no-wait 'comment PA-1 --note x'
	pid=$(cat "$IOC_HOME/state/sync.lock")
	prlimit --pid "$pid" --fsize=4096:
	answered() { [ "$(wc -l <"$dir/www/keys")" -ge 1 ]; }
	wait_until 5 answered
	prlimit --pid "$pid" --fsize=unlimited:
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 20 empty
	[ "$(cut -d ' ' -f 1 "$dir/www/keys" | sort -u | wc -l)" = 1 ]
}

@test "a state folder that became read-only: actions are refused, reading goes on" {
	unshare -m true || skip "no mounts of our own here"
	ready
	answers
	ioc do 'comment PA-1 --note x'
	ioc sync --stop
	# shellcheck disable=SC2016 # for the other shell
	unshare -m sh -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" &&
		exec "$2" --follow --foreground' sh "$IOC_HOME/state" "$builddir/ioc-sync" \
		>"$dir/ro.log" 2>&1 3>&- &
	started+=($!)
	wait_until 10 test -S "$IOC_HOME/run/sync.sock"
	run ioc do 'comment PA-1 --note y'
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *'Read-only file system'* ]]
	sent 1
	reading_goes_on
}

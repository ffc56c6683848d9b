# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A source that takes actions and answers them as its rules say.  Needs sync.bash.

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
	echo '{"detail":"đã khóa sổ","record":{"id":"1","code":"PA-1","title":"một","state":"DONG","version":9,"reporter_phone":"0912345678"}}' \
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

# reading_goes_on: a new record still comes into the cache.
reading_goes_on() {
	echo '{"items":[{"id":"1","code":"PA-1","title":"một","state":"MOI"},{"id":"2","title":"hai"}]}' \
		>"$dir/www/list"
	wait_until 10 count_is complaint 2
}

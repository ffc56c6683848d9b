# SPDX-License-Identifier: GPL-3.0-or-later
# How feeds are asked, and what servers in the wild answer; see also test_feeds.

load sync.bash

setup() {
	sync_setup
	start_server
	echo '{"items":[{"id":1,"at":"2026-11-20T10:00:00"},{"id":"2","at":"2026-11-20T10:00:00"}]}' \
		>"$dir/www/two.json"
	echo '{"items":[{"id":"02","at":"2026-11-20T11:00:00"}]}' >"$dir/www/one.json"
	echo '{"items":[]}' >"$dir/www/none.json"
}

# feed LINE…: a connector with one resource of these lines.
feed() {
	{
		printf '%s\n' 'limits: {connect: 1s, answer: 2s, silence: 2s, body: 1MiB, pages: 30}' \
			'retry: {base: 50ms, most: 200ms, tries: 9, pause: 20s}' 'interval: 1s' \
			'resources:' '  - kind: complaint' '    items: .items'
		printf '    %s\n' "$@"
	} | connector feed
	[ -s "$IOC_HOME/config/config.yaml" ] || configure s feed "$url"
}

asked() {
	[ "$(requests "$1")" -ge "$2" ]
}

gone() {
	[ "$(sql "SELECT count(*) FROM complaint WHERE ext_id = '$1'")" -eq 0 ]
}

@test "a status may mean that the list is over, and else is a failure" {
	feed 'request: {path: /p\(.page)}' 'paging: page' 'end: [404]'
	rule '/p1 file=two.json' '/p2 file=one.json'
	once
	[ "$status" -eq 0 ]
	# numbers and texts are one id; leading zeros are part of it
	[ "$(sql 'SELECT group_concat(ext_id) FROM (SELECT ext_id FROM complaint ORDER BY 1)')" = 02,1,2 ]
	rule '/p2 file=one.json'
	once
	[ "$status" -eq 4 ]
	[[ $output == *"HTTP 404"* ]]
}

@test "a page that is shorter than asked for is not the last one" {
	feed 'request: {path: /p\(.page), query: {n: \(.limit)}}' 'paging: page' 'page_size: 100'
	rule '/p1 file=two.json' '/p2 file=two.json times=0' '/p2 file=one.json' '/p3 file=none.json'
	once
	[[ $output == *"s: 3 received"* ]]
	[ "$(requests 'GET /p2?n=100')" -eq 1 ]
}

@test "cursors and totals may stand in headers" {
	feed 'request: {path: /list, query: {after: \(.cursor)}}' 'paging: cursor' \
		'next_header: X-Next' 'total_header: X-Total' 'changes: snapshot'
	rule '/list file=two.json header=X-Next:c2 times=1' '/list file=one.json'
	once
	[ "$status" -eq 0 ]
	[[ $output == *"s: 3 received"* ]]
	[ "$(requests 'after=c2')" -eq 1 ]
}

@test "the total behind the slash of a Content-Range counts" {
	feed 'request: {path: /p\(.offset)}' 'paging: offset' 'page_size: 3' \
		'total_header: Content-Range' 'changes: snapshot'
	rule '/p0 file=two.json header=Content-Range:0-1/3' '/p2 file=one.json header=Content-Range:2-2/3'
	once
	[ "$status" -eq 0 ]
	[[ $output == *"s: 3 received"* ]]
}

@test "a total below what has come does not end the list" {
	feed 'request: {path: /p\(.page)}' 'paging: page' 'page_size: 2' 'total: "0"' 'changes: snapshot'
	rule '/p1 file=two.json' '/p2 file=one.json'
	once
	[ "$status" -eq 0 ]
	[[ $output == *"s: 3 received"* ]]
}

@test "pages that never end are a failure, not an endless task" {
	feed 'request: {path: /list, query: {page: \(.page)}}' 'paging: cursor' 'changes: snapshot' \
		'next: now' 'more: "true"'
	rule '/list file=two.json'
	once
	[ "$status" -eq 4 ]
	[[ $output == *"more pages than allowed"* ]]
	[ "$(requests 'GET /list')" -le 100 ]
}

@test "a next page on another server or in a file is refused" {
	feed 'request: {path: /list}' 'paging: next' 'next: .next'
	local to
	for to in http://127.0.0.1:1/list file:///etc/passwd; do
		echo '{"items":[],"next":"'$to'"}' >"$dir/www/next.json"
		rule '/list file=next.json'
		once
		[ "$status" -eq 4 ]
	done
}

@test "what changed since is asked for in the server's form, zone and time" {
	feed 'request: {path: /list, query: {since: \(.since), to: \(.until)}}' 'changes: since' \
		'delta: {field: .at, format: "%d/%m/%Y %H:%M", zone: "+07:00", overlap: 5m}'
	rule '/list file=two.json times=1' '/list file=one.json times=1' '/list file=none.json'
	once
	once
	once
	once
	grep -qx 'GET /list' "$dir/www/log"
	grep -qx 'GET /list?since=20/11/2026 09:55' "$dir/www/log"
	# the newest record counts, not our clock
	[ "$(grep -c 'since=20/11/2026 10:55$' "$dir/www/log")" -eq 2 ]
	count_is complaint 3
}

@test "the zone may be named, and is the connector's where none is" {
	feed 'request: {path: /list, query: {since: \(.since)}}' 'changes: since' \
		'delta: {field: .at, format: "%d/%m/%Y %H:%M", zone: Europe/Berlin, overlap: 5m}'
	sed -i 's/\(:[0-9][0-9]\)\(+07:00\|Z\)\?"/\1+07:00"/g' "$dir/www/two.json"
	rule '/list file=two.json'
	once
	once
	grep -qx 'GET /list?since=20/11/2026 03:55' "$dir/www/log"
	file=$(echo "$IOC_HOME"/config/sources/*.yaml)
	sed -i 's/zone: Europe.Berlin, //' "$file"
	echo 'timezone: Asia/Tokyo' >>"$file"
	once
	grep -qx 'GET /list?since=20/11/2026 11:55' "$dir/www/log"
	sed -i 's/overlap:/zone: Europe\/Atlantis, overlap:/' "$file"
	run "$builddir/ioc-sync" --check
	[ "$status" -ne 0 ]
	[[ $output == *Europe/Atlantis* ]]
}

@test "a record from the future hides nothing that comes before it" {
	echo '{"items":[{"id":1,"at":"2099-01-01T00:00:00Z"}]}' >"$dir/www/future.json"
	feed 'request: {path: /list, query: {since: \(.since)}}' 'changes: since' 'delta: {field: .at}'
	rule '/list file=future.json'
	once
	once
	grep -q "since=$(date -u +%Y)" "$dir/www/log"
	refute grep -q 'since=20[3-9]' "$dir/www/log"
}

@test "an answer that is still the same costs nothing" {
	feed 'request: {path: /list}' 'changes: snapshot' 'conditional: true' 'guard: {max_shrink: 90}'
	rule '/list file=two.json header=ETag:"e1" times=1' \
		'/list status=304 needs=If-None-Match:~"e1" else=none.json'
	follow
	wait_until 10 asked 'GET /list' 3
	wait_until 10 grep -q 'HTTP 304' "$IOC_HOME/state/sync.log"
	count_is complaint 2
	is_state s live
	rule '/list file=one.json header=ETag:"e2" times=1' \
		'/list status=304 needs=If-None-Match:~"e2" else=two.json'
	wait_until 10 gone 1
	wait_until 10 asked 'GET /list' $(($(requests 'GET /list') + 2))
	count_is complaint 1
}

@test "a record must be missing as often as is said before it is gone" {
	feed 'request: {path: /list}' 'changes: snapshot' 'delta: {misses: 3}' 'guard: {max_shrink: 90}'
	rule '/list file=two.json times=1' '/list file=one.json'
	once
	once
	once
	count_is complaint 3
	once
	count_is complaint 1
}

@test "quiet feeds are asked less often, busy ones more" {
	feed 'request: {path: /list}' 'poll: {least: 100ms, most: 3s}'
	sed -i 's/interval: 1s/interval: 1h/' "$IOC_HOME/config/sources/feed.yaml"
	rule '/list file=two.json'
	follow
	# something came: the next time is soon, though the interval is an hour
	wait_until 10 asked 'GET /list' 4
	grep -c 'GET /list' "$dir/www/log"
}

@test "Retry-After counts, in seconds and as a date" {
	feed 'request: {path: /list}'
	date=$(LC_ALL=C date -u -d '+5 seconds' '+%a,~%d~%b~%Y~%H:%M:%S~GMT')
	rule "/list status=503 header=Retry-After:$date times=1" '/list file=two.json'
	follow
	wait_until 10 grep -q 'next try in [2-5][0-9][0-9][0-9] ms' "$IOC_HOME/state/sync.log"
	kill_writer
	: >"$IOC_HOME/state/sync.log"
	rule '/list status=503 header=Retry-After:2 times=1' '/list file=two.json'
	follow
	wait_until 10 grep -q 'next try in [2-9][0-9][0-9][0-9] ms' "$IOC_HOME/state/sync.log"
	wait_until 10 is_state s live
}

# packed HOW: two.json, as it would be sent.
packed() {
	python3 - "$1" "$dir/www/two.json" "$dir/www/packed" <<-'EOF'
		import gzip, sys, zlib
		how, plain = sys.argv[1], open(sys.argv[2], "rb").read()
		whole = gzip.compress(plain)
		raw = zlib.compressobj(9, zlib.DEFLATED, -15)
		out = {"gzip": whole,
		       "zlib": zlib.compress(plain),
		       "raw": raw.compress(plain) + raw.flush(),
		       "cut": whole[:-12],
		       "end": whole[:-3],
		       "torn": whole[:12] + bytes(255 - b for b in whole[12:20]) + whole[20:],
		       "sum": whole[:-8] + bytes(8),
		       "plain": plain,
		       "bomb": gzip.compress(bytes(80 << 20), 9)}[how]
		open(sys.argv[3], "wb").write(out)
	EOF
}

@test "packed answers are unpacked, asked for or not, also without a head" {
	command -v python3 >/dev/null || skip "no python3"
	feed 'request: {path: /list}'
	for how in gzip:gzip deflate:zlib deflate:raw; do
		packed "${how#*:}"
		rule "/list file=packed header=Content-Encoding:${how%:*}"
		rm -rf "$IOC_HOME/cache"
		once
		[ "$status" -eq 0 ]
		count_is complaint 2
	done
}

@test "what is packed wrongly harms nothing, and is told" {
	command -v python3 >/dev/null || skip "no python3"
	feed 'request: {path: /list}' 'changes: snapshot'
	rule '/list file=two.json'
	once
	for how in cut end torn sum plain bomb; do
		packed "$how"
		rule '/list file=packed header=Content-Encoding:gzip'
		once
		[ "$status" -eq 4 ]
		count_is complaint 2
		is_state s retrying
		error=$(sql "SELECT json_extract(status, '\$.error') FROM source")
		echo "$how: $error"
		case $how in
		cut | end) [[ $error == *'broke off'* ]] ;; # the line itself was whole
		bomb) [[ $error == *'larger than allowed'* ]] ;;
		*) [[ $error == *'packed wrongly'* ]] ;;
		esac
	done
	[ "$(sql 'SELECT count(*) FROM quarantine')" = 0 ]
}

@test "bodies are sent in the vendor's form" {
	feed 'request: {method: POST, path: /list, form: {page: \(.page), q: a&b=\(.kind)}}'
	rule '/list file=two.json'
	once
	[ "$status" -eq 0 ]
	grep -qx 'page=1&q=a%26b%3Dcomplaint' "$dir/www/asked"
	feed 'request: {method: POST, path: /list, json: {jsonrpc: "2.0", id: 1, params: {n: \(.limit)}}}'
	once
	grep -qx '{"jsonrpc":"2.0","id":1,"params":{"n":500}}' "$dir/www/asked"
}

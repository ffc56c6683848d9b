# SPDX-License-Identifier: GPL-3.0-or-later
# Streams as servers in the wild send them.

load sync.bash

setup() {
	sync_setup
	start_server
	connector live <<-'EOF'
	limits: {connect: 1s, answer: 2s, silence: 2s, body: 1MiB}
	retry: {base: 50ms, most: 200ms, tries: 50, pause: 1s}
	interval: 1h
	resources:
	  - kind: complaint
	    request: {path: /list, query: {after: \(.cursor)}}
	    changes: cursor
	    items: .items
	    next: .next
	    more: .more
	stream:
	  request: {path: /stream, query: {kinds: '\(.plurals | join(","))'}}
	  event: change
	  resync: resync
	  kind: .kind
	  items: .record
	  cursor: true
	  silence: 1s
	EOF
	echo '{"items":[{"id":1,"version":1,"title":"một"}],"next":"c1","more":false}' \
		>"$dir/www/first.json"
	echo '{"items":[],"next":"c1","more":false}' >"$dir/www/nothing.json"
}

title() {
	sql "SELECT title FROM complaint WHERE ext_id = '$1'"
}

title_is() {
	[ "$(title "$1")" = "$2" ]
}

@test "events of all shapes are taken in, older versions are not" {
	printf '%s' ': hello

event: change
id: e1
data: {"kind":"complaint",
data: "record":{"id":2,"version":5,"title":"hai"}}

event: ping
data: {}

event: change
data: {"kind":"complaint","record":{"id":2,"version":4,"title":"cũ"}}

event: change
id: e2
data: {"kind":"complaint","record":{"id":1,"version":2,"deleted":true}}

event: change
id: e3
data: {"kind":"complaint","record":{"id":3,"version":1,"title":"ba"}}

' >"$dir/www/events"
	rule '/list file=first.json times=1' '/list file=nothing.json' \
		'/stream file=events act=stream type=text/event-stream'
	configure s live "$url"
	follow
	wait_until 10 title_is 3 ba
	wait_until 10 is_state s live
	title_is 2 hai
	count_is complaint 2
	[ "$(requests '/stream?kinds=complaints')" -eq 1 ]
	wait_until 5 test "$(sql "SELECT cursor FROM cursor WHERE feed = 'complaints'")" = e3 ||
		[ "$(sql "SELECT cursor FROM cursor WHERE feed = 'complaints'")" = c1 ]
}

@test "an event that is no JSON is set aside" {
	printf 'event: change\nid: 1\ndata: {"kind":\n\nevent: change\ndata: {"kind":"complaint","record":{"id":9,"title":"chín"}}\n\n' \
		>"$dir/www/events"
	rule '/list file=nothing.json' '/stream file=events act=stream type=text/event-stream'
	configure s live "$url"
	follow
	wait_until 10 title_is 9 chín
	[ "$(sql 'SELECT reason FROM quarantine')" = 'event: not JSON' ]
}

@test "after each opening of the stream the feed is read again" {
	: >"$dir/www/events"
	rule '/list file=first.json times=1' '/list file=nothing.json' \
		'/stream file=events type=text/event-stream times=3' \
		'/stream file=events act=stream type=text/event-stream'
	configure s live "$url"
	follow
	wait_until 10 sh -c "[ \$(grep -c /stream $dir/www/log) -eq 4 ]"
	wait_until 10 is_state s live
	[ "$(requests '/list?after=c1')" -ge 1 ]
	title_is 1 một
}

@test "a stream that falls silent is opened again" {
	: >"$dir/www/events"
	rule '/list file=nothing.json' '/stream file=events act=mute type=text/event-stream times=1' \
		'/stream file=events act=stream type=text/event-stream'
	configure s live "$url"
	follow
	wait_until 10 grep -q 'fallen silent' "$IOC_HOME/state/sync.log"
	wait_until 10 sh -c "[ \$(grep -c /stream $dir/www/log) -eq 2 ]"
	wait_until 10 is_state s live
}

@test "resync reads the feed again" {
	printf 'event: resync\ndata:\n\n' >"$dir/www/events"
	rule '/list file=nothing.json times=2' '/list file=first.json' \
		'/stream file=events act=drip type=text/event-stream'
	configure s live "$url"
	follow
	wait_until 10 title_is 1 một
	grep -q 'asks for a resync' "$IOC_HOME/state/sync.log"
}

@test "without a stream the feed is polled" {
	sed -i 's/interval: 1h/interval: 1s/' "$IOC_HOME/config/sources/live.yaml"
	rule '/list file=nothing.json times=1' '/list file=first.json' '/stream status=404'
	configure s live "$url"
	follow
	wait_until 10 title_is 1 một
	[ "$(requests /stream)" -eq 1 ]
}

@test "a cursor that the server forgot means taking everything anew" {
	echo '{"items":[{"id":1,"version":1},{"id":2,"version":1},{"id":3,"version":1}],"next":"c1","more":false}' \
		>"$dir/www/three.json"
	echo '{"items":[{"id":1,"version":1},{"id":3,"version":1}],"next":"c9","more":false}' \
		>"$dir/www/two.json"
	rule '/list file=three.json times=1' '/list status=410 times=1' '/list file=two.json'
	configure s live "$url"
	once
	count_is complaint 3
	once
	[ "$status" -eq 0 ]
	count_is complaint 2
	[ "$(sql "SELECT cursor FROM cursor WHERE feed = 'complaints'")" = c9 ]
}

@test "a cursor that does not move ends in an error, not in a loop" {
	echo '{"items":[{"id":1}],"next":"c1","more":true}' >"$dir/www/loop.json"
	rule '/list file=loop.json'
	configure s live "$url"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"does not move on"* ]]
}

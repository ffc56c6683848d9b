# SPDX-License-Identifier: GPL-3.0-or-later
# Streams that are no Server-Sent Events, and events that say what they want done.

load sync.bash

setup() {
	sync_setup
	start_server
	echo '{"items":[{"id":1,"title":"một","body":"đường một"},{"id":2,"title":"hai"}]}' \
		>"$dir/www/list.json"
	rule '/list file=list.json'
}

# live STREAM-LINE…: a connector with one list and this stream.
live() {
	{
		cat <<-'EOF'
		limits: {connect: 1s, answer: 2s, silence: 2s, body: 1MiB}
		retry: {base: 50ms, most: 200ms, tries: 50, pause: 1s}
		interval: 1h
		resources:
		  - kind: complaint
		    request: {path: /list}
		    items: .items
		stream:
		EOF
		printf '  %s\n' "$@"
	} | connector live
	configure s live "$url"
}

# asked REQUEST TIMES: at least.
asked() {
	[ "$(requests "$1")" -ge "$2" ]
}

title_is() {
	[ "$(sql "SELECT title FROM complaint WHERE ext_id = '$1'")" = "$2" ]
}

@test "lines of JSON are events; a broken line costs only itself" {
	printf '%s\n' '{"id":3,"title":"ba"}' '' '{"id":4,' '{"id":5,"title":"năm"}' >"$dir/www/lines"
	live 'type: ndjson' 'request: {path: /lines, method: POST, json: {from: 0}}' 'silence: 1s'
	rule '/list file=list.json' '/lines file=lines act=lines'
	follow
	wait_until 10 title_is 3 ba
	wait_until 10 title_is 5 năm
	[ "$(sql 'SELECT count(*) FROM quarantine')" -eq 1 ]
	[ "$(requests 'POST /lines')" -eq 1 ]
	is_state s live
}

@test "where a stream of lines goes on is found in them" {
	printf '%s\n' '{"seq":7,"id":3,"title":"ba"}' '{"seq":8,"id":4,"title":"bốn"}' >"$dir/www/lines"
	echo '{"seq":9,"id":5,"title":"năm"}' >"$dir/www/later"
	live 'type: ndjson' 'request: {path: /lines, method: POST, json: {from: \(.cursor)}}' \
		'next: .seq' 'silence: 1s'
	rule '/list file=list.json' '/lines file=later act=lines needs={"from":"8"} else=lines'
	follow
	wait_until 20 title_is 5 năm
	title_is 4 bốn
	grep -qF '{}' "$dir/www/asked"
}

@test "an event that does not say what is to be removed is set aside" {
	echo '{"key":2}' >"$dir/www/lines"
	live 'type: ndjson' 'request: {path: /lines}' 'silence: 1s' "act: '\"remove\"'"
	rule '/list file=list.json' '/lines file=lines act=lines'
	follow
	set_aside() { [ "$(sql 'SELECT count(*) FROM quarantine')" -eq 1 ]; }
	wait_until 10 set_aside
	[[ $(sql 'SELECT reason FROM quarantine') == *'ids: nothing there'* ]]
	count_is complaint 2
}

@test "values without anything between them are events" {
	printf '%s' '{"id":3,"title":"b}{a"}{"id":4,
	  "title":"b\"ốn"} {"id":5,"title":"năm"}' >"$dir/www/values"
	live 'type: json' 'request: {path: /values}' 'silence: 1s'
	rule '/list file=list.json' '/values file=values act=lines'
	follow
	wait_until 10 title_is 5 năm
	title_is 3 'b}{a'
	title_is 4 'b"ốn'
}

@test "an event may patch, remove, name or ask for everything" {
	printf '%s\n\n' 'event: patch
data: {"id":1,"title":"một mới"}' 'event: gone
data: {"id":"2"}' 'event: weird
data: {}' 'event: patch
data: {"id":9,"title":"not known"}' >"$dir/www/events"
	live 'request: {path: /events}' 'silence: 1s' \
		"act: '{patch: \"patch\", gone: \"remove\"}[.event] // \"ignore\"'"
	rule '/list file=list.json times=1' '/list file=one.json' '/events file=events act=stream'
	echo '{"items":[{"id":1,"version":7,"title":"một mới","body":"đường một"}]}' >"$dir/www/one.json"
	follow
	wait_until 10 title_is 1 'một mới'
	[ "$(sql 'SELECT body FROM complaint WHERE ext_id = 1')" = 'đường một' ]
	wait_until 10 count_is complaint 1
	# a part of what is not known makes the feeds be asked
	wait_until 10 asked 'GET /list' 2
}

@test "what an event removes does not come back with a page that was asked for before" {
	printf '%s\n\n' 'event: gone
data: {"id":"2"}' >"$dir/www/events"
	live 'request: {path: /events}' 'silence: 1s' \
		"act: '{gone: \"remove\"}[.event] // \"ignore\"'"
	echo '{"items":[{"id":1,"title":"một"}]}' >"$dir/www/one.json"
	rule '/list file=list.json act=hold times=1' '/list file=one.json' \
		'/events file=events act=stream'
	follow
	wait_until 10 asked 'GET /list' 2
	wait_until 10 is_state s live
	wait_until 10 count_is complaint 1
}

@test "a long poll goes on from its cursor, and at once" {
	echo '{"next":"c1","items":[{"id":3,"title":"ba"}]}' >"$dir/www/p1.json"
	echo '{"next":"c2","items":[{"id":4,"title":"bốn"},{"id":5,"title":"năm"}]}' >"$dir/www/p2.json"
	: >"$dir/www/none"
	live 'type: poll' 'request: {path: /poll, query: {after: \(.cursor)}}' 'items: .items[]' \
		'next: .next' 'silence: 5s'
	rule '/list file=list.json' '/poll file=p1.json act=hold times=1' '/poll file=p2.json times=1' \
		'/poll file=none status=204 act=hold'
	follow
	wait_until 10 title_is 5 năm
	wait_until 10 asked 'GET /poll?after=c2' 2
	[ "$(requests 'GET /poll?after=c1')" -eq 1 ]
	is_state s live
}

@test "a long poll that answers at once with nothing is not asked without pause" {
	echo '{"items":[]}' >"$dir/www/p.json"
	live 'type: poll' 'request: {path: /poll}' 'items: .items[]' 'silence: 5s'
	rule '/list file=list.json' '/poll file=p.json'
	follow
	wait_until 10 asked 'GET /poll' 2
	[ "$(requests 'GET /poll')" -le 5 ]
}

@test "a stream that ends at once again and again gives way to polling" {
	: >"$dir/www/none"
	live 'request: {path: /events}'
	sed -i 's/interval: 1h/interval: 1s/' "$IOC_HOME/config/sources/live.yaml"
	rule '/list file=list.json' '/events file=none'
	follow
	wait_until 20 grep -q 'ended the stream' "$IOC_HOME/state/sync.log"
	wait_until 10 asked 'GET /list' $(($(requests 'GET /list') + 2))
	wait_until 10 is_state s live
}

# SPDX-License-Identifier: GPL-3.0-or-later
# Lists that give too little: second requests, tables, and what stands beside the items.

load sync.bash

setup() {
	sync_setup
	start_server
}

title_is() {
	[ "$(sql "SELECT title FROM complaint WHERE ext_id = '$1'")" = "$2" ]
}

asked() {
	[ "$(requests "$1")" -ge "$2" ]
}

with_detail() {
	connector detailed <<-'EOF'
	limits: {connect: 1s, answer: 1s, silence: 1s, body: 1MiB}
	retry: {base: 50ms, most: 200ms, tries: 4, pause: 20s}
	interval: 1s
	resources:
	  - kind: complaint
	    request: {path: /list}
	    items: .items
	    changes: snapshot
	    detail:
	      request: {path: '/one/\(.item.id)'}
	      items: .data
	      parallel: 2
	    map: '{id, version: .v, title: .name, body: .text}'
	stream:
	  request: {path: /events}
	  act: .event
	  silence: 1s
	EOF
	configure s detailed "$url"
	echo '{"items":[{"id":1,"v":1},{"id":2,"v":1},{"id":3,"v":1},{"id":4,"v":1}]}' \
		>"$dir/www/list.json"
	local i
	for i in 1 2 3 4; do
		echo "{\"data\":{\"name\":\"tên $i\",\"text\":\"lời\"}}" >"$dir/www/$i.json"
	done
}

@test "what a list lacks is asked for, once for each version" {
	with_detail
	rule '/list file=list.json' '/one/1 file=1.json' '/one/2 file=2.json' '/one/3 file=3.json' \
		'/one/4 status=500'
	follow
	wait_until 10 title_is 3 'tên 3'
	# one that can't be had is set aside and stops nobody
	[ "$(sql 'SELECT count(*) FROM quarantine')" -eq 1 ]
	wait_until 10 asked 'GET /list' 3
	[ "$(requests 'GET /one/1')" -eq 1 ]
	count_is complaint 3
	# a new version is asked for again; the others stay as they are, and are not gone
	echo '{"items":[{"id":1,"v":2},{"id":2,"v":1},{"id":3,"v":1}]}' >"$dir/www/list.json"
	echo '{"data":{"name":"tên mới"}}' >"$dir/www/1.json"
	wait_until 10 title_is 1 'tên mới'
	[ "$(requests 'GET /one/1')" -eq 2 ]
	[ "$(requests 'GET /one/2')" -eq 1 ]
	count_is complaint 3
	title_is 2 'tên 2'
	[ "$(sql 'SELECT json_extract(raw, "$.v") FROM complaint_more JOIN complaint USING(id) WHERE ext_id = 1')" = 2 ]
}

@test "a program that starts anew asks only for what is new, or everything of a new connector" {
	with_detail
	sed -i 's/interval: 1s/interval: 1h/' "$IOC_HOME/config/sources/detailed.yaml"
	sed -i '/^stream:/,$d' "$IOC_HOME/config/sources/detailed.yaml"
	rule '/list file=list.json' '/one/1 file=1.json' '/one/2 file=2.json' '/one/3 file=3.json' \
		'/one/4 file=4.json' '/one/5 file=1.json'
	once
	[ "$status" -eq 0 ]
	[ "$(requests 'GET /one')" -eq 4 ]
	echo '{"items":[{"id":1,"v":1},{"id":2,"v":2},{"id":3,"v":1},{"id":4,"v":1},{"id":5,"v":1}]}' \
		>"$dir/www/list.json"
	once
	[ "$(requests 'GET /one/2')" -eq 2 ]
	[ "$(requests 'GET /one/5')" -eq 1 ]
	[ "$(requests 'GET /one')" -eq 6 ]
	count_is complaint 5
	title_is 3 'tên 3'
	# a new cache knows nothing
	rm "$IOC_HOME"/cache/cache.db*
	once
	[ "$(requests 'GET /one')" -eq 11 ]
	count_is complaint 5
	once
	[ "$(requests 'GET /one')" -eq 11 ]
	# a comment changes nothing, another map everything
	echo '# another word' >>"$IOC_HOME/config/sources/detailed.yaml"
	once
	[ "$(requests 'GET /one')" -eq 11 ]
	sed -i 's/body: .text/body: (.text | ascii_upcase)/' "$IOC_HOME/config/sources/detailed.yaml"
	once
	[ "$(requests 'GET /one')" -eq 16 ]
}

@test "an event that only names a record makes it be asked for" {
	with_detail
	sed -i 's/interval: 1s/interval: 1h/; s/snapshot/latest/' "$IOC_HOME/config/sources/detailed.yaml"
	echo '{"items":[{"id":1,"v":1},{"id":2,"v":1}]}' >"$dir/www/list.json"
	printf '%s\n\n' 'event: refetch
data: {"id":3}' 'event: refetch
data: {"id":2}' >"$dir/www/events"
	rule '/list file=list.json' '/one/1 file=1.json' '/one/2 file=2.json times=1' \
		'/one/3 file=3.json' '/one/2 status=410' '/events file=events act=hold'
	follow
	wait_until 10 title_is 3 'tên 3'
	# what is not there any more is gone
	wait_until 10 sh -c "! sqlite3 -readonly '$IOC_HOME/cache/cache.db' 'SELECT ext_id FROM complaint' | grep -qx 2"
}

@test "maps look things up in tables and in what stands beside the items" {
	connector looking <<-'EOF'
	lookups:
	  - name: area
	    request: {path: /areas, query: {page: \(.page)}}
	    items: .rows
	    paging: page
	    id: .code
	    value: .name
	resources:
	  - kind: complaint
	    request: {path: /list}
	    items: .data
	    map: |
	      . as $i | {id, title: $lookup.area[.area],
	       body: ($page.included[] | select(.id == $i.who) | .name)}
	EOF
	echo '{"rows":[{"code":"a1","name":"Tô Hiệu"},{"code":"a2","name":"Chiềng Cơi"}]}' \
		>"$dir/www/areas.json"
	echo '{"data":[{"id":1,"area":"a2","who":7}],"included":[{"id":6,"name":"x"},{"id":7,"name":"An"}]}' \
		>"$dir/www/list.json"
	rule '/areas file=areas.json' '/list file=list.json'
	configure s looking "$url"
	once
	[ "$status" -eq 0 ]
	[ "$(sql 'SELECT title || body FROM complaint')" = 'Chiềng CơiAn' ]
	# without its table the source says so
	rule '/areas status=500' '/list file=list.json'
	once
	[ "$status" -eq 4 ]
	[[ $output == *"HTTP 500"* ]]
}

@test "a record that comes with the answer to an action comes whole" {
	with_detail
	sed -i 's/changes: snapshot/changes: latest/; s/interval: 1s/interval: 1h/' \
		"$IOC_HOME/config/sources/detailed.yaml"
	sed -i -e '/^stream:/,$d' -e 's/{id,/{id, code: .id, state: "MOI",/' \
		"$IOC_HOME/config/sources/detailed.yaml"
	cat >>"$IOC_HOME/config/sources/detailed.yaml" <<-'EOF'
	actions:
	  request: {path: '/act/\(.record)'}
	  read: {request: {path: '/item/\(.record)'}, record: .ticket}
	  after: refetch
	EOF
	echo '{"ticket":{"id":1,"v":2}}' >"$dir/www/item.json"
	echo '{"ticket":{"id":2,"v":2}}' >"$dir/www/item2.json"
	rule '/list file=list.json' '/one/1 file=1.json' '/one/2 file=2.json times=1' '/one/2 status=500' \
		'/one/3 file=3.json' '/one/4 file=4.json' '/act/1 file=1.json' '/act/2 file=2.json' \
		'/item/1 file=item.json' '/item/2 file=item2.json'
	follow
	wait_until 10 title_is 4 'tên 4'
	echo '{"data":{"name":"tên sau","text":"lời sau"}}' >"$dir/www/1.json"
	"$builddir/ioc" do --kind complaint 'comment 1 --note x'
	wait_until 5 title_is 1 'tên sau'
	[ "$(sql "SELECT version FROM complaint WHERE ext_id = '1'")" = 2 ]
	# what it lacks can't be had: the action is done all the same
	run "$builddir/ioc" do --kind complaint 'comment 2 --note x'
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT version FROM complaint WHERE ext_id = '2'")" = 2 ]
	title_is 2 'tên 2'
	[ "$(sql 'SELECT count(*) FROM quarantine')" -eq 0 ]
}

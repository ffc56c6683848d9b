#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What happens to the cache file while the writer has it open.

load sync.bash

setup() {
	sync_setup
	start_server
	connector mini <<-'EOF'
	interval: 1s
	resources:
	  - kind: complaint
	    request: {path: /list}
	    items: .items
	EOF
	echo '{"items":[{"id":1,"title":"một"},{"id":2,"title":"hai"},{"id":"3","title":"ba"}]}' \
		>"$dir/www/three.json"
	rule '/list file=three.json'
	configure s mini "$url"
	cache=$IOC_HOME/cache/cache.db
}

following() {
	follow
	wait_until 10 is_state s live
	count_is complaint 3
}

@test "a cache that is deleted with its side files is made and filled again" {
	following
	rm "$cache" "$cache-wal" "$cache-shm"
	wait_until 10 count_is complaint 3
	wait_until 10 is_state s live
	[ "$(stat -c %a "$cache")" = 600 ]
	grep -q 'filled again' "$IOC_HOME/state/sync.log"
}

@test "a cache that is deleted alone, and again, is made and filled again" {
	following
	for _ in 1 2; do
		rm "$cache"
		wait_until 10 count_is complaint 3
		wait_until 10 is_state s live
		[ ! -e "$cache".damaged-* ]
	done
}

@test "a cache that was put in its place is gone on with" {
	following
	sqlite3 -readonly "$cache" ".backup '$cache.copy'"
	echo '{"items":[{"id":4,"title":"bốn"}]}' >"$dir/www/three.json"
	wait_until 10 count_is complaint 4
	echo '{"items":[{"id":4,"title":"bốn"},{"id":5,"title":"năm"}]}' >"$dir/www/three.json"
	mv "$cache.copy" "$cache"
	rm "$cache-wal" "$cache-shm"
	wait_until 10 grep -q 'opened again' "$IOC_HOME/state/sync.log"
	wait_until 10 count_is complaint 5
}

@test "a cache that is damaged under the writer is set aside and filled again" {
	following
	sqlite3 "$cache" "PRAGMA writable_schema = ON;
		UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'complaint';
		PRAGMA schema_version = 100000"
	wait_until 20 sh -c "ls '$cache'.damaged-*"
	wait_until 20 count_is complaint 3
	wait_until 10 is_state s live
}

@test "a folder that can't be written is told, and all is well when it can" {
	[ "$(id -u)" -ne 0 ] || skip "root may write everywhere"
	following
	rm "$cache" "$cache-wal" "$cache-shm"
	chmod 500 "$IOC_HOME/cache"
	wait_until 10 grep -q 'filled again' "$IOC_HOME/state/sync.log"
	chmod 700 "$IOC_HOME/cache"
	wait_until 10 count_is complaint 3
}

# aged ID STATE DAYS: a record that changed so long ago.
aged() {
	jq -cn --arg id "$1" --arg state "$2" --argjson days "$3" \
		'{id: $id, title: "Số \($id)", state: $state, updated_at: (now - $days * 86400)}'
}

@test "closed records go when they are old, are counted, and do not come back" {
	jq -cs '{items: .}' <<<"$(aged 1 DONG 40; aged 2 DONG 20; aged 3 MOI 40)" \
		>"$dir/www/three.json"
	once
	count_is complaint 3
	echo 'retention: {complaint: 30d}' >>"$IOC_HOME/config/config.yaml"
	once
	[[ $output == *"3 received"* ]]
	[ "$(sql 'SELECT group_concat(ext_id) FROM complaint NOT INDEXED')" = '2,3' ]
	run "$builddir/ioc" status --json
	[ "$(jq -c '[.purged.records.complaint, .purged.records.call, (.purged.at > 0)]' <<<"$output")" = \
		'[1,0,true]' ]
	once
	[[ $output == *"0 changed"* ]]
	[ "$(sql 'SELECT group_concat(ext_id) FROM complaint NOT INDEXED')" = '2,3' ]
	jq -cs '{items: .}' <<<"$(aged 1 DONG 1; aged 2 DONG 20)" >"$dir/www/three.json"
	once
	count_is complaint 3
}

@test "the records of a source that is taken out go; a mistake in the file takes nothing" {
	configure other mini "$url"
	follow
	wait_until 10 is_state other live
	wait_until 10 count_is complaint 6
	cp "$IOC_HOME/config/config.yaml" "$dir/good"
	echo 'nonsense: true' >>"$IOC_HOME/config/config.yaml"
	pid=$(cat "$IOC_HOME/state/sync.lock")
	kill -HUP "$pid"
	wait_until 10 grep -q 'stays as it was' "$IOC_HOME/state/sync.log"
	count_is complaint 6
	sed '/name: other/,$d' "$dir/good" >"$IOC_HOME/config/config.yaml"
	run "$builddir/ioc" status --json
	[ "$(jq -c '[.sources[] | select(.configured | not) | .name]' <<<"$output")" = '["other"]' ]
	run "$builddir/ioc" doctor
	[[ $output == *"other is no longer in config.yaml"* ]]
	kill -HUP "$pid"
	wait_until 10 count_is complaint 3
	wait_until 10 grep -q '3 records of source other, which is no longer configured' \
		"$IOC_HOME/state/sync.log"
	[ "$(sql "SELECT group_concat(name) FROM source WHERE status != ''")" = s ]
	[ "$(sql "SELECT count(*) FROM cursor WHERE source = 'other'")" = 0 ]
	cp "$dir/good" "$IOC_HOME/config/config.yaml"
	kill -HUP "$pid"
	wait_until 10 count_is complaint 6
	wait_until 10 is_state other live
}

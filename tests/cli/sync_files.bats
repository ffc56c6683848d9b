# SPDX-License-Identifier: GPL-3.0-or-later
# Sources that are folders of files.

load sync.bash

setup() {
	sync_setup
	in=$dir/in
	mkdir -p "$in"
}

# folder CHANGES PATTERN [LINE…]: a source of these files.
folder() {
	{
		printf '%s\n' 'interval: 1s' 'retry: {base: 50ms, most: 200ms, tries: 9, pause: 1s}' \
			'resources:' '  - kind: complaint' "    changes: $1" \
			"    files: {pattern: '$2', settle: 0s}"
		shift 2
		[ $# -eq 0 ] || printf '    %s\n' "$@"
	} | connector folder
	configure s folder "file://$in"
}

ids() {
	sql 'SELECT group_concat(ext_id) FROM (SELECT ext_id FROM complaint ORDER BY ext_id)'
}

ids_are() {
	[ "$(ids)" = "$1" ]
}

@test "new and changed files are read, in the order of their times" {
	folder latest '*.json'
	echo '[{"id":1,"title":"cũ"},{"id":2,"title":"hai"}]' >"$in/b.json"
	touch -d '1 hour ago' "$in/b.json"
	echo '{"id":1,"title":"mới"}' >"$in/a.json"
	echo '[{"id":9}]' >"$in/c.json.tmp"
	echo '[{"id":8}]' >"$in/.c.json"
	echo '[{"id":7}]' >"$in/c.txt"
	once
	[ "$status" -eq 0 ]
	[[ $output == *"s: 3 received"* ]]
	ids_are 1,2
	[ "$(sql 'SELECT title FROM complaint WHERE ext_id = 1')" = mới ]
	# nothing is read twice, not even by another process
	once
	[[ $output == *"s: 0 received"* ]]
	is_state s live
	mv "$in/c.json.tmp" "$in/c.json"
	once
	[[ $output == *"s: 1 received"* ]]
	rm "$in/a.json"
	echo '[{"id":2,"title":"hai mới"}]' >"$in/b.json"
	once
	[[ $output == *"s: 1 received"* ]]
	[ "$(sql 'SELECT title FROM complaint WHERE ext_id = 2')" = 'hai mới' ]
	ids_are 1,2,9
}

@test "CSV comes by the same way" {
	folder latest '*.csv' 'map: "{id: .ma, title: .ten}"'
	printf 'ma;ten\n1;một\n2;"ha;i"\n' >"$in/x.csv"
	once
	[ "$status" -eq 0 ]
	[ "$(sql 'SELECT group_concat(ext_id || title) FROM complaint')" = '1một,2ha;i' ]
}

@test "a broken file is set aside, and the others are read" {
	folder latest '*.json'
	echo '[{"id":1' >"$in/a.json"
	echo '[{"id":2}]' >"$in/b.json"
	once
	[ "$status" -eq 0 ]
	ids_are 2
	[[ $(sql 'SELECT reason FROM quarantine') == *a.json* ]]
}

@test "links, pipes, folders and strange names are not followed" {
	folder latest '*.json'
	echo '[{"id":1}]' >"$dir/secret.json"
	ln -s "$dir/secret.json" "$in/link.json"
	mkfifo "$in/pipe.json"
	mkdir "$in/dir.json"
	echo '[{"id":3}]' >"$in/$(printf 'a\033]0;x\007').json"
	echo '[{"id":4}]' >"$in/bình thường; \$(rm -rf).json"
	once
	[ "$status" -eq 0 ]
	ids_are 4
}

@test "a snapshot is all files together; what is in none of them is gone" {
	folder snapshot '*.json' 'guard: {max_shrink: 100}'
	echo '[{"id":1},{"id":2}]' >"$in/a.json"
	echo '[{"id":3}]' >"$in/b.json"
	once
	ids_are 1,2,3
	once
	[[ $output == *"s: 0 received"* ]]
	echo '[{"id":1}]' >"$in/a.json"
	rm "$in/b.json"
	echo '[{"id":5}]' >"$in/c.json"
	once
	ids_are 1,5
	# half of the truth removes nothing
	echo '[{"id":6' >"$in/c.json"
	once
	[ "$status" -eq 4 ]
	ids_are 1,5
}

@test "a file that is being written is left until it is not" {
	folder latest '*.json'
	sed -i 's/settle: 0s/settle: 1s/' "$IOC_HOME/config/sources/folder.yaml"
	echo '[{"id":1' >"$in/a.json"
	follow
	wait_until 10 is_state s live
	echo ',"title":"một"}]' >>"$in/a.json"
	wait_until 10 ids_are 1
	[ "$(sql 'SELECT count(*) FROM quarantine')" -eq 0 ]
}

@test "a folder that is not there is told as such" {
	folder latest '*.json'
	rmdir "$in"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"the folder can't be read"* ]]
}

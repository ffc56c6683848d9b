# SPDX-License-Identifier: GPL-3.0-or-later
# A changed connector on what the cache keeps: what it would change, and changing it.

load sync.bash

setup() {
	sync_setup
	start_server
	export IOC_DATA_DIR=$srcdir/data IOC_EXEC_DIR=$builddir IOC_LOCALE_DIR=$builddir/po
	mine=$IOC_HOME/config/sources/mine.yaml
	write_connector '.t'
	cat >"$dir/www/r" <<-'EOF'
		[{"id":1,"t":"a","n":"x","v":5},{"id":2,"t":"b","n":"y","v":6},{"id":3,"t":["z"],"v":7}]
	EOF
	rule '/r file=r'
	configure here mine "$url"
	once
	count_is complaint 2
}

ioc() {
	"$builddir/ioc" -l en "$@"
}

# write_connector TITLE [MORE]: whose map yields this title.
write_connector() {
	cat >"${mine}.new" <<-EOF
		interval: 1h
		resources:
		  - kind: complaint
		    request: {path: /r}
		    map: |
		      {id, version: .v, title: ($1), state: "MOI", created_at: "2026-11-20T00:00:00Z"} ${2:-}
	EOF
	mv "${mine}.new" "$mine"
}

value() {
	sql "SELECT $1 FROM complaint NOT INDEXED WHERE ext_id = '$2'"
}

@test "diff counts what would change by columns, with examples, and changes nothing" {
	run ioc connector diff mine
	[ "$status" -eq 0 ]
	[[ $output == *'2 items: 2 as they are, 0 changed'* ]]
	write_connector '(.t | ascii_upcase) + .n'
	run ioc connector diff mine
	echo "$output"
	[[ $output == *'0 as they are, 2 changed, 0 would go'* ]]
	[[ $output == *'title: 2 records'*'- "a"'*'+ "Ax"'* ]]
	run ioc connector diff mine --json
	[ "$(jq -c '.[0].columns | keys' <<<"$output")" = '["title"]' ]
	[ "$(value title 1)" = a ]
}

@test "diff tells what can't be mapped any more, and what would go" {
	write_connector '.t | tonumber'
	run ioc connector diff mine
	[[ $output == *"2 can't be mapped any more"* ]]
	[[ $output == *'Cannot be parsed as JSON'* || $output == *'Invalid numeric literal'* ]]
	write_connector .t '| select(.id == 1)'
	run ioc connector diff mine
	[[ $output == *'1 as they are, 0 changed, 1 would go'* ]]
}

@test "remap applies it without asking the province, versions stay" {
	before=$(requests /r)
	write_connector '(.t | if type == "array" then .[0] else . end | ascii_upcase)'
	rule '/r act=hang' # whatever the writer asks of itself
	run ioc remap here
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'here: 3 items, 3 records changed, 0 removed'*'1 are no longer set aside'* ]]
	[ "$(sql 'SELECT group_concat(title) FROM (SELECT title FROM complaint NOT INDEXED ORDER BY id)')" = A,B,Z ]
	[ "$(value version 1)" = 5 ]
	[ "$(sql 'SELECT count(*) FROM quarantine')" = 0 ]
	run ioc remap here --json
	[ "$(jq '.[0].changed' <<<"$output")" = 0 ]
	[ "$(requests /r)" -le $((before + 2)) ]
}

@test "what can't be mapped stays as it was; what is gone is believed only up to a half" {
	rule '/r act=hang'
	write_connector 'if .id == 1 then error("no") else "new" end'
	run ioc remap here
	[[ $output == *"1 can't be mapped and stay as they are"* ]]
	[ "$(value title 1)" = a ]
	[ "$(value title 2)" = new ]
	write_connector .t '| select(.id > 5)'
	run ioc remap here
	[[ $output == *'3 records would be gone, which is more than can be believed'* ]]
	count_is complaint 3
	write_connector .t '| select(.id != 1)'
	run ioc remap here
	[[ $output == *'1 removed'* ]]
	count_is complaint 2
}

@test "a wrong connector changes nothing and is told" {
	write_connector 'nonsense'
	run ioc remap here
	[ "$status" -ne 0 ]
	[[ $output == *'mine.yaml:6:'*'nonsense is not defined'* ]]
	[ "$(value title 1)" = a ]
	run ioc remap hree
	[ "$status" -eq 2 ]
	[[ $output == *'did you mean "here"?'* ]]
}

@test "many records, killed on the way, go on where they were" {
	jq -n -c '[range(20000) | {id: ., t: "a\(.)", v: 1}]' >"$dir/www/r"
	write_connector .t
	once
	count_is complaint 20000
	rule '/r act=hang'
	write_connector '.t | [limit(300; repeat("x"))] | join("")'
	ioc remap here &
	remap=$!
	changed() { [ "$(sql "SELECT count(*) FROM complaint NOT INDEXED WHERE title LIKE 'xxx%'")" -gt 100 ]; }
	wait_until 20 changed
	kill_writer
	wait $remap && false
	run ioc remap here
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT count(*) FROM complaint NOT INDEXED WHERE title LIKE 'xxx%'")" = 20000 ]
	grep -q 'mapping goes on at complaint' "$IOC_HOME/state/sync.log"
}

@test "quarantine: reasons, the item on request only, and trying again" {
	run ioc quarantine
	[ "$status" -eq 0 ]
	[[ $output == *'here  complaint  1 ×'*'title: an array where one value belongs'* ]]
	run ioc quarantine show 3
	[[ $output == *'shown by --personal'* ]]
	refute grep -q '"z"' <<<"$output"
	run ioc quarantine show 3 --personal --reason mapping
	[ "$status" -eq 0 ]
	[[ $output == *'"z"'* ]]
	run ioc audit show
	[[ $output == *quarantine* ]]
	run ioc quarantine retry
	[[ $output == *'here: 1 tried again, 0 are records now'* ]]
	rule '/r act=hang'
	write_connector '.t | tostring'
	run ioc quarantine retry --source here
	[[ $output == *'here: 1 tried again, 1 are records now'* ]]
	[ "$(value title 3)" = '["z"]' ]
	[ "$(value title 1)" = a ]
	run ioc quarantine list --json
	[ "$output" = '[]' ]
	run ioc quarantine show 99
	[ "$status" -ne 0 ]
}

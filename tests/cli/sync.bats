# SPDX-License-Identifier: GPL-3.0-or-later
# ioc-sync against a server that behaves as badly as real ones.

load sync.bash

setup() {
	sync_setup
	start_server
	connector mini <<-'EOF'
	limits: {connect: 1s, answer: 1s, silence: 1s, body: 1MiB}
	retry: {base: 50ms, most: 200ms, tries: 4, pause: 20s}
	interval: 1s
	resources:
	  - kind: complaint
	    request: {path: /list}
	    items: .items
	EOF
	echo '{"items":[{"id":1,"title":"một"},{"id":2,"title":"hai"},{"id":"3","title":"ba"}]}' \
		>"$dir/www/three.json"
}

# The whole answer of /list is this file; what --once says must match.
expect_failure() {
	rule "$1"
	configure s mini "$url"
	once
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"$2"* ]]
	refute grep -q 'Segmentation\|AddressSanitizer' <<<"$output"
}

@test "once fills every source and tells what it did" {
	rule '/list file=three.json'
	configure s mini "$url"
	once
	[ "$status" -eq 0 ]
	[[ $output == *"s: 3 received, 3 changed, 0 set aside"* ]]
	[ "$(sql 'SELECT group_concat(ext_id||title) FROM complaint')" = '1một,2hai,3ba' ]
	is_state s live
	once
	[[ $output == *"s: 3 received, 0 changed, 0 set aside"* ]]
}

@test "a failing source fails alone, and the exit code says so" {
	rule '/list file=three.json'
	configure good mini "$url"
	configure bad mini "$url/nowhere"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"good: 3 received"* ]]
	[[ $output == *"bad: 0 received"*"knows no such address"*"HTTP 404"* ]]
	count_is complaint 3
}

@test "a web page instead of data is told as such" {
	echo '<!DOCTYPE html><title>Login</title>' >"$dir/www/page"
	expect_failure '/list file=page type=text/html' 'a web page instead of data'
}

@test "broken JSON is told as such" {
	echo '{"items":[{"id":1},' >"$dir/www/broken"
	expect_failure '/list file=broken' 'not JSON'
	count_is complaint 0
}

@test "an empty answer is told as such" {
	: >"$dir/www/empty"
	expect_failure '/list file=empty' 'an empty answer'
}

@test "an answer of another form is told as such" {
	echo '{"data":[]}' >"$dir/www/other"
	expect_failure '/list file=other' 'does not have the form'
}

@test "an answer that breaks off is not taken" {
	expect_failure '/list file=three.json act=half' 'broke'
	count_is complaint 0
}

@test "an endless answer is cut off" {
	expect_failure '/list act=endless' 'larger than allowed'
}

@test "a server that never answers is given up" {
	expect_failure '/list act=hang' 'did not answer in time'
}

@test "a server that drips is given up" {
	expect_failure '/list file=three.json act=drip' 'did not answer in time'
}

@test "the server's own words are shown, but no secret of ours" {
	echo '{"detail":"bad key s3cr3t-t0ken given"}' >"$dir/www/problem"
	rule '/list status=400 file=problem'
	connector mini2 <<-'EOF'
	auth: [{method: header, name: X-Key}]
	retry: {base: 10ms, most: 20ms, tries: 9, pause: 20s}
	resources: [{kind: complaint, request: {path: /list}}]
	EOF
	echo s3cr3t-t0ken >"$dir/key"
	configure s mini2 "$url" "token_file: $dir/key"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"bad key ............ given"* ]]
	refute grep -r s3cr3t-t0ken "$IOC_HOME"
}

@test "a redirect is followed to the same server only" {
	rule "/list status=302 header=Location:/moved times=1" '/moved file=three.json' \
		'/list status=302 header=Location:http://127.0.0.1:1/list'
	configure s mini "$url"
	once
	[ "$status" -eq 0 ]
	count_is complaint 3
	once
	[ "$status" -eq 4 ]
	[[ $output == *"points elsewhere"* ]]
}

@test "errors inside HTTP 200 are errors" {
	echo '{"error_code":"07","message":"sai mã","result":[]}' >"$dir/www/envelope"
	connector envelope <<-'EOF'
	retry: {base: 10ms, most: 20ms, tries: 9, pause: 20s}
	resources:
	  - kind: complaint
	    request: {path: /list}
	    ok: .error_code == "00"
	    error: .message
	    items: .result
	EOF
	rule '/list file=envelope'
	configure s envelope "$url"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"the server reports an error: sai mã"* ]]
}

@test "what can't be mapped is set aside with its reason; the rest is taken" {
	printf '{"items":[{"id":1,"title":"a\\u001b[2J\\u0000\\u202eb"},{"title":"no id"},' \
		>"$dir/www/hostile"
	printf '{"id":"x\\u001b"},{"id":4,"title":{"a":1}},7,{"id":5,"title":"\xff\xfe\\ud800"}]}' \
		>>"$dir/www/hostile"
	rule '/list file=hostile'
	configure s mini "$url"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"6 received, 2 changed, 4 set aside"* ]]
	[ "$(sql 'SELECT count(*) FROM quarantine')" -eq 4 ]
	[ "$(sql 'SELECT count(*) FROM quarantine WHERE reason = "no id"')" -eq 1 ]
	refute grep -q $'\x1b' <<<"$(sql 'SELECT title FROM complaint; SELECT * FROM quarantine')"
	[ "$(sql 'SELECT title FROM complaint WHERE ext_id = 5')" = $'\ufffd\ufffd?' ]
}

@test "a NUL and broken UTF-8 in the answer do no harm" {
	printf '{"items":[{"id":1,"title":"a\0b\xc0\xafc"}]}' >"$dir/www/nul"
	rule '/list file=nul'
	configure s mini "$url"
	once
	if [ "$status" -eq 0 ]; then
		count_is complaint 1
	else
		[[ $output == *"not JSON"* ]]
	fi
}

@test "a whole list takes away what is gone, but not everything at once" {
	connector whole <<-'EOF'
	retry: {base: 20ms, most: 50ms, tries: 9, pause: 20s}
	interval: 1s
	resources:
	  - {kind: unit, request: {path: /list}, changes: snapshot, items: .items}
	EOF
	echo '{"items":[{"id":1},{"id":2}]}' >"$dir/www/two.json"
	echo '{"items":[]}' >"$dir/www/none.json"
	rule '/list file=three.json times=1' '/list file=two.json times=1' '/list file=none.json'
	configure s whole "$url"
	once
	count_is unit 3
	once
	echo "$output"
	[[ $output == *"2 received, 3 changed"* ]]
	count_is unit 2
	once
	[ "$status" -eq 4 ]
	[[ $output == *"shrunk beyond belief"*"units: 2 → 0"* ]]
	count_is unit 2
}

@test "pages are read to their end, and a server without pages only twice" {
	connector paged <<-'EOF'
	resources:
	  - kind: complaint
	    request: {path: /list, query: {page: \(.page)}}
	    items: .items
	    paging: page
	    more: .items | length > 0
	EOF
	rule '/list file=three.json'
	configure s paged "$url"
	once
	[ "$status" -eq 0 ]
	[[ $output == *"s: 3 received, 3 changed"* ]]
	[ "$(requests 'GET /list')" -eq 2 ]
	[ "$(requests 'page=2')" -eq 1 ]
}

@test "a token is got, renewed when it is refused, and never written down" {
	connector oauth <<-'EOF'
	auth: [{method: oauth2, token: /token, scope: read}]
	interval: 1s
	resources: [{kind: complaint, request: {path: /list}, items: .items}]
	EOF
	printf 'cl1ent-s3cret\n' >"$dir/secret"
	rule '/token act=grant' '/list token=t1 file=three.json times=1' \
		'/list token=t2 file=three.json'
	configure s oauth "$url" 'client_id: me' "client_secret_file: $dir/secret"
	follow
	wait_until 10 is_state s live
	wait_until 10 test "$(requests 'POST /token')" -ge 1
	wait_until 10 grep -q 'getting another' "$IOC_HOME/state/sync.log"
	wait_until 10 sh -c "[ \$(grep -c 'POST /token' $dir/www/log) -eq 2 ]"
	wait_until 10 is_state s live
	refute grep -r 'cl1ent-s3cret\|"t1"' "$IOC_HOME"
}

@test "refused credentials wait for a person" {
	connector keyed <<-'EOF'
	auth: [{method: bearer}]
	retry: {base: 10ms, most: 20ms, tries: 9, pause: 30s}
	resources: [{kind: complaint, request: {path: /list}, items: .items}]
	EOF
	rule '/list token=right file=three.json'
	configure s keyed "$url" "token_command: [printf, 'wrong\\n']"
	follow
	wait_until 10 is_state s refused
	[ "$(requests 'GET /list')" -eq 1 ]
}

@test "a command gives the token" {
	connector keyed <<-'EOF'
	auth: [{method: bearer}]
	resources: [{kind: complaint, request: {path: /list}, items: .items}]
	EOF
	rule '/list token=right file=three.json'
	configure s keyed "$url" "token_command: [echo, right]"
	once
	[ "$status" -eq 0 ]
}

@test "Retry-After is heeded" {
	rule '/list status=429 header=Retry-After:1 times=1' '/list file=three.json'
	configure s mini "$url"
	local start
	start=$(date +%s%N)
	once
	[ "$status" -eq 0 ]
	[ $(($(date +%s%N) - start)) -ge 1000000000 ]
	[ "$(requests 'GET /list')" -eq 2 ]
}

@test "after many failures the server is left alone" {
	rule '/list status=500'
	configure s mini "$url"
	follow
	wait_until 10 is_state s down
	local before
	before=$(requests 'GET /list')
	[ "$before" -eq 4 ]
	sleep 0.5
	[ "$(requests 'GET /list')" -eq "$before" ]
}

@test "a slow source delays no other" {
	rule '/list file=three.json' '/slow/list act=hang'
	configure slow mini "$url/slow"
	configure fast mini "$url"
	follow
	wait_until 2 is_state fast live
	refute is_state slow live
	count_is complaint 3
}

@test "a wrong connector is explained and stops no other" {
	connector wrong <<-'EOF'
	resources:
	  - kind: complaint
	    request: {path: /list}
	    mapp: .x
	    items: nonsense
	EOF
	rule '/list file=three.json'
	configure w wrong "$url"
	configure good mini "$url"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"good: 3 received"* ]]
	grep -q 'wrong.yaml:4:5: unknown key "mapp"; did you mean "map"?' "$IOC_HOME/state/sync.log"
	grep -q 'wrong.yaml:5:12: items: nonsense is not defined' "$IOC_HOME/state/sync.log"
	is_state w refused
}

@test "a wrong configuration is refused with its place" {
	printf 'sources:\n  - {name: a}\n' >"$IOC_HOME/config/config.yaml"
	once
	[ "$status" -eq 2 ]
	[[ $output == *"config.yaml:2:6: "* ]]
	"$builddir/ioc-sync" --follow && false
	[ ! -S "$IOC_HOME/run/sync.sock" ]
}

@test "there is one writer only, and its remains do not matter" {
	rule '/list file=three.json'
	configure s mini "$url"
	follow
	wait_until 10 is_state s live
	run "$builddir/ioc-sync" --follow
	[ "$status" -eq 0 ]
	[[ $output == *"already following"* ]]
	once
	[ "$status" -eq 3 ]
	kill_writer
	[ -S "$IOC_HOME/run/sync.sock" ]
	follow
	wait_until 5 test -S "$IOC_HOME/run/sync.sock"
}

@test "the one that follows can be told to pull at once" {
	run "$builddir/ioc-sync" --now
	[ "$status" -eq 3 ]
	sed -i 's/interval: 1s/interval: 1h/' "$IOC_HOME/config/sources/mini.yaml"
	echo '{"items":[]}' >"$dir/www/none.json"
	rule '/list file=none.json times=1' '/list file=three.json'
	configure s mini "$url"
	follow
	wait_until 10 is_state s live
	"$builddir/ioc-sync" --now
	wait_until 5 count_is complaint 3
}

@test "the one that follows can be told to end" {
	rule '/list file=three.json'
	configure s mini "$url"
	follow
	wait_until 10 is_state s live
	"$builddir/ioc-sync" --stop
	[ ! -S "$IOC_HOME/run/sync.sock" ]
	run "$builddir/ioc-sync" --stop
	[ "$status" -eq 3 ]
}

@test "SIGHUP reads the configuration again, SIGTERM ends it" {
	rule '/list file=three.json'
	configure s mini "$url"
	follow
	wait_until 10 is_state s live
	local pid
	pid=$(cat "$IOC_HOME/state/sync.lock")
	configure two mini "$url"
	kill -HUP "$pid"
	wait_until 10 is_state two live
	echo 'nonsense: 1' >>"$IOC_HOME/config/config.yaml"
	kill -HUP "$pid"
	wait_until 5 grep -q 'stays as it was' "$IOC_HOME/state/sync.log"
	kill -TERM "$pid"
	wait_until 5 test ! -e "/proc/$pid"
	[ ! -S "$IOC_HOME/run/sync.sock" ]
}

@test "files are read where the source says so, and never because a server does" {
	cp "$dir/www/three.json" "$dir/list"
	configure files mini "file://$dir"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	count_is complaint 3
	connector linked <<-'EOF'
	retry: {base: 10ms, most: 20ms, tries: 9, pause: 20s}
	resources:
	  - {kind: call, request: {path: /list}, items: .items, paging: next, next: .next}
	EOF
	echo "{\"items\":[{\"id\":1}],\"next\":\"file://$dir/list\"}" >"$dir/www/linked.json"
	rule '/list file=linked.json'
	configure linked linked "$url"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"next page: on another server"* ]]
}

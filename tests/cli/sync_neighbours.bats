# SPDX-License-Identifier: GPL-3.0-or-later
# Five bad sources beside a good one: none of them harms it, and each is told apart.

load sync.bash

setup() {
	sync_setup
	start_server
}

# bad NAME LIMITS: a source whose list is at /NAME.
bad() {
	connector "$1" <<-EOF
	limits: {connect: 1s, answer: 1s, silence: 1s, body: 1MiB, pages: 50}
	retry: {base: 50ms, most: 200ms, tries: 50, pause: 20s}
	interval: 1s
	resources: [{kind: complaint, request: {path: /$1}, items: .items, $2}]
	EOF
	configure "$1" "$1" "$url"
}

# error NAME: what people are told of the source.
error() {
	sql "SELECT json_extract(status, '\$.error') FROM source WHERE name = '$1'"
}

says() {
	[[ $(error "$1") == *"$2"* ]]
}

@test "slow, huge, endless, wrong and silent sources harm nobody" {
	connector good <<-'EOF'
	resources:
	  - kind: alert
	    request: {path: /good}
	    items: .items
	    poll: {least: 100ms, most: 1s}
	EOF
	configure good good "$url"
	bad slow 'changes: latest'
	bad huge 'changes: latest'
	bad endless 'paging: cursor, next: now, more: "true", changes: snapshot'
	bad wrong 'changes: latest'
	bad silent 'changes: latest'
	echo '{"items":[]}' >"$dir/www/none.json"
	echo '{"items":[{"id":1}]}' >"$dir/www/one.json"
	echo '<html><title>Đăng nhập</title>' >"$dir/www/page"
	printf '%s' '{"items":[{"id":1,"title":"một hai ba bốn năm sáu bảy tám chín mười"}]}' \
		>"$dir/www/long.json"
	rules=('/slow file=long.json act=drip' '/huge act=endless' '/endless file=one.json'
		'/wrong file=page type=text/html' '/silent act=hang')
	rule '/good file=none.json' "${rules[@]}"
	follow
	wait_until 20 is_state good live
	local name
	for name in slow huge endless wrong silent; do
		wait_until 20 is_state "$name" retrying
	done
	wait_until 10 says slow 'did not answer in time'
	wait_until 10 says silent 'did not answer in time'
	wait_until 10 says huge 'larger than allowed'
	wait_until 10 says endless 'pages'
	wait_until 10 says wrong 'page instead of data'
	# what comes to the good one is in the cache soon
	for name in 1 2 3 4 5 6 7 8 9 10; do
		echo '{"items":[{"id":'$name'}]}' >"$dir/www/good.$name"
		rule "/good file=good.$name" "${rules[@]}"
		wait_until 5 count_is alert "$name"
	done
	is_state good live
	# the good one's answers, as its writer saw them
	grep -o '/good: HTTP 200, .* ms' "$IOC_HOME/state/sync.log" | awk '{print $(NF-1)}' | sort -n |
		awk '{a[NR] = $1} END {printf "# good source: %d answers, p50 %d ms, p99 %d ms\n",
		NR, a[int(NR * .5 + .5)], a[int(NR * .99 + .5)]}' >&3
}

# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the tests of ioc-sync share: a private profile, servers on free ports, waiting for
# conditions instead of sleeping.

load "${BASH_SOURCE[0]%/*}/refute"

sync_setup() {
	dir=$(mktemp -d)
	export IOC_HOME=$dir/home
	PATH=$builddir:$PATH
	mkdir -p "$IOC_HOME/config/sources" "$dir/www"
	: >"$dir/www/rules"
	started=()
}

sync_teardown() {
	local pid
	for pid in "${started[@]}"; do
		kill -9 "$pid" 2>/dev/null || true
	done
	pid=$(cat "$IOC_HOME/state/sync.lock" 2>/dev/null || true)
	[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
	rm -rf "$dir"
}

setup() {
	sync_setup
}

teardown() {
	sync_teardown
}

# wait_until SECONDS COMMAND…: until the command succeeds.
wait_until() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || {
			echo "not within time: $*" >&2
			tail -n 20 "$IOC_HOME/state/sync.log" >&2 || true
			return 1
		}
		sleep 0.05
	done
}

# start_server: the server that misbehaves; its address is $url.
start_server() {
	"$builddir/tests/cli/serve" --port-file "$dir/port" --dir "$dir/www" 3>&- &
	started+=($!)
	wait_until 10 test -s "$dir/port"
	url=http://127.0.0.1:$(cat "$dir/port")
}

# start_gateway [OPTION…]: the real one, on the same port each time; its address is $gateway.
start_gateway() {
	local port=0
	[ ! -s "$dir/gwport" ] || port=$(cat "$dir/gwport")
	rm -f "$dir/gwready"
	"$builddir/ioc-gateway" --listen "127.0.0.1:$port" --db "$dir/gateway.db" \
		--port-file "$dir/gwready" --log "$dir/gateway.log" "$@" 3>&- &
	gateway_pid=$!
	started+=("$gateway_pid")
	wait_until 20 test -s "$dir/gwready"
	cp "$dir/gwready" "$dir/gwport"
	gateway=http://127.0.0.1:$(cat "$dir/gwport")
}

# configure NAME CONNECTOR URL [LINE…]: adds a source.
configure() {
	local file=$IOC_HOME/config/config.yaml
	[ -s "$file" ] || printf 'language: en\nlog_level: debug\nsources:\n' >"$file"
	printf '  - name: %s\n    connector: %s\n    base_url: %s\n' "$1" "$2" "$3" >>"$file"
	shift 3
	local line
	for line in "$@"; do
		printf '    %s\n' "$line" >>"$file"
	done
}

# connector NAME: a connector of the user, from standard input.
connector() {
	cat >"$IOC_HOME/config/sources/$1.yaml"
}

# rule LINE…: what the server answers; see serve.c.
rule() {
	printf '%s\n' "$@" >"$dir/www/rules.new"
	mv "$dir/www/rules.new" "$dir/www/rules"
}

once() {
	run timeout 60 "$builddir/ioc-sync" --once
}

follow() {
	"$builddir/ioc-sync" --follow
}

# kill_writer: as hard as can be; returns when it is gone.
kill_writer() {
	local pid
	pid=$(cat "$IOC_HOME/state/sync.lock")
	kill -9 "$pid"
	wait_until 10 test ! -e "/proc/$pid"
}

sql() {
	sqlite3 -readonly "$IOC_HOME/cache/cache.db" "$1"
}

# state NAME: the state of a source, as last saved.
state() {
	sql "SELECT json_extract(status, '\$.state') FROM source WHERE name = '$1'"
}

is_state() {
	[ "$(state "$1")" = "$2" ]
}

count_is() {
	[ "$(sql "SELECT count(*) FROM $1 NOT INDEXED")" = "$2" ]
}

requests() {
	grep -c "$1" "$dir/www/log" 2>/dev/null || true
}

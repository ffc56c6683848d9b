# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# One city of the demo for all tests of a file, in a cache of its own: `load city`.

# shellcheck disable=SC2154 # of the environment
setup_file()
{
	[ -x "$builddir/ioc-gateway" ] || skip "this build has no gateway"
	export IOC_HOME=$BATS_FILE_TMPDIR/home
	mkdir -p "$IOC_HOME/config"
	"$builddir/ioc-gateway" --demo --seed 1 --clock 2026-11-21T19:42:07+07:00 --rate 0 \
		--listen 127.0.0.1:0 --port-file "$BATS_FILE_TMPDIR/port" \
		>"$BATS_FILE_TMPDIR/gateway.log" 2>&1 3>&- &
	echo $! >"$BATS_FILE_TMPDIR/pid"
	for _ in $(seq 200); do
		[ -s "$BATS_FILE_TMPDIR/port" ] && break
		sleep 0.05
	done
	PORT=$(cat "$BATS_FILE_TMPDIR/port")
	export PORT
	cat >"$IOC_HOME/config/config.yaml" <<-CONFIG
		language: en
		sources:
		  - name: city
		    connector: native
		    base_url: http://127.0.0.1:$PORT
	CONFIG
	"$builddir/ioc-sync" --once
}

teardown_file()
{
	[ -s "$BATS_FILE_TMPDIR/pid" ] || return 0
	kill "$(cat "$BATS_FILE_TMPDIR/pid")"
}

setup()
{
	PATH=$builddir:$PATH
}

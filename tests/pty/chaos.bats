#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 at random, of consoles too: what the screen confirmed took effect once, what it took
# back did not, and what was typed is there again.  bench/chaos does it longer.

load ../cli/sync.bash
load ../cli/chaos.bash
load ../cli/chaos_console.bash

setup() {
	command -v tmux >/dev/null || skip "tmux is not installed"
	[ -x "$builddir/ioc-gateway" ] || skip "this build has no gateway"
	sync_setup
	PATH=$builddir:$PATH
}

teardown() {
	touch "$dir/enough"
	chaos_console_close
	sync_teardown
}

@test "consoles, writer and gateway are killed at random moments, and nothing is lost or doubled" {
	RANDOM=${CHAOS_SEED:-$$}
	chaos_consoles=3
	code=0 # not by run, which would wait for the gateway that inherits its pipe
	chaos "${CHAOS_KILLS:-24}" >"$dir/report" || code=$?
	cat "$dir/report"
	[ "$code" -eq 0 ]
}

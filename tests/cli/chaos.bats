#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 at random: what was confirmed took effect once, in its order; bench/chaos does it longer.

load sync.bash
load chaos.bash

teardown() {
	touch "$dir/enough"
	sync_teardown
}

@test "killed at random moments, nothing confirmed is lost and nothing is done twice" {
	RANDOM=${CHAOS_SEED:-$$}
	code=0 # not by run, which would wait for the gateway that inherits its pipe
	chaos "${CHAOS_KILLS:-12}" >"$dir/report" || code=$?
	cat "$dir/report"
	[ "$code" -eq 0 ]
	grep -q ' 0 lost, 0 doubled, 0 records out of order' "$dir/report"
}

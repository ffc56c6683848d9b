#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that does not hold: what was confirmed took effect once, what was not is told so, and
# reading goes on.

load sync.bash
load action.bash

setup() {
	sync_setup
	PATH=$builddir:$PATH
}

teardown() {
	sync_teardown
}

@test "a journal that was deleted takes no action, until the writer is started again" {
	ready
	answers
	ioc do 'comment PA-1 --note một'
	rm "$IOC_HOME"/state/journal.db*
	run ioc do 'comment PA-1 --note hai'
	[ "$status" -eq 1 ]
	[[ $output == *'deleted or replaced'* ]]
	sent 1
	[ ! -e "$IOC_HOME/state/journal.db" ]
	reading_goes_on
	ioc sync --stop
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
}

@test "a journal put back goes on as if nothing had been" {
	ready
	answers
	mv "$IOC_HOME/state/journal.db" "$dir/away"
	run ioc do 'receive PA-1'
	[ "$status" -eq 1 ]
	mv "$dir/away" "$IOC_HOME/state/journal.db"
	confirmed_after 1
}

@test "a damaged journal is left as it is: actions are refused, reading goes on" {
	mkdir -p "$IOC_HOME/state"
	printf 'this was a journal once, and now it is not' >"$IOC_HOME/state/journal.db"
	cp "$IOC_HOME/state/journal.db" "$dir/before"
	ready
	answers
	run ioc do 'receive PA-1'
	[ "$status" -eq 5 ]
	[ ! -s "$dir/www/keys" ]
	cmp "$IOC_HOME/state/journal.db" "$dir/before"
	reading_goes_on
	[ ! -e "$IOC_HOME/cache/cache.db.damaged" ]
	# Somebody mends it; the writer need not be told.
	rm "$IOC_HOME/state/journal.db"
	confirmed_after 1
}

@test "a full disk: not taken, not sent, said so; with room again all goes on" {
	ready
	answers
	ioc do 'comment PA-1 --note "đầu tiên"'
	pid=$(cat "$IOC_HOME/state/sync.lock")
	prlimit --pid "$pid" --fsize=4096:
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 1 ]
	[[ $output == *'PA-1  Comment: not done: journal '* ]]
	sent 1
	prlimit --pid "$pid" --fsize=unlimited:
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 0 ]
	[ "$(wc -l <"$dir/www/keys")" = 2 ]
	reading_goes_on
	ioc audit verify
}

@test "a disk that fills while the province answers: the answer is written when there is room" {
	ready
	answers '/act/1 status=500 times=1' '/act/1 file=done act=drip times=1'
	ioc do --no-wait 'comment PA-1 --note x'
	pid=$(cat "$IOC_HOME/state/sync.lock")
	prlimit --pid "$pid" --fsize=4096:
	answered() { [ "$(wc -l <"$dir/www/keys")" -ge 1 ]; }
	wait_until 5 answered
	prlimit --pid "$pid" --fsize=unlimited:
	empty() { [ "$(outbox length)" = 0 ]; }
	wait_until 20 empty
	[ "$(cut -d ' ' -f 1 "$dir/www/keys" | sort -u | wc -l)" = 1 ]
}

@test "a state folder that became read-only: actions are refused, reading goes on" {
	unshare -m true || skip "no mounts of our own here"
	ready
	answers
	ioc do 'comment PA-1 --note x'
	ioc sync --stop
	# shellcheck disable=SC2016 # for the other shell
	unshare -m sh -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" &&
		exec "$2" --follow --foreground' sh "$IOC_HOME/state" "$builddir/ioc-sync" \
		>"$dir/ro.log" 2>&1 3>&- &
	started+=($!)
	wait_until 10 test -S "$IOC_HOME/run/sync.sock"
	run ioc do 'comment PA-1 --note y'
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *'Read-only file system'* ]]
	sent 1
	reading_goes_on
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that does not hold: what was confirmed took effect once, what was not is told so, and
# reading goes on.

load sync.bash
load action.bash

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

# --- a damaged journal ---

# stopped: a journal of some actions, one of which waits; nothing runs.
stopped() {
	ready
	answers
	for i in 1 2 3 4 5; do
		ioc do "comment PA-1 --note n$i"
	done
	answers '/act/1 status=500'
	ioc do --no-wait 'comment PA-1 --note waits'
	ioc sync --stop
	journal=$IOC_HOME/state/journal.db
	sqlite3 "$journal" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cp "$journal" "$dir/good.db"
	: >"$dir/www/keys"
}

# is_refused: nothing is taken, nothing sent, the file is as it was, and doctor says so.
is_refused() {
	run ioc do 'comment PA-1 --note x'
	echo "$output"
	[ "$status" -eq "${1:-5}" ]
	[[ $output == *'PA-1  Comment: not done: '* ]]
	[ ! -s "$dir/www/keys" ]
	run ioc doctor
	[ "$status" -eq 1 ]
	[[ $output == *PROBLEM:*journal.db* ]]
	ioc show PA-1 >/dev/null
	ioc sync --stop
}

# overwrite OFFSET COUNT: of the journal, with noise.
overwrite() {
	rm -f "$journal"*
	cp "$dir/good.db" "$journal"
	head -c "$2" /dev/urandom | dd of="$journal" conv=notrunc bs=1 seek="$1" status=none
	cp "$journal" "$dir/before"
}

@test "whatever page is damaged, nothing is taken that might not be found again" {
	stopped
	overwrite 16 60
	is_refused
	cmp "$journal" "$dir/before"
	for table in outbox outbox_open audit_head; do
		page=$(sqlite3 "$dir/good.db" "SELECT rootpage FROM sqlite_schema WHERE name = '$table'")
		overwrite $(((page - 1) * 4096)) 40
		is_refused
	done
	cp "$dir/good.db" "$journal"
	truncate -s 9000 "$journal"
	is_refused
}

@test "an empty journal, a folder in its place, a part of it: no new one is begun" {
	stopped
	: >"$journal"
	is_refused
	[ ! -s "$journal" ]
	rm "$journal"*
	mkdir "$journal"
	is_refused 1
	rmdir "$journal"
	echo rest >"$journal-wal"
	run ioc do 'comment PA-1 --note x'
	[ "$status" -eq 5 ]
	[[ $output == *'journal.db-wal, is still there'* ]]
	[ ! -e "$journal" ]
	rm "$journal-wal"
	answers
	ioc sync --stop
	ioc do 'comment PA-1 --note "begun anew"'
}

@test "damage that the audit alone has is told by doctor" {
	stopped
	page=$(sqlite3 "$dir/good.db" "SELECT rootpage FROM sqlite_schema WHERE name = 'escalation'")
	overwrite $(((page - 1) * 4096)) 40
	run ioc doctor
	[ "$status" -eq 1 ]
	[[ $output == *'is damaged'* ]]
}

@test "what can be read of a damaged journal is taken out of it as ioc(1) says" {
	stopped
	page=$(sqlite3 "$dir/good.db" "SELECT rootpage FROM sqlite_schema WHERE name = 'outbox_open'")
	overwrite $(((page - 1) * 4096)) 40
	is_refused
	# The words of the manual, but for the folder.
	sed -n '/^\.Sh RECOVERY/,/^\.Ed/p' "$srcdir/man/ioc.1" | sed '1,/^\.Bd/d; /^\.Ed/d; s/\\e/\\/g' |
		sed "s|^cd .*|cd $IOC_HOME/state|" >"$dir/steps"
	grep -q sqlite3 "$dir/steps"
	answers
	bash "$dir/steps"
	[ "$(stat -c %a "$journal")" = 600 ]
	empty() { [ "$(outbox length)" = 0 ]; }
	ioc sync --follow 3>&-
	wait_until 20 empty
	# What waited was sent; nothing else was.
	[ "$(wc -l <"$dir/www/keys")" = 1 ]
	ioc do 'comment PA-1 --note "goes on"'
	[ "$(ioc audit verify --json | jq .entries)" -eq 14 ]
}

@test "a profile that is read-only as a whole: nothing is done, and no doubt about it; all is read" {
	unshare -m true || skip "no mounts of our own here"
	ready
	answers
	ioc do 'comment PA-1 --note x'
	ioc sync --stop
	# shellcheck disable=SC2016 # for the other shell
	run unshare -m sh -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"
		ioc do "comment PA-1 --note y"; echo "status $?"
		ioc show PA-1 && ioc audit verify && ioc outbox && echo read' sh "$IOC_HOME"
	echo "$output"
	[[ $output == *'PA-1  Comment: not done: '*'status 1'* ]]
	[[ $output == *'2 entries, each as it was written'* ]]
	[[ ${lines[-1]} == read ]]
	sent 1
}

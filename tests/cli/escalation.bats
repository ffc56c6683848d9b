#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Levels of escalation, with the real writer and gateway: each is raised once, whatever happens.

load sync.bash

setup() {
	sync_setup
	# Level 1 at the deadline, level 2 long after; day and night.
	cat >"$IOC_HOME/config/deadlines.yaml" <<-'EOF'
		version: 2026-11-21
		rules:
		  - {kind: complaint, calendar: always, handle: 10 h, soon: 1 min, escalate: {officer: 0 min, direct leader: 9 h}}
	EOF
	cat >"$dir/hook" <<-'EOF'
		#!/bin/sh
		cat >"$1/told.$$"
		echo "told $(cat "$1/told.$$")"
		mv "$1/told.$$" "$1/$(date +%s%N).json"
	EOF
	chmod +x "$dir/hook"
	mkdir "$dir/told"
}

# with_hook LINE…: the configuration of escalation, besides the command.
with_hook() {
	printf 'escalation:\n  command: [%s, %s]\n' "$dir/hook" "$dir/told" \
		>>"$IOC_HOME/config/config.yaml"
	local line
	for line in "$@"; do
		printf '  %s\n' "$line" >>"$IOC_HOME/config/config.yaml"
	done
}

# complaint CODE SECONDS: due so many seconds from now.
complaint() {
	local now
	now=$(date +%s)
	printf '{"id":"%s","code":"%s","title":"Đường ngập","state":"DANG_XL","unit":"UB-03646","created_at":%d,"due_at":%d}\n' \
		"$1" "$1" $((now - 3600)) $((now + $2))
}

post() {
	complaint "$@" | curl -sf -H 'Content-Type: application/json' -d @- \
		"$gateway/v1/complaints" >/dev/null
}

journal() {
	sqlite3 -readonly "$IOC_HOME/state/journal.db" "$1"
}

raised() {
	[ "$(journal "SELECT count(*) FROM escalation")" = "$1" ]
}

copied() {
	[ "$(sql "SELECT count(*) FROM escalation")" = "$1" ]
}

told() {
	[ "$(find "$dir/told" -name '*.json' | wc -l)" -eq "$1" ]
}

watched() {
	[ -n "$(journal "SELECT since FROM escalation_watch")" ]
}

logged() {
	grep -q "$1" "$IOC_HOME/state/sync.log"
}

# begin: a writer that follows a gateway without records, and watches it.
begin() {
	start_gateway
	configure city native "$gateway"
	with_hook "$@"
	follow
	wait_until 10 is_state city live
	post FIRST 100000
	wait_until 20 watched
}

@test "what is late at first sight rings no bells" {
	for i in $(seq 300); do complaint "OLD-$i" -7200; done >"$dir/records.ndjson"
	start_gateway --load "complaint=$dir/records.ndjson"
	configure city native "$gateway"
	with_hook
	once
	[ "$status" -eq 0 ]
	raised 300
	copied 300
	[ "$(journal "SELECT count(*) FROM escalation WHERE silent")" = 300 ]
	told 0
	once
	raised 300
}

@test "a level is raised once: over a restart, kill -9 and a cache that is deleted" {
	begin
	post LATE 2
	wait_until 20 told 1
	raised 1
	run cat "$dir"/told/*.json
	[ "$(jq -c '[.more, (.events[0] | .code, .level, .whom, .unit, .kind)]' <<<"$output")" = \
		'[0,"LATE",1,"officer","UB-03646","complaint"]' ]
	"$builddir/ioc-sync" --stop
	follow
	wait_until 10 is_state city live
	kill_writer
	follow
	wait_until 10 is_state city live
	rm "$IOC_HOME"/cache/cache.db*
	wait_until 20 copied 1
	wait_until 10 count_is complaint 2
	post SECOND 1
	wait_until 20 told 2
	raised 2
	[ "$(journal "SELECT group_concat(record || silent) FROM escalation")" = LATE0,SECOND0 ]
}

@test "the record's history shows it, in words and as JSON" {
	begin
	post LATE 1
	wait_until 20 copied 1
	run "$builddir/ioc" show LATE
	[[ $output == *"ioc  escalation to level 1 (officer)"* ]]
	run "$builddir/ioc" show LATE --json
	[ "$(jq -c '.history[-1] | [.by, .action, .level, .whom]' <<<"$output")" = \
		'["ioc","escalation",1,"officer"]' ]
	run "$builddir/ioc" -l vi show LATE
	[[ $output == *"leo thang mức 1 (cán bộ xử lý)"* ]]
}

settled_anew() {
	[ "$(sql "SELECT value FROM meta WHERE key = 'rules'")" != "$1" ]
}

@test "other rules settle the record again, and do not write the history into it" {
	begin
	post LATE 1
	wait_until 20 copied 1
	rules=$(sql "SELECT value FROM meta WHERE key = 'rules'")
	sed -i 's/direct leader: 9 h/direct leader: 8 h/; s/soon: 1 min/soon: 2 min/; s/11-21/11-22/' \
		"$IOC_HOME/config/deadlines.yaml"
	kill -HUP "$(cat "$IOC_HOME/state/sync.lock")"
	wait_until 20 settled_anew "$rules"
	[ "$(sql "SELECT count(*) FROM complaint_more WHERE detail LIKE '%escalation%'")" = 0 ]
	run "$builddir/ioc" show LATE --json
	[ "$(jq '[.history[] | select(.by == "ioc")] | length' <<<"$output")" = 1 ]
}

@test "in quiet hours the command is not run, but for loud levels" {
	begin 'quiet: "00:00-24:00"'
	post LATE 1
	wait_until 20 raised 1
	"$builddir/ioc-sync" --stop
	told 0
	printf '  loud: 1\n' >>"$IOC_HOME/config/config.yaml"
	follow
	wait_until 10 is_state city live
	post LOUD 1
	wait_until 20 told 1
	grep -q LOUD "$dir"/told/*.json
}

@test "a command that fails or hangs is logged, counted and ended, and nothing waits" {
	begin 'timeout: 1s'
	printf '#!/bin/sh\ncat >/dev/null\nexit 3\n' >"$dir/hook"
	post LATE 1
	wait_until 20 logged 'escalation command failed (1 so far)'
	printf '#!/bin/sh\nexec sleep 600\n' >"$dir/hook"
	post SLOW 1
	wait_until 20 raised 2
	post NEXT 100000
	wait_until 5 count_is complaint 4
	wait_until 20 logged 'escalation command failed (2 so far)'
	run "$builddir/ioc" status --json
	[ "$(jq .escalation_failures <<<"$output")" = 2 ]
}

@test "a flood is one run of the command" {
	begin
	for i in $(seq 120); do complaint "MANY-$i" 2; done |
		curl -sf -H 'Content-Type: application/x-ndjson' --data-binary @- \
			"$gateway/v1/complaints" >/dev/null
	wait_until 20 raised 120
	wait_until 10 told 1
	[ "$(jq -s 'map((.events | length) + .more) | add' "$dir"/told/*.json)" = 120 ]
	[ "$(jq -s 'map(.events | length) | max' "$dir"/told/*.json)" = 50 ]
}

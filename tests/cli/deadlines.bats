#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# From a source to the command line: what records look like once their deadlines are settled,
# and again when the rules are other ones.

load sync.bash

setup() {
	sync_setup
	cat >"$dir/procedures.ndjson" <<-'END'
		{"id":"P3","code":"P3","title":"Ba ngày","limit_n":3,"limit_unit":"ngày LV"}
	END
	# A: ended exactly when it was due.  B: a minute later.  C: no date of return, 3 working days
	# from Mon 16/11 are Thu 19/11 17:30.  D: waits for its only supplement.  E: withdrawn before
	# it was received.  F: open, due Fri 27/11.
	cat >"$dir/dossiers.ndjson" <<-'END'
		{"id":"A","code":"A","title":"A","state":"9","procedure":"P3","created_at":"2026-11-16T08:00:00+07:00","due_at":"2026-11-19T17:00:00+07:00","finished_at":"2026-11-19T17:00:00+07:00"}
		{"id":"B","code":"B","title":"B","state":"10","procedure":"P3","created_at":"2026-11-16T08:00:00+07:00","due_at":"2026-11-19T17:00:00+07:00","finished_at":"2026-11-19T17:01:00+07:00","returned_at":"2026-11-20T08:00:00+07:00"}
		{"id":"C","code":"C","title":"C","state":"9","procedure":"P3","created_at":"2026-11-16T08:00:00+07:00","finished_at":"2026-11-19T17:30:00+07:00"}
		{"id":"D","code":"D","title":"D","state":"5","procedure":"P3","created_at":"2026-11-16T08:00:00+07:00","due_at":"2026-11-19T17:00:00+07:00","history":[{"at":"2026-11-16T08:00:00+07:00","to":"2"},{"at":"2026-11-17T09:00:00+07:00","from":"2","to":"5"}]}
		{"id":"E","code":"E","title":"E","state":"7","procedure":"P3","created_at":"2026-11-16T08:00:00+07:00","due_at":"2026-11-19T17:00:00+07:00","closed_at":"2026-11-20T08:00:00+07:00","history":[{"at":"2026-11-16T08:00:00+07:00","to":"1"},{"at":"2026-11-20T08:00:00+07:00","from":"1","to":"7"}]}
		{"id":"F","code":"F","title":"F","state":"4","procedure":"P3","created_at":"2026-11-23T08:00:00+07:00","due_at":"2026-11-27T17:00:00+07:00"}
	END
	cat >"$dir/complaints.ndjson" <<-'END'
		{"id":"K","code":"K","title":"K","state":"DANG_XL","category":"an-ninh","created_at":"2026-11-20T08:00:00+07:00"}
		{"id":"L","code":"L","title":"L","state":"MOI","category":"an-ninh","urgent":true,"created_at":"2026-11-20T23:30:00+07:00"}
	END
	start_gateway --load "procedure=$dir/procedures.ndjson" --load "dossier=$dir/dossiers.ndjson" \
		--load "complaint=$dir/complaints.ndjson"
	configure city native "$gateway"
}

# at TIME VERB…: as if it were then.
at() {
	"$builddir/ioc" --clock "$1+07:00" "${@:2}"
}

# columns KIND ID COLUMN…
columns() {
	at 2026-11-24T08:00:00 export "$1" --filter "id:$2" --no-header --columns "$3"
}

@test "records that were synced can be listed, counted and exported by their deadlines" {
	"$builddir/ioc-sync" --once
	[ "$(columns dossiers A clock,verdict,due_src,due_calc,due_at)" = \
		'return,ontime,2026-11-19T17:00:00+07:00,2026-11-19T17:30:00+07:00,2026-11-19T17:00:00+07:00' ]
	[ "$(columns dossiers B verdict,left_s)" = late,-60 ]
	[ "$(columns dossiers C verdict,due_src,due_at)" = ontime,,2026-11-19T17:30:00+07:00 ]
	[ "$(columns dossiers D verdict,due_at,paused_at)" = ,,2026-11-17T09:00:00+07:00 ]
	[ "$(columns dossiers E clock,verdict,due_at,due_src)" = ,,,2026-11-19T17:00:00+07:00 ]
	[[ $(columns dossiers F rule) == 'dossier/P3 2026-'* ]]
	[ "$(columns complaints K clock,due_at)" = handle,2026-11-25T08:00:00+07:00 ]
	[ "$(columns complaints L clock,due_at)" = accept,2026-11-21T01:30:00+07:00 ]
	[ "$(at 2026-11-24T08:00:00 count dossiers --filter is:late)" = 0 ]
	[ "$(at 2026-11-27T17:00:00 count dossiers --filter is:late)" = 0 ]
	[ "$(at 2026-11-27T17:00:01 count dossiers --filter is:late)" = 1 ]
	[ "$(at 2026-11-26T16:59:59 count dossiers --filter is:soon)" = 0 ]
	[ "$(at 2026-11-26T17:00:00 count dossiers --filter is:soon)" = 1 ]
	[ "$(at 2026-11-27T08:00:00 count dossiers --filter is:today)" = 1 ]
	[ "$(at 2026-11-24T08:00:00 count dossiers --filter is:paused)" = 1 ]
	[ "$(at 2026-11-24T08:00:00 count dossiers --filter is:solved --share is:ontime)" = \
		"$(printf '2\t3\t66.67%%')" ]
}

@test "a deadline is told step by step" {
	"$builddir/ioc-sync" --once
	run at 2026-11-24T08:00:00 show -k dossier B --explain
	[ "$status" -eq 0 ]
	[[ $output == *"Rule"*"dossier/P3: Result 3 working days"* ]]
	[[ $output == *"By the rule"*"19/11/2026 17:30"* ]]
	[[ $output == *"By the source"*"19/11/2026 17:00"* ]]
	[[ $output == *"Ended"*"19/11/2026 17:01: Late, 1"*"after it was due"* ]]
	[ "$(at 2026-11-24T08:00:00 show -k dossier D -x -j | jq -r '.[] | select(.step == "Now").text')" = \
		'Stands still since 17/11/2026 09:00: Supplement asked; 2 working days and 6h00m left' ]
}

@test "what is paused or has no deadline comes last, whichever way a list is sorted" {
	"$builddir/ioc-sync" --once
	[ "$(at 2026-11-24T08:00:00 export dossiers -F is:open -s due_at --no-header -c code | tail -n 1)" = D ]
	[ "$(at 2026-11-24T08:00:00 export dossiers -F is:open -s -due_at --no-header -c code | tail -n 1)" = D ]
}

@test "new rules settle what is open again, and leave what was judged" {
	follow
	wait_until 20 is_state city live
	[ "$(columns complaints K due_at)" = 2026-11-25T08:00:00+07:00 ]
	cat >"$IOC_HOME/config/deadlines.yaml" <<-'END'
		rules:
		  - {id: night, kind: complaint, calendar: always, handle: 3 h, accept: 1 h}
		  - {kind: dossier, return: 1 working day}
	END
	kill -HUP "$(cat "$IOC_HOME/state/sync.lock")"
	wait_until 20 sh -c "sqlite3 -readonly '$IOC_HOME/cache/cache.db' \"SELECT rule FROM complaint WHERE ext_id = 'K'\" | grep -q ^night"
	[ "$(columns complaints K due_at)" = 2026-11-20T11:00:00+07:00 ]
	[ "$(columns dossiers A verdict,due_calc)" = ontime,2026-11-19T17:30:00+07:00 ]
}

@test "rules that are wrong are told with their place and leave the old ones in force" {
	follow
	wait_until 20 is_state city live
	echo 'rulez: []' >"$IOC_HOME/config/deadlines.yaml"
	kill -HUP "$(cat "$IOC_HOME/state/sync.lock")"
	wait_until 20 grep -q 'deadlines.yaml:1:1: unknown key "rulez"; did you mean "rules"?' \
		"$IOC_HOME/state/sync.log"
	curl -sf -H 'Content-Type: application/json' "$gateway/v1/complaints" -d \
		'{"id":"M","code":"M","title":"M","state":"MOI","category":"an-ninh","created_at":"2026-11-20T08:00:00+07:00"}' >/dev/null
	wait_until 10 sh -c "[ \$(sqlite3 -readonly '$IOC_HOME/cache/cache.db' \"SELECT count(*) FROM complaint WHERE ext_id = 'M' AND rule LIKE 'complaint/an-ninh %'\") = 1 ]"
}

@test "a procedure whose limit comes later judges what could not be judged" {
	follow
	wait_until 20 is_state city live
	curl -sf -H 'Content-Type: application/json' "$gateway/v1/dossiers" -d \
		'{"id":"N","code":"N","title":"N","state":"9","procedure":"P9","created_at":"2026-11-16T08:00:00+07:00","finished_at":"2026-11-19T17:31:00+07:00"}' >/dev/null
	wait_until 10 sh -c "[ \$(sqlite3 -readonly '$IOC_HOME/cache/cache.db' \"SELECT count(*) FROM dossier WHERE ext_id = 'N' AND verdict IS NULL\") = 1 ]"
	curl -sf -H 'Content-Type: application/json' "$gateway/v1/procedures" -d \
		'{"id":"P9","code":"P9","title":"P9","limit_n":3,"limit_unit":"ngày làm việc"}' >/dev/null
	wait_until 20 sh -c "[ \$(sqlite3 -readonly '$IOC_HOME/cache/cache.db' \"SELECT verdict FROM dossier WHERE ext_id = 'N'\") = late ]"
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole path: gateway, writer, console; what is sent in appears on the screen.

load gateway

complaint()
{
	printf '{"id":"%s","code":"%s","title":"%s","state":"MOI","created_at":"2026-11-21T05:00:00Z"}' \
		"$1" "$1" "$2"
}

@test "a record that is posted appears, a change follows, kill -9 of the writer is survived" {
	start_gateway
	follow_gateway
	post "$(complaint PA-70001 'Có từ trước')"
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001

	post "$(complaint PA-70002 'Đèn hỏng')"
	wait_text PA-70002

	writer=$("$builddir/tests/cli/control" "$IOC_HOME/run/sync.sock" '{"command":"status","id":1}' |
		sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')
	kill -9 "$writer"
	post "$(complaint PA-70003 'Sau khi bộ đồng bộ chết')"
	wait_text PA-70003
	keys Q
	expect_sane
}

@test "a gateway that is away is told, and all is well when it is back" {
	start_gateway
	follow_gateway
	post "$(complaint PA-70001 'Có từ trước')"
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	kill -9 "$gateway_pid"
	wait_text '[◐○✕]'
	keys j k
	start_gateway
	post "$(complaint PA-70004 'Lại có kết nối')"
	keys S
	wait_text '1 new' # held back: the cursor was moved
	keys n
	wait_text PA-70004
	keys Q
	expect_sane
}

@test "a cache that is deleted under writer and console comes back by itself" {
	start_gateway
	follow_gateway
	post "$(complaint PA-70001 'Có từ trước')"
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	keys k
	rm "$IOC_HOME"/cache/cache.db*
	keys S # asks again: there is nothing now, or already the new file
	wait_until test -s "$IOC_HOME/cache/cache.db"
	wait_text PA-70001
	post "$(complaint PA-70002 'Đèn hỏng')"
	wait_text 'PA-70002\|1 new'
	keys Q
	expect_sane
}

watched()
{
	[ -n "$(sqlite3 -readonly "$IOC_HOME/state/journal.db" 'SELECT since FROM escalation_watch')" ]
}

@test "what becomes late rings the bell, is said, and is marked in the list" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not installed"
	start_gateway
	follow_gateway
	cat >"$IOC_HOME/config/deadlines.yaml" <<-END
	version: 2026-11-21
	rules:
	  - {kind: complaint, calendar: always, handle: 10 h, escalate: {officer: 0 min}}
	END
	tmux -L t set-hook -g alert-bell "run-shell 'touch $IOC_HOME/bell'"
	post "$(complaint PA-70001 'Có từ trước')"
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	wait_until watched
	[ ! -e "$IOC_HOME/bell" ]

	post "$(complaint PA-70002 'Đường ngập' | jq -c '. + {state: "DANG_XL", due_at: (now + 2)}')"
	wait_text 'PA-70002: escalation to level 1 (officer)'
	wait_until test -e "$IOC_HOME/bell"
	wait_text '!1'
	keys Q
	expect_sane
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What an operator does at the keyboard reaches the gateway once, and what is typed outlives
# the console.

load gateway

history_of()
{
	of PA-70001 '.history[]? | .action + ":" + (.text // "")'
}

history_is()
{
	[ "$(history_of | paste -sd'|')" = "$1" ]
}

draft_holds()
{
	grep -q "$1" "$IOC_HOME/state/drafts.json"
}

@test "an action is queued, shown and done; a draft outlives kill -9; each takes effect once" {
	start_gateway
	follow_gateway 'undo: 300ms'
	post '{"id":"PA-70001","code":"PA-70001","title":"Đèn hỏng","state":"MOI","created_at":"2026-11-21T05:00:00Z"}'

	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	wait_text live
	keys R
	wait_text 'queued: Receive, PA-70001'
	wait_until history_is 'Tiếp nhận:'

	keys c
	wait_text 'Comment'
	tmux -L t send-keys -l 'đã gọi lại'
	wait_until draft_holds 'đã gọi lại'
	[ "$(stat -c %a "$IOC_HOME/state/drafts.json")" = 600 ]
	kill -9 "$(console_pid)"
	wait_text 'status=137'

	fresh
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	wait_text live
	keys c
	wait_text 'đã gọi lại'
	keys F2
	wait_text 'queued: Comment'
	wait_until history_is 'Tiếp nhận:|Ghi chú:đã gọi lại'
	keys O
	wait_text 'Done today'
	keys q Q
	expect_sane
}

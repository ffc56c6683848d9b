#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What an operator does at the keyboard reaches the gateway once, and what is typed outlives
# the console.

load pty

teardown()
{
	tmux -L t kill-server 2>/dev/null || true
	[ -z "${gateway_pid:-}" ] || kill "$gateway_pid" 2>/dev/null || true
	common_teardown
}

history_of()
{
	curl -s "http://127.0.0.1:$port/v1/complaints/PA-70001" | jq -r '.history[]? | .action + ":" + (.text // "")'
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
	[ -x "$builddir/ioc-gateway" ] || skip "this build has no gateway"
	command -v curl >/dev/null || skip "curl is not installed"
	"$builddir/ioc-gateway" --listen 127.0.0.1:0 --db "$IOC_HOME/gateway.db" \
		--port-file "$IOC_HOME/port" >"$IOC_HOME/gateway.log" 2>&1 3>&- &
	gateway_pid=$!
	wait_until test -s "$IOC_HOME/port"
	port=$(cat "$IOC_HOME/port")
	rm -f "$IOC_HOME"/cache/cache.db*
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	undo: 300ms
	sources:
	  - name: son-la
	    connector: native
	    base_url: http://127.0.0.1:$port
	END
	curl -sf -o /dev/null -H 'Content-Type: application/json' -d \
		'{"id":"PA-70001","code":"PA-70001","title":"Đèn hỏng","state":"MOI","created_at":"2026-11-21T05:00:00Z"}' \
		"http://127.0.0.1:$port/v1/complaints"

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

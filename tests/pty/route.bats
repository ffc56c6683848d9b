#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the rules of distribution suggest, on a real terminal: shown, and accepted with one key.

load pty

teardown()
{
	tmux -L t kill-server 2>/dev/null || true
	[ -z "${gateway_pid:-}" ] || kill "$gateway_pid" 2>/dev/null || true
	common_teardown
}

post() # CODE CATEGORY STATE
{
	jq -cn --arg c "$1" --arg k "$2" --arg s "$3" \
		'{id: $c, code: $c, title: "Ngõ 308", category: $k, state: $s, created_at: "2026-11-21T05:00:00Z"}' |
		curl -sf -o /dev/null -H 'Content-Type: application/json' -d @- "http://127.0.0.1:$port/v1/complaints"
}

is() # CODE FILTER VALUE
{
	[ "$(curl -s "http://127.0.0.1:$port/v1/complaints/$1" | jq -r "$2")" = "$3" ]
}

@test "a suggestion is shown with its rule; one key accepts it, for many after one question" {
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
	cat >"$IOC_HOME/config/routing.yaml" <<-'END'
	rules:
	  - {name: waste, filter: 'category:rac-thai', unit: MTDT}
	  - {name: power, filter: 'category:dien', unit: DLSL}
	END
	post PA-70001 rac-thai XAC_MINH
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	wait_text live

	# In the record, and in the form that distributes.
	keys Enter
	wait_text 'Suggested: MTDT (rule waste)   Y accepts it'
	keys D
	wait_text 'Lead unit'
	wait_text 'Suggested: MTDT (rule waste)'
	keys Escape
	wait_text 'Y accepts it'
	keys Y
	wait_text 'queued: Distribute, PA-70001'
	wait_until is PA-70001 .unit MTDT
	is PA-70001 '.history[-1].text' 'Phân phối theo gợi ý của quy tắc “waste”'
	keys q

	# A new one is received first, from the list.
	post PA-70002 dien MOI
	wait_text '1 new'
	post PA-70003 khac MOI
	wait_text '2 new'
	post PA-70004 rac-thai MOI
	wait_text '3 new'
	keys n
	wait_text PA-70004
	tmux -L t send-keys -l ':mark state:MOI'
	keys Enter
	keys Y
	wait_text 'Give 2 of 3 records to the units that are suggested?'
	wait_text 'For 1 no rule suggests anything'
	keys Enter
	wait_until is PA-70002 .unit DLSL
	wait_until is PA-70004 .unit MTDT
	is PA-70002 '[.history[].action] | join(",")' 'Tiếp nhận,Chuyển xử lý'
	is PA-70003 .state MOI
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What the rules of distribution suggest, on a real terminal: shown, and accepted with one key.

load gateway

report() # CODE CATEGORY STATE
{
	post "$(jq -cn --arg c "$1" --arg k "$2" --arg s "$3" \
		'{id: $c, code: $c, title: "Ngõ 308", category: $k, state: $s, created_at: "2026-11-21T05:00:00Z"}')"
}

is() # CODE FILTER VALUE
{
	[ "$(of "$1" "$2")" = "$3" ]
}

@test "a suggestion is shown with its rule; one key accepts it, for many after one question" {
	start_gateway
	follow_gateway 'undo: 300ms'
	cat >"$IOC_HOME/config/routing.yaml" <<-'END'
	rules:
	  - {name: waste, filter: 'category:rac-thai', unit: MTDT}
	  - {name: power, filter: 'category:dien', unit: DLSL}
	END
	report PA-70001 rac-thai XAC_MINH
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
	is PA-70001 '.history[-1].text' 'Phân phối theo gợi ý của quy tắc “waste” · Đơn vị: MTDT'
	keys q

	# A new one is received first, from the list.
	report PA-70002 dien MOI
	wait_text '1 new'
	report PA-70003 khac MOI
	wait_text '2 new'
	report PA-70004 rac-thai MOI
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

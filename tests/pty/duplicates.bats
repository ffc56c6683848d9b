#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Duplicates from the keyboard: seen on the record, said to be another matter, merged, split.

load gateway

report() # ID TITLE LATITUDE HOUR
{
	post "$(jq -nc --arg id "$1" --arg title "$2" --argjson lat "$3" --arg at "2026-11-20T0$4:00:00Z" \
		'{$id, code: $id, $title, $lat, lon: 103.9141, state: "XAC_MINH", area: "03646",
		category: "rac-thai", created_at: $at}')"
}

merged_into_is()
{
	[ "$(of PA-70002 .merged_into)" = "$1" ]
}

@test "what is alike is shown, kept apart, merged and split again" {
	start_gateway
	follow_gateway 'undo: 0s'
	report PA-70001 'Rác chất đống ở ngõ 308' 21.3270 1
	report PA-70002 'RAC CHAT DONG O NGO 308' 21.3272 4
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70002
	wait_text live
	keys -l ':goto PA-70001'
	keys Enter
	keys Enter
	wait_text 'Probably the same matter'
	wait_text '22 m apart, 3h between them, same field'

	keys d
	wait_text 'merging puts PA-70002 into PA-70001'
	keys x
	wait_text 'Said to be another matter'
	keys x
	wait_text 'Probably the same matter'

	keys m
	wait_text 'Merge into another  PA-70002'
	keys F2
	wait_until merged_into_is PA-70001
	wait_text 'Merged into this one'
	keys d
	wait_text 'Merged into this one'
	keys s
	wait_text 'Split off again  PA-70002'
	keys -l 'hai viec'
	keys F2
	wait_until merged_into_is null
	wait_text 'Probably the same matter'
	keys Q
	wait_text 'status=0'
	[ "$(ioc audit show --json | grep -c -- '-duplicate"')" = 2 ]
}

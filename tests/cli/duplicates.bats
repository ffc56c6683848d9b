#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# ioc duplicates: what is probably the same matter, what is merged, what was said to be two.

load sync.bash

post() { # JSON, filled up with what all have
	jq -c '{state: "XAC_MINH", area: "03646", category: "rac-thai",
		created_at: "2026-11-20T01:00:00Z"} + .' <<<"$1" |
		curl -sf -H 'Content-Type: application/json' -d @- "$gateway/v1/complaints" >/dev/null
}

# ready [LINE…]: a first report, three like it, one that is not; lines go to config.yaml.
ready() {
	start_gateway
	post '{"id":"PA-1","title":"Rác chất đống ở ngõ 308","lat":21.327,"lon":103.9141,
		"reporter_phone":"0912340000"}'
	post '{"id":"PA-2","title":"RAC CHAT DONG O NGO 308","lat":21.3272,"lon":103.9141,
		"created_at":"2026-11-20T04:00:00Z","reporter_phone":"+84 912 340 000"}'
	post '{"id":"PA-3","title":"Ngõ 308 rác chất đống","lat":21.3273,"lon":103.9143,
		"created_at":"2026-11-21T01:00:00Z"}'
	post '{"id":"PA-4","title":"Rác chất đống ở ngõ 308","lat":21.3270,"lon":103.9141,
		"state":"DA_XL","created_at":"2026-11-20T02:00:00Z"}'
	post '{"id":"PA-5","title":"Mất nắp hố ga","lat":21.3370,"lon":103.9141}'
	configure city native "$gateway"
	[ $# -eq 0 ] || printf '%s\n' "$@" >>"$IOC_HOME/config/config.yaml"
	follow
	wait_until 10 is_state city live
	wait_until 10 count_is complaint 5
}

list() { # CODE FILTER
	ioc duplicates "$1" --json | jq -rc "$2"
}

# is_merged CODE INTO
is_merged() {
	[ "$(ioc show "$1" --json | jq -r .merged_into)" = "$2" ]
}

@test "suggestions come with the reasons, the likeliest first" {
	ready
	run list PA-1 '[.duplicates[] | .code] | join(" ")'
	[ "$output" = 'PA-4 PA-2 PA-3' ]
	run list PA-1 '.duplicates[1] | [.metres, .same_category, .same_sender, .apart_s, .phrases, .merge]'
	[ "$output" = '[22,true,true,10800,5,"into-this"]' ]
	run list PA-3 '.duplicates[] | select(.code == "PA-1") | .merge'
	[ "$output" = this-into ]
	run list PA-1 '.duplicates[0] | .no_merge'
	[ "$output" = closed ]
	run list PA-5 '.duplicates'
	[ "$output" = '[]' ]
}

@test "people read it in words, without anybody's telephone" {
	ready
	run ioc duplicates PA-1
	[ "$status" -eq 0 ]
	[[ $output == *'Probably the same matter'* ]]
	[[ $output == *'PA-2'*'20/11/2026 11:00'*'RAC CHAT DONG'* ]]
	[[ $output == *'22 m apart, 3h between them, same field, phrases alike: 5, same sender'* ]]
	[[ $output == *'the later one is ended'* ]]
	[[ $output != *912* ]]
}

@test "the configuration draws the line" {
	ready 'duplicates: {distance: 5, most: 1}'
	run list PA-1 '[.duplicates[] | .code] | join(" ")'
	[ "$output" = PA-4 ]
	printf 'language: en\nduplicates: {enabled: false}\n' >"$IOC_HOME/config/config.yaml"
	run ioc duplicates PA-1
	[[ $output == *'switched off'* ]]
}

@test "what was said to be two matters is kept over a new cache, and in the audit" {
	ready
	run ioc duplicates PA-1 --not PA-2 --reason 'hai đống khác nhau'
	[ "$status" -eq 0 ]
	run list PA-2 '[.duplicates[] | select(.not_duplicate) | .code] | join(" ")'
	[ "$output" = PA-1 ]
	run list PA-1 '.duplicates[-1] | [.code, .not_duplicate]'
	[ "$output" = '["PA-2",true]' ]
	run ioc audit show --json
	[[ $output == *not-duplicate* ]]
	[[ $output == *'hai đống khác nhau'* ]]
	rm -f "$IOC_HOME"/cache/cache.db*
	wait_until 20 count_is complaint 5
	run list PA-1 '.duplicates[-1] | [.code, .not_duplicate]'
	[ "$output" = '["PA-2",true]' ]
	ioc duplicates PA-2 --maybe PA-1
	run list PA-1 '[.duplicates[] | .not_duplicate] | any'
	[ "$output" = false ]
	ioc audit verify
}

@test "merged ones are seen from both sides, and no longer suggested" {
	ready
	run ioc do 'merge PA-2 --into PA-1'
	[ "$status" -eq 0 ]
	wait_until 10 is_merged PA-2 PA-1
	run list PA-1 '[[.members[].code], [.duplicates[].code]]'
	[ "$output" = '[["PA-2"],["PA-4","PA-3"]]' ]
	run list PA-2 '[.merged_into, .main.code, [.members[].code], .duplicates]'
	[ "$output" = '["PA-1","PA-1",["PA-2"],[]]' ]
	run list PA-3 '.duplicates[] | select(.code == "PA-1") | .members'
	[ "$output" = 1 ]
	run ioc duplicates PA-2
	[[ $output == *'Merged into'*PA-1* ]]
	run ioc do 'split PA-2 --reason "hai việc"'
	[ "$status" -eq 0 ]
	wait_until 10 is_merged PA-2 null
	run list PA-1 '[[.members[].code], [.duplicates[].code]]'
	[ "$output" = '[[],["PA-4","PA-2","PA-3"]]' ]
}

@test "who may not merge may not say so, and nonsense is refused" {
	ready 'operators: [{user: "*", roles: [unit]}]'
	run ioc duplicates PA-1 --not PA-2
	[ "$status" -eq 6 ]
	run ioc duplicates PA-1 --not PA-1
	[ "$status" -ne 0 ]
	run ioc duplicates PA-9
	[ "$status" -eq 3 ]
	run ioc duplicates
	[ "$status" -eq 2 ]
	run ioc duplicates PA-1 --not PA-2 --maybe PA-3
	[ "$status" -eq 2 ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Open complaints 1, 3 … 19 of the small cache are due 1, 3 … 19 hours after noon.

load common

at()
{
	ioc --clock "2026-11-21T$1:00+07:00" due "${@:2}"
}

@test "tells by its exit code whether anything is late" {
	fill
	run at 11:30
	[ "$status" -eq 0 ]
	run at 14:30
	[ "$status" -eq 8 ]
}

@test "counts what is late, open and falls due today" {
	fill
	run at 14:30 complaints --json
	[ "$status" -eq 8 ]
	[ "$(jq -c '.total | [.open, .late, .due]' <<<"$output")" = '[10,1,5]' ]
	[ "$(jq -r .total.oldest.code <<<"$output")" = PA-00001 ]
	[ "$(jq -r .until <<<"$output")" = 2026-11-22T00:00:00+07:00 ]
}

@test "counts until another time: a span, an instant, the end of a day" {
	fill
	[ "$(at 11:30 --until 4h --json | jq .total.due)" = 2 ]
	[ "$(at 11:30 --until 2026-11-21T16:00:00+07:00 --json | jq .total.due)" = 2 ]
	[ "$(at 11:30 --until 2026-11-22 --json | jq .total.due)" = 10 ]
}

@test "says whose units are meant, and counts the same as the list" {
	fill
	run at 14:30 complaints --by area --units now --json
	[ "$(jq -r .units <<<"$output")" = now ]
	[ "$(jq -r '.groups[0].name' <<<"$output")" = 'Phường Tô Hiệu' ]
	filter=$(jq -r '.groups[0].filter' <<<"$output")
	[ "$(ioc count complaints -F "is:open $filter")" = 10 ]
	run at 14:30 complaints --by area
	[[ $output == *"by area, as it was at the time"* ]]
}

@test "writes a line a group as CSV" {
	fill
	run at 11:30 --by area --csv
	[ "${lines[0]}" = code,name,open,late,soon,due,paused,rate_late,rate_of,oldest_due_at,oldest_code ]
	[ "${lines[1]}" = '03646,Phường Tô Hiệu,10,0,0,6,0,0,10,,' ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "speaks Vietnamese to people" {
	fill
	run ioc -l vi --clock 2026-11-21T14:30:00+07:00 due --by area
	[[ $output == *"theo địa bàn lúc phát sinh"* ]]
	[[ $output == *"10,00%"* ]]
}

@test "wrong words and no cache" {
	run ioc due
	[ "$status" -eq 3 ]
	fill
	for words in nothings areas '--by colour' 'complaints --by procedure' '--units old' \
		'--until soon' 'complaints dossiers'; do
		# shellcheck disable=SC2086 # words
		run ioc due $words
		[ "$status" -eq 2 ]
	done
}

@test "forecasts nothing without history, and says so" {
	fill
	run at 11:30 complaints --forecast --json
	[ "$status" -eq 0 ]
	[ "$(jq -c '.kinds[0] | [.open, .likely, .unknown, .cases]' <<<"$output")" = '[10,0,10,0]' ]
	[ "$(jq -c '[.likely, .records]' <<<"$output")" = '[0,[]]' ]
	run at 11:30 complaints --forecast
	[[ $output == *"too few cases"* ]]
	run at 11:30 --forecast --csv
	[ "$status" -eq 2 ]
}

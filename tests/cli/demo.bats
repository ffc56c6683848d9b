#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The demo from gateway to command line: the figures of the city come out of ioc count.
# shellcheck disable=SC2154

load city

count() {
	"$builddir/ioc" count "$1" --filter "$2"
}

@test "423 complaints have come in and 328 are handled" {
	[ "$(count complaints '')" = 423 ]
	[ "$(count complaints is:handled)" = 328 ]
}

@test "of 3,744 solved dossiers 3,743 were early or on time, among more than 4,000 received" {
	[ "$(count dossiers is:received)" = 4126 ]
	[ "$(count dossiers is:solved)" = 3744 ]
	[ "$(count dossiers is:ontime)" = 3743 ]
	[ "$(count dossiers is:solvedlate)" = 1 ]
	share() { "$builddir/ioc" -l vi count "$1" -F "$2" --share "$3"; }
	[ "$(share dossiers is:solved is:ontime)" = "$(printf '3743\t3744\t99,97%%')" ]
	[ "$(share complaints '' is:handled)" = "$(printf '328\t423\t77,54%%')" ]
}

@test "268 calls, 42 cameras at 15 places, 38 units that deliver indicators" {
	[ "$(count calls '')" = 268 ]
	[ "$(count cameras '')" = 42 ]
	places=$("$builddir/ioc" count cameras --by place | wc -l)
	[ "$places" -eq 15 ]
	[ "$(count units reports:1)" = 38 ]
}

@test "75 communes since 01/7/2025 and the 12 units of the former city with their successors" {
	[ "$(count areas 'level:xa valid_from:any')" = 75 ]
	[ "$(count areas 'level:xa successor:any')" = 12 ]
}

@test "lane 308 comes first in the list of open complaints" {
	run "$builddir/ioc" export complaints --filter is:open --limit 1 --columns code,title
	[ "$status" -eq 0 ]
	[[ ${lines[1]} == 'PA-00423,Ngõ 308 đường Chu Văn Thịnh bị lấn chiếm làm bãi đỗ xe' ]]
}

@test "a state that nobody knows stays as the source wrote it" {
	run "$builddir/ioc" count complaints --by state
	[[ $output == *$'CHO_XIN_Y_KIEN\t1'* ]]
}

# told: which complaints tell once more of the matter of another, as "CODE OTHER".
told() {
	for page in '' "$(curl -s "http://127.0.0.1:$PORT/v1/complaints/changes?limit=300" | jq -r .next)"; do
		curl -s "http://127.0.0.1:$PORT/v1/complaints/changes?limit=300&after=$page"
	done | jq -r '.items[] | select(.extra.note // "" | startswith("tells again of: ")) |
		.code + " " + (.extra.note | ltrimstr("tells again of: "))'
}

@test "most matters that are told twice are found, and little else is suggested" {
	local pairs=0 found=0 all=0 code other
	while read -r code other; do
		pairs=$((pairs + 1))
		list=$("$builddir/ioc" duplicates "$code" --json | jq -r '.duplicates[:3][].code')
		all=$((all + $(wc -w <<<"$list")))
		grep -qx "$other" <<<"$list" && found=$((found + 1))
	done < <(told)
	echo "$pairs pairs, $found found, $all suggestions"
	[ "$pairs" -ge 15 ]
	[ $((found * 100)) -ge $((pairs * 75)) ]
	[ $((all * 100)) -le $((found * 150)) ]
}

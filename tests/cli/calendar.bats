#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

# mine NAME: a calendar file of the user's, from standard input.
mine()
{
	mkdir -p "$IOC_HOME/config/calendars"
	cat >"$IOC_HOME/config/calendars/$1.yaml"
}

first_line()
{
	"$@" | head -n 1
}

@test "adds hours over lunch, nights, weekends and holidays, without any cache" {
	[ "$(first_line ioc calendar add 2026-11-20T16:30 2h)" = "Mon 23/11/2026 08:30" ]
	[ "$(first_line ioc calendar add '20/11/2026 16:30' 10h)" = "Wed 25/11/2026 08:30" ]
	[ "$(first_line ioc calendar add 20/11/2026 16:30 90m)" = "Mon 23/11/2026 08:00" ]
	[ "$(first_line ioc calendar add 20/11/2026 16h30 1h30m)" = "Mon 23/11/2026 08:00" ]
	[ "$(first_line ioc calendar add 09/01/2026 17:00 '1 giờ')" = "Sat 10/01/2026 08:00" ]
	[ "$(first_line ioc calendar add 20/11/2026 16:30 2h -c always)" = "Fri 20/11/2026 18:30" ]
	[ ! -e "$IOC_HOME/cache/cache.db" ]
}

@test "working days end at closing time, and go back too" {
	[ "$(first_line ioc calendar add 20/11/2026 16:30 2d)" = "Wed 25/11/2026 17:30" ]
	[ "$(first_line ioc calendar add 20/11/2026 16:30 '2 ngày')" = "Wed 25/11/2026 17:30" ]
	[ "$(first_line ioc calendar add 25/11/2026 16:30 -1d)" = "Mon 23/11/2026 17:30" ]
	[ "$(first_line ioc calendar add 25/11/2026 08:30 -2h)" = "Mon 23/11/2026 16:30" ]
	[ "$(first_line ioc --clock 2026-11-20T16:30 calendar add now 1d)" = "Mon 23/11/2026 17:30" ]
}

@test "pauses do not count, in any order" {
	a=12/02/2026
	one=(--pause "$a 15:30..24/02/2026 09:30")
	two=(--pause 2026-02-25T13:30..2026-02-25T14:30)
	[ "$(first_line ioc calendar add 11/02/2026 08:00 24h "${one[@]}")" = "Wed 25/02/2026 14:00" ]
	[ "$(first_line ioc calendar add 11/02/2026 08:00 24h "${one[@]}" "${two[@]}")" = "Wed 25/02/2026 15:00" ]
	[ "$(first_line ioc calendar add 11/02/2026 08:00 24h "${two[@]}" "${one[@]}")" = "Wed 25/02/2026 15:00" ]
	[ "$(first_line ioc calendar add 11/02/2026 08:00 3d "${one[@]}")" = "Thu 26/02/2026 11:30" ]
	run ioc calendar add 11/02/2026 08:00 24h --pause "$a.."
	[ "$status" -eq 2 ]
	run ioc calendar add 11/02/2026 08:00 24h --pause "$a"
	[ "$status" -eq 2 ]
	run ioc calendar add 11/02/2026 08:00 24h --pause "24/02/2026..$a"
	[ "$status" -eq 2 ]
}

@test "counts between two times, and says which calendar did" {
	run ioc calendar between 20/11/2026 16:30 25/11/2026 08:30 --json
	[ "$status" -eq 0 ]
	[ "$(jq -c '[.open_ms, .working_days, .calendar, .incomplete_year]' <<<"$output")" = \
		'[36000000,2,"office",null]' ]
	[ "$(jq -c '[.days[] | [.date, .kind, .certain]]' <<<"$output")" = \
		'[["2026-11-23","unsure",false],["2026-11-24","off",true]]' ]
	[[ $(jq -r .version <<<"$output") =~ ^2026-11-21\.[0-9a-f]{8}$ ]]
	[ "$(ioc calendar between 25/11/2026 08:30 20/11/2026 16:30 --json | jq .open_ms)" = -36000000 ]
}

@test "a year without notice is told wherever it is crossed" {
	run ioc calendar add 30/12/2026 08:00 5d
	[ "$status" -eq 0 ]
	[[ $output == *"calendar of 2027 is incomplete"* ]]
	[ "$(ioc calendar add 30/12/2026 08:00 5d --json | jq .incomplete_year)" = 2027 ]
	run ioc calendar add 01/12/2026 08:00 5d
	[[ $output != *incomplete* ]]
	run ioc calendar show 2027
	[[ $output == *"calendar of 2027 is incomplete"* ]]
	[[ $output == *"expected, no notice yet"* ]]
}

@test "shows years, months and days with their totals" {
	for year in 2022=249 2023=249 2024=251 2025=250 2026=249; do
		[ "$(ioc calendar show "${year%=*}" --json | jq .working_days)" = "${year#*=}" ]
	done
	run ioc calendar show 11/2026
	[[ $output == *"23?24*25 26 27 28.29."* ]]
	[[ $output == *"20 working days, 160h00m"* ]]
	[ "$(ioc calendar show 2026-11 --json | jq -c '[.working_days, .open_ms, (.months | length)]')" = '[20,576000000,1]' ]
	run ioc calendar show 22/08/2026
	[[ $output == *"opening hours"*07:30–11:30*"with the hours of Mon 31/08/2026"* ]]
	run ioc calendar show 24/11/2026
	[[ $output == *closed*"Wed 25/11/2026 07:30"* ]]
	run ioc calendar show 2026
	[ "$(sed '/^\* off/q' <<<"$output" | wc -L)" -le 80 ]
}

@test "in Vietnamese" {
	run ioc -l vi calendar show 11/2026
	[[ $output == *"T2 T3 T4 T5 T6 T7 CN"* ]]
	[[ $output == *"Tháng 11/2026: 20 ngày làm việc"* ]]
	run ioc -l vi calendar add 30/12/2026 08:00 5d
	[[ $output == *"lịch nghỉ năm 2027 chưa đầy đủ"* ]]
	[[ $output != *"calendar"* ]]
}

@test "a file of the user's replaces the shipped one of its name; others add" {
	mine 2027 <<-END
	version: 2026-12-20
	years:
	  - year: 2027
	    notices: [1/TB-BNV]
	    off:
	      - {date: 2027-02-04, to: 2027-02-10, name: Tết}
	END
	mine wards <<-END
	calendars:
	  office:
	    hours:
	      - {units: [UB-03646], weekdays: sat, open: ["08:00-11:00"]}
	END
	[ "$(ioc calendar show 2027 --json | jq -c '[.complete, .working_days, .notices]')" = \
		'[true,256,"1/TB-BNV"]' ]
	run ioc calendar add 30/12/2026 08:00 5d --json
	[ "$(jq .incomplete_year <<<"$output")" = null ]
	[[ $(jq -r .version <<<"$output") == 2026-12-20.* ]]
	[ "$(first_line ioc calendar add 20/11/2026 17:30 1h)" = "Mon 23/11/2026 08:30" ]
	[ "$(first_line ioc calendar add 20/11/2026 17:30 1h -u UB-03646)" = "Sat 21/11/2026 09:00" ]
	mine hours <<-END
	calendars:
	  office:
	    hours:
	      - {season: 10-16..04-15, weekdays: mon-fri, open: ["07:30-12:00", "13:30-17:00"]}
	      - {weekdays: mon-fri, open: ["07:00-11:30", "13:30-17:00"]}
	END
	[ "$(first_line ioc calendar add 20/11/2026 16:30 1h)" = "Mon 23/11/2026 08:00" ]
	[ "$(first_line ioc calendar add 14/08/2026 16:30 1h)" = "Mon 17/08/2026 07:30" ]
	run ioc calendar add now 1h -c always
	[ "$status" -eq 2 ]
}

@test "check names what is wrong with file, line and column" {
	run ioc --clock 2026-11-22 calendar check
	[ "$status" -eq 4 ]
	[[ $output == *"2027: INCOMPLETE"* ]]
	run ioc --clock 2024-06-01 calendar check --json
	[ "$status" -eq 0 ]
	[ "$(jq -c '[.years[] | [.year, .working_days]] | .[:5]' <<<"$output")" = \
		'[[2022,249],[2023,249],[2024,251],[2025,250],[2026,249]]' ]
	printf 'years:\n  - year: 2027\n    of: []\n' >"$IOC_HOME/new.yaml"
	run ioc calendar check "$IOC_HOME/new.yaml"
	[ "$status" -eq 1 ]
	[[ $output == *'new.yaml:3:5: '*'"off"'* ]]
	mine broken <"$IOC_HOME/new.yaml"
	run ioc calendar show
	[ "$status" -eq 1 ]
	[[ $output == *'broken.yaml:3:5: '* ]]
	run ioc doctor --json
	[ "$(jq -r '.[] | select(.area == "calendars") | .level' <<<"$output")" = problem ]
	[[ $output == *'broken.yaml:3:5: '* ]]
}

@test "doctor tells a year without notice" {
	run ioc --clock 2026-11-22 doctor --json
	[ "$(jq -r '[.[] | select(.area == "calendars") | .level] | join(",")' <<<"$output")" = ok,warning ]
	run ioc --clock 2025-06-22 doctor --json
	[ "$(jq -r '[.[] | select(.area == "calendars") | .level] | join(",")' <<<"$output")" = ok ]
}

@test "wrong words" {
	for words in "shw" "show 2026-13" "show 31/02/2026" "show 2026 2027" "add now" \
		"add now 3x" "add now 1d2h" "add now 1w" "between now" "between now later" \
		"add 2026-02-30 1h" "show -c offce" \
		"show --pause 2026-01-01..2026-01-02"; do
		# shellcheck disable=SC2086 # several words
		run ioc calendar $words
		[ "$status" -eq 2 ]
		[[ $output == "ioc calendar: "* ]]
	done
	run ioc calendar shw
	[[ $output == *"did you mean show"* ]]
	run ioc calendar show -c offce
	[[ $output == *"office"* ]]
}

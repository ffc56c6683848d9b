#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

export_()
{
	ioc export complaints "$@"
}

@test "csv: a header and a line for each record, oldest arrival first" {
	fill
	run export_ -c id,code,state,created_at,lat,severity
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 21 ]
	[ "${lines[0]}" = "id,code,state,created_at,lat,severity" ]
	[ "${lines[1]}" = "1,PA-00001,MOI,2026-11-21T11:59:00+07:00,21.325,1" ]
}

@test "csv: quotes, commas and line breaks stay in their cell" {
	fill
	run export_ -c body -F code:PA-00003
	[ "$output" = $'body\n"Trích ""dẫn"", phẩy\nvà xuống dòng"' ]
}

@test "csv: what a spreadsheet would run is guarded, unless told not to" {
	fill
	run export_ -c title -F code:PA-00002 --no-header
	[ "$output" = "\"'=HYPERLINK(\"\"http://x\"\",\"\"bấm\"\")\"" ]
	run export_ -c title -F code:PA-00002 --no-header --no-guard
	[ "${output:0:2}" = '"=' ]
}

@test "json is one valid array, ndjson one object a line" {
	fill
	[ "$(export_ -f json | jq length)" -eq 20 ]
	[ "$(export_ -f ndjson | jq -s length)" -eq 20 ]
	[ "$(export_ -f ndjson -n 1 | jq -c '[.code,.lat,.due_at,.closed_at]')" = \
		'["PA-00001",21.325,"2026-11-21T13:00:00+07:00",null]' ]
}

@test "an empty result is a valid document too" {
	fill
	[ "$(export_ -f json -F code:NONE)" = "[]" ]
	[ "$(export_ -c code -F code:NONE)" = "code" ]
}

@test "tsv keeps each record on one line" {
	fill
	run export_ -f tsv -c code,body
	[ "${#lines[@]}" -eq 21 ]
	[ "${lines[3]}" = $'PA-00003\tTrích "dẫn", phẩy\\nvà xuống dòng' ]
}

@test "a table is aligned and shows names" {
	fill
	run export_ -f table -c code,area,created_at -n 1
	[ "${lines[1]}" = "$(printf '%-12s  %-12s  %s' PA-00001 'Phường Tô H…' '21/11/2026 11:59')" ] ||
		[[ ${lines[1]} == *"Phường Tô Hiệu"* ]]
}

@test "personal data is masked" {
	fill
	run export_ -c reporter_name,reporter_phone,title -F code:PA-00005 --no-header
	[ "$output" = "Nguyễn V. A.,09****5678,Gọi lại số 09****5678 giúp tôi" ]
}

@test "nothing that drives a terminal comes out" {
	fill
	export_ -f ndjson >"$IOC_HOME/out"
	LC_ALL=C refute grep -q $'\033' "$IOC_HOME/out"
	refute grep -q $'\u009b' "$IOC_HOME/out"
	refute grep -q $'\u202e' "$IOC_HOME/out"
}

@test "text is composed (NFC)" {
	fill
	[ "$(export_ -c title -F code:PA-00006 --no-header)" = "Đường hỏng" ]
}

@test "sort, filter and limit" {
	fill
	[ "$(export_ -c code -s -due_at -n 1 --no-header -F is:open)" = "PA-00019" ]
	[ "$(export_ -c code -s due_at -n 1 --no-header)" = "PA-00001" ]
}

@test "since takes only what was updated then or later" {
	fill
	[ "$(export_ -c code --no-header -S 2026-11-21T11:57:00+07:00 | wc -l)" -eq 3 ]
	[ "$(ioc --clock 2026-11-21T12:00:00+07:00 export complaints -c code --no-header -S 2m |
		wc -l)" -eq 2 ]
}

@test "output: the file appears whole, private, and in the format of its name" {
	fill
	export_ -o "$IOC_HOME/out.ndjson"
	[ "$(stat -c %a "$IOC_HOME/out.ndjson")" = 600 ]
	[ "$(jq -s length "$IOC_HOME/out.ndjson")" -eq 20 ]
	[ "$(ls "$IOC_HOME" | grep -c out)" -eq 1 ]
}

@test "output: pipes are written, links followed, folders refused" {
	fill
	mkfifo "$IOC_HOME/pipe"
	cat "$IOC_HOME/pipe" >"$IOC_HOME/read" 3>&- &
	reader=$!
	ioc export complaints -c code -o "$IOC_HOME/pipe"
	wait "$reader"
	[ -p "$IOC_HOME/pipe" ]
	[ "$(head -1 "$IOC_HOME/read")" = code ]
	: >"$IOC_HOME/real.csv"
	ln -s real.csv "$IOC_HOME/link.csv"
	ioc export complaints -c code -o "$IOC_HOME/link.csv"
	[ -L "$IOC_HOME/link.csv" ]
	[ "$(head -1 "$IOC_HOME/real.csv")" = code ]
	for target in "$IOC_HOME" ''; do
		run ioc export complaints -o "$target"
		[ "$status" -eq 1 ]
	done
}

@test "output: a failure leaves the old file as it was" {
	fill
	echo old >"$IOC_HOME/out.csv"
	run export_ -o "$IOC_HOME/out.csv" -F 'nonsense:::'
	[ "$status" -eq 2 ]
	[ "$(cat "$IOC_HOME/out.csv")" = old ]
	[ "$(ls "$IOC_HOME" | grep -c out)" -eq 1 ]
	run export_ -o "$IOC_HOME/no/such/folder.csv"
	[ "$status" -eq 1 ]
}

@test "a reader that goes away is no failure" {
	fill 5000
	run bash -c 'ioc export complaints | head -1; echo "${PIPESTATUS[0]}"'
	[ "${lines[1]}" = 0 ]
}

@test "a full disk is" {
	fill
	[ -c /dev/full ] || skip "no /dev/full here"
	run bash -c 'ioc export complaints >/dev/full'
	[ "$status" -eq 1 ]
	[[ $output == *"can't write"* ]]
}

@test "output: neither a limit nor a kill leaves half a file" {
	fill
	run bash -c 'ulimit -f 0; ioc export complaints -o "$IOC_HOME/small.csv"'
	[ "$status" -eq 1 ]
	ioc export complaints -c body -o "$IOC_HOME/killed.csv" 3>&- &
	kill -9 $!
	wait $! || true
	run bash -c 'ls "$IOC_HOME" | grep -E "small|killed.csv[.]"'
	[ -z "$output" ]
}

@test "locale and excel are for csv and tsv" {
	fill
	[ "$(export_ -L -c created_at -n 1 --no-header)" = "21/11/2026 11:59" ]
	[ "$(export_ -x -c code -n 1 | head -c 3)" = $'\xef\xbb\xbf' ]
	run export_ -f json -L
	[ "$status" -eq 2 ]
}

@test "catalogues are kinds too" {
	fill
	run ioc export areas -c id,title --no-header
	[ "$output" = "03646@2025-07-01,Phường Tô Hiệu" ]
}

@test "no cache: says how to get one" {
	run export_
	[ "$status" -eq 3 ]
	[[ $output == *"ioc sync --once"* ]]
}

@test "wrong words name the right ones" {
	fill
	run ioc export complant
	[ "$status" -eq 2 ]
	[[ $output == *'"complaint"'* ]]
	run export_ -c titel
	[ "$status" -eq 2 ]
	[[ $output == *'"title"'* ]]
	run export_ --colums code
	[ "$status" -eq 2 ]
	[[ $output == *"--columns"* ]]
	run export_ -f xml
	[ "$status" -eq 2 ]
	run export_ -n 0
	[ "$status" -eq 2 ]
	run export_ -s body
	[ "$status" -eq 2 ]
	run export_ -S yesterday
	[ "$status" -eq 2 ]
	run ioc export
	[ "$status" -eq 2 ]
	run ioc export complaints calls
	[ "$status" -eq 2 ]
	run export_ -n
	[ "$status" -eq 2 ]
}

@test "personal columns are refused where the audit can't be written" {
	fill
	IOC_EXEC_DIR=/nonexistent run export_ --personal
	[ "$status" -eq 6 ]
	[[ $output == *"recorded"* ]]
	[[ $output != *"Nguyễn Văn An"* ]]
}

@test "personal columns are recorded before they are shown" {
	[ -x "$builddir/ioc-sync" ] || skip "no ioc-sync in this build"
	fill
	printf 'sources: []\n' >>"$IOC_HOME/config/config.yaml"
	run export_ -p -r 'a citizen asked' -c reporter_phone -F code:PA-00001 --no-header
	[ "$status" -eq 0 ]
	[ "$output" = 0912345678 ]
	[ "$(sqlite3 "$IOC_HOME/state/journal.db" 'SELECT count(*) FROM audit')" -eq 1 ]
}

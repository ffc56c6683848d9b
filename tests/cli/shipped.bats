#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped connectors: answers as their vendors publish them, made by us, and what becomes of
# them.

bats_require_minimum_version 1.5.0
load sync.bash

setup() {
	sync_setup
	recorded=$srcdir/tests/fixtures/connectors/recorded
}

replay() { # NAME [OPTION…]: what was recorded gives the records that were expected
	local name=$1
	shift
	run "$builddir/ioc" connector replay "$@" "$srcdir/data/connectors/$name.yaml" \
		"$recorded/$name" --expect "$recorded/$name.ndjson"
	echo "$output"
	[ "$status" -eq 0 ]
}

folder() { # NAME: the files of the folder, settled
	cp -R "$recorded/$1" "$dir/$1"
	touch -d '1 minute ago' "$dir/$1"/*
	run --separate-stderr "$builddir/ioc" connector try "$srcdir/data/connectors/$1.yaml" \
		--base-url "file://$dir/$1" --records
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "CAP: a list that points to a document, in Vietnamese before English" {
	replay cap
}

@test "Alertmanager: active and silenced alerts" {
	replay alertmanager
}

@test "ZoneMinder: a login, cameras, events in local time" {
	replay zoneminder
}

@test "DVCQG: service in the body, 00, keys in capitals or not, supplements" {
	replay dvcqg -r ho-so
}

@test "PAKN: an envelope, HTML, times in the afternoon" {
	replay pakn
}

@test "GeoJSON: cameras with their place" {
	replay geojson
}

@test "what was expected otherwise is told" {
	sed 's/Mưa lớn diện rộng/Nắng/' "$recorded/cap.ndjson" >"$dir/expected"
	run "$builddir/ioc" connector replay "$srcdir/data/connectors/cap.yaml" "$recorded/cap" \
		--expect "$dir/expected"
	[ "$status" -ne 0 ]
	[[ $output == *Nắng* ]]
}

@test "Asterisk: call records from a folder" {
	folder asterisk-cdr
	[ "$(jq -r '"\(.id) \(.state) \(.created_at) \(.talk_s)"' <<<"$output")" = \
		'1763604723.18 chuyen_tdv 2026-11-20T02:12:03.000Z 68
1763605200.20 chuyen_tdv_nho 2026-11-20T02:20:00.000Z 0' ]
}

@test "catalogues: tables with Vietnamese or English headings" {
	folder catalogues-csv
	[ "$(jq -r '"\(.kind) \(.id) \(.title)"' <<<"$output")" = \
		'unit CATP@2025-07-01 Công an phường Tô Hiệu
area 03646@2025-07-01 Phường Tô Hiệu
category rac Rác thải' ]
}

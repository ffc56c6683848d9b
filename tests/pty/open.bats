#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Attachments open in the program of the configuration, with the screen or in its place.

load gateway

# opener LINE…: a program of these lines; $1 is the address.
opener()
{
	printf '%s\n' '#!/bin/sh' "$@" >"$IOC_HOME/opener"
	chmod +x "$IOC_HOME/opener"
}

open_record() # [LINE of config.yaml…]
{
	start_gateway
	follow_gateway "opener: [$IOC_HOME/opener, --new]" "$@"
	post '{"id": "PA-70001", "code": "PA-70001", "title": "Ngõ 308", "state": "MOI",
		"attachments": [{"name": "anh.jpg", "type": "image/jpeg", "size": 10,
			"url": "https://ioc.example.vn/anh.jpg?a=1&b=$(id)"}]}'
	type_line "ioc --start 'tab 2'; echo status=\$?"
	wait_text PA-70001
	wait_text live
	keys Enter
	wait_text anh.jpg
	keys g x
}

@test "an attachment opens beside the console, its address as one word" {
	opener "printf '%s|' \"\$@\" >'$IOC_HOME/got.part'" "mv '$IOC_HOME/got.part' '$IOC_HOME/got'"
	open_record
	wait_until test -e "$IOC_HOME/got"
	[ "$(cat "$IOC_HOME/got")" = '--new|https://ioc.example.vn/anh.jpg?a=1&b=$(id)|' ]
	wait_text anh.jpg
}

@test "one that works in the terminal has it, and gives it back" {
	opener 'stty -a | grep -o " icanon"' 'echo "shows $2"' 'read -r line' 'exit 3'
	open_record 'opener_terminal: true'
	wait_text 'shows https://ioc.example.vn/anh.jpg'
	wait_text '^ *icanon'
	gone_text 'Ngõ 308'
	keys Enter
	wait_text 'Ngõ 308'
	wait_text anh.jpg
	keys Q
	wait_text 'status=0'
}

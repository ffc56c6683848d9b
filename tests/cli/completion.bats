#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What ioc answers to a shell that asks what may be typed next.

load common

setup() {
	common_setup
	fill
}

teardown() {
	common_teardown
}

asked() {
	ioc complete -- "$@" | cut -f 1
}

@test "every verb, and every option of every verb, is offered" {
	local verb option
	for verb in $(ioc --language en --help | sed -n '/^Verbs/,$s/^  \([a-z]*\) .*/\1/p'); do
		[ "$(asked "$verb" | grep -cx -- "$verb")" -eq 1 ]
		for option in $(ioc help "$verb" | grep -o -- '^ *\(-., \)\?--[a-z][a-z-]*' |
			grep -o -- '--[a-z].*' | sort -u); do
			asked "$verb" --"${option:2:1}" | grep -qx -- "$option"
		done
	done
	[ -z "$(asked complet | grep -x complete)" ]
}

@test "kinds, columns, formats and order come from the tables" {
	[ "$(asked export compl)" = complaints ]
	asked export complaints --columns code,titl | grep -qx code,title
	refute grep -q code <<<"$(asked export complaints --columns code,cod)"
	[ "$(asked export complaints -f nd)" = ndjson ]
	[ "$(asked export complaints --sort=-due_)" = --sort=-due_at ]
	[ "$(asked due --by ca)" = category ]
	[ "$(asked -l v)" = vi ]
}

@test "filters know fields, values and predicates, codes come from the cache" {
	asked count complaints -F is:lat | grep -qx is:late
	asked count complaints -F 'is:late state:DANG' | grep -qx 'is:late state:DANG_XL'
	asked show PA-0000 | grep -qx PA-00001
	[ "$(asked show pa-00001)" = PA-00001 ]
}

@test "a command of ioc do is completed word by word" {
	asked do ass | grep -qx assign
	asked do 'assign PA-0000' | grep -qx 'assign PA-00001'
	asked do 'assign PA-00001 --uni' | grep -qx 'assign PA-00001 --unit'
}

@test "commands of the console are offered by their names" {
	asked -c hea | grep -qx headless
	asked --start 'tab 2; so' | grep -qx 'tab 2; sort'
}

@test "files are left to the shell" {
	[ "$(asked export complaints -o '')" = :files ]
	[ "$(asked connector replay x '')" = :folders ] || asked connector replay x '' | grep -q :folders
}

@test "bash gets only what follows its last word break, quoted as the line is" {
	run ioc complete --bash "ioc count complaints -F 'state:MOI is:lat" -- "is:lat"
	[ "${lines[0]}" = is:late ]
	run ioc complete --bash 'ioc count complaints -F is:lat' -- lat
	[ "${lines[0]}" = late ]
	run ioc complete --bash 'ioc do assign\ PA-0000' -- 'assign\ PA-0000'
	[[ $output == *'assign\ PA-00001'* ]]
}

@test "nothing breaks it: no configuration, no cache, odd words" {
	printf 'x: [\n' >"$IOC_HOME/config/config.yaml"
	rm -rf "$IOC_HOME/cache"
	[ "$(asked exp)" = export ]
	asked show ''
	asked export -- --x ''
	asked --columns
	asked export complaints -F '((("'
	ioc complete --
	ioc complete --bash 'ioc "export' -- 'export'
	ioc complete --bash '' -- ''
}

@test "a shell that is not known is said so" {
	run ioc --language en completion tcsh
	[ "$status" -eq 2 ]
	[[ $output == *'bash, zsh and fish'* ]]
	for shell in bash zsh fish; do
		ioc completion "$shell" | grep -q 'ioc complete\|complete --'
	done
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

@test "ioc links no network, jq or TLS library" {
	run ldd "$builddir/ioc"
	[ "$status" -eq 0 ]
	[[ $output == *libncursesw* ]]
	[[ ! $output =~ libcurl|libjq|libssl|libcrypto|libgnutls|libmicrohttpd|libxml2|libcsv ]]
}

@test "the screens link neither curses nor SQLite" {
	program=$builddir/tests/screen/test_screens
	[ -x "$program" ] || skip "the screen tests were not built"
	run ldd "$program"
	[ "$status" -eq 0 ]
	[[ ! $output =~ libncurses|libreadline|libsqlite ]]
}

@test "the language of the command line counts, whatever the configuration says" {
	echo 'language: vi' >"$IOC_HOME/config/config.yaml"
	run ioc --help
	[[ $output == 'Cách dùng: '* ]]
	local way
	for way in '--language en --help' '-l en --help' '--help --language=en' '-len --help'; do
		run ioc $way
		[ "$status" -eq 0 ]
		[[ $output == 'Usage: '* ]]
	done
	run ioc --language en --nonsense
	[[ $output == *option* ]]
	run ioc -l en views complaints
	[[ $output == *'My unit'* ]]
	[[ $output != *'Của tôi'* ]]
}

@test "help and version" {
	run ioc --help
	[ "$status" -eq 0 ]
	[[ $output == *export* ]]
	run ioc --version
	[[ $output == "ioc "* ]]
	for verb in do outbox audit export follow count show status doctor sync help; do
		run ioc help "$verb"
		[ "$status" -eq 0 ]
		[[ $output == *"ioc $verb"* ]]
	done
	run ioc help exit
	[[ $output == *"0  "* ]]
	run ioc help kinds
	[[ $output == *complaints* ]]
	[[ $output == *" is:late "* ]]
	[[ $output == *" DANG_XL "* ]]
}

@test "unknown verbs and options name the nearest" {
	run ioc exprot
	[ "$status" -eq 2 ]
	[[ $output == *'"export"'* ]]
	run ioc --themee x
	[ "$status" -eq 2 ]
	[[ $output == *"--theme"* ]]
	run ioc -Z
	[ "$status" -eq 2 ]
}

@test "help and mistakes are told in the configured language" {
	echo 'language: vi' >"$IOC_HOME/config/config.yaml"
	for command in 'ioc --help' 'ioc export --help' 'ioc sync --help'; do
		run $command
		[ "$status" -eq 0 ]
		[[ ${output,,} == "cách dùng: ioc"* ]]
	done
	run ioc --themee x
	[[ $output == *"không có"* ]]
	echo 'langage: vi' >"$IOC_HOME/config/config.yaml"
	run ioc status
	[ "$status" -eq 1 ]
	[[ $output == *'config.yaml:1:1: '*'không'*'"language"'* ]]
}

@test "without a terminal the console says what works" {
	run ioc </dev/null
	[ "$status" -eq 2 ]
	[[ $output == *"ioc export"* ]]
}

@test "a profile name can't leave its folder" {
	run ioc --profile ../x status
	[ "$status" -eq 2 ]
}

@test "a broken configuration stops the verbs and names the line" {
	printf 'title: [\n' >"$IOC_HOME/config/config.yaml"
	run ioc count complaints
	[ "$status" -ne 0 ]
	[[ $output == *"config.yaml:"* ]]
}

@test "the language is the configuration's, or the option's" {
	run ioc --language vi help exit
	[[ $output == *"xong"* ]]
	run ioc --language en help exit
	[[ $output == *"done"* ]]
	run ioc --language fr help exit
	[ "$status" -eq 2 ]
}

@test "the manual lists every option, verb and exit code" {
	page=$srcdir/man/ioc.1
	for option in $(ioc --language en --help | grep -o -- '--[a-z-]*' | sort -u); do
		grep -q -- "Fl -${option#--}" "$page"
	done
	for verb in do outbox audit export follow count show status doctor sync help; do
		grep -q "$verb" "$page"
		for option in $(ioc --language en help "$verb" | grep -o -- '^ .*--[a-z-]*' |
			grep -o -- '--[a-z-]*' | sort -u); do
			grep -q -- "${option#--}" "$page"
		done
	done
	ioc help exit | while read -r code _; do
		grep -q "^.It $code" "$page"
	done
}

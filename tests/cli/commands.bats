#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Commands without a screen: each of them, several of them, aliases and files.

load common

ask()
{
	run timeout 30 "$builddir/ioc" --no-sync "$@"
}

@test "every command is understood without a screen" {
	fill
	# Each with as many words as it needs; what they mean is not asked here.
	"$builddir/ioc" help commands | sed 's/  .*//' | while read -r name rest; do
		case "$name $rest" in
		'quit '* | 'suspend '*) ;;
		'dump '*) echo "dump $IOC_HOME/screen" ;;
		'source '*) echo "source $IOC_HOME/none" ;;
		'bind '*) echo 'bind list x down' ;;
		'unbind '*) echo 'unbind list x' ;;
		'sort '*) echo 'sort code' ;;
		*' '[A-Z]*) echo "$name 1" ;;
		*) echo "$name" ;;
		esac
	done >"$IOC_HOME/all"
	[ "$(wc -l <"$IOC_HOME/all")" -gt 80 ]
	echo fly >>"$IOC_HOME/all" # so that one is refused, and the end was reached
	run timeout 60 "$builddir/ioc" --no-sync -k run "$IOC_HOME/all"
	[ "$(grep -c -e 'no such command' -e 'is used as' <<<"$output")" -eq 1 ]
	grep -q 'fly: no such command: fly$' <<<"$output"
}

@test "ioc help commands names each, and explains one" {
	ask help commands
	[ "$status" -eq 0 ]
	grep -q '^palette \[WORDS\]  *Find a command by what it does$' <<<"$output"
	ask help commands palette
	grep -q 'Ctrl-P' <<<"$output"
	ask help commands fly
	[ "$status" -eq 2 ]
	grep -q 'no such command: fly' <<<"$output"
}

@test "several commands run one after the other, each with what the one before brought" {
	fill
	ask -c 'queue complaints; view all; mark-all'
	[ "$status" -eq 0 ]
	grep -q '20 marked' <<<"$output"
}

@test "the file of the start is run, and says where it is wrong" {
	fill
	cat >"$IOC_HOME/config/commands" <<-'END'
		# mine
		alias all queue complaints; view all
		source more
	END
	echo 'alias tick all; mark-all' >"$IOC_HOME/config/more"
	ask -c tick
	[ "$status" -eq 0 ]
	grep -q '20 marked' <<<"$output"

	printf 'tab 2\nfly\n' >"$IOC_HOME/config/more"
	printf 'wait more:2: no such command: fly\ndump -\n' >"$IOC_HOME/play"
	ask --script "$IOC_HOME/play"
	[ "$status" -eq 0 ]
}

@test "a file that reads itself, and an alias that means itself, end" {
	echo 'source me' >"$IOC_HOME/config/me"
	printf 'command source me\nwait files go more than 8 deep\n' >"$IOC_HOME/play"
	ask --script "$IOC_HOME/play"
	[ "$status" -eq 0 ]
	ask -c 'alias x y; x'
	ask -c 'source me'
	[ "$status" -ne 0 ]
	grep -q 'files go more than 8 deep' <<<"$output"
}

@test "a thousand files in one are read without a thousand of anything" {
	echo 'redraw' >"$IOC_HOME/config/one"
	for i in $(seq 3000); do echo 'source one'; done >"$IOC_HOME/config/many"
	ask -c 'source many'
	[ "$status" -eq 0 ]
}

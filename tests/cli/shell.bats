#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The console in lines: the shell through a pipe, commands of a line and of a file.

load common

now=2026-11-21T12:00:00+07:00

# lines ARGUMENT…: the shell with these lines on its standard input.
lines()
{
	run timeout 30 "$builddir/ioc" --no-sync --clock "$now" shell "$@"
}

commands()
{
	run timeout 30 "$builddir/ioc" --no-sync --clock "$now" "$@"
}

@test "the shell lists, opens by number, and goes back" {
	fill
	lines <<-END
	queue complaint
	2
	back
	END
	[ "$status" -eq 0 ]
	second=$(grep -o '^ *2  .*PA-[0-9]*' <<<"$output" | grep -o 'PA-[0-9]*')
	grep -q "^Code: $second" <<<"$output"
	LC_ALL=C refute grep -q $'\033' <<<"$output"
}

@test "what is linear has one field a line, and no glyph stands alone" {
	fill
	lines --linear --page-size 3 <<<'queue complaint'
	grep -q '^1\. PA-' <<<"$output"
	grep -q '^  Due: ' <<<"$output"
	refute grep -q '[─│┌▌●»‖≠✓⇡]' <<<"$output"
	[ "$(grep -c '^[0-9]*\. PA-' <<<"${output##*Complaints, Open}")" -eq 3 ]
}

@test "Enter goes on, until that was all" {
	fill 12
	lines --page-size 5 <<-END
	queue complaint
	view all

	more

	END
	grep -q 'rows 1 to 5 of 12' <<<"$output"
	grep -q 'rows 6 to 10 of 12' <<<"$output"
	grep -q 'rows 11 to 12 of 12' <<<"$output"
	[ "$(grep -c PA-00010 <<<"$output")" -eq 1 ]
	grep -q 'that was all' <<<"$output"
}

@test "numbers mark, whatever rows they are, and say how many" {
	fill
	lines <<-END
	queue complaint
	mark 2-4,6
	unmark 3
	mark 99
	END
	grep -q '^4 records are marked' <<<"$output"
	grep -q '^3 records are marked' <<<"$output"
	grep -q 'no record has the number 99 now' <<<"$output"
}

@test "nothing is wider than the terminal was said to be" {
	fill
	commands -c 'queue complaint; print; open 1; print; due; print; help; print; sources; print'
	[ "$status" -eq 0 ]
	[ "$(wc -L <<<"$output")" -le 80 ]
}

@test "a verb is run in the midst of commands" {
	fill
	lines <<-END
	count complaints
	ioc export complaints --fields code --no-header
	END
	grep -q '^20$' <<<"$output" || grep -qw 20 <<<"$output"
	commands -c 'queue complaint; count complaints'
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = 20 ]
}

@test "commands of a line: what they show is printed at the end, or by print" {
	fill
	commands -c 'queue complaint; filter code:PA-00007'
	[ "$status" -eq 0 ]
	[ "$(grep -c 'PA-0' <<<"$output")" -eq 2 ]
	commands -c 'queue complaint; print; filter "code:PA-00007"'
	[ "$(grep -c '^ *[0-9]*  .*PA-0' <<<"$output")" -gt 5 ]
	commands -c 'queue complaint; sort code; open 1'
	grep -q '^Code: PA-00001' <<<"$output"
}

@test "the first failure ends commands, with its code and its place" {
	fill
	commands -c 'queue complaint; filtre x; print'
	[ "$status" -eq 2 ]
	[[ $output == *filtre* ]]
	refute grep -q PA-0 <<<"$output"
	printf 'queue complaint\n# a comment\nsort nothing; print\nprint\n' >"$IOC_HOME/file"
	commands run "$IOC_HOME/file"
	[ "$status" -eq 2 ]
	[[ $output == *"file:3: sort nothing: "* ]]
	refute grep -q PA-0 <<<"$output"
	commands run --keep-going "$IOC_HOME/file"
	[ "$status" -eq 2 ]
	grep -q PA-0 <<<"$output"
	commands run - <"$IOC_HOME/file"
	[[ $output == *"-:3: "* ]]
}

@test "a filter that is wrong fails, says why, and shows where" {
	fill
	commands -c 'queue complaint; filter state:'
	[ "$status" -eq 2 ]
	[[ $output == *filter* ]]
	commands -c 'queue complaint; filter due_at<x y'
	[ "$status" -eq 2 ]
	grep -qx '    filter due_at<x y' <<<"$output"
	grep -qx '                  ^' <<<"$output"
	commands -c 'queue complaint; sort nothing'
	grep -qx '         ^' <<<"$output"
	commands shell <<<$'queue complaint\nfilter due_at<x y'
	grep -qx '                  ^' <<<"$output"
	commands shell --linear <<<$'queue complaint\nfilter due_at<x y'
	refute grep -qx ' *^' <<<"$output"
}

@test "an action that nobody takes fails with the code that ioc do has" {
	fill
	commands -c 'queue complaint; do comment PA-00001 --note hello; print'
	[ "$status" -eq 7 ]
	refute grep -q PA-00002 <<<"$output" # what is behind it is left
}

@test "what would ask says which option to give" {
	fill
	commands -c 'queue complaint; open 1; act comment'
	[ "$status" -eq 2 ]
	[[ $output == *'--note'* ]]
	commands -c 'queue complaint; edit-filter'
	[ "$status" -eq 2 ]
	[[ $output == *'search '* || $output == *'filter '* ]]
}

@test "the same rows in lines, on screen and in an export" {
	fill 40
	for filter in is:late 'state:MOI' 'code:PA-00007' 'title:a' '-is:open' 'created>=2026-11-01' ''; do
		ioc --clock "$now" export complaints --filter "$filter" --sort code -c code --no-header |
			sort >"$IOC_HOME/exported"
		ioc --no-sync --clock "$now" -c "queue complaint; clear; sort code; filter $filter; print" |
			grep -o '^ *[0-9]*\*\? .*' | grep -o 'PA-[0-9]*' | sort >"$IOC_HOME/lines"
		printf '%s\n' 'command queue complaint' 'command clear' 'command sort code' \
			"command filter $filter" idle 'dump -' >"$IOC_HOME/script"
		ioc --no-sync --clock "$now" --size 120x60 --script "$IOC_HOME/script" |
			tail -n +6 | grep -o 'PA-[0-9]*' | sort >"$IOC_HOME/screen"
		echo "filter: $filter" && diff "$IOC_HOME/exported" "$IOC_HOME/lines"
		diff "$IOC_HOME/exported" "$IOC_HOME/screen"
	done
	[ -s "$IOC_HOME/exported" ]
}

@test "a pipe of anything is survived" {
	fill
	{
		head -c 20000 /dev/urandom
		printf '\n\n999999999999999999999\nmark 1-99999999999\n?\n<\n'
		head -c 200000 /dev/zero | tr '\0' x
		printf '\nqueue complaint\n'
	} >"$IOC_HOME/input"
	lines <"$IOC_HOME/input"
	[ "$status" -eq 0 ]
	grep -q PA-00001 <<<"$output"
}

@test "nothing is run behind quit" {
	fill
	commands -c 'quit; print'
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "a console on a dumb terminal names the shell" {
	TERM=dumb run ioc --no-sync </dev/null
	[ "$status" -ne 0 ]
	[[ $output == *'ioc shell'* ]]
}

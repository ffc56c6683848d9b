#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What only a real terminal can prove.

load pty

@test "opens with rows, and quitting leaves everything as it was" {
	console
	keys Q
	expect_sane
}

@test "a small window and back" {
	console
	tmux -L t resize-window -x 40 -y 10
	wait_until test "$(screen | wc -l)" -eq 10
	wait_text PA-00001
	tmux -L t resize-window -x 120 -y 30
	wait_text 'PA-00015'
	tmux -L t resize-window -x 80 -y 24 # or tmux itself leaves rows behind
	wait_until test "$(screen | wc -l)" -eq 24
	keys Q
	expect_sane
}

@test "Ctrl-Z gives the shell back, fg goes on" {
	console
	keys C-z
	wait_text 'Stopped'
	wait_text '^before'
	type_line 'clear; fg'
	wait_text PA-00001
	keys F1
	gone_text PA-00001
	keys Q
	wait_text '^prompt>'
}

@test "signals end it in order" {
	for signal in TERM HUP USR1; do
		fresh
		console
		kill "-$signal" "$(console_pid)"
		expect_sane
	done
}

@test "a crash leaves the terminal sane" {
	console
	kill -SEGV "$(console_pid)"
	expect_sane '[1-9]'
}

@test "a terminal that goes away ends it" {
	# The hang-up also ends the helper of the leak checker, which waits for it for ever.
	fresh 'export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0'
	console
	pid=$(console_pid)
	tmux -L t kill-server
	wait_until ! kill -0 "$pid"
}

no_colours()
{
	refute grep -E $'\033\\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]' <<<"$(screen -e)"
}

@test "NO_COLOR and the mono theme use no colours" {
	fresh 'export NO_COLOR=1'
	console
	no_colours
	keys Q
	expect_sane
	fresh 'unset NO_COLOR'
	console -t mono
	no_colours
	keys Q
}

@test "a terminal that can't is refused, and told what works" {
	type_line 'TERM=dumb ioc; echo status=$?'
	wait_text '^status=2'
	wait_text 'ioc export'
}

@test "a terminal that is too new for this system is taken for an xterm" {
	type_line 'export TERM=xterm-nonsense'
	console
	keys Q
	wait_text '^status=0'
	wait_text '^before'
}

@test "a lone ESC acts by itself" {
	console
	keys :
	keys -l nonsense
	wait_text nonsense
	keys Escape
	gone_text nonsense
	keys Q
	expect_sane
}

@test "arrow, function and Alt keys arrive" {
	console
	keys Down Down Up End Home PPage NPage F1
	wait_text 'q back'
	keys Q
	expect_sane
}

@test "a paste is text, never keys" {
	console
	keys :
	tmux -L t set-buffer $'quit\nfilter'
	tmux -L t paste-buffer -p
	wait_text 'quit filter'
	keys Escape
	gone_text 'quit filter'
	keys Q
	expect_sane
}

@test "citizens' escape sequences don't reach the terminal" {
	console
	keys ')'
	wait_text 'PA-00004'
	refute grep -q $'PA-00004.*\033\\[31m' <<<"$(screen -e)"
	keys Q
	expect_sane
}

@test "letters with marks, also decomposed ones, take one column each" {
	console
	keys ')'
	wait_text PA-00008
	line=$(screen | grep PA-00006)
	other=$(screen | grep PA-00008)
	[ "${line%%Đường*}" != "$line" ]
	[ "$(cut -c1-20 <<<"$line" | wc -m)" -eq "$(cut -c1-20 <<<"$other" | wc -m)" ]
	keys Q
}

@test "why a record is due, what is due, and the way to its list" {
	console --clock 2026-11-21T14:30:00+07:00
	keys x
	wait_text 'By the rule'
	keys q
	gone_text 'By the rule'
	keys 6
	wait_text 'All queues'
	keys f t t
	wait_text 'Phường Tô Hiệu.* 10 .*! 1'
	wait_text 'Complaints › Area'
	keys Enter
	wait_text 'filter: area:="03646"'
	keys Q
	expect_sane
}

@test "JSON of a verb keeps its letters on a terminal, and drives it no more than elsewhere" {
	sqlite3 "$IOC_HOME/cache/cache.db" "INSERT INTO quarantine VALUES('s', 'complaint', '1',
		char(8238) || char(155) || 'Được', '{}', 0)"
	ioc quarantine --json | grep -q $'\u202e'
	tmux -L t pipe-pane "cat >$IOC_HOME/raw"
	type_line 'ioc quarantine --json'
	wait_until grep -q 'Được' "$IOC_HOME/raw"
	refute grep -q -e $'\u202e' -e $'\u009b' "$IOC_HOME/raw"
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Line mode in real terminals: one that can do nothing, and one that can.

load pty

# shell TERM COLUMNS ROWS ARGUMENT…
shell_on()
{
	tmux -L t resize-window -x "$2" -y "$3"
	type_line "TERM=$1 ioc --no-sync shell ${*:4}; echo status=\$?"
	wait_text '"help" lists'
}

@test "a dumb terminal of 40 columns gets lines and nothing else" {
	command -v script >/dev/null || skip "script is not installed"
	type_line "TERM=dumb script -qc 'stty cols 40 rows 10; ioc --no-sync shell' $IOC_HOME/raw"
	wait_text 'Overview>$'
	type_line 'queue complaint'
	wait_text '^ *1  '
	type_line '2'
	wait_text 'Code: PA-'
	type_line quit
	wait_text 'prompt>$'
	LC_ALL=C refute grep -q $'\033' "$IOC_HOME/raw"
	grep -q 'Complaints>' "$IOC_HOME/raw"
}

@test "a small terminal shows a page at a time" {
	shell_on xterm 40 10
	type_line 'queue complaint'
	wait_text 'Enter: the next ones'
	type_line ''
	wait_text 'rows 7 to 10'
	type_line quit
	wait_text '^status=0'
}

@test "Tab completes, history comes back, and Ctrl-C leaves the line and a form, not the shell" {
	shell_on xterm 80 24
	tmux -L t send-keys -l 'queue compl'
	keys Tab
	wait_text '> queue complaints'
	keys Enter
	wait_text '^ *1  '
	tmux -L t send-keys -l 'half a line'
	keys C-c
	wait_text 'half a line'
	keys Up
	wait_text 'Complaints> queue complaints'
	keys C-c
	type_line 'act comment'
	wait_text '1/1 '
	keys C-c
	gone_text '1/1 [^:]*: $'
	type_line quit
	wait_text '^status=0'
	grep -qx 'queue complaints *' "$IOC_HOME/state/history"
	[ "$(stat -c %a "$IOC_HOME/state/history")" = 600 ]
}

@test "the terminal is as it was, also after the end of the input" {
	shell_on xterm 80 24
	keys C-d
	wait_text '^status=0'
	type_line 'clear; stty -a | tr ";" "\n" | grep -c -e "[ ]icanon" -e "[ ]echo " -e "[ ]isig" -e "[ ]opost"'
	wait_text '^[1-9]'
}

@test "Vietnamese letters are erased whole" {
	shell_on dumb 80 24
	tmux -L t send-keys -l 'queue complaintđ'
	keys BSpace
	keys Enter
	wait_text '^ *1  '
	type_line quit
	wait_text '^status=0'
}

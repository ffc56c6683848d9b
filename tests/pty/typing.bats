#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Vietnamese as input methods send it to a terminal: a letter is put in, and when a key changes
# it, backspaces and what it has become come in one burst; composed (NFC), sometimes in pieces
# (NFD).  And what is pasted.

load pty

# burst TEXT…: each argument goes to the terminal in one write; \b is a backspace.
burst()
{
	local text
	for text in "$@"; do
		printf '%b' "${text//\\b/\\x7f}" >"$IOC_HOME/burst"
		tmux -L t load-buffer -b burst "$IOC_HOME/burst"
		tmux -L t paste-buffer -r -b burst
	done
}

# "đường Lò Văn Giá" with Telex: dduwowngf Lof Vawn Gias
telex()
{
	burst d '\bđ' u '\bư' o '\bơ' n g '\b\b\bờng' ' ' L o '\bò' ' ' V a '\bă' n ' ' G i a '\bá'
}

# The same, each syllable at once, as fast as a slow line brings it together.
telex_at_once()
{
	burst 'd\bđu\bưo\bơng\b\b\bờng Lo\bò Va\băn Gia\bá'
}

street='đường Lò Văn Giá'

@test "the command line takes what Telex sends" {
	console
	keys :
	burst 'filter '
	telex
	wait_text ":filter $street\$"
	keys Enter
	wait_text "filter: $street"
	keys :
	burst 'filter '
	telex_at_once
	wait_text ":filter $street\$"
	keys C-u
	burst 'filter đa' '\b\bđ' 'a\u0323'
	wait_text ':filter đạ$'
	keys Enter
	wait_text 'filter: đạ'
}

@test "so does a search" {
	console
	keys /
	telex
	wait_text "^/$street"
	keys C-u
	telex_at_once
	wait_text "^/$street"
	keys Enter
	wait_text "$street"
}

@test "so does the palette" {
	console
	keys C-p
	telex_at_once
	wait_text "Find: $street"
	keys C-u
	burst 'go\bg' 'o\u0302\u0301c' '\b\b\bhe' '\b\blp'
	wait_text 'Find: glp'
}

@test "so does a form" {
	console
	tmux -L t resize-window -x 120 -y 40
	keys a
	wait_text 'What is to be done'
	keys C
	keys Escape
	wait_text PA-00001
	keys c
	wait_text 'Note'
	telex
	wait_text "$street"
	keys Enter
	telex_at_once
	wait_until test "$(screen | grep -c "$street")" -eq 2
	keys Escape
}

@test "a paste is put in and never run" {
	console
	keys :
	tmux -L t set-buffer -b lines $'quit\nquit\n'
	tmux -L t paste-buffer -p -b lines
	wait_text ':quit quit'
	keys C-u
	keys Escape
	gone_text ':quit'
	tmux -L t paste-buffer -p -b lines # with no line open it means nothing
	keys :
	burst 'tab 2'
	wait_text ':tab 2'
	keys Enter
	wait_text PA-00001
}

@test "a paste that the terminal does not mark as one is not run either" {
	console
	keys :
	burst 'quit\rquit\r'
	wait_text ':quit quit'
	wait_text 'taken as pasted, not run'
	keys C-u
	burst 'sort code\r' # as who types fast
	gone_text ':sort'
	burst 'Dear Sir,\rRubbish was not collected.\rQuite so.\r' # on a list
	wait_text 'pasted text runs nothing here; : opens'
	keys q
	keys Q
	expect_sane
}

@test "the line completes, and comes back with the cursor at the fault" {
	console
	keys :
	burst 'unali'
	keys Tab x
	wait_text ':unalias x$'
	keys C-u
	burst 'goto PA-0000'
	keys Tab
	wait_text 'PA-00009'
	keys Tab
	keys Enter
	gone_text ':goto'
	keys :
	burst 'filter due_at<x y'
	keys Enter
	wait_text ':filter due_at<x y'
	[ "$(tmux -L t display-message -p '#{cursor_x}')" -eq 15 ]
	keys C-u
	burst 'tab 2; filter near:XX,1km; mark-all' # what only the cache can tell
	keys Enter
	wait_text 'filter, at 6'
	wait_text ':tab 2; filter near:XX,1km; mark-all'
	[ "$(tmux -L t display-message -p '#{cursor_x}')" -eq 20 ]
	keys Escape
}

@test "vi's keys are inputrc's to give" {
	echo 'set editing-mode vi' >"$IOC_HOME/inputrc"
	fresh "export INPUTRC=$IOC_HOME/inputrc"
	console
	keys :
	burst 'xtab 2'
	keys Escape
	keys 0 x
	wait_text ':tab 2'
	keys Escape
	gone_text ':tab 2'
	keys Q
	expect_sane
}

@test "what was typed is there again at the next start" {
	console
	keys :
	burst 'sort code'
	keys Enter
	gone_text ':sort'
	keys Q
	wait_text '^status=0'
	console
	keys : Up
	wait_text ':sort code'
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Copies and addresses leave the terminal for real programs.

load pty

says() { # FILE TEXT
	[ "$(cat "$1" 2>/dev/null)" = "$2" ]
}

@test "the program of the configuration gets what is copied" {
	printf '#!/bin/sh\nexec cat >%s/got\n' "$IOC_HOME" >"$IOC_HOME/clip"
	chmod +x "$IOC_HOME/clip"
	printf 'language: en\nclipboard: [%s/clip]\n' "$IOC_HOME" >"$IOC_HOME/config/config.yaml"
	console
	keys y
	wait_text 'copied: PA-'
	wait_until grep -q '^PA-' "$IOC_HOME/got"
}

@test "a terminal without a clipboard leaves it in a file that is named" {
	type_line 'export TERM=linux'
	console
	keys y
	wait_text 'no clipboard here: /'
	grep -q '^PA-' "$IOC_HOME/state/clipboard.txt"
	[ "$(stat -c %a "$IOC_HOME/state/clipboard.txt")" = 600 ]
}

@test "tmux is given what is copied" {
	tmux -L t set-option -s set-clipboard on
	console
	keys y
	wait_until bash -c "tmux -L t show-buffer | grep -q '^PA-'"
}

@test "the mouse clicks a heading, a word of the key line, and beyond column 223" {
	tmux -L t resize-window -x 240 -y 24
	console -m
	wait_text 'Code'
	local column
	click() { # ROW COLUMN
		printf -v column '\033[<0;%d;%dM\033[<0;%d;%dm' "$2" "$1" "$2" "$1"
		tmux -L t set-buffer "$column"
		tmux -L t paste-buffer -r
	}
	local row at
	row=$(screen | grep -n 'Code  ' | head -n 1 | cut -d : -f 1)
	at=$(screen | sed -n "${row}p")
	at=${at%%Code*}
	click "$row" $((${#at} + 1))
	wait_text 'by Code ▲'
	click "$row" $((${#at} + 1))
	wait_text 'by Code ▼'
	at=$(screen | sed -n 24p)
	at=${at%%filter*}
	click 24 $((${#at} + 1))
	gone_text 'why due' # a line to type the filter into
	keys Escape
	click 5 235
	wait_text 'PA-'
}

@test "what is pasted over a list, a menu, help or a form runs nothing" {
	console
	tmux -L t set-buffer -b lines $'Q\nq\ndd\nquit\n'
	local before
	before=$(screen | tail -n +4)
	tmux -L t paste-buffer -p -b lines
	keys j k
	[ "$(screen | tail -n +4 | sed 1d)" = "$(sed 1d <<<"$before")" ]
	keys '?'
	gone_text 'why due'
	tmux -L t paste-buffer -p -b lines
	keys q
	wait_text 'why due'
	keys c
	wait_text 'Comment\|comment'
	tmux -L t paste-buffer -p -b lines
	wait_text 'quit'
	screen | grep -q 'PA-00001'
	keys Escape
	shows status= && return 1
	true
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# What real shells make of `ioc completion`.

load pty

# line_after EXPECTED TYPED: what the shell's line is after a tab, up to the X that we type
# behind it, since blanks at the end of a line are not told.
line_after() {
	keys C-u
	tmux -L t send-keys -l "$2"
	keys Tab
	tmux -L t send-keys -l X
	wait_until line_is "$1X" || {
		screen >&2
		return 1
	}
}

line_is() {
	screen | grep -v '^$' | tail -n 1 | grep -qxF -- "prompt> $1"
}

begin() { # SHELL
	command -v "$1" >/dev/null || skip "$1 is not installed"
	[ "$1" = bash ] || {
		type_line "exec $1 -f"
		type_line "autoload -Uz compinit; compinit -D -u; PS1='prompt> '; unsetopt zle_bracketed_paste"
	}
	type_line "source <(ioc completion $1); clear; echo before"
	wait_text '^before'
}

# What bash and zsh answer alike.
answers() {
	line_after 'ioc export ' 'ioc exp'
	line_after 'ioc export complaints ' 'ioc export comp'
	line_after 'ioc export complaints --columns ' 'ioc export complaints --col'
	line_after 'ioc export complaints --columns code,due_at' 'ioc export complaints --columns code,due_a'
	line_after 'ioc count complaints --filter is:late ' 'ioc count complaints --filter is:lat'
	line_after 'ioc show PA-00001 ' 'ioc show PA-00001'
	line_after 'ioc help duplicates ' 'ioc help dup'
	line_after "ioc do 'assign PA-00001 --unit" "ioc do 'assign PA-00001 --uni"
	line_after "ioc count complaints --filter 'state:MOI is:late' " \
		"ioc count complaints --filter 'state:MOI is:lat"
}

@test "bash completes verbs, options, columns, filters and codes" {
	begin bash
	answers
	line_after 'ioc export complaints -F state:DANG_XL ' 'ioc export complaints -F state:DANG_X'
	line_after 'ioc --profile default show PA-00001 ' 'ioc --profile default show PA-00001'
}

@test "zsh answers the same" {
	begin zsh
	answers
}

@test "fish answers the same" {
	command -v fish >/dev/null || skip "fish is not installed"
	ioc completion fish >"$IOC_HOME/ioc.fish"
	asked() {
		fish --no-config -c "source $IOC_HOME/ioc.fish; complete -C '$1'" | cut -f 1
	}
	[ "$(asked 'ioc exp')" = export ]
	[ "$(asked 'ioc export comp')" = complaints ]
	[[ $(asked 'ioc export complaints --col') == --columns ]]
	[[ $(asked 'ioc count complaints --filter is:la') == is:late* ]]
	[[ $(asked 'ioc show PA-0000') == *PA-00001* ]]
	[[ $(asked 'ioc export complaints -F "is:late sta') == *'is:late state:'* ]]
}

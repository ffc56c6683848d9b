#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The operator's own editor on a text of a form: whatever becomes of it, nothing typed is lost
# and the terminal is as it was.

load pty

# an_editor NAME <<'BODY': a program of that name that is EDITOR from now on.  It tells on the
# screen that it runs, and its file as $1.
an_editor()
{
	{
		echo '#!/bin/bash'
		echo "echo 'EDITOR RUNS'"
		cat
	} >"$IOC_HOME/$1"
	chmod +x "$IOC_HOME/$1"
	type_line "export EDITOR='$IOC_HOME/$1'; unset VISUAL; clear; echo before"
	wait_text '^before'
}

# The form of a comment, with a text in it.
writing()
{
	console
	keys c
	wait_text Comment
	tmux -L t send-keys -l 'bản nháp'
	wait_text 'bản nháp'
}

draft_holds()
{
	grep -q "$1" "$IOC_HOME/state/drafts.json"
}

no_file_left()
{
	[ -z "$(find "$IOC_HOME/state" -name 'edit-*')" ]
}

leave()
{
	keys Escape
	wait_text 'kept until you open'
	keys Q
	expect_sane
}

@test "what the editor wrote comes back clean, in the draft at once; its file was private" {
	an_editor ed <<-'END'
	stat -c %a "$(dirname "$1")" "$1" | tr '\n' ' ' >"$IOC_HOME/modes"
	grep -q 'nháp' "$IOC_HOME/state/drafts.json" && cp "$1" "$IOC_HOME/given"
	printf 'một\e[2J\r\nhai\0ba' >"$1"
	END
	writing
	keys F4
	wait_text 'một.\[2J'
	wait_text 'hai.ba'
	[ "$(cat "$IOC_HOME/modes")" = '700 600 ' ]
	[ "$(cat "$IOC_HOME/given")" = 'bản nháp' ]
	draft_holds 'hai'
	no_file_left
	leave
}

@test "an editor that is missing, fails, or is killed loses nothing" {
	type_line "export EDITOR='$IOC_HOME/no such'"
	writing
	keys F4
	wait_text "can't start the editor"
	wait_text 'bản nháp'
	leave

	fresh
	an_editor ed <<-'END'
	exit 3
	END
	writing
	keys F4
	wait_text 'failed: the text is as before'
	wait_text 'bản nháp'
	leave

	fresh
	an_editor ed <<-'END'
	printf 'viết dở' >"$1"
	stty raw -echo
	kill -9 $$
	END
	writing
	keys F4
	wait_text 'viết dở'
	wait_text 'had written was taken'
	keys C-_
	wait_text 'bản nháp'
	no_file_left
	leave
}

@test "Ctrl-C and Ctrl-Z are the editor's" {
	an_editor ed <<-'END'
	trap 'echo interrupted >"$1"; exit 0' INT
	while :; do read -r -t 1 || :; done
	END
	writing
	keys F4
	wait_text 'EDITOR RUNS'
	keys C-z
	wait_text '^prompt>'
	type_line 'clear; echo away; fg'
	wait_text 'away'
	keys C-c
	wait_text 'Comment.*PA-00001'
	wait_text 'interrupted'
	keys Escape
	wait_text 'kept until you open'
	keys Q
	gone_text 'Complaints'
	type_line 'clear; stty -a | tr ";" "\n" | grep -c -e "[ ]icanon" -e "[ ]echo " -e "[ ]isig"'
	wait_text '^[1-9]'
}

@test "kill -9 of the console under an editor keeps the draft" {
	an_editor ed <<-'END'
	read -r
	END
	writing
	keys F4
	wait_text 'EDITOR RUNS'
	kill -9 "$(console_pid)"
	wait_text 'status=137'
	draft_holds 'bản nháp'
	fresh
	console
	wait_text 'a text from an editor was left in'
	keys Q
	expect_sane
}

@test "kill -9 of the console keeps the reply that was put in, and the line being typed" {
	mkdir -p "$IOC_HOME/config"
	printf 'shipped: no\nreplies: [{title: Hẹn, text: "Hẹn [[ngày]] về {code}"}]\n' >"$IOC_HOME/config/replies.yaml"
	writing
	keys F3
	wait_text 'Hẹn'
	keys Enter
	wait_text 'bản nhápHẹn \[\[ngày\]\] về PA-00001'
	wait_until draft_holds 'nhápHẹn \[\[ngày\]\] về PA-00001'
	kill -9 "$(console_pid)"
	wait_text 'status=137'

	fresh
	console
	keys c
	wait_text 'nhápHẹn'
	keys Escape
	wait_text 'kept until you open'
	keys :
	tmux -L t send-keys -l 'filter đèn'
	wait_until draft_holds 'filter đèn'
	kill -9 "$(console_pid)"
	wait_text 'status=137'

	fresh
	console
	wait_text 'not finished: filter đèn'
	keys :
	wait_text '^:filter đèn'
	keys Escape
	gone_text '^:filter đèn'
	keys Q
	expect_sane
}

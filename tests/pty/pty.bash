# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A real terminal: tmux on a server of the test's own.  Tests say `load pty`.

load ../cli/common

setup()
{
	# shellcheck disable=SC2154 # of the environment
	command -v tmux >/dev/null || skip "tmux is not installed"
	common_setup
	export TMUX_TMPDIR=$IOC_HOME
	unset TMUX
	# A sanitizer build: crashes are the console's to handle, and the terminal library
	# keeps what it had when it knows no such terminal.
	export ASAN_OPTIONS="${ASAN_OPTIONS:-}:handle_segv=0:handle_abort=0"
	export LSAN_OPTIONS="suppressions=${srcdir:?}/tests/pty/lsan.txt:print_suppressions=0"
	fill
	tmux -f /dev/null -L t new-session -d -x 80 -y 24 'exec bash --norc --noprofile'
	tmux -L t set-option -s escape-time 0
	fresh "PS1='prompt> '"
}

# What a test leaves open ends at once: a hang-up would end the helper of the leak checker in a
# sanitizer build, and the console turn round for ever, waiting for it.
close_terminal()
{
	tmux -L t list-panes -a -F '#{pane_pid}' 2>/dev/null | while read -r pane; do
		pkill -KILL -x ioc -P "$pane" || true
		[ "$(ps -o comm= -p "$pane")" != ioc ] || kill -KILL "$pane"
	done
	tmux -L t kill-server 2>/dev/null || true
}

pty_teardown()
{
	close_terminal
	common_teardown
}

teardown()
{
	pty_teardown
}

type_line()
{
	tmux -L t send-keys -l "$1"
	tmux -L t send-keys Enter
}

# fresh [COMMAND]: an empty screen that says "before" and waits.  What is typed before
# that would be echoed in front of it.
fresh()
{
	type_line "${1:-:}; clear; echo before"
	wait_text '^before'
}

keys()
{
	tmux -L t send-keys "$@"
}

screen()
{
	tmux -L t capture-pane -p "$@"
}

shows()
{
	screen | grep -q -- "$1"
}

# wait_text REGEX: until it is on the screen, ten seconds at most.
wait_text()
{
	wait_until shows "$1" || {
		screen >&2
		return 1
	}
}

gone_text()
{
	wait_until ! shows "$1"
}

# console [ARGUMENT…]: opened on the list of complaints.
console()
{
	type_line "ioc --no-sync --start 'tab 2' $*; echo status=\$?"
	wait_text PA-00001
}

console_pid()
{
	pgrep -x ioc -P "$(tmux -L t display-message -p '#{pane_pid}')"
}

# The terminal is as it was before the console: screen, modes, cursor.
expect_sane()
{
	wait_text "^status=${1:-0}"
	wait_text '^before'
	[ "$(tmux -L t display-message -p '#{alternate_on} #{cursor_flag} #{mouse_any_flag}')" = '0 1 0' ]
	type_line 'clear; stty -a | tr ";" "\n" | grep -c -e "[ ]icanon" -e "[ ]echo " -e "[ ]isig" -e "[ ]opost"'
	wait_text '^[1-9]'
}

# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Operators of chaos.bash who sit at a full-screen console, in tmux: they comment their records,
# think while they type, take some of it back, and begin the console anew when it was killed.

# chaos_console_open N: a terminal in which a console runs until there is enough.
chaos_console_open() {
	# shellcheck disable=SC2016 # for the other shell
	TMUX_TMPDIR=$dir tmux -f /dev/null -L chaos new-session -d -s "o$1" -x 80 -y 24 \
		"while [ ! -e '$dir/enough' ]; do
			sh -c 'echo \$\$ >$dir/doing.$1; exec ioc -s \"queue complaint\"' 2>>'$dir/err.$1'
		done"
	TMUX_TMPDIR=$dir tmux -L chaos set-option -s escape-time 0
}

chaos_console_close() {
	TMUX_TMPDIR=$dir tmux -L chaos kill-server 2>/dev/null || true
}

chaos_keys() {
	TMUX_TMPDIR=$dir tmux -L chaos send-keys -t "o$1" "${@:2}"
}

chaos_lives() { # N PID
	[ "$(cat "$dir/doing.$1")" = "$2" ] && kill -0 "$2" 2>/dev/null
}

# chaos_await N PID PATTERN…: until one of them matches the screen, which is then in $shown.
# Fails where the console was killed meanwhile; who has waited long enough kills it himself.
chaos_await() {
	local n=$1 pid=$2 end=$((SECONDS + 8)) pattern
	shift 2
	while chaos_lives "$n" "$pid"; do
		shown=$(TMUX_TMPDIR=$dir tmux -L chaos capture-pane -p -t "o$n")
		for pattern in "$@"; do
			[[ ! $shown =~ $pattern ]] || return 0
		done
		[ ! -e "$dir/enough" ] || return 1
		if [ "$SECONDS" -ge "$end" ]; then
			printf 'waited for: %s\n%s\n' "$*" "$shown" >>"$dir/despair.$n"
			kill -9 "$pid"
			return 1
		fi
		sleep 0.04
	done
	return 1
}

# Opens the form of the record.  What was typed before must be there, and becomes the note.
chaos_form() { # N PID CODE
	chaos_await "$1" "$2" 'held' 'following' || return 1
	local here=$'▌[^\n]* '"$3 " # whatever the time left is just now
	[[ $shown =~ $here ]] || chaos_keys "$1" ":goto $3" Enter
	chaos_await "$1" "$2" "$here" || return 1
	chaos_keys "$1" c
	chaos_await "$1" "$2" "Comment  $3" || return 1
	[[ ! $shown =~ o[0-9]+-[0-9]{6} ]] || note=${BASH_REMATCH[0]}
	if [ -e "$dir/draft.$3" ]; then
		if [ "$note" = "$(cat "$dir/draft.$3")" ]; then
			echo "$note" >>"$dir/kept"
		else
			echo "$3 $(cat "$dir/draft.$3")" >>"$dir/forgotten"
		fi
		rm "$dir/draft.$3"
	fi
}

# Types the note; sometimes thinks about it until it is on disk.
chaos_write() { # N PID CODE
	[[ $shown == *"$note"* ]] || chaos_keys "$1" -l "$note"
	chaos_await "$1" "$2" "$note" || return 1
	[ $((RANDOM % 2)) = 0 ] || return 0
	until grep -q "$note" "$IOC_HOME/state/drafts.json" 2>/dev/null; do
		chaos_lives "$1" "$2" || return 1
		sleep 0.04
	done
	echo "$note" >"$dir/draft.$3"
	sleep "0.$((RANDOM % 10))" # the kill may come now
	chaos_lives "$1" "$2"
}

# Sends it.  The form is gone once it is safe, and only then.
chaos_send() { # N PID CODE
	rm -f "$dir/draft.$3"
	chaos_keys "$1" F2
	chaos_await "$1" "$2" "queued: Comment, $3" 'nothing was handed over' || return 1
	while [[ $shown == *'nothing was handed over'* ]]; do
		sleep 0.2
		chaos_keys "$1" F2
		sleep 0.1
		chaos_await "$1" "$2" "queued: Comment, $3" 'nothing was handed over' || return 1
	done
	outcome=queued
	[ $((RANDOM % 4)) = 0 ] || return 0
	outcome=killed # until the screen says what came of it
	chaos_keys "$1" u
	chaos_await "$1" "$2" 'taken back: Comment' 'too late' 'not taken back' || return 1
	case $shown in
	*'too late'*) outcome=queued ;;
	*'not taken back'*) ;; # the connection broke: it may be or not
	*) outcome=undone ;;
	esac
}

# One operator at a console.
chaos_sit() {
	local n=$1 i=0 pid code note shown outcome
	chaos_console_open "$n"
	while [ ! -e "$dir/enough" ]; do
		i=$((i + 1))
		code=PA-$n-$((i % chaos_records))
		note=$(printf 'o%d-%06d' "$n" "$i")
		outcome=killed
		pid=$(cat "$dir/doing.$n" 2>/dev/null) || true
		if [ -n "$pid" ] && chaos_form "$n" "$pid" "$code" && chaos_write "$n" "$pid" "$code"; then
			chaos_send "$n" "$pid" "$code" || true
			echo "$note $outcome" >>"$dir/said.$n"
		fi
	done
}

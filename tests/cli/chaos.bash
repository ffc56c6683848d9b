# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Kills writer, gateway, `ioc do` and consoles at random while operators act; then counts what
# took effect.  Needs sync.bash; consoles need chaos_console.bash.  By hand: see bench/chaos.

chaos_operators=4
chaos_consoles=0 # so many of them sit at a console; the others say `ioc do`
chaos_records=4  # of each operator
chaos_undo=800ms

# One operator: comments its records in turn until told to stop.  What it was told goes into
# said.N, a line each: NOTE STATE.
chaos_operate() {
	local n=$1 i=0 code note out
	while [ ! -e "$dir/enough" ]; do
		i=$((i + 1))
		code=PA-$n-$((i % chaos_records))
		note=$(printf 'o%d-%06d' "$n" "$i")
		ioc do --json --wait 4 "comment $code --note $note" >"$dir/out.$n" 2>>"$dir/err.$n" &
		echo $! >"$dir/doing.$n"
		wait $! 2>>"$dir/err.$n" || true
		out=$(jq -r .state "$dir/out.$n" 2>/dev/null) || true
		echo "$note ${out:-killed}" >>"$dir/said.$n"
	done
}

# What was dead already doesn't count as killed.
chaos_kill_operator() {
	local n=$((RANDOM % chaos_operators + 1))
	kill -9 "$(cat "$dir/doing.$n")" 2>/dev/null || return 0
	echo "$n" >>"$dir/killed.operator"
}

chaos_kill_writer() {
	local pid
	pid=$(cat "$IOC_HOME/state/sync.lock" 2>/dev/null) || return 0
	[ -n "$pid" ] && kill -9 "$pid" 2>/dev/null || return 0
	echo >>"$dir/killed.writer"
}

chaos_kill_gateway() {
	echo >>"$dir/killed.gateway"
	kill -9 "$gateway_pid" 2>/dev/null || true
	wait "$gateway_pid" 2>/dev/null || true
	start_gateway
}

chaos_killed() {
	cat "$dir"/killed.* 2>/dev/null | wc -l
}

chaos_all_acted() {
	local n
	for ((n = 1; n <= chaos_operators; n++)); do
		[ -s "$dir/said.$n" ] || return 1
	done
}

# Kills are far enough apart, on a busy machine too, for operators to get something done between
# them: half as long as all of them need for their first action.
chaos_pace() {
	local from=${EPOCHREALTIME/./}
	wait_until 60 chaos_all_acted
	pace=$(((${EPOCHREALTIME/./} - from) / 2000))
	pace=$((pace < 300 ? 300 : pace > 1500 ? 1500 : pace))
}

# chaos_kills COUNT: at random moments, random victims.
chaos_kills() {
	local pace wait
	chaos_pace
	while [ "$(chaos_killed)" -lt "$1" ]; do
		wait=$((RANDOM % pace))
		sleep "$((wait / 1000)).$(printf '%03d' $((wait % 1000)))"
		case $((RANDOM % 8)) in
		0 | 1) chaos_kill_writer ;;
		2) chaos_kill_gateway ;;
		3 | 4 | 5 | 6) chaos_kill_operator ;;
		7) chaos_kill_operator && chaos_kill_writer && chaos_kill_gateway ;;
		esac
	done
}

# A person decides: what met a change of the record is done again.
chaos_resolve() {
	local uuid
	for uuid in $(ioc outbox --json | jq -r '.[] | select(.state == "conflict") | .uuid'); do
		ioc outbox retry "$uuid" || true
	done
	[ "$(ioc outbox --json | jq length)" = 0 ]
}

chaos_start() {
	local n r
	start_gateway
	for ((n = 1; n <= chaos_operators; n++)); do
		for ((r = 0; r < chaos_records; r++)); do
			curl -sf -H 'Content-Type: application/json' "$gateway/v1/complaints" \
				-d "{\"id\":\"c$n-$r\",\"code\":\"PA-$n-$r\",\"title\":\"x\"}" >/dev/null
		done
	done
	configure city native "$gateway"
	printf 'undo: %s\n' "$chaos_undo" >>"$IOC_HOME/config/config.yaml"
	ioc sync --follow 3>&-
	wait_until 10 count_is complaint $((chaos_operators * chaos_records))
}

# Every note that the province has, in the order of each record.
chaos_collect() {
	local n r
	for ((n = 1; n <= chaos_operators; n++)); do
		for ((r = 0; r < chaos_records; r++)); do
			curl -sf "$gateway/v1/complaints/c$n-$r" | jq -r '.history[]?.text' >"$dir/at.$n-$r"
		done
	done
	sort "$dir"/at.* >"$dir/took"
}

chaos_count() {
	wc -l 2>/dev/null <"$1" || echo 0
}

chaos_judge() {
	local doubled lost confirmed unsorted=0 undone forgotten f kills n idle
	kills=$(chaos_killed)
	cat "$dir"/said.* >"$dir/said"
	# Confirmed is what was said to be safe: done, or in the outbox.
	awk '$2 ~ /^(done|queued|sending|retry|conflict)$/ {print $1}' "$dir/said" | sort -u >"$dir/confirmed"
	idle=0
	for ((n = 1; n <= chaos_operators; n++)); do
		grep -q "^o$n-" "$dir/confirmed" || idle=$((idle + 1))
	done
	confirmed=$(wc -l <"$dir/confirmed")
	doubled=$(uniq -d "$dir/took" | wc -l)
	lost=$(comm -23 "$dir/confirmed" <(sort -u "$dir/took") | wc -l)
	for f in "$dir"/at.*; do
		sort -c "$f" 2>/dev/null || unsorted=$((unsorted + 1))
	done
	# What was taken back lies in the form again, and may be sent after all.
	awk '$2 == "undone" {u[$1] = 1; next} {delete u[$1]} END {for (n in u) print n}' \
		"$dir/said" | sort >"$dir/undone"
	undone=$(comm -12 "$dir/undone" "$dir/took" | wc -l)
	forgotten=$(chaos_count "$dir/forgotten")
	echo "$kills kills: $(chaos_count "$dir/killed.writer") of the writer," \
		"$(chaos_count "$dir/killed.gateway") of the gateway," \
		"$(awk -v c="$chaos_consoles" '$1 <= c' "$dir/killed.operator" | wc -l) of consoles," \
		"$(awk -v c="$chaos_consoles" '$1 > c' "$dir/killed.operator" | wc -l) of commands"
	echo "$(wc -l <"$dir/said") actions tried, $confirmed confirmed," \
		"$(awk -F '[o-]' -v c="$chaos_consoles" '$2 <= c' "$dir/confirmed" | wc -l) of them at consoles;" \
		"$(wc -l <"$dir/took") took effect, $lost lost, $doubled doubled," \
		"$unsorted records out of order; taken back $(grep -c ' undone$' "$dir/said")" \
		"times, $undone of them took effect for all that; $(chaos_count "$dir/kept") drafts found again," \
		"$forgotten forgotten; $idle operators got nothing done; $(ioc audit verify)"
	[ "$((idle + lost + doubled + unsorted + undone + forgotten))" = 0 ] &&
		ioc audit verify >/dev/null
}

# chaos KILLS
chaos() {
	local n operators=()
	chaos_start
	for ((n = 1; n <= chaos_operators; n++)); do
		if [ "$n" -le "$chaos_consoles" ]; then
			chaos_sit "$n" 3>&- &
		else
			chaos_operate "$n" 3>&- &
		fi
		operators+=($!)
	done
	chaos_kills "$1"
	: >"$dir/enough"
	curl -sf "$gateway/healthz" >/dev/null || start_gateway
	wait "${operators[@]}"
	ioc sync --follow 3>&- >/dev/null 2>&1 || true
	wait_until 60 chaos_resolve
	chaos_collect
	chaos_judge
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

# seen CODE REASON: a view of personal data, which is recorded.
seen()
{
	ioc show "$1" --personal --reason "$2" >/dev/null
}

# digest PREVIOUS: of the exported entry on standard input, by the words of ioc(1) alone.
digest()
{
	local LC_ALL=C part
	jq -j '[.id, .at, .version] | .[] | tostring + "\u0000"' <<<"$2" >"$IOC_HOME/parts"
	printf '%s\0' "$1" >>"$IOC_HOME/parts"
	jq -j '.who, .place, .action, .object, .reason, .before, .after | . + "\u0000"' \
		<<<"$2" >>"$IOC_HOME/parts"
	while IFS= read -r -d '' part; do
		printf '%d:%s' "${#part}" "$part"
	done <"$IOC_HOME/parts" | sha256sum | cut -d ' ' -f 1
}

tamper()
{
	stop_writer
	sqlite3 "$IOC_HOME/state/journal.db" "DROP TRIGGER IF EXISTS audit_kept;
		DROP TRIGGER IF EXISTS audit_unaltered; $1"
}

@test "shows who saw what, of which record and version, and why" {
	fill
	seen PA-00001 'gọi lại cho dân'
	seen PA-00002 'khác'
	run ioc audit
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == *"show  son-la/complaint/1 @"*"— gọi lại cho dân"* ]]
	run ioc audit show --record PA-00002
	[ "${#lines[@]}" -eq 1 ]
	[[ ${lines[0]} == *"son-la/complaint/2"* ]]
	run ioc audit show --who nobody-at-all
	[ -z "$output" ]
	run ioc audit show --since 2099-01-01
	[ -z "$output" ]
}

@test "an export can be checked by whoever has sha256sum" {
	fill
	seen PA-00001 $'hai dòng\nvà "ngoặc"'
	seen PA-00003 ''
	ioc audit export -o "$IOC_HOME/audit.ndjson"
	[ "$(stat -c %a "$IOC_HOME/audit.ndjson")" = 600 ]
	previous=
	while read -r line; do
		previous=$(digest "$previous" "$line")
		[ "$previous" = "$(jq -r .hash <<<"$line")" ]
	done <"$IOC_HOME/audit.ndjson"
	run ioc audit verify --json
	[ "$(jq -r .hash <<<"$output")" = "$previous" ]
	[ "$(jq -r .entries <<<"$output")" = 2 ]
}

@test "what was altered is found, and named" {
	fill
	seen PA-00001 a
	seen PA-00002 b
	seen PA-00003 c
	ioc audit verify
	tamper "UPDATE audit SET reason = 'x' WHERE id = 2"
	run ioc audit verify
	[ "$status" -eq 5 ]
	[[ $output == *"entry 2"* ]]
	tamper "DELETE FROM audit WHERE id = 1"
	run ioc audit verify
	[ "$status" -eq 5 ]
	[[ $output == *"lacks entry 1"* ]]
}

# broken SQL WORDS: after this the chain is broken, and the words say where.
broken()
{
	cp "$IOC_HOME/state/journal.db" "$IOC_HOME/good.db"
	tamper "$1"
	run ioc audit verify
	echo "$output"
	[ "$status" -eq 5 ]
	[[ $output == *"$2"* ]]
	cp "$IOC_HOME/good.db" "$IOC_HOME/state/journal.db"
	ioc audit verify
}

@test "every way to alter it is found and located" {
	fill
	for i in 1 2 3 4 5; do
		seen "PA-0000$i" "xem $i"
	done
	stop_writer
	sqlite3 "$IOC_HOME/state/journal.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	broken "UPDATE audit SET who = 'x' WHERE id = 3" 'entry 3 '
	broken "UPDATE audit SET hash = 'x' WHERE id = 3" 'entry 3 '
	broken "UPDATE audit SET at = at + 1 WHERE id = 5" 'entry 5 '
	broken "DELETE FROM audit WHERE id = 3" 'lacks entry 3'
	broken "UPDATE audit SET id = 9 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3;
		UPDATE audit SET id = 3 WHERE id = 9" 'entry 2 '
	broken "DELETE FROM audit WHERE id = 5" 'ends with entry 4, but 5'
	broken "INSERT INTO audit SELECT id + 1, at, who, place, action, object, reason, version,
		before, after, hash FROM audit WHERE id = 5" 'entry 6 '
	# Nor by taking the end away, which would leave nothing to compare with.
	broken "DELETE FROM audit_head; UPDATE audit SET who = 'x' WHERE id = 3" 'entry 1 '
	broken "UPDATE audit_head SET id = 2; UPDATE audit SET who = 'x' WHERE id = 3" 'entry 2 '
	broken "UPDATE audit_head SET hash = 'x'" 'entry 5 '
}

@test "an end that was cut off, or all of it written anew, is told by what was noted elsewhere" {
	fill
	seen PA-00001 a
	seen PA-00002 b
	seen PA-00003 c
	anchor=$(ioc audit head)
	[[ $anchor =~ ^3:[0-9a-f]{64}$ ]]
	seen PA-00004 d
	ioc audit verify --anchor "$anchor"
	[[ $(ioc audit head) == 4:* ]]
	tamper "DELETE FROM audit WHERE id > 2;
		UPDATE audit_head SET id = 2, hash = (SELECT hash FROM audit WHERE id = 2)"
	ioc audit verify # by itself it is whole
	run ioc audit verify --anchor "$anchor"
	[ "$status" -eq 5 ]
	[[ $output == *'no entry 3 any more'* ]]
	seen PA-00005 e
	run ioc audit verify --anchor "$anchor"
	[ "$status" -eq 5 ]
	[[ $output == *'entry 3 of the audit has another digest'* ]]
	run ioc audit verify --anchor "3:abc"
	[ "$status" -eq 2 ]
	run ioc audit show --anchor "$anchor"
	[ "$status" -eq 2 ]
}

@test "what people wrote can't drive the terminal" {
	fill
	seen PA-00001 $'\033]0;x\007 \xe2\x80\xae gnp'
	run ioc audit show
	[[ $output != *$'\033'* ]]
	[[ $output != *$'\xe2\x80\xae'* ]]
}

@test "wrong words, and a journal that is not there" {
	run ioc audit show
	[ "$status" -eq 3 ]
	run ioc audit vrify
	[ "$status" -eq 2 ]
	run ioc audit show -o x
	[ "$status" -eq 2 ]
	printf 'this is no database, and was one once' >"$IOC_HOME/state/journal.db"
	run ioc audit verify
	[ "$status" -eq 5 ]
}

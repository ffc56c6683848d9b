#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Automatic distribution, with the real writer and gateway: each record once, whatever falls
# over, and never against people.

load sync.bash

rules() {
	cat >"$IOC_HOME/config/routing.new"
	mv "$IOC_HOME/config/routing.new" "$IOC_HOME/config/routing.yaml"
}

waste() {
	rules <<-'RULES'
		mode: suggest
		rules:
		  - {name: waste, filter: 'category:rac-thai', unit: MTDT, note: nhanh, mode: automatic}
		  - {name: power, filter: 'category:dien', unit: DLSL}
	RULES
}

post() { # ID CATEGORY [MEMBERS]
	jq -cn --arg i "$1" --arg c "$2" --argjson more "${3:-{\}}" \
		'{id: $i, code: $i, title: "Ngõ 308", category: $c} + $more' |
		curl -sf -H 'Content-Type: application/json' -d @- "$gateway/v1/complaints" >/dev/null
}

record() { # ID FILTER
	curl -s "$gateway/v1/complaints/$1" | jq -r "$2"
}

is() { # ID FILTER VALUE
	[ "$(record "$1" "$2")" = "$3" ]
}

journal() {
	sqlite3 -readonly "$IOC_HOME/state/journal.db" "$1"
}

journal_is() {
	[ "$(journal "$1")" = "$2" ]
}

may_act() {
	journal_is "SELECT group_concat(name) FROM routing_rule" "$1"
}

told() {
	"$builddir/tests/cli/control" "$IOC_HOME/run/sync.sock" "$1" | jq -c 'select(has("ok"))'
}

nothing_waits() {
	journal_is "SELECT count(*) FROM outbox WHERE state NOT IN (3, 6)" 0
}

by_hand() { # RECORD JSON: at the province itself
	curl -sf -H 'Content-Type: application/json' -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" -d "$2" \
		"$gateway/v1/complaints/$1/actions" >/dev/null
}

# ready [LINE…]: a writer that follows a gateway without records; lines of the configuration.
ready() {
	start_gateway
	configure city native "$gateway"
	printf '%s\n' "undo: 0s" "$@" >>"$IOC_HOME/config/config.yaml"
	follow
	wait_until 10 is_state city live
}

# The marker behind which everything posted before has been looked at.
passed() { # ID
	post "$1" rac-thai
	wait_until 20 is "$1" .unit MTDT
}

@test "what comes is received and distributed once, and says by which rule" {
	waste
	ready
	wait_until 10 may_act waste
	post W1 rac-thai
	wait_until 10 is W1 .state DA_CHUYEN
	is W1 .unit MTDT
	run record W1 '.history[] | [.by, .action, .text] | join("|")'
	[ "${lines[0]}" = "Phân phối tự động|Tiếp nhận|Tự động phân phối theo quy tắc “waste”: nhanh" ]
	[[ ${lines[1]} == "Phân phối tự động|Chuyển xử lý|Tự động phân phối theo quy tắc “waste”: nhanh"* ]]
	[ "${#lines[@]}" -eq 2 ]
	wait_until 5 nothing_waits
	run "$builddir/ioc" audit show --record W1
	[ "$(grep -c 'quy tắc “waste”' <<<"$output")" -ge 2 ]
	[[ $output == *assign* ]]
	"$builddir/ioc" audit verify
	run "$builddir/ioc" status --json
	[ "$(jq .distribution.today <<<"$output")" = 1 ]
	[ "$(jq -r .distribution.error <<<"$output")" = "" ]
}

@test "a rule that suggests does nothing, nor does one for what was there before it" {
	ready
	post OLD rac-thai
	wait_until 10 count_is complaint 1
	waste
	wait_until 10 may_act waste
	post P1 dien
	passed W1
	is OLD .state MOI
	is P1 .state MOI
	# With backlog it is asked for.
	rules <<-'RULES'
		backlog: true
		rules:
		  - {name: waste, filter: 'category:rac-thai', unit: MTDT, mode: automatic}
	RULES
	wait_until 10 is OLD .unit MTDT
}

@test "people decide: what they returned, gave away or merged is left alone" {
	waste
	ready
	wait_until 10 may_act waste
	passed W1
	# The unit sends it back: no rule sends it again.
	by_hand W1 '{"action":"return","by":"Tổ rác","staff":"unit","unit":"MTDT","fields":{"reason":"không thuộc thẩm quyền"}}'
	is W1 .state XAC_MINH
	post GIVEN rac-thai '{"state":"XAC_MINH","unit":"UB-03646"}'
	passed W2
	is W1 .state XAC_MINH
	is GIVEN .state XAC_MINH
	journal_is "SELECT count(*) FROM routed" 2
}

@test "what a person is about to do is not overtaken" {
	ready
	sed -i 's/^undo: .*/undo: 1m/' "$IOC_HOME/config/config.yaml"
	kill -HUP "$(cat "$IOC_HOME/state/sync.lock")"
	wait_until 10 grep -q "reading the configuration again" "$IOC_HOME/state/sync.log"
	wait_until 10 is_state city live
	post A rac-thai
	post B rac-thai
	wait_until 10 count_is complaint 2
	told '{"command":"act","id":1,"source":"city","kind":"complaint","record":"A","action":"comment","fields":{"note":"chờ"}}'
	journal_is "SELECT count(*) FROM outbox" 1
	rules <<-'RULES'
		backlog: true
		rules:
		  - {name: waste, filter: 'category:rac-thai', unit: MTDT, mode: automatic}
	RULES
	wait_until 10 journal_is "SELECT group_concat(record) FROM routed" B
	journal_is "SELECT count(*) FROM outbox WHERE record = 'A'" 1
}

@test "what came too late is taken back, and the record looked at again" {
	waste
	start_gateway
	configure city native "$gateway"
	echo "undo: 2s" >>"$IOC_HOME/config/config.yaml"
	follow
	wait_until 10 may_act waste
	post W1 rac-thai
	wait_until 10 journal_is "SELECT count(*) FROM outbox" 2
	by_hand W1 '{"action":"receive","by":"Lan","staff":"operator","fields":{}}'
	wait_until 20 is W1 .unit MTDT
	is W1 '[.history[] | .by + " " + .action] | join(", ")' \
		"Lan Tiếp nhận, Phân phối tự động Chuyển xử lý"
	journal_is "SELECT group_concat(again) FROM routed" "1,0"
	wait_until 5 nothing_waits
}

@test "killed at any point, and a cache made anew: each record exactly once" {
	waste
	ready
	wait_until 10 may_act waste
	for i in $(seq 12); do
		post "K$i" rac-thai
		[ $((i % 3)) -ne 0 ] || { kill_writer; follow; }
	done
	kill_writer
	rm "$IOC_HOME"/cache/cache.db*
	follow
	for i in $(seq 12); do wait_until 20 is "K$i" .unit MTDT; done
	wait_until 10 nothing_waits
	for i in $(seq 12); do
		is "K$i" '[.history[] | .action] | join(",")' "Tiếp nhận,Chuyển xử lý"
	done
	journal_is "SELECT count(*), count(DISTINCT record) FROM routed" "12|12"
	"$builddir/ioc" audit verify
}

@test "not more in a minute than the rules allow" {
	rules <<-'RULES'
		per_minute: 3
		rules:
		  - {name: waste, filter: 'category:rac-thai', unit: MTDT, mode: automatic}
	RULES
	ready
	wait_until 10 may_act waste
	for i in $(seq 8); do post "R$i" rac-thai; done
	wait_until 10 count_is complaint 8
	wait_until 10 journal_is "SELECT count(*) FROM routed" 3
	[ "$(sql "SELECT count(*) FROM complaint WHERE state = 'MOI'")" -ge 4 ]
}

@test "the operator of the configuration acts, and without a role nobody does" {
	waste
	ready "operators:" "  - {user: '*', roles: [auditor]}" \
		"  - {user: '@routing', name: Máy phân phối, roles: [operator]}"
	wait_until 10 may_act waste
	passed W1
	is W1 '.history[0].by' "Máy phân phối"
	sed -i '/@routing/d' "$IOC_HOME/config/config.yaml"
	kill -HUP "$(cat "$IOC_HOME/state/sync.lock")"
	wait_until 10 grep -q "reading the configuration again" "$IOC_HOME/state/sync.log"
	post W2 rac-thai
	failed() { [ "$("$builddir/ioc" status --json | jq .distribution.failures)" -ge 1 ]; }
	wait_until 10 failed
	is W2 .state MOI
	run "$builddir/ioc" status
	[[ $output == *"Automatic distribution:"*"@routing"* ]]
}

@test "a file that is wrong is told, and the rules stay as they were" {
	waste
	ready
	wait_until 10 may_act waste
	printf 'mode: sometimes\n' | rules
	wrong() { "$builddir/ioc" status | grep -q 'routing.yaml:1:7: '; }
	wait_until 10 wrong
	passed W1
	waste
	right() { ! wrong; }
	wait_until 10 right
}

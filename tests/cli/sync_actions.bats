# SPDX-License-Identifier: GPL-3.0-or-later
# What an operator does reaches the gateway once, whatever falls over on the way.

load sync.bash

# told JSON: the writer's answer to a command.
told() {
	"$builddir/tests/cli/control" "$IOC_HOME/run/sync.sock" "$1" | jq -c 'select(has("ok"))'
}

# act RECORD ACTION FIELDS [MEMBERS]
act() {
	told "$(jq -cn --arg r "$1" --arg a "$2" --argjson f "$3" --argjson more "${4:-{\}}" \
		'{command: "act", id: 1, source: "city", kind: "complaint", record: $r, code: $r,
		  action: $a, fields: $f, now: true} + $more')"
}

state_is() { # RECORD STATE
	[ "$(curl -s "$gateway/v1/complaints/$1" | jq -r .state)" = "$2" ]
}

cached_is() { # RECORD STATE
	[ "$(sql "SELECT state FROM complaint WHERE ext_id = '$1'")" = "$2" ]
}

# ends_as UUID STATE: in the outbox.
ends_as() {
	[ "$(told '{"command":"outbox","id":1}' | jq -r --arg u "$1" \
		'.items[] | select(.uuid == $u) | .state')" = "$2" ]
}

post() {
	curl -sf -H 'Content-Type: application/json' -d "$1" "$gateway/v1/complaints" >/dev/null
}

ready() {
	start_gateway
	post '{"id":"A","title":"Ngõ 308"}'
	configure city native "$gateway"
	follow
	wait_until 10 is_state city live
}

@test "an action is confirmed by the gateway, and the cache has it at once" {
	ready
	answer=$(act A receive '{"note":"đã xem"}')
	[ "$(jq -r '.items[0].state' <<<"$answer")" = queued ]
	uuid=$(jq -r '.items[0].uuid' <<<"$answer")
	wait_until 5 ends_as "$uuid" done
	state_is A XAC_MINH
	wait_until 2 cached_is A XAC_MINH
	[ "$(curl -s "$gateway/v1/complaints/A" | jq -r '.history[0] | [.action, .text] | join("|")')" = \
		'Tiếp nhận|đã xem' ]
}

@test "what can't be is refused at once, in words, and nothing is kept" {
	ready
	[ "$(act A fly '{}' | jq -r .error)" = not-found ]
	[ "$(act A reject '{"why":"khac"}' | jq -r '.message')" = 'reason: this field is missing' ]
	[ "$(act A receive '{"more":1}' | jq -r .error)" = usage ]
	[ "$(act A receive '{}' '{"source":"else"}' | jq -r .error)" = not-found ]
	[ "$(told '{"command":"outbox","id":1}' | jq '.items | length')" = 0 ]
}

@test "the gateway's no is kept with its reason; a conflict holds the record as it is" {
	ready
	uuid=$(act A approve '{}' | jq -r '.items[0].uuid')
	wait_until 5 ends_as "$uuid" conflict
	[ "$(told '{"command":"outbox","id":1}' | jq -r '.items[0].answer.state')" = MOI ]
	told "{\"command\":\"drop\",\"id\":1,\"uuid\":\"$uuid\"}" | jq -e .ok
	uuid=$(act A receive '{}' '{"version":7}' | jq -r '.items[0].uuid')
	wait_until 5 ends_as "$uuid" conflict
	told "{\"command\":\"again\",\"id\":1,\"uuid\":\"$uuid\",\"version\":1}" | jq -e .ok
	wait_until 5 state_is A XAC_MINH
	uuid=$(act A assign '{"unit":"CATP"}' '{"record":"B"}' | jq -r '.items[0].uuid')
	wait_until 5 ends_as "$uuid" rejected
	[[ $(told '{"command":"outbox","id":1}' | jq -r '.items[-1].error') == *'no such record'* ]]
	# the log has the gateway's own words
	grep -q 'no complaint' "$IOC_HOME/state/sync.log"
}

@test "the gateway's reasons are told in the language of the outbox" {
	start_gateway
	post '{"id":"A","title":"Ngõ 308","area":"03646"}'
	post '{"id":"C","title":"Ngõ 310","area":"03650"}'
	curl -sf -H 'Content-Type: application/json' -d '{"id":"CATP@2025-07-01","code":"CATP","title":"Công an","valid_from":"2025-07-01T00:00:00+07:00"}' \
		"$gateway/v1/units" >/dev/null
	configure city native "$gateway"
	sed -i 's/^language: en/language: vi/' "$IOC_HOME/config/config.yaml"
	IOC_LOCALE_DIR=$builddir/po LANG=C.UTF-8 follow
	wait_until 10 is_state city live
	says() { # RECORD ACTION FIELDS WORDS
		local uuid
		uuid=$(act "$1" "$2" "$3" | jq -r '.items[0].uuid')
		over() { [[ $(told '{"command":"outbox","id":1}' | jq -r --arg u "$uuid" '.items[] | select(.uuid == $u) | .state') =~ rejected|conflict ]]; }
		wait_until 5 over
		error=$(told '{"command":"outbox","id":1}' | jq -r --arg u "$uuid" '.items[] | select(.uuid == $u) | .error')
		told "{\"command\":\"drop\",\"id\":1,\"uuid\":\"$uuid\"}" >/dev/null
		echo "$error"
		[[ $error == *"$4"* ]]
	}
	says A approve '{}' 'trạng thái hiện tại của bản ghi không cho phép (MOI)'
	says A merge '{"into":"C"}' 'phản ánh gốc ở xã, phường khác'
	says A merge '{"into":"A"}' 'không thể gộp vào chính nó'
	says A merge '{"into":"Z"}' 'không có bản ghi này (Z)'
	says Q receive '{}' 'không có bản ghi này'
	act A receive '{}' | jq -e .ok
	says A assign '{"unit":"XX"}' 'danh mục không có mã này (XX)'
	says A assign '{"unit":"CATP","due_at":"2020-01-01T00:00:00Z"}' 'đã qua (due_at)'
}

@test "an action may be taken back while it waits, and not when it is done" {
	ready
	uuid=$(act A receive '{}' '{"now":false}' | jq -r '.items[0].uuid')
	told "{\"command\":\"drop\",\"id\":1,\"uuid\":\"$uuid\"}" | jq -e '.items[0].state == "dropped"'
	uuid=$(act A receive '{}' | jq -r '.items[0].uuid')
	wait_until 5 ends_as "$uuid" done
	[ "$(told "{\"command\":\"drop\",\"id\":1,\"uuid\":\"$uuid\"}" | jq -r .error)" = conflict ]
	[ "$(curl -s "$gateway/v1/complaints/A" | jq '.history | length')" = 1 ]
}

@test "what was done while the gateway was away is done when it is back, in its order" {
	ready
	kill -9 "$gateway_pid"
	for a in '{"note":"một"}' '{"note":"hai"}' '{"note":"ba"}'; do
		act A comment "$a" | jq -e .ok
	done
	kill_writer
	follow
	start_gateway
	done_all() { [ "$(curl -s "$gateway/v1/complaints/A" | jq '.history | length')" = 3 ]; }
	wait_until 30 done_all
	[ "$(curl -s "$gateway/v1/complaints/A" | jq -r '[.history[].text] | join(",")')" = một,hai,ba ]
}

@test "killed again and again, gateway and writer do each action once" {
	ready
	for i in $(seq 1 12); do
		until [ "$(act A comment "{\"note\":\"việc $i\"}" | jq .ok)" = true ]; do sleep 0.05; done
		case $((i % 4)) in
		1) kill_writer && follow ;;
		2) kill -9 "$gateway_pid" && start_gateway ;;
		3) kill_writer && kill -9 "$gateway_pid" && follow && start_gateway ;;
		esac
	done
	settled() { [ "$(told '{"command":"outbox","id":1}' | jq '[.items[] | select(.state != "done")] | length')" = 0 ]; }
	wait_until 60 settled
	curl -s "$gateway/v1/complaints/A" | jq -r '.history[].text' >"$dir/done"
	[ "$(wc -l <"$dir/done")" = 12 ]
	[ "$(sort -u "$dir/done" | wc -l)" = 12 ]
	kill_writer
	[ "$(sqlite3 "$IOC_HOME/state/journal.db" 'SELECT count(*) FROM audit')" -ge 24 ]
}

@test "an action that is handed over again, because the answer was lost, is done once" {
	ready
	uuid='{"uuid":"0b8f7f4e-1111-4222-8333-444455556666"}'
	first=$(act A comment '{"note":"một lần"}' "$uuid" | jq -r '.items[0].uuid')
	[ "$first" = 0b8f7f4e-1111-4222-8333-444455556666 ]
	[ "$(act A comment '{"note":"một lần"}' "$uuid" | jq -r '.items[0].uuid')" = "$first" ]
	wait_until 5 ends_as "$first" done
	[ "$(act A comment '{"note":"một lần"}' "$uuid" | jq -r '.items[0].state')" = done ]
	[ "$(told '{"command":"outbox","id":1}' | jq '.items | length')" = 1 ]
	[ "$(curl -s "$gateway/v1/complaints/A" | jq '.history | length')" = 1 ]
}

@test "a day of thousands of actions is told in one message, what is open first of all" {
	ready
	uuid=$(act A comment '{"note":"một"}' | jq -r '.items[0].uuid')
	wait_until 5 ends_as "$uuid" done
	kill_writer
	sqlite3 "$IOC_HOME/state/journal.db" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1
		FROM n WHERE i < 4000) INSERT INTO outbox(uuid, state, at, who, place, staff, unit, source,
		kind, record, code, action, fields, version, next_at, changed_at) SELECT 'old' || i, 3, at,
		who, place, staff, unit, source, kind, record, code, action, fields, version, next_at,
		changed_at FROM outbox, n"
	follow
	uuid=$(act A comment '{"note":"hai"}' '{"now":false}' | jq -r '.items[0].uuid')
	told '{"command":"outbox","id":1}' >"$dir/list"
	[ "$(wc -c <"$dir/list")" -gt 100000 ]
	[ "$(wc -c <"$dir/list")" -lt 1048576 ]
	[ "$(jq -r '.items[-1].uuid' "$dir/list")" = "$uuid" ]
	[ "$(jq -r '.items[-2].uuid' "$dir/list")" = old4000 ]
}

@test "roles come from the configuration" {
	start_gateway
	post '{"id":"A"}'
	configure city native "$gateway"
	cat >>"$IOC_HOME/config/config.yaml" <<-END
		operators:
		  - {user: "*", name: Lò Thị Mai, roles: [auditor]}
	END
	follow
	wait_until 10 is_state city live
	[ "$(act A receive '{}' | jq -r .error)" = permission ]
	[ "$(told '{"command":"who","id":1}' | jq -c '[.operator.name, .operator.roles]')" = \
		'["Lò Thị Mai",["auditor"]]' ]
}

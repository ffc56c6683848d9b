#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# ioc do: what an operator does, as a command.

load sync.bash

post() { # PLURAL JSON
	curl -sf -H 'Content-Type: application/json' -d "$2" "$gateway/v1/$1" >/dev/null
}

# ready [LINE…]: a gateway with complaints PA-1 and PA-2 and two units, and a full cache.
ready() {
	start_gateway
	post units '{"id":"CATP@2025-07-01","code":"CATP","title":"Công an phường","valid_from":"2025-07-01T00:00:00+07:00"}'
	post units '{"id":"QLDT@2025-07-01","code":"QLDT","title":"Đội Quản lý đô thị","valid_from":"2025-07-01T00:00:00+07:00"}'
	post complaints '{"id":"a1","code":"PA-1","title":"Ngõ 308"}'
	post complaints '{"id":"a2","code":"PA-2","title":"Ngõ 310"}'
	configure city native "$gateway"
	[ $# -eq 0 ] || printf '%s\n' "$@" >>"$IOC_HOME/config/config.yaml"
	follow
	wait_until 10 is_state city live
	wait_until 10 count_is complaint 2
	wait_until 10 count_is unit 2
}

of() { # ID FILTER: of a record at the gateway
	curl -s "$gateway/v1/complaints/$1" | jq -r "$2"
}

@test "an action is done, and said so" {
	ready
	run ioc do 'receive PA-1 --note "đã xem"'
	[ "$status" -eq 0 ]
	[ "$output" = 'PA-1  Receive: done' ]
	[ "$(of a1 '.state + " " + .history[0].text')" = 'XAC_MINH đã xem' ]
	run ioc do receive PA-2 --note 'hai từ'
	[ "$status" -eq 0 ]
	[ "$(of a2 '.history[0].text')" = 'hai từ' ]
}

@test "several at once, on one record in their order, units by name" {
	ready
	run ioc do --json 'receive PA-1 PA-2' 'assign PA-1 --unit "doi quan ly do thi" --due_at +2d' \
		'comment PA-1 --note xong'
	[ "$status" -eq 0 ]
	[ "$(jq -r '.code + " " + .action + " " + .state' <<<"$output" | paste -sd, -)" = \
		'PA-1 receive done,PA-2 receive done,PA-1 assign done,PA-1 comment done' ]
	[ "$(of a1 '[.history[].action] | join(",")')" = 'Tiếp nhận,Chuyển xử lý,Ghi chú' ]
	[ "$(of a1 .unit)" = QLDT ]
	[ "$(of a1 .version)" = 4 ]
}

@test "nothing is sent where one command is wrong, and each mistake has its place" {
	ready
	cat >"$dir/work" <<-END
		# buổi sáng
		receive PA-1

		recieve PA-2
		approve PA-2
		receive PA-9
		receive PA-1
	END
	run ioc do --file "$dir/work"
	[ "$status" -eq 2 ]
	[[ $output == *"$dir/work:4: "*'did you mean "receive"'* ]]
	[[ $output == *"$dir/work:5: PA-2: Approve: not possible in the state New"* ]]
	[[ $output == *"$dir/work:6: there is no record PA-9"* ]]
	[[ $output == *"$dir/work:7: PA-1: Receive: not possible in the state"* ]]
	[ "$(of a1 .version)" = 1 ]
	run ioc do --file - <<<'receive PA-1'
	[ "$status" -eq 0 ]
}

@test "the exit code tells what was wrong" {
	ready
	run ioc do 'receive PA-9'
	[ "$status" -eq 3 ]
	run ioc do 'approve PA-1'
	[ "$status" -eq 6 ]
	run ioc do 'reject PA-1 --why khac'
	[ "$status" -eq 2 ]
	[[ $output == *'--reason'*missing* ]]
	run ioc do 'receive PA-1 --colour red'
	[ "$status" -eq 2 ]
	run ioc do 'receive'
	[ "$status" -eq 2 ]
	run ioc do
	[ "$status" -eq 2 ]
	run ioc do 'assign PA-1 --unit'
	[ "$status" -eq 6 ] # the state comes first
	[ "$(of a1 .version)" = 1 ]
}

@test "a dry run says what would be, and does nothing" {
	ready
	run ioc do --dry-run 'receive PA-1' 'assign PA-1 --unit CATP'
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = 'PA-1  Receive: New → Being verified' ]
	[ "$(of a1 .version)" = 1 ]
	[ ! -s "$IOC_HOME/state/journal.db" ] || [ "$(ioc outbox --json | jq length)" = 0 ]
}

@test "roles of the configuration are told before anything is sent" {
	ready 'operators:' '  - {user: "*", name: Lò Thị Mai, roles: [auditor]}'
	run ioc do 'receive PA-1'
	[ "$status" -eq 6 ]
	[[ $output == *'not among your rights'* ]]
}

@test "a record that was changed meanwhile is not overrun; the exit code says so" {
	ready
	kill -STOP "$(cat "$IOC_HOME/state/sync.lock")"
	curl -sf -H 'Content-Type: application/json' -H 'Idempotency-Key: k' \
		-d '{"action":"comment","fields":{"note":"khác"}}' "$gateway/v1/complaints/a1/actions" >/dev/null
	# shellcheck disable=SC2030
	ioc do 'receive PA-1' >"$dir/out" 3>&- &
	started+=($!)
	doing=$!
	kill -CONT "$(cat "$IOC_HOME/state/sync.lock")"
	code=0
	wait "$doing" || code=$?
	# Whichever came first: the change into the cache, or the action out of the outbox.
	[ "$code" = 9 ] || [ "$code" = 0 ]
	[ "$(of a1 '[.history[].action] | unique | length')" = "$(of a1 '.history | length')" ]
	if [ "$code" = 9 ]; then
		grep -q 'changed meanwhile' "$dir/out"
		uuid=$(ioc outbox --json | jq -r '.[0].uuid')
		ioc outbox retry "${uuid:0:8}"
	fi
	received() { [ "$(of a1 .state)" = XAC_MINH ]; }
	wait_until 5 received
}

@test "without the gateway it waits in the outbox, can be seen, and taken back" {
	ready
	kill -9 "$gateway_pid"
	run ioc do --wait 1 'receive PA-1'
	[ "$status" -eq 7 ]
	run ioc do --no-wait 'receive PA-2'
	[ "$status" -eq 0 ]
	[[ $output == 'PA-2  Receive: waits to be sent'* ]]
	run ioc outbox
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 2 ]
	uuid=$(ioc outbox --json | jq -r '.[] | select(.code == "PA-2") | .uuid')
	run ioc outbox drop "$uuid"
	[ "$status" -eq 0 ]
	run ioc outbox drop "$uuid"
	[ "$status" -eq 9 ]
	run ioc outbox drop 00000000
	[ "$status" -eq 3 ]
	start_gateway
	received() { [ "$(of a1 .state)" = XAC_MINH ]; }
	wait_until 20 received
	[ "$(of a2 .state)" = MOI ]
}

@test "the writer may die under it: it is started again, and the action done once" {
	ready
	kill -9 "$gateway_pid"
	ioc do --wait 30 'comment PA-1 --note một' >"$dir/out" 3>&- &
	doing=$!
	queued() { [ "$(ioc outbox --json | jq length)" = 1 ]; }
	wait_until 5 queued
	kill_writer
	start_gateway
	wait "$doing"
	grep -qx 'PA-1  Comment: done' "$dir/out"
	[ "$(of a1 '.history | length')" = 1 ]
}

@test "help actions says what there is" {
	printf 'language: en\n' >"$IOC_HOME/config/config.yaml"
	run ioc help actions complaints
	[ "$status" -eq 0 ]
	[[ $output == *'assign'*'--unit'* ]]
	run ioc help actions units
	[ "$status" -eq 2 ]
}

@test "a code of several sources needs --source, and the other source's record stays" {
	start_gateway
	post complaints '{"id":"a1","code":"PA-1","title":"Ngõ 308"}'
	configure city native "$gateway"
	printf '  - name: twin\n    connector: native\n    base_url: %s\n' "$gateway" >>"$IOC_HOME/config/config.yaml"
	follow
	wait_until 10 is_state city live
	wait_until 10 is_state twin live
	wait_until 10 count_is complaint 2
	run ioc do receive PA-1
	[ "$status" -eq 2 ]
	[[ $output == *'PA-1 is in several sources (city, twin): add --source NAME'* ]]
	run ioc do --dry-run --json 'receive PA-1 --source twin'
	[ "$status" -eq 0 ]
	[ "$(jq -r .source <<<"$output")" = twin ]
	run ioc do --source city --dry-run --json 'receive PA-1'
	[ "$(jq -r .source <<<"$output")" = city ]
	run ioc do --source nowhere receive PA-1
	[ "$status" -ne 0 ]
	[[ $output == *'the source nowhere has no record PA-1'* ]]
}

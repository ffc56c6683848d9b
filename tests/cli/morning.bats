#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# An operator's morning without a screen, exactly as doc/morning-without-a-screen.md tells it:
# each line is typed, each answer must be heard, and what was done must reach the province.

load common

page=$BATS_TEST_DIRNAME/../../doc/morning-without-a-screen.md

teardown()
{
	exec 7>&- 2>/dev/null || true
	[ -z "${shell_pid:-}" ] || kill "$shell_pid" 2>/dev/null || true
	[ -z "${gateway_pid:-}" ] || kill "$gateway_pid" 2>/dev/null || true
	common_teardown
}

setup()
{
	common_setup
	printf 'title: IOC Sơn La\nlanguage: vi\n' >"$IOC_HOME/config/config.yaml"
}

complaint()
{
	curl -sf -o /dev/null -H 'Content-Type: application/json' -d "{\"id\":\"$1\",\"code\":\"$1\",
		\"title\":\"Cột điện nghiêng trước cổng trường\",\"body\":\"Nhờ cơ quan xem giúp\",
		\"state\":\"MOI\",\"urgent\":true,\"area\":\"03646\",
		\"created_at\":\"$(date -u -d "$2" +%FT%TZ)\"}" "http://127.0.0.1:$port/v1/complaints"
}

province()
{
	"$builddir/ioc-gateway" "${listen[@]}" --rate 0 --db "$IOC_HOME/gateway.db" \
		--port-file "$IOC_HOME/port" >>"$IOC_HOME/gateway.log" 2>&1 3>&- 7>&- &
	gateway_pid=$!
	wait_until test -s "$IOC_HOME/port"
	port=$(cat "$IOC_HOME/port")
}

# begin ARGUMENT…: a shell that is typed into by `say`.
begin()
{
	mkfifo "$IOC_HOME/typed"
	ioc shell "$@" <"$IOC_HOME/typed" >"$IOC_HOME/heard" 2>&1 3>&- &
	shell_pid=$!
	exec 7>"$IOC_HOME/typed"
	from=1
}

# What was said before is not listened to again.
say()
{
	from=$(($(wc -c <"$IOC_HOME/heard") + 1))
	printf '%s\n' "$1" >&7
}

heard()
{
	tail -c "+$from" "$IOC_HOME/heard" | grep -qF -- "$1"
}

# hear TEXT: its pieces between "…" come.
hear()
{
	local piece rest=$1
	while [ -n "$rest" ]; do
		piece=${rest%%…*}
		[ "$piece" = "$rest" ] && rest= || rest=${rest#*…}
		[ -z "${piece// /}" ] || wait_until heard "$piece" || {
			echo "not heard: $1" >&2
			tail -c "+$from" "$IOC_HOME/heard" >&2
			return 1
		}
	done
}

# What happened is told before the next line: one is entered.
nudged()
{
	printf '\n' >&7
	heard "$1"
}

state_is()
{
	curl -s "http://127.0.0.1:$port/v1/complaints/$1" | jq -e "$2" >/dev/null
}

@test "every line of the page is typed and answered, and reaches the province" {
	[ -x "$builddir/ioc-gateway" ] || skip "this build has no gateway"
	command -v curl >/dev/null || skip "curl is not installed"
	listen=(--demo --listen 127.0.0.1:0)
	province
	complaint PA-90002 '-1 min'
	complaint PA-90001 now
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	undo: 100ms
	sources:
	  - name: son-la
	    title: Cổng IOC Sơn La
	    connector: native
	    base_url: http://127.0.0.1:$port
	END
	ioc sync --once
	begin --linear
	typed=0 answers=0
	while IFS= read -r line; do
		case $line in
		'>'*)
			line=${line#>}
			say "${line# }"
			typed=$((typed + 1))
			;;
		*)
			hear "$line"
			answers=$((answers + 1))
			;;
		esac
	done < <(awk '/^```ioc$/ {on = 1; next} /^```$/ {on = 0} on' "$page")
	wait "$shell_pid"
	[ "$typed" -gt 30 ]
	[ "$answers" -gt 30 ]
	LC_ALL=C refute grep -q $'\033' "$IOC_HOME/heard"
	refute grep -q '[─│┌▌●»‖≠✓⇡]' "$IOC_HOME/heard"

	wait_until state_is PA-90001 '.state == "DA_CHUYEN" and .unit == "UB-03646"'
	wait_until state_is PA-90001 '[.history[].text] | any(. == "Đã gọi lại cho người dân")'
	wait_until state_is PA-90002 '.state == "CHO_BS"'
}

@test "a source that goes away is told before the next line" {
	[ -x "$builddir/ioc-gateway" ] || skip "this build has no gateway"
	listen=(--listen 127.0.0.1:0)
	province
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	sources:
	  - name: son-la
	    title: Cổng IOC Sơn La
	    connector: native
	    base_url: http://127.0.0.1:$port
	END
	begin
	hear '"help"'
	wait_until heard 'Tổng quan'
	complaint PA-90001 now
	wait_until nudged "Phản ánh: 1 mới (1)"
	kill "$gateway_pid"
	wait_until nudged "Cổng IOC Sơn La: "
	say quit
	wait "$shell_pid"
}

# SPDX-License-Identifier: GPL-3.0-or-later
# Starting and asking a gateway, for the tests of ioc-gateway.
# shellcheck shell=bash

load "${BASH_SOURCE[0]%/*}/refute"

home=${BATS_TEST_TMPDIR:-/tmp}
gateway=$builddir/ioc-gateway
gateway_pid=

# start [OPTION…]: a gateway on a free port; $url is then its address.
start()
{
	rm -f "$home/port"
	"$gateway" --listen 127.0.0.1:0 --port-file "$home/port" "$@" 2>>"$home/log" 3>&- &
	gateway_pid=$!
	wait_for "[ -s '$home/port' ] || ! kill -0 $gateway_pid"
	[ -s "$home/port" ] || { cat "$home/log"; return 1; }
	port=$(<"$home/port")
	url=http://127.0.0.1:$port
}

# stop [SIGNAL]: and the exit status of the gateway.
stop()
{
	local pid=$gateway_pid
	[ -n "$pid" ] || return 0
	gateway_pid=
	kill "-${1:-TERM}" "$pid" 2>/dev/null
	wait "$pid"
}

# wait_for CONDITION [TENTHS]: until the shell text is true.
wait_for()
{
	local i
	for ((i = 0; i < ${2:-100}; i++)); do
		eval "$1" 2>/dev/null && return 0
		sleep 0.1
	done
	echo "waited in vain for: $1"
	return 1
}

# ask ARGUMENT…: curl; leaves $status_code, $body and the file $home/head.
ask()
{
	: >"$home/body"
	status_code=$(curl -sS -o "$home/body" -D "$home/head" -w '%{http_code}' "$@") || return 1
	body=$(tr -d '\0' <"$home/body")
}

post() # PATH JSON [ARGUMENT…]
{
	local path=$1 json=$2
	shift 2
	ask -H 'Content-Type: application/json' --data-binary "$json" "$@" "$url$path"
}

header() # NAME
{
	sed -n "s/^$1: *//Ip" "$home/head" | tr -d '\r'
}

# is VALUE WANTED, with words when it is not.
is()
{
	[ "$1" = "$2" ] || { printf 'got:    %s\nwanted: %s\n' "$1" "$2"; return 1; }
}

# problem STATUS TYPE: the last answer is this problem document.
problem()
{
	is "$status_code" "$1" && is "$(header content-type)" application/problem+json &&
		is "$(jq -r .type <<<"$body")" "urn:ioc:problem:$2" &&
		is "$(jq -r .status <<<"$body")" "$1" &&
		is "$(jq -r '[.title, .detail, .retry] | map(. != null) | all' <<<"$body")" true
}

# all_items KIND: every item of the feed, one a line, page by page.
all_items()
{
	local after='' page
	while :; do
		page=$(curl -sSf "$url/v1/$1/changes?limit=${2:-1000}&after=$after") || return 1
		jq -c '.items[]' <<<"$page"
		after=$(jq -r .next <<<"$page")
		[ "$(jq .more <<<"$page")" = true ] || break
	done
}

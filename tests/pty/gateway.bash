# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A terminal beside a gateway of the test's own.  Tests say `load gateway`.

load pty

teardown()
{
	stop_gateway
	pty_teardown
}

stop_gateway()
{
	[ -z "${gateway_pid:-}" ] || kill "$gateway_pid" 2>/dev/null || true
}

# start_gateway [OPTION…]: on $port where that is known, else on a free one, which it is then.
start_gateway()
{
	[ -x "$builddir/ioc-gateway" ] || skip "this build has no gateway"
	command -v curl >/dev/null || skip "curl is not installed"
	rm -f "$IOC_HOME/port" # of one that was killed
	"$builddir/ioc-gateway" --listen "127.0.0.1:${port:-0}" --db "$IOC_HOME/gateway.db" \
		--port-file "$IOC_HOME/port" "$@" >"$IOC_HOME/gateway.log" 2>&1 3>&- &
	gateway_pid=$!
	wait_until test -s "$IOC_HOME/port"
	port=$(cat "$IOC_HOME/port")
	complaints=http://127.0.0.1:$port/v1/complaints
}

# follow_gateway [LINE…]: the profile's only source is it; lines go to config.yaml.
follow_gateway()
{
	rm -f "$IOC_HOME"/cache/cache.db*
	[ $# -eq 0 ] || printf '%s\n' "$@" >>"$IOC_HOME/config/config.yaml"
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	sources:
	  - name: son-la
	    connector: native
	    base_url: http://127.0.0.1:$port
	END
}

# post JSON: a complaint.
post()
{
	curl -sf -o /dev/null -H 'Content-Type: application/json' -d "$1" "$complaints"
}

# of CODE FILTER: what the gateway has of it.
of()
{
	curl -s "$complaints/$1" | jq -r "$2"
}

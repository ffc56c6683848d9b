# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A private profile, and the programs just built.  Tests say `load common`.

load "${BASH_SOURCE[0]%/*}/refute"

common_setup()
{
	IOC_HOME=$(mktemp -d "${TMPDIR:-/tmp}/ioc-test.XXXXXX")
	export IOC_HOME
	# shellcheck disable=SC2154 # of the environment
	PATH=$builddir:$PATH
	unset SSH_CONNECTION LANGUAGE IOC_PROFILE
	mkdir -m 700 "$IOC_HOME/config" "$IOC_HOME/cache" "$IOC_HOME/state" "$IOC_HOME/run"
	printf 'title: IOC Sơn La\nlanguage: en\n' >"$IOC_HOME/config/config.yaml"
}

common_teardown()
{
	stop_writer
	rm -rf "$IOC_HOME"
}

setup()
{
	common_setup
}

teardown()
{
	common_teardown
}

# Ends the writer of this profile, if one runs: by the number in its own greeting.
stop_writer()
{
	[ -S "$IOC_HOME/run/sync.sock" ] || return 0
	writer_pid=$("$builddir/tests/cli/control" "$IOC_HOME/run/sync.sock" '{"command":"stop","id":1}' |
		sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')
	[ -n "$writer_pid" ] || return 0
	wait_until ! kill -0 "$writer_pid"
}

# fill [COUNT]: a cache with so many complaints (20).
fill()
{
	"$builddir/tests/cli/fill" "$IOC_HOME/cache/cache.db" "$@"
}

# wait_until COMMAND…: at most ten seconds.
wait_until()
{
	local i
	for ((i = 0; i < 200; i++)); do
		if [ "$1" = ! ]; then
			"${@:2}" 2>/dev/null || return 0
		else
			"$@" 2>/dev/null && return 0
		fi
		sleep 0.05
	done
	echo "waited in vain for: $*" >&2
	return 1
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later

load common

level_of()
{
	jq -r --arg area "$1" '[.[] | select(.area == $area) | .level] | unique | join(",")' <<<"$output"
}

@test "a new profile: says what is missing and what to do" {
	rm "$IOC_HOME/config/config.yaml"
	run ioc doctor
	[ "$status" -eq 1 ]
	[[ $output == *"there is no configuration"* ]] || [[ $output == *"config.yaml"* ]]
	[[ $output == *"→"* ]]
}

@test "a wrong line of the configuration is named" {
	printf 'title: x\nthem: dark\n' >"$IOC_HOME/config/config.yaml"
	run ioc doctor --json
	[ "$status" -eq 1 ]
	[[ $output == *"config.yaml:2:"* ]]
	[ "$(level_of config)" = problem ]
}

@test "all is well: the folders, the cache, the connector" {
	fill
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	sources:
	  - name: son-la
	    connector: native
	    base_url: http://127.0.0.1:9
	END
	run ioc doctor --json
	[ "$(level_of config)" = ok ]
	[ "$(level_of connectors)" = ok ]
	[ "$(level_of folders)" = ok ]
	[ "$(level_of cache)" = ok ]
	[ "$(level_of looks)" = ok ]
}

@test "an unknown connector and an open secret are found" {
	echo secret >"$IOC_HOME/token"
	chmod 644 "$IOC_HOME/token"
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	sources:
	  - name: a
	    connector: nonsense
	    token_file: $IOC_HOME/token
	END
	run ioc doctor --json
	[ "$status" -eq 1 ]
	[ "$(level_of connectors)" = problem,warning ]
}

@test "what is wrong inside a connector is told with its place" {
	mkdir -p "$IOC_HOME/config/sources"
	printf 'resources:\n  - {kind: call, request: {path: /a}, mapp: .x}\n' \
		>"$IOC_HOME/config/sources/mine.yaml"
	cat >>"$IOC_HOME/config/config.yaml" <<-END
	sources:
	  - {name: a, connector: mine, base_url: "http://127.0.0.1:9"}
	END
	run ioc doctor --json
	[ "$status" -eq 1 ]
	[[ $output == *"mine.yaml:2:"*mapp*map* ]]
	run "$builddir/ioc-sync" --check
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 1 ]
}

@test "folders that others may enter are found" {
	fill
	chmod 755 "$IOC_HOME/state"
	run ioc doctor --json
	[ "$(level_of folders)" = ok,warning ]
}

@test "a damaged cache is found" {
	fill 200
	dd if=/dev/urandom of="$IOC_HOME/cache/cache.db" bs=4096 seek=2 count=8 conv=notrunc status=none
	run ioc doctor --json
	[ "$status" -eq 1 ]
	[ "$(level_of cache)" = problem ]
}

@test "a missing theme and a wrong key are found" {
	printf 'title: x\ntheme: nonsense\n' >"$IOC_HOME/config/config.yaml"
	echo 'bind nowhere x quit' >"$IOC_HOME/config/keys"
	run ioc doctor --json
	[ "$(level_of looks)" = problem,warning ]
}

@test "wrong words" {
	run ioc doctor everything
	[ "$status" -eq 2 ]
}

@test "rules of deadlines that are wrong are named with their place" {
	run ioc doctor --json
	[ "$(level_of deadlines)" = ok ]
	printf 'rules:\n- {kind: complait}\n' >"$IOC_HOME/config/deadlines.yaml"
	run ioc doctor --json
	[ "$(level_of deadlines)" = problem ]
	[[ $output == *'deadlines.yaml:2:10: unknown kind'*'did you mean'*complaint* ]]
}

@test "a reply with a field that does not exist is named with its place" {
	run ioc doctor --json
	[ "$(level_of replies)" = ok ]
	printf 'replies:\n- title: a\n  text: |\n    one\n    {untit}\n' >"$IOC_HOME/config/replies.yaml"
	run ioc doctor --json
	[ "$(level_of replies)" = problem ]
	[[ $output == *'replies.yaml:5:'*'{untit}; did you mean {unit}'* ]]
}

@test "a wrong view is named with its place" {
	printf 'views:\n  - name: a\n    kind: call\n    filter: is:opn\n' >"$IOC_HOME/config/views.yaml"
	run ioc doctor --json
	[ "$(level_of views)" = problem ]
	[[ $output == *"views.yaml:4:"* ]]
	printf 'views:\n  - name: a\n    filter: is:open\n    key: <nokey>\n' >"$IOC_HOME/config/views.yaml"
	run ioc doctor --json
	[ "$(level_of views)" = problem ]
	[[ $output == *"views.yaml:2: "*"nokey"* ]]
	printf 'views: shared.yaml\n' >>"$IOC_HOME/config/config.yaml"
	rm "$IOC_HOME/config/views.yaml"
	run ioc doctor --json
	[[ $output == *"shared.yaml"* ]]
	printf 'views:\n  - name: a\n    filter: is:open\n    key: zz\n' >"$IOC_HOME/config/shared.yaml"
	run ioc doctor --json
	[ "$(level_of views)" = ok ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Saved views, through the whole console and its files.

load common

play()
{
	cat >"$IOC_HOME/script"
	run ioc --no-sync --clock 2026-11-21T12:00:00+07:00 --script "$IOC_HOME/script" "$@"
}

own()
{
	echo "$IOC_HOME/config/views.yaml"
}

@test "a view is saved into the operator's file and is there at the next start" {
	fill
	printf '# mine\nviews:\n  - name: a  # first\n    filter: is:open\n' >"$(own)"
	play <<-END
	command tab 2
	wait PA-00001
	command filter code:PA-00007
	gone PA-00001
	command view-save Đường ngang
	wait saved
	END
	[ "$status" -eq 0 ]
	[ "$(head -n 4 "$(own)")" = "$(printf '# mine\nviews:\n  - name: a  # first\n    filter: is:open')" ]
	grep -q 'name: "Đường ngang"' "$(own)"
	[ "$(stat -c %a "$(own)")" = 644 ] || [ "$(stat -c %a "$(own)")" = 664 ]
	play <<-END
	command tab 2
	wait PA-00001
	command view duong ngang
	gone PA-00001
	wait PA-00007
	wait Đường ngang
	END
	[ "$status" -eq 0 ]
}

@test "a damaged file is told and left as it is" {
	fill
	printf 'views:\n  - nome: a\n' >"$(own)"
	cp "$(own)" "$IOC_HOME/before"
	play <<-END
	wait views.yaml:2:
	command tab 2
	wait PA-00001
	command view-save b
	wait views.yaml:2:
	END
	[ "$status" -eq 0 ]
	cmp "$(own)" "$IOC_HOME/before"
}

@test "a link to the file stays a link" {
	fill
	printf 'views:\n' >"$IOC_HOME/elsewhere.yaml"
	ln -s "$IOC_HOME/elsewhere.yaml" "$(own)"
	play <<-END
	command tab 2
	wait PA-00001
	command view-save b
	wait saved
	END
	[ "$status" -eq 0 ]
	[ -L "$(own)" ]
	grep -q '"b"' "$IOC_HOME/elsewhere.yaml"
}

@test "what the centre shares is there, and one's own goes before it" {
	fill
	printf 'views: shared.yaml\n' >>"$IOC_HOME/config/config.yaml"
	printf 'views:\n  - name: one\n    filter: code:PA-00003\n    key: zz\n' >"$IOC_HOME/config/shared.yaml"
	play <<-END
	command tab 2
	wait PA-00001
	keys zz
	gone PA-00001
	wait PA-00003
	END
	[ "$status" -eq 0 ]
	printf 'views:\n  - name: one\n    filter: code:PA-00005\n' >"$(own)"
	play <<-END
	command tab 2
	wait PA-00001
	command view one
	gone PA-00001
	wait PA-00005
	END
	[ "$status" -eq 0 ]
}

@test "columns, bookmarks and records seen are there at the next start" {
	fill
	play <<-END
	command tab 2
	wait PA-00001
	command column-right
	command filter code:PA-00007
	gone PA-00001
	keys mx<Enter>
	wait PA-00007
	END
	[ "$status" -eq 0 ]
	jq -e '."columns/complaint" and ."bookmark/x".words == "code:PA-00007"' "$IOC_HOME/state/screens.json"
	[ "$(stat -c %a "$IOC_HOME/state/screens.json")" = 600 ]
	play <<-END
	keys 'x
	wait PA-00007
	END
	[ "$status" -eq 0 ]
}

@test "a damaged memory of the screens is told and left as it is" {
	fill
	printf '{"recent": [' >"$IOC_HOME/state/screens.json"
	play <<-END
	wait screens.json
	command tab 2
	wait PA-00001
	keys mx
	wait bookmark x is here
	END
	[ "$status" -eq 0 ]
	[ "$(cat "$IOC_HOME/state/screens.json")" = '{"recent": [' ]
}

@test "what a view shows on screen, a verb prints" {
	fill
	printf 'views:\n  - name: Hai mã\n    kind: complaint\n    filter: code:PA-00003,PA-00007\n    sort: -code\n' >"$(own)"
	run ioc export complaints --view 'hai ma' --columns code --no-header
	[ "$status" -eq 0 ]
	[ "$output" = "$(printf 'PA-00007\nPA-00003')" ]
	run ioc export complaints --view 'hai ma' --sort code --filter 'code:PA-00007' --columns code --no-header
	[ "$output" = PA-00007 ]
	[ "$(ioc count complaints --view 'hai ma')" -eq 2 ]
	[ "$(ioc count complaints --view open)" -eq "$(ioc count complaints --filter is:open)" ]
	run ioc count complaints --view nosuch
	[ "$status" -ne 0 ]
	[[ $output == *nosuch* ]]
	[ "$(ioc views complaints --json | jq -r '.[] | select(.name == "Hai mã") | .filter')" = code:PA-00003,PA-00007 ]
	ioc views | grep -q 'is:late'
	refute grep -q review <(ioc views complaints)
}

@test "other consoles see what is changed, and a mistake leaves what was there" {
	fill
	printf 'views:\n  - {name: hai, kind: complaint, filter: "code:PA-00002", key: x}\n' >"$(own)"
	cat >"$IOC_HOME/watching" <<-END
	command tab 2
	wait PA-00001
	keys x
	gone PA-00001
	wait PA-00002
	dump $IOC_HOME/first
	wait read again
	command view bay
	wait PA-00007
	dump $IOC_HOME/second
	wait views.yaml:1:
	command view hai
	wait PA-00002
	dump $IOC_HOME/third
	wait read again
	command view open
	wait PA-00001
	keys x
	gone PA-00002
	END
	ioc --no-sync --clock 2026-11-21T12:00:00+07:00 --script "$IOC_HOME/watching" \
		>"$IOC_HOME/out" 2>&1 3>&- &
	local watching=$!
	wait_until test -s "$IOC_HOME/first"
	cat >>"$(own)" <<<'  - {name: bảy, kind: complaint, filter: "code:PA-00007"}'
	wait_until test -s "$IOC_HOME/second"
	echo 'views: [nome: a]' >"$(own)"
	wait_until test -s "$IOC_HOME/third"
	rm "$(own)"
	wait "$watching" || {
		cat "$IOC_HOME/out"
		return 1
	}
}

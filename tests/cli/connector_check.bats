# SPDX-License-Identifier: GPL-3.0-or-later
# What the author of a connector is told about its mistakes.  UPDATE=1 rewrites the goldens: read
# them as somebody who sees the message for the first time.

load sync.bash

setup() {
	sync_setup
	export IOC_DATA_DIR=$srcdir/data IOC_EXEC_DIR=$builddir IOC_LOCALE_DIR=$builddir/po
	fixtures=$srcdir/tests/fixtures/connectors
}

ioc() {
	"$builddir/ioc" "$@"
}

# golden NAME: what the last run printed is this file.  Lists of all there is may grow.
golden() {
	output=$(sed -E 's/(: (kind|paging|method) .*(one of|là một trong): |\? \().*$/\1…/' <<<"$output")
	[ -z "${UPDATE:-}" ] || printf '%s\n' "$output" >"$fixtures/$1"
	diff -u "$fixtures/$1" <(printf '%s\n' "$output")
}

@test "every usual mistake is explained, with its line and a caret" {
	cd "$fixtures/mistakes"
	run ioc -l en connector check ./*.yaml
	[ "$status" -eq 1 ]
	golden mistakes.en.txt
}

@test "the same in Vietnamese" {
	cd "$fixtures/mistakes"
	run ioc -l vi connector check ./*.yaml
	[ "$status" -eq 1 ]
	golden mistakes.vi.txt
	refute grep -E 'stands? here|did you mean|must be|warning' <<<"$output"
}

@test "mistakes as JSON: file, place, level and message" {
	run ioc connector check --json "$fixtures/mistakes/14-state.yaml" "$fixtures/mistakes/01-key.yaml"
	[ "$status" -eq 1 ]
	[ "$(jq -r '.[] | "\(.line):\(.column) \(.level)"' <<<"$output")" = $'20:51 warning\n6:1 error' ]
}

@test "shipped connectors have neither mistakes nor warnings" {
	for file in "$srcdir"/data/connectors/*.yaml; do
		run ioc connector check "$file"
		echo "$output"
		[ "$status" -eq 0 ]
		[ "${#lines[@]}" -eq 1 ]
	done
}

@test "a connector is found by its name, and a near name is suggested" {
	run ioc connector check native
	[ "$status" -eq 0 ]
	run ioc -l en connector check natve
	[ "$status" -eq 2 ]
	[[ $output == *'did you mean "native"?'* ]]
}

@test "without a name, one's own are checked" {
	cp "$fixtures/mistakes/00-good.yaml" "$IOC_HOME/config/sources/mine.yaml"
	run ioc -l en connector check
	[ "$status" -eq 0 ]
	[[ $output == *'mine.yaml: in order'* ]]
	run ioc -l en connector list
	[[ ${lines[*]} == *mine*yours* ]]
	[[ ${lines[*]} == *native*shipped* ]]
}

@test "an option that does not belong to a part is refused" {
	run ioc -l en connector check --record x native
	[ "$status" -eq 2 ]
	[[ $output == *'--record does not go with check'* ]]
	run ioc -l en connector chek native
	[ "$status" -eq 2 ]
	[[ $output == *'did you mean check?'* ]]
}

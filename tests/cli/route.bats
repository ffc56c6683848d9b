#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# ioc route on the demo's records, beside what ioc count says about the same ones.
# shellcheck disable=SC2154

load city

setup() {
	PATH=$builddir:$PATH
	rules=$BATS_TEST_TMPDIR/rules.yaml
	cat > "$rules" <<-'RULES'
		rules:
		  - {name: waste, filter: 'category:rac-thai', unit: MTDT}
		  - {name: power, filter: 'category:dien -"đèn"', unit: DLSL, note: urgent}
		  - {name: order, filter: 'category:rac-thai,an-ninh area:03646', unit: CA-03646}
	RULES
}

count() {
	ioc count complaints --filter "$1"
}

# of RULE FIELD: from the JSON in $output.
of() {
	jq -r --arg rule "$1" ".rules[] | select(.name == \$rule) | .$2" <<<"$output"
}

@test "counts what each rule would have done, as counting by hand does" {
	run ioc route test complaints --rules "$rules" --json
	[ "$status" -eq 0 ]
	[ "$(jq .records <<<"$output")" = 423 ]
	[ "$(jq .given <<<"$output")" = "$(count unit:any)" ]
	# 30 about waste: 18 went to MTDT, 10 to the wards, 2 nowhere yet.
	[ "$(of waste caught)" = 30 ]
	[ "$(of waste agree)" = 18 ]
	[ "$(of waste differ)" = 10 ]
	[ "$(of waste given)" = 28 ]
	[ "$(of waste agree)" = "$(count 'category:rac-thai unit:MTDT')" ]
	[ "$(of power caught)" = "$(count 'category:dien -"đèn"')" ]
	[ "$(of power agree)" = "$(count 'category:dien -"đèn" unit:DLSL')" ]
	# The third is beaten to what the first decides.
	[ "$(of order matched)" = "$(count 'category:rac-thai,an-ninh area:03646')" ]
	[ "$(of order caught)" = "$(count 'category:an-ninh area:03646')" ]
	[ "$(jq .uncaught.records <<<"$output")" = \
		"$(count '-(category:rac-thai or (category:dien -"đèn") or (category:an-ninh area:03646))')" ]
}

@test "names the units that people gave instead, with some codes" {
	run ioc route test --rules "$rules" --json
	# Ten in two wards, as units are today.
	[ "$(jq '[.differences[] | select(.rule == "waste") | .count] | add' <<<"$output")" = 10 ]
	code=$(jq -r '[.differences[] | select(.rule == "waste")][0].codes[0]' <<<"$output")
	[ "$(count "code:$code category:rac-thai -unit:MTDT")" = 1 ]
	run ioc route test --rules "$rules"
	[ "$status" -eq 0 ]
	[[ $output == *"Where people decided otherwise"* ]]
	[[ $output == *waste*64,29%* || $output == *waste*64.29%* ]]
}

@test "only what came since, and only what matches" {
	run ioc route test complaints --rules "$rules" --json -F 'area:03646'
	[ "$(jq .records <<<"$output")" = "$(count area:03646)" ]
	run ioc route test complaints --rules "$rules" --json --since 2026-11-20
	[ "$(jq .records <<<"$output")" = "$(count 'created_at>=2026-11-20')" ]
	run ioc route test complaints --rules "$rules" --json -F 'area:'
	[ "$status" -eq 2 ]
}

@test "points: the unit with the most decides" {
	cat > "$rules" <<-'RULES'
		match: scored
		least: 3
		rules:
		  - {name: waste, filter: 'category:rac-thai', unit: MTDT, score: 3}
		  - {name: ward, filter: 'area:03646', unit: UB-03646, score: 2}
		  - {name: again, filter: 'category:rac-thai', unit: UB-03646, score: 2}
	RULES
	run ioc route test complaints --rules "$rules" --json
	[ "$(of waste caught)" = "$(count 'category:rac-thai -area:03646')" ]
	[ "$(of ward caught)" = "$(count 'category:rac-thai area:03646')" ]
	[ "$(of again caught)" = 0 ]
}

@test "says about one record which rule decides, and which were tried" {
	code=$(ioc export complaints --filter 'category:rac-thai area:03646 unit:MTDT' --format ndjson \
		--limit 1 | jq -r .code)
	run ioc route show "$code" --rules "$rules"
	[ "$status" -eq 0 ]
	[[ $output == *"by the rule \"waste\" (line 2, suggests)"* ]]
	[[ $output == *"matches too"* ]]
	[[ $output == *"does not match"* ]]
	run ioc route show "$code" --rules "$rules" --json
	[ "$(jq -r .rule <<<"$output")" = waste ]
	[ "$(jq -r .fields.unit <<<"$output")" = MTDT ]
	[ "$(jq -c '[.tried[] | .matches]' <<<"$output")" = '[true,false,true]' ]
	run ioc route show PA-99999 --rules "$rules"
	[ "$status" -eq 3 ]
}

@test "all that is wrong with a file is told at once, with its place" {
	printf 'mode: never\nrules:\n  - {name: a, filter: "categori:x", unit: XXX}\n  - {unit: MTDT}\n' >"$rules"
	run ioc route test --rules "$rules"
	[ "$status" -eq 1 ]
	[[ $output == *"rules.yaml:1:7: "* ]]
	[[ $output == *"rules.yaml:3:24: "*category* ]]
	[[ $output == *"rules.yaml:3:43: "*XXX* ]]
	[[ $output == *"rules.yaml:4:6: "*name* ]]
	cp "$rules" "$IOC_HOME/config/routing.yaml"
	run ioc doctor --json
	rm "$IOC_HOME/config/routing.yaml"
	[ "$(jq '[.[] | select(.area == "routing" and .level == "problem")] | length' <<<"$output")" = 4 ]
}

@test "a unit that was merged is named with the one that follows" {
	old=$(ioc export units --filter 'valid_to<2026-01-01 successor:any' --format ndjson | jq -r .code |
		while read -r c; do [ "$(ioc count units --filter "code:$c")" = 1 ] && echo "$c"; done | head -n 1)
	[ -n "$old" ]
	printf 'rules:\n  - {name: a, unit: %s}\n' "$old" >"$rules"
	run ioc route check --rules "$rules"
	[ "$status" -eq 1 ]
	[[ $output == *"is no more"* || $output == *"was divided"* ]]
}

@test "the shipped rules are none, those of the demo are sound and mostly agree" {
	run ioc route check --json
	[ "$(jq -r .mode <<<"$output")" = off ]
	[ "$(jq '.rules | length' <<<"$output")" = 0 ]
	run ioc route test --rules "$srcdir/data/demo/routing.yaml" --json
	[ "$status" -eq 0 ]
	[ "$(jq '([.rules[].agree] | add) * 100 / .given > 75' <<<"$output")" = true ]
}

@test "wrong words" {
	run ioc route tset
	[ "$status" -eq 2 ]
	run ioc route test dossiers --rules "$rules"
	[ "$status" -eq 2 ]
	run ioc route show
	[ "$status" -eq 2 ]
	run ioc route test --rules /nowhere/rules.yaml
	[ "$status" -eq 1 ]
}

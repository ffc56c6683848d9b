#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The filter language gives the same rows wherever it is written, and every wrong filter is
# explained.  The corpus: tests/corpus/filters.

load common

corpus=$BATS_TEST_DIRNAME/../corpus/filters
clock=2026-11-21T12:00:00+07:00

setup()
{
	common_setup
	printf 'language: en\noperators:\n  - user: %s\n    name: Lò Thị Mai\n    unit: KT\n    roles: [shift-leader]\n' \
		"$(id -un)" >"$IOC_HOME/config/config.yaml"
	"$builddir/tests/corpus/load" "$IOC_HOME/cache/cache.db" "$corpus/records.tsv"
}

# Each line of the corpus: $kind, $filter and $expected, codes in order parted by blanks.
each_right()
{
	local kind filter expected failed=0
	while IFS=$'\t' read -r kind filter expected; do
		[ "$expected" != - ] || expected=
		"$1" "$kind" "$filter" "$expected" || {
			failed=1
			echo "$kind $filter: wanted '$expected', got '$got'"
		}
	done < <(sed 's/\t\t/\t \t/; s/\t$/\t-/' "$corpus/right.tsv")
	return "$failed"
}

exported()
{
	got=$(ioc --clock "$clock" export "$1" -F "$2" -c code --no-header 2>&1 | sort | paste -sd' ')
	[ "$got" = "$3" ]
}

counted()
{
	got=$(ioc --clock "$clock" count "$1" -F "$2" 2>&1)
	[ "$got" = "$(wc -w <<<"$3")" ]
}

@test "every right filter exports the rows that it means" {
	each_right exported
}

@test "every right filter counts them" {
	each_right counted
}

# What the console must show, and what not, for each filter of complaints.
script()
{
	local kind filter expected code
	printf 'command tab 2\ncommand view all\n'
	while IFS=$'\t' read -r kind filter expected; do
		[ "$kind" = complaint ] || continue
		printf 'command filter %s\n' "$filter"
		for code in $(cut -f3 "$corpus/right.tsv" | grep -o 'PA-[0-9]*' | sort -u); do
			if [[ $expected == *$code* ]]; then
				echo "wait $code"
			elif [[ $filter != *$code* ]]; then # the filter is on screen too
				echo "gone $code"
			fi
		done
	done < <(sed 's/\t\t/\t \t/; s/\t$/\t-/' "$corpus/right.tsv")
}

@test "every right filter shows them on screen" {
	script >"$IOC_HOME/script"
	run ioc --no-sync --clock "$clock" --size 120x40 --script "$IOC_HOME/script"
	echo "$output" | tail -50
	[ "$status" -eq 0 ]
}

# The codes of each list that line mode tells, in order, one list a line.
told_codes()
{
	awk '
		/^Complaints, All:/ { if (lists++) print codes; codes = "" }
		/^[0-9]+ / && match($0, /PA-[0-9]+/) {
			codes = codes " " substr($0, RSTART, RLENGTH)
		}
		END { print codes }' | while read -r codes; do
		xargs -n1 <<<"$codes" | sort | paste -sd' '
	done
}

@test "every right filter tells them in line mode" {
	{
		printf 'tab 2\nview all\n'
		awk -F'\t' '$1 == "complaint" && $2 != "" { print "filter " $2 }' "$corpus/right.tsv"
	} >"$IOC_HOME/lines"
	ioc --clock "$clock" shell --no-sync --page-size 60 <"$IOC_HOME/lines" 2>&1 |
		told_codes | tail -n +2 >"$IOC_HOME/told"
	awk -F'\t' '$1 == "complaint" && $2 != "" { print $3 }' "$corpus/right.tsv" |
		sed 's/^-$//' >"$IOC_HOME/wanted"
	[ "$(wc -l <"$IOC_HOME/wanted")" -gt 150 ]
	diff "$IOC_HOME/wanted" "$IOC_HOME/told"
}

# The line of the mark, as characters: where it stands.
place_of_mark()
{
	local mark=${1##*$'\n'}
	echo $((${#mark} - 4))
}

explained()
{
	local kind filter at said failed=0 output
	sed -i "s/^language: .*/language: $1/" "$IOC_HOME/config/config.yaml"
	while IFS=$'\t' read -r kind filter at english vietnamese; do
		said=$english
		[ "$1" = en ] || said=$vietnamese
		output=$(ioc --clock "$clock" count "$kind" -F "$filter" 2>&1) && {
			failed=1
			echo "$kind $filter was taken"
		}
		if [[ $output != *": $said"* ]] || [ "$(place_of_mark "$output")" -ne "$at" ]; then
			failed=1
			echo "$kind $filter: wanted $at: $said, got: $output"
		fi
	done <"$corpus/wrong.tsv"
	return "$failed"
}

@test "every wrong filter is explained in English, at its place" {
	explained en
}

@test "every wrong filter is explained in Vietnamese, at its place" {
	explained vi
}

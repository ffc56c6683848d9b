#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# compare.sh URL CACHE.DB [PLURAL…]: whether the cache holds what the gateway has, record for
# record: the same ids with the same versions.  Needs curl, jq and sqlite3.
set -eu
url=$1
cache=$2
shift 2
[ $# -gt 0 ] || set -- areas units categories cameras procedures complaints dossiers calls alerts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# there PLURAL: "id version" of every live record of the gateway, sorted.
there() {
	cursor=''
	while :; do
		curl -sfG --data-urlencode "after=$cursor" --data limit=1000 \
			"$url/v1/$1/changes" >"$work/page"
		jq -r '.items[] | [.id, .version, (.deleted // false)] | @tsv' "$work/page"
		[ "$(jq .more "$work/page")" = true ] || break
		cursor=$(jq -r .next "$work/page")
	done | awk -F '\t' '{ v[$1] = $2; gone[$1] = $3 }
		END { for (id in v) if (gone[id] != "true") print id "\t" v[id] }' | LC_ALL=C sort
}

# here PLURAL: the same of the cache.
here() {
	kind=$(jq -rn --arg p "$1" '{categories: "category"}[$p] // $p[:-1]')
	sqlite3 -readonly -separator '	' "$cache" \
		"SELECT ext_id, version FROM $kind NOT INDEXED" | LC_ALL=C sort
}

for plural; do
	there "$plural" >"$work/there"
	here "$plural" >"$work/here"
	if ! cmp -s "$work/there" "$work/here"; then
		failed=1
		echo "$plural differ: $(wc -l <"$work/there") there, $(wc -l <"$work/here") here"
		diff "$work/there" "$work/here" | head -n 5
	fi
done
exit $failed

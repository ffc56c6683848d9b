#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Every state, action and role, asked of a living gateway, against the tables of the console.

load gateway_helper

teardown() { stop; }

# tokens: one for each role, and one to write with.
tokens() {
	local role
	echo '- {name: desk, token: token-of-the-desk-1, rights: ["read:*", "write:*"]}'
	for role in operator shift-leader unit manager admin auditor; do
		echo "- {name: $role, token: \"token-of-role-$role\", unit: CATP, rights: [\"read:*\", \"act:$role\"]}"
	done
}

# transfers: what curl does, of lines KIND ID ROLE STATUS BODY.
transfers() {
	awk -F '\t' -v url="$url" -v q='"' '{
		gsub(/[\\"]/, "\\\\&", $5)
		if (NR > 1) print "next"
		print "url = " q url "/v1/" $1 "/" $2 "/actions" q
		print "silent\noutput = /dev/null"
		print "write-out = " q "%{http_code}\\n" q
		print "header = " q "Authorization: Bearer token-of-role-" $3 q
		print "header = " q "Idempotency-Key: k" NR q
		print "header = " q "Content-Type: application/json" q
		print "data = " q $5 q
	}'
}

@test "what the tables allow is done, and nothing else, in every state and by every role" {
	tokens >"$home/tokens.yaml"
	chmod 600 "$home/tokens.yaml"
	start --tokens "$home/tokens.yaml"
	"$builddir/tests/cli/actions" asks >"$home/asks"
	[ "$(wc -l <"$home/asks")" -gt 1000 ]
	for kind in $(curl -sS -H 'Authorization: Bearer token-of-the-desk-1' "$url/v1/meta" |
		jq -r '.kinds[] | select(.actions | length > 0) | [.id, .plural] | join(":")'); do
		"$builddir/tests/cli/actions" records "${kind%:*}" >"$home/records"
		curl -sSf -o /dev/null -H 'Content-Type: application/x-ndjson' \
			-H 'Authorization: Bearer token-of-the-desk-1' \
			--data-binary "@$home/records" "$url/v1/${kind#*:}"
	done
	transfers <"$home/asks" >"$home/transfers"
	curl --config "$home/transfers" >"$home/got"
	cut -f 4 "$home/asks" >"$home/wanted"
	[ "$(sort -u "$home/wanted" | paste -sd ' ')" = '200 403 409' ]
	paste "$home/got" "$home/asks" | awk '$1 != $5' >"$home/differ"
	head -20 "$home/differ"
	[ ! -s "$home/differ" ]
}

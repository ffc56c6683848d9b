#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The running gateway answers as openapi.yaml says: every path, every method.

load gateway_helper

setup()
{
	"$builddir/tests/cli/yaml2json" "$srcdir/data/openapi.yaml" >"$home/api.json"
	cp "$srcdir/tests/cli/openapi.jq" "$home/"
	cat >"$home/tokens.yaml" <<-END
		- {name: all, token: token-for-everything, rights: ["read:*", "write:*", "act:*", metrics]}
		- {name: none, token: token-for-nothing-at-all, rights: []}
		- {name: robot, client_id: robot, client_secret: a-secret-for-robots, rights: []}
	END
	chmod 600 "$home/tokens.yaml"
	start --tokens "$home/tokens.yaml"
	all=(-H 'Authorization: Bearer token-for-everything')
}
teardown() { stop; }

# api PROGRAM [ARGUMENT…]: jq with the questions above and the description as $api.
api()
{
	local program=$1
	shift
	jq -L "$home" --argfile api "$home/api.json" "include \"openapi\"; $program" "$@"
}

# Lines "METHOD PATH ADDRESS" of all operations; reading and adding before deleting.
operations()
{
	api 'operations | [.method, .path, address($api)] | @tsv' -r "$home/api.json" |
		sort -t$'\t' -k1,1r -k2,2
}

# call METHOD ADDRESS CONTENT-TYPE BODY [ARGUMENT…]
call()
{
	local method=$1 address=$2 type=$3 data=$4
	shift 4
	[ -z "$type" ] || set -- "$@" -H "Content-Type: $type" --data-binary "$data"
	# a stream never ends by itself
	status_code=$(curl -sS -o "$home/body" -D "$home/head" -w '%{http_code}' -X "$method" \
		--max-time "$([[ $address == /v1/stream* ]] && echo 0.3 || echo 10)" "$@" \
		"$url$address") || [[ $address == /v1/stream* ]]
}

# described METHOD PATH: the answer's status, media type and members are the described ones.
described()
{
	local type
	type=$(header content-type | cut -d';' -f1)
	api '
		($api.paths[$path][$method | ascii_downcase].responses[$status] | resolve($api)) as $answer
		| if $answer == null then "status \($status) is not described"
		  elif $answer.content == null then empty
		  elif $answer.content[$type] == null then "media type \($type) is not described"
		  elif ($type | test("json$")) and ($type != "application/x-ndjson")
		  then $body[0] | faults($api; $answer.content[$type].schema; "answer")
		  else empty end' \
		-nr --arg method "$1" --arg path "$2" --arg status "$status_code" --arg type "$type" \
		--slurpfile body <([[ $type == *json ]] && cat "$home/body" || echo null) >"$home/faults"
	[ ! -s "$home/faults" ] || { echo "$1 $2: $status_code"; cat "$home/faults"; return 1; }
}

# Types of the bodies that an operation takes, with an example, one "TYPE<tab>BODY" a line.
bodies()
{
	api '$api.paths[$path][$method | ascii_downcase].requestBody.content // {"": {}}
		| to_entries[] | [.key, .value.example // ""] | @tsv' \
		-nr --arg method "$1" --arg path "$2"
}

@test "every operation answers its example with success, as described" {
	count=0
	while IFS=$'\t' read -r method path address; do
		while IFS=$'\t' read -r type data; do
			call "$method" "$address" "$type" "$data" "${all[@]}" \
				-H "Idempotency-Key: example-$count"
			[[ $status_code == 2* ]] ||
				{ echo "$method $address: $status_code"; cat "$home/body"; false; }
			described "$method" "$path"
			count=$((count + 1))
		done < <(bodies "$method" "$path")
	done < <(operations)
	is "$count" "$(api '[operations | (.operation.requestBody.content // {"": 1}) | length] | add' "$home/api.json")"
}

@test "every guarded operation refuses strangers and the unentitled, as described" {
	guarded=0
	while IFS=$'\t' read -r method path address; do
		IFS=$'\t' read -r type data < <(bodies "$method" "$path")
		open=$(api '$api.paths[$path][$method | ascii_downcase] | has("security")' -n \
			--arg path "$path" --arg method "$method")
		call "$method" "$address" "$type" "$data"
		if [ "$open" = true ]; then
			[[ $status_code == 2* ]]
			continue
		fi
		is "$status_code" 401
		described "$method" "$path"
		[ "$path" != /v1/meta ] || continue
		call "$method" "$address" "$type" "$data" -H 'Authorization: Bearer token-for-nothing-at-all'
		is "$status_code" 403
		described "$method" "$path"
		guarded=$((guarded + 1))
	done < <(operations)
	[ "$guarded" -ge 9 ]
}

@test "methods that are not described are refused with those that are" {
	while read -r path; do
		address=$(sed -e 's/{catalogue}/areas/; s/{plural}/calls/; s/{id}/x/; s/{n}/0/' <<<"$path")
		allowed=$(api '$api.paths[$path] | keys | map(ascii_upcase) | sort | join(" ")' -nr --arg path "$path")
		call PATCH "$address" '' '' "${all[@]}"
		is "$status_code" 405
		is "$(header allow | tr -d ',' | tr ' ' '\n' | grep -v HEAD | sort | tr '\n' ' ')" "$allowed "
	done < <(jq -r '.paths | keys[]' "$home/api.json")
}

@test "every failure that is described for the feed and for ingest really looks so" {
	fails() # STATUS METHOD PATH ADDRESS TYPE BODY [ARGUMENT…]
	{
		local wanted=$1 method=$2 path=$3
		shift 3
		call "$method" "$@" "${all[@]}"
		is "$status_code" "$wanted"
		described "$method" "$path"
	}
	feed='/v1/{plural}/changes' in='/v1/{plural}' one='/v1/{plural}/{id}'
	fails 400 GET "$feed" '/v1/calls/changes?limit=0' '' ''
	fails 404 GET "$feed" /v1/nothing/changes '' ''
	fails 410 GET "$feed" '/v1/calls/changes?after=1-1' '' ''
	fails 400 POST "$in" /v1/calls application/json '{'
	fails 404 POST "$in" /v1/nothing application/json '{}'
	fails 412 POST "$in" /v1/calls application/json '{"id":"A"}' -H 'If-Match: "7"'
	head -c 3000000 /dev/zero >"$home/large"
	fails 413 POST "$in" /v1/calls application/json "@$home/large" -H Expect:
	fails 415 POST "$in" /v1/calls text/plain x
	fails 422 POST "$in" /v1/calls application/json '{"created_at":"x"}'
	fails 404 DELETE "$one" /v1/calls/nobody '' ''
	fails 404 GET "$one" /v1/calls/nobody '' ''
	fails 304 GET '/v1/catalogues/{catalogue}' /v1/catalogues/areas '' '' -H 'If-None-Match: *'
}

@test "what is served is the file, and results of a bulk are as described" {
	ask "$url/openapi.yaml"
	cmp "$home/body" "$srcdir/data/openapi.yaml"
	call POST /v1/calls application/x-ndjson $'{"id":"A"}\n{"id":1.5}' "${all[@]}"
	api '[inputs | faults($api; {"$ref": "#/components/schemas/Result"}; "line")]' -nc "$home/body" >"$home/faults"
	is "$(cat "$home/faults")" '[]'
}

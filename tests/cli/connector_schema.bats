# SPDX-License-Identifier: GPL-3.0-or-later
# The language as editors see it, and a start for a new connector.  After a key was added:
# UPDATE=1 writes the schema anew.

load sync.bash

setup() {
	sync_setup
	export IOC_DATA_DIR=$srcdir/data IOC_EXEC_DIR=$builddir IOC_LOCALE_DIR=$builddir/po
	schema=$srcdir/data/connector.schema.json
}

ioc() {
	"$builddir/ioc" -l en "$@"
}

# json_of FILE.yaml…: one a line, with numbers and truth values, which yaml2json gives as texts.
json_of() {
	for file; do
		"$builddir/tests/cli/yaml2json" "$file" | jq -c 'walk(if type == "string" and
			test("^([0-9]+|true|false)$") then fromjson else . end)'
	done >"$dir/lines"
	[ "$(wc -l <"$dir/lines")" -eq $# ]
}

# misfits: the numbers of the lines that do not fit the schema, by a real validator where there
# is one.
misfits() {
	if python3 -c 'import jsonschema' 2>/dev/null; then
		python3 - "$schema" "$dir/lines" <<-'EOF'
			import json, sys, jsonschema
			schema = json.load(open(sys.argv[1]))
			jsonschema.Draft202012Validator.check_schema(schema)
			validator = jsonschema.Draft202012Validator(schema)
			for number, line in enumerate(open(sys.argv[2]), 1):
			    errors = list(validator.iter_errors(json.loads(line)))
			    for e in errors:
			        print(number, list(e.absolute_path), e.message, file=sys.stderr)
			    if errors:
			        print(number)
		EOF
	else # at least the keys at the top
		jq --slurpfile s "$schema" 'if keys - ($s[0].properties | keys) == [] then empty
			else input_line_number end' "$dir/lines"
	fi
}

@test "the shipped schema is what the program makes" {
	[ -z "${UPDATE:-}" ] || ioc connector schema >"$schema"
	diff -u "$schema" <(ioc connector schema)
}

@test "every key is described" {
	missing=$(jq -c '[.. | objects | select(has("properties")) | .properties | to_entries[]
		| select(.value.description == null) | .key]' "$schema")
	[ "$missing" = '[]' ] || { echo "say what these are in schema_words.c: $missing"; false; }
}

@test "shipped connectors fit the schema" {
	json_of "$srcdir"/data/connectors/*.yaml
	misfits >"$dir/misfits"
	refute [ -s "$dir/misfits" ]
}

@test "the schema refuses what check refuses" {
	if ! python3 -c 'import jsonschema' 2>/dev/null; then skip; fi
	mistakes=$srcdir/tests/fixtures/connectors/mistakes
	json_of "$mistakes"/{01-key,02-kind,04-paging,36-noresources,42-neg}.yaml
	[ "$(misfits)" = "$(seq 5)" ]
}

@test "a new connector begins with a file that is in order, in both languages" {
	for language in en vi; do
		run "$builddir/ioc" -l $language connector new my-$language
		[ "$status" -eq 0 ]
		run "$builddir/ioc" -l en connector check my-$language
		echo "$output"
		[ "$status" -eq 0 ]
		[ "${#lines[@]}" -eq 1 ]
	done
	grep -q '# Kiểm tra' "$IOC_HOME/config/sources/my-vi.yaml"
}

@test "a connector that is there is not written over" {
	ioc connector new mine
	echo precious >"$IOC_HOME/config/sources/mine.yaml"
	run ioc connector new mine
	[ "$status" -eq 2 ]
	[ "$(cat "$IOC_HOME/config/sources/mine.yaml")" = precious ]
	run ioc connector new ../evil
	[ "$status" -eq 2 ]
}

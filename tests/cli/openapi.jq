# SPDX-License-Identifier: GPL-3.0-or-later
# Questions to openapi.yaml (as JSON with all scalars as text), for gateway_openapi.bats.

# Follows a $ref within the document $api.
def resolve($api):
  if type == "object" and has("$ref")
  then (.["$ref"] | ltrimstr("#/") | split("/")) as $path | $api | getpath($path) | resolve($api)
  else . end;

# Each operation: method, path, its description.
def operations:
  .paths | to_entries[] | .key as $path | .value | to_entries[]
  | {path: $path, method: (.key | ascii_upcase), operation: .value};

# The path and query of an operation, with the examples of its parameters.
def address($api):
  [.operation.parameters[]? | resolve($api) | select(.example)] as $given
  | reduce ($given[] | select(.in == "path")) as $p (.path; gsub("\\{\($p.name)\\}"; $p.example | @uri))
  | . + (($given | map(select(.in == "query") | "\(.name)=\(.example | @uri)") | join("&"))
         | if . == "" then "" else "?" + . end);

# What is wrong with a value by a schema: a stream of texts, empty where all is well.
def faults($api; $schema; $at):
  . as $value
  | ($schema | resolve($api)) as $s
  | ($value | type) as $is
  | ((if $s | has("type") then [$s.type] | flatten else null end) as $types
     | if $types == null or ($types | index($is)) or
          ($is == "number" and ($types | index("integer")) and ($value | floor) == $value)
       then empty else "\($at): \($is) where \($types | join(" or ")) is due" end),
    (if $is == "object" then
       (($s.required // [])[] as $name | select($value | has($name) | not) | "\($at).\($name) is missing"),
       ($s.properties // {} | to_entries[] as $p | select($value | has($p.key))
        | $value[$p.key] | faults($api; $p.value; "\($at).\($p.key)")),
       (($s.allOf // [])[] as $part | $value | faults($api; $part; $at)),
       (if $s.anyOf then
          [$s.anyOf[] as $part | [$value | faults($api; $part; $at)]]
          | if any(length == 0) then empty else min_by(length)[] end
        else empty end)
     else empty end),
    (if $is == "array" and ($s | has("items"))
     then range($value | length) as $i | $value[$i] | faults($api; $s.items; "\($at)[\($i)]")
     else empty end);

# SPDX-License-Identifier: GPL-3.0-or-later
# ioc-sync and the real gateway: at rest the cache equals the gateway, whatever happened before.

load sync.bash

same() {
	"$srcdir/tests/cli/compare.sh" "$gateway" "$IOC_HOME/cache/cache.db" "$@"
}

# records N FIRST: so many complaints, one a line.
records() {
	jq -cn --argjson n "$1" --argjson first "$2" 'range($n) | . + $first
		| {id: "PA-\(.)", title: "Phản ánh số \(.) về rác thải", state: "MOI",
		   body: ("Đường Chu Văn Thịnh bị ngập. " * 10)}'
}

post() {
	curl -sf -H 'Content-Type: application/json' -d "$2" "$gateway/v1/$1" >/dev/null
}

has() {
	[ "$(sql "SELECT count(*) FROM complaint NOT INDEXED WHERE ext_id = '$1'")" = 1 ]
}

@test "a record that is posted is in the cache a moment later, and gone when deleted" {
	start_gateway
	configure city native "$gateway"
	follow
	wait_until 10 is_state city live
	post complaints '{"id":"A1","title":"Một"}'
	wait_until 2 has A1
	curl -sf -X DELETE "$gateway/v1/complaints/A1"
	wait_until 2 count_is complaint 0
	same
}

@test "kill -9 of the writer during the fill and the stream loses nothing" {
	records 20000 0 >"$dir/records.ndjson"
	start_gateway --load "complaint=$dir/records.ndjson"
	configure city native "$gateway"
	for n in 1 3000 9000; do
		follow
		wait_until 20 sh -c \
			"[ \$(sqlite3 -readonly $IOC_HOME/cache/cache.db 'SELECT count(*) FROM complaint NOT INDEXED') -ge $n ]"
		kill_writer
	done
	follow
	wait_until 30 is_state city live
	for i in 1 2 3; do
		records 200 $((30000 + i * 1000)) | curl -sf -H 'Content-Type: application/x-ndjson' \
			--data-binary @- "$gateway/v1/complaints" >/dev/null
		kill_writer
		post complaints "{\"id\":\"PA-$i\",\"title\":\"đã đổi\"}"
		curl -sf -X DELETE "$gateway/v1/complaints/PA-10$i"
		follow
	done
	wait_until 20 same complaints
}

@test "kill -9 of the gateway again and again loses nothing" {
	records 5000 0 >"$dir/records.ndjson"
	start_gateway --load "complaint=$dir/records.ndjson"
	configure city native "$gateway"
	follow
	wait_until 30 is_state city live
	for i in 1 2 3; do
		kill -9 "$gateway_pid"
		wait_until 10 is_state city retrying
		start_gateway
		post complaints "{\"id\":\"B$i\",\"title\":\"sau lần $i\"}"
		wait_until 20 is_state city live
		wait_until 10 has "B$i"
	done
	wait_until 10 same complaints
}

@test "OAuth2 with the gateway, tokens running out, rights for one kind only" {
	cat >"$dir/tokens.yaml" <<-'EOF'
	- {client_id: console, client_secret: s3cret-0f-the-c0nsole, name: console, rights: ["read:complaint"]}
	- {token: wr1ter-t0ken-0123456789, name: writer, rights: ["write:*", "read:*"]}
	EOF
	printf 's3cret-0f-the-c0nsole\n' >"$dir/secret"
	start_gateway --tokens "$dir/tokens.yaml" --token-lifetime 2s
	connector one <<-'EOF'
	auth: [{method: oauth2, token: /oauth/token}]
	interval: 1s
	resources:
	  - kind: complaint
	    request: {path: /v1/complaints/changes, query: {after: \(.cursor)}}
	    changes: cursor
	    items: .items
	    next: .next
	    more: .more
	EOF
	configure city native "$gateway" 'client_id: console' "client_secret_file: $dir/secret"
	configure polled one "$gateway" 'client_id: console' "client_secret_file: $dir/secret"
	curl -sf -H 'Authorization: Bearer wr1ter-t0ken-0123456789' -H 'Content-Type: application/json' \
		-d '{"id":"A1","title":"Một"}' "$gateway/v1/complaints" >/dev/null
	follow
	wait_until 10 is_state city live
	wait_until 10 is_state polled live
	wait_until 5 count_is complaint 2
	sleep 3
	curl -sf -H 'Authorization: Bearer wr1ter-t0ken-0123456789' -H 'Content-Type: application/json' \
		-d '{"id":"A2","title":"Hai"}' "$gateway/v1/complaints" >/dev/null
	wait_until 5 count_is complaint 4
	is_state polled live
	refute grep -r s3cret-0f-the-c0nsole "$IOC_HOME"
}

@test "a certificate is checked always, and against a private authority where one is named" {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
		-addext subjectAltName=IP:127.0.0.1 \
		-keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
	start_gateway --tls-cert "$dir/cert.pem" --tls-key "$dir/key.pem"
	gateway=https://${gateway#http://}
	curl -sf --cacert "$dir/cert.pem" -H 'Content-Type: application/json' \
		-d '{"id":"A1","title":"Một"}' "$gateway/v1/complaints" >/dev/null
	configure city native "$gateway"
	once
	[ "$status" -eq 4 ]
	[[ $output == *"certificate is not to be trusted"* ]]
	printf '    ca_file: %s\n' "$dir/cert.pem" >>"$IOC_HOME/config/config.yaml"
	once
	[ "$status" -eq 0 ]
	count_is complaint 1
	sed -i "s#https://127.0.0.1#https://localhost#" "$IOC_HOME/config/config.yaml"
	once
	[ "$status" -eq 4 ]
}

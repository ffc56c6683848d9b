#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Every way to prove who asks, against a server that looks at what it is sent.

load sync.bash

setup() {
	sync_setup
	start_server
	echo '[{"id":"1","code":"PA-1","title":"một","state":"MOI"}]' >"$dir/www/list"
	echo '{"error_code":"401","message":"phiên hết hạn"}' >"$dir/www/expired"
	echo 'b1&2/c"3' >"$dir/key"
	chmod 600 "$dir/key"
}

# wants AUTH [RESOURCE LINE…]: a connector with this method, and one list.
wants() {
	local auth=$1
	shift
	{
		printf 'auth:\n  - %s\n' "$auth"
		printf 'retry: {base: 50ms, most: 200ms, tries: 4, pause: 1s}\ninterval: 1s\n'
		printf 'resources:\n  - kind: complaint\n'
		[[ $* == *request:* ]] || printf '    request: {path: /list}\n'
		[ $# -eq 0 ] || printf '    %s\n' "$@"
	} >"$IOC_HOME/config/sources/mini.yaml"
}

# asked TEXT: a request held this.
asked() {
	grep -qF -- "$1" "$dir/www/asked"
}

pulled() {
	once
	echo "$output"
	tail -5 "$IOC_HOME/state/sync.log" || true
	[ "$status" -eq 0 ]
	[ "$(sql 'SELECT count(*) FROM complaint')" = 1 ]
}

# nowhere TEXT…: in no file that the program wrote.
nowhere() {
	local text
	for text in "$@"; do
		refute grep -rqF -- "$text" "$IOC_HOME/cache" "$IOC_HOME/state"
	done
}

@test "basic: the user's name and the password" {
	wants '{method: basic}'
	rule '/list file=list needs=Authorization:~Basic~bWFpOmIxJjIvYyIz'
	configure s mini "$url" 'username: mai' "password_file: $dir/key"
	pulled
	nowhere 'b1&2/c"3' bWFpOmIxJjIvYyIz
}

@test "a key in a header, a parameter, a cookie or the body" {
	configure s mini "$url" "token_file: $dir/key"
	wants '{method: header, name: X-Key, prefix: "K "}'
	rule '/list file=list needs=X-Key:~K~b1&2/c"3'
	pulled
	rm -rf "$IOC_HOME/cache"
	wants '{method: query, name: apikey}'
	rule '/list file=list needs=apikey=b1&2/c"3'
	pulled
	rm -rf "$IOC_HOME/cache"
	wants '{method: cookie, name: KEY}'
	rule '/list file=list needs=Cookie:~KEY=b1&2/c"3'
	pulled
	rm -rf "$IOC_HOME/cache"
	wants '{method: body, name: key}' 'request: {path: /list, method: POST, json: {n: 5}}'
	rule '/list file=list needs={"n":5,"key":"b1&2/c\"3"}'
	pulled
	rm -rf "$IOC_HOME/cache"
	wants '{method: body, name: key}' 'request: {path: /list, method: POST, form: {n: 5}}'
	rule '/list file=list needs=n=5&key=b1%262%2Fc%223'
	pulled
	nowhere 'b1&2/c"3' b1%262
}

@test "a named secret from a program or a credential stands in templates" {
	mkdir "$dir/credentials"
	echo inner-key >"$dir/credentials/city"
	wants '{method: none}' \
		"request: {path: /list, headers: {X-A: \\(.secrets.one), X-B: \\(.secrets.two)}}"
	rule '/list file=list needs=X-B:~inner-key'
	configure s mini "$url" 'secrets:' "  one: {command: [echo, from-a-program]}" \
		'  two: {credential: city}'
	CREDENTIALS_DIRECTORY=$dir/credentials pulled
	asked 'X-A: from-a-program'
	rm -rf "$IOC_HOME/cache"
	once
	[ "$status" -ne 0 ]
	[[ $output == *'there is no such credential'*'two: city'* ]]
}

@test "a token for a connector that has no auth is told, and where it should stand" {
	connector bare <<-'EOF'
		resources: [{kind: complaint, request: {path: /list}}]
	EOF
	configure city bare "$url" "token_file: $dir/key"
	once
	[ "$status" -ne 0 ]
	[[ $output == *"bare has no auth"*"under secrets"* ]]
}

@test "OAuth2: password grant, then its refresh token; a header for the client" {
	wants '{method: oauth2, grant: password, token: /token, basic_client: true, form: {tenant: \(.settings.city)}}'
	echo '{"access_token":"tok-@N@","expires_in":"2","refresh_token":"ref-@N@"}' >"$dir/www/token"
	echo secret1 >"$dir/client"
	rule '/token file=token needs=Authorization:~Basic~Y2lkOnNlY3JldDE=' \
		'/list file=list needs=Bearer~tok'
	configure s mini "$url" 'username: mai' "password_file: $dir/key" 'client_id: cid' \
		"client_secret_file: $dir/client" 'settings: {city: son-la}'
	follow
	wait_until 10 asked 'grant_type=password&username=mai&password=b1%262%2Fc%223&tenant=son-la'
	wait_until 10 asked 'grant_type=refresh_token&refresh_token=ref-1&tenant=son-la'
	kill_writer
	nowhere "b1&2" tok-1 ref-1 secret1
}

@test "OAuth2: a refresh token that is exchanged is kept where it stood" {
	echo first >"$dir/refresh"
	wants '{method: oauth2, grant: refresh_token, token: /token}'
	echo '{"access_token":"token-@N@","refresh_token":"next-@N@"}' >"$dir/www/token"
	rule '/token file=token' '/list file=list'
	configure s mini "$url" 'client_id: cid' "refresh_token_file: $dir/refresh"
	pulled
	asked 'grant_type=refresh_token&refresh_token=first&client_id=cid'
	[ "$(cat "$dir/refresh")" = next-1 ]
	pulled
	asked 'refresh_token=next-1'
	nowhere next-1 token-1
}

@test "a login of its own: token in the body, expiry found, told in a body when it ran out" {
	wants '{method: login, place: body, name: session, login: {request: {path: /login, json: {user: \(.username), password: \(.secrets.password)}}, ok: .error_code == 0, token: .session, expires: .until}, again: {test: .error_code? == "401"}}' \
		'request: {path: /list, method: POST, json: {service: DongBo}}' 'items: .items'
	echo '{"error_code":0,"session":"ses-@N@","until":3600}' >"$dir/www/login"
	echo '{"items":[{"id":"1","code":"PA-1","title":"một","state":"MOI"}]}' >"$dir/www/list"
	rule '/login file=login' '/list file=list needs="session":"ses-1" else=expired'
	configure s mini "$url" 'username: mai' "password_file: $dir/key"
	follow
	wait_until 10 is_state s live
	asked '{"user":"mai","password":"b1&2/c\"3"}'
	asked '{"service":"DongBo","session":"ses-1"}'
	rule '/login file=login' '/list file=list needs="session":"ses-2" else=expired'
	wait_until 10 asked '"session":"ses-2"'
	is_state s live
	[ "$(requests 'POST /login')" = 2 ]
	kill_writer
	nowhere ses-1 ses-2
}

@test "a login may answer in XML" {
	wants '{method: login, name: X-Session, login: {request: {path: /login, xml: "<In><Pass>\\(.secrets.password)</Pass></In>"}, ok: .Out.Code == "00", token: .Out.Session}}'
	echo '<?xml version="1.0"?><s:Out xmlns:s="urn:x"><s:Code>00</s:Code><s:Session>ses-@N@</s:Session></s:Out>' \
		>"$dir/www/login"
	rule '/login file=login type=text/xml' '/list file=list needs=X-Session:~ses-1'
	configure s mini "$url" "password_file: $dir/key"
	pulled
	asked '<In><Pass>b1&amp;2/c&quot;3</Pass></In>'
	nowhere ses-1
}

@test "a login that says no in HTTP 200 is told in the server's words, without the password" {
	wants '{method: login, login: {request: {path: /login, form: {p: \(.secrets.password)}}, ok: .ok, error: .why, token: .t}}'
	echo '{"ok":false,"why":"sai: b1&2/c\"3 b1%262%2fc%223 YjEmMi9jIjM= rồi"}' >"$dir/www/login"
	rule '/login file=login' '/list file=list'
	configure s mini "$url" "password_file: $dir/key"
	once
	[ "$status" -ne 0 ]
	[[ $output == *'the server gave no token'*'sai: ........ .............. ...........= rồi'* ]]
	[ "$(requests /list)" = 0 ]
	nowhere 'b1&2/c"3' b1%262%2fc%223 YjEmMi9jIjM
}

@test "session cookies: of a login that sends one away, or in another's header" {
	wants '{method: login, login: {request: {path: /login, form: {u: \(.username)}}}}'
	rule '/login status=302 header=Location:/home header2=Set-Cookie:SID=cookie-@N@;Path=/' \
		'/list file=list needs=Cookie:~SID=cookie-1'
	configure s mini "$url" 'username: mai'
	pulled
	nowhere cookie-1
	rm -rf "$IOC_HOME/cache"
	wants '{method: login, name: X-Auth, login: {request: {path: /login}, header: X-Subject}}'
	rule '/login status=201 header=X-Subject:head-@N@' '/list file=list needs=X-Auth:~head-1'
	pulled
	rm -rf "$IOC_HOME/cache"
	wants '{method: login, place: query, name: t, login: {request: {path: /login}, cookie: TOK}}'
	rule '/login header=Set-Cookie:TOK=biscuit;Path=/' '/list file=list needs=t=biscuit'
	pulled
}

@test "a token that a server echoes in data or errors is kept nowhere" {
	echo a-token/of+25==characters >"$dir/key"
	wants '{method: bearer}'
	echo '[{"id":"1","code":"PA-1","title":"asked by a-token\/of+25==characters","extra":{"you":"a-token/of+25==characters"}},{"code":"a-token/of+25==characters"}]' \
		>"$dir/www/list"
	rule '/list file=list'
	configure s mini "$url" "token_file: $dir/key"
	pulled
	[ "$(sql 'SELECT count(*) FROM quarantine')" = 1 ]
	echo '{"message":"no such token: a-token%2Fof%2B25%3D%3Dcharacters"}' >"$dir/www/no"
	rule '/list status=400 file=no'
	once
	[[ $output == *'no such token: ....'* ]]
	kill_writer 2>/dev/null || true
	nowhere a-token/of a-token%2F 'a-token\/of'
}

@test "feeds and pages together log in once" {
	wants '{method: login, login: {request: {path: /login}, token: .t}}'
	printf '  - {kind: alert, request: {path: /alerts}}\n  - {kind: call, request: {path: /calls}}\n' \
		>>"$IOC_HOME/config/sources/mini.yaml"
	echo '{"t":"token-@N@"}' >"$dir/www/login"
	echo '[]' >"$dir/www/none"
	rule '/login file=login' '/list file=list token=token-1' '/alerts file=none token=token-1' \
		'/calls file=none token=token-1'
	configure s mini "$url" 'username: mai'
	follow
	wait_until 10 is_state s live
	rule '/login file=login' '/list file=list token=token-2' '/alerts file=none token=token-2' \
		'/calls file=none token=token-2'
	wait_until 10 asked 'Bearer token-2'
	wait_until 10 is_state s live
	[ "$(requests 'POST /login')" = 2 ]
}

@test "a key that one list never takes does not log in for ever" {
	wants '{method: login, login: {request: {path: /login}, token: .t}}'
	printf '  - {kind: alert, request: {path: /alerts}}\n' >>"$IOC_HOME/config/sources/mini.yaml"
	echo '{"t":"token-@N@"}' >"$dir/www/login"
	rule '/login file=login' '/list file=list' '/alerts status=401'
	configure s mini "$url" 'username: mai'
	follow
	wait_until 10 is_state s refused
	[ "$(requests 'POST /login')" -le 6 ]
}

# certificates: an authority, a server called so, and a client.
certificates() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=An authority' \
		-keyout "$dir/ca.key" -out "$dir/ca.pem" 2>/dev/null
	for name in server client; do
		openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -addext "subjectAltName=DNS:$1" \
			-keyout "$dir/$name.key" -out "$dir/$name.csr" 2>/dev/null
		openssl x509 -req -in "$dir/$name.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" \
			-CAcreateserial -days 2 -copy_extensions copy -out "$dir/$name.pem" 2>/dev/null
	done
}

@test "a client certificate, a private authority, and a server of another name than its address" {
	certificates api.noi-bo
	wants '{method: none}'
	mkdir "$dir/tls"
	cp "$dir/www/list" "$dir/tls/list"
	(cd "$dir/tls" && exec openssl s_server -accept 127.0.0.1:0 -WWW -cert "$dir/server.pem" \
		-key "$dir/server.key" -CAfile "$dir/ca.pem" -Verify 1 -verify_return_error \
		>"$dir/tls.log" 2>&1 3>&-) &
	started+=($!)
	wait_until 10 grep -q ACCEPT "$dir/tls.log"
	port=$(sed -n 's/^ACCEPT .*://p' "$dir/tls.log")
	configure s mini "https://127.0.0.1:$port" "ca_file: $dir/ca.pem" 'server_name: api.noi-bo' \
		"cert_file: $dir/client.pem" "key_file: $dir/client.key"
	pulled
	rm -rf "$IOC_HOME/cache"
	sed -i '/server_name/d' "$IOC_HOME/config/config.yaml"
	once
	[[ $output == *"the server's certificate is not to be trusted"* ]]
	sed -i '/cert_file\|key_file/d' "$IOC_HOME/config/config.yaml"
	echo '    server_name: api.noi-bo' >>"$IOC_HOME/config/config.yaml"
	once
	[ "$status" -ne 0 ]
}

@test "next pages and redirects reach other hosts only where they are named" {
	port=${url##*:}
	wants '{method: none}' 'paging: next' 'next: .next' 'items: .items'
	echo '{"items":[{"id":"1","code":"PA-1"}],"next":"http://localhost:'"$port"'/more"}' >"$dir/www/list"
	echo '{"items":[{"id":"2","code":"PA-2"}]}' >"$dir/www/two"
	rule '/list file=list' "/more status=307 header=Location:http://localhost:$port/two" '/two file=two'
	configure s mini "$url"
	once
	[[ $output == *'next page: on another server'* ]]
	echo '    allow_hosts: [localhost]' >>"$IOC_HOME/config/config.yaml"
	once
	[ "$status" -eq 0 ]
	[ "$(sql 'SELECT count(*) FROM complaint')" = 2 ]
}

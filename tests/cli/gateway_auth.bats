#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may do what, and TLS.

load gateway_helper

setup()
{
	cat >"$home/tokens.yaml" <<-END
		- name: sync
		  token: token-of-the-reader
		  rights: ["read:*"]
		- name: cameras
		  client_id: cameras
		  client_secret: secret-of-the-cameras
		  rights: ["write:alert"]
		- name: monitor
		  token: token-of-the-monitor
		  rights: [metrics]
	END
	chmod 600 "$home/tokens.yaml"
}
teardown() { stop; }

reader=(-H 'Authorization: Bearer token-of-the-reader')
monitor=(-H 'Authorization: Bearer token-of-the-monitor')

@test "without a token nothing but health, readiness and the description is served" {
	start --tokens "$home/tokens.yaml"
	for path in /healthz /readyz /openapi.yaml; do
		ask "$url$path"
		is "$status_code" 200
	done
	for path in /metrics /v1/meta /v1/stream /v1/catalogues/areas /v1/alerts/changes /v1/alerts/A; do
		ask "$url$path"
		problem 401 unauthorized
		is "$(header www-authenticate)" 'Bearer realm="ioc-gateway"'
	done
	ask -H 'Authorization: Bearer guessed' "$url/v1/meta"
	problem 401 unauthorized
	is "$(header www-authenticate)" 'Bearer realm="ioc-gateway", error="invalid_token"'
	post /v1/alerts '{}'
	problem 401 unauthorized
}

@test "a right that is missing is named" {
	start --tokens "$home/tokens.yaml"
	ask "${reader[@]}" "$url/v1/alerts/changes"
	is "$status_code" 200
	post /v1/alerts '{}' "${reader[@]}"
	problem 403 forbidden
	[[ $(jq -r .detail <<<"$body") == *write:alert* ]]
	ask "${reader[@]}" "$url/metrics"
	problem 403 forbidden
	[[ $(jq -r .detail <<<"$body") == *metrics* ]]
	ask "${monitor[@]}" "$url/metrics"
	is "$status_code" 200
	ask "${monitor[@]}" "$url/v1/stream"
	problem 403 forbidden
	ask "${monitor[@]}" "$url/v1/stream?kinds=calls"
	problem 403 forbidden
	ask "${reader[@]}" "$url/v1/stream?kinds=calls,nothing"
	problem 400 bad-request
	ask "${monitor[@]}" "$url/v1/meta"
	is "$(jq -c '.client, ([.kinds[].read] | any)' <<<"$body" | tr '\n' ' ')" '"monitor" false '
}

@test "client credentials are granted a token that expires" {
	start --tokens "$home/tokens.yaml" --token-lifetime 1s
	ask -u cameras:secret-of-the-cameras -d grant_type=client_credentials "$url/oauth/token"
	is "$status_code" 200
	is "$(header cache-control)" no-store
	is "$(jq -c '[.token_type, .expires_in]' <<<"$body")" '["Bearer",1]'
	# On a busy machine it may be over before it is used.
	used() {
		ask -u cameras:secret-of-the-cameras -d grant_type=client_credentials "$url/oauth/token"
		token=(-H "Authorization: Bearer $(jq -r .access_token <<<"$body")")
		post /v1/alerts '{"id":"A"}' "${token[@]}"
		[ "$status_code" = 201 ] || [ "$status_code" = 200 ] || return 1
		ask "${token[@]}" "$url/v1/alerts/A"
		problem 403 forbidden
	}
	wait_for used
	wait_for 'post /v1/alerts "{}" "${token[@]}" && [ "$status_code" = 401 ]' 30
	ask -d grant_type=client_credentials -d client_id=cameras \
		--data-urlencode client_secret=secret-of-the-cameras "$url/oauth/token"
	is "$status_code" 200
}

@test "wrong grants fail as OAuth2 and as RFC 9457 have it" {
	start --tokens "$home/tokens.yaml"
	ask -u cameras:wrong -d grant_type=client_credentials "$url/oauth/token"
	problem 401 unauthorized
	is "$(jq -r .error <<<"$body")" invalid_client
	is "$(header www-authenticate)" 'Basic realm="ioc-gateway"'
	ask -d grant_type=password "$url/oauth/token"
	is "$status_code $(jq -r .error <<<"$body")" '400 unsupported_grant_type'
	ask -d x=y "$url/oauth/token"
	is "$status_code $(jq -r .error <<<"$body")" '400 invalid_request'
	ask -d 'grant_type=%' "$url/oauth/token"
	is "$status_code $(jq -r .error <<<"$body")" '400 invalid_request'
	post /oauth/token '{}'
	problem 415 media-type
}

@test "no secret reaches the log" {
	start --tokens "$home/tokens.yaml" --log-level debug
	ask "${reader[@]}" "$url/v1/alerts/changes?token=query-secret"
	ask -u cameras:secret-of-the-cameras -d grant_type=client_credentials "$url/oauth/token"
	stop
	refute grep -e token-of-the-reader -e secret-of-the-cameras -e query-secret \
		-e "$(jq -r .access_token <<<"$body")" "$home/log"
}

@test "a bad tokens file is refused with its place" {
	echo '- {name: x, token: short, rights: []}' >"$home/bad.yaml"
	run "$gateway" --listen 127.0.0.1:0 --tokens "$home/bad.yaml"
	is "$status" 1
	[[ $output == *bad.yaml:1:* ]]
}

@test "TLS by certificate and key" {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$home/key.pem" -out "$home/cert.pem" \
		-days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
	start --tls-cert "$home/cert.pem" --tls-key "$home/key.pem"
	ask --cacert "$home/cert.pem" "https://127.0.0.1:$port/v1/meta"
	is "$status_code" 200
	timeout 5 curl -sSN --cacert "$home/cert.pem" "https://127.0.0.1:$port/v1/stream" >"$home/events" &
	reader_pid=$!
	wait_for "grep -q connected '$home/events'"
	ask --cacert "$home/cert.pem" -H 'Content-Type: application/json' -d '{"id":"A"}' \
		"https://127.0.0.1:$port/v1/alerts"
	is "$status_code" 201
	wait_for "grep -q '\"id\":\"A\"' '$home/events'"
	kill "$reader_pid" 2>/dev/null || true
	stop
	run "$gateway" --listen 127.0.0.1:0 --tls-cert "$home/log" --tls-key "$home/key.pem"
	is "$status" 1
	[[ $output == *PEM* ]]
}

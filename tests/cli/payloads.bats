# SPDX-License-Identifier: GPL-3.0-or-later
# Real answers of other people's servers, where they are at hand: IOC_PAYLOADS names their
# folder.  They are not part of this program; see tests/fixtures for answers of our own.

load sync.bash

setup() {
	[ -d "${IOC_PAYLOADS:-/nonexistent}" ] || skip "IOC_PAYLOADS names no folder"
	sync_setup
	start_server
}

teardown() {
	[ -z "${dir:-}" ] || sync_teardown
}

# serve_payload FILE PATH: the file is what PATH answers.
serve_payload() {
	cp "$IOC_PAYLOADS/$1" "$dir/www/payload"
	rule "$2 file=payload" '/services.json file=services.json' "${@:3}"
	echo '[{"service_code":"001","service_name":"Cans left out 24x7"}]' \
		>"$dir/www/services.json"
}

value() {
	sql "SELECT $1 FROM $2 NOT INDEXED WHERE ext_id = '$3'"
}

@test "Open311: fifty reports of Chicago, those without a number among them" {
	serve_payload open311/codeforamerica_srtracker/tests__fixtures__requests.json /requests.json
	local file=$dir/www/payload
	configure city open311 "$url"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	count_is complaint "$(jq length "$file")"
	count_is category 1
	[ "$(sql "SELECT count(*) FROM complaint NOT INDEXED WHERE ext_id LIKE '~%'")" -eq \
		"$(jq '[.[] | select(.service_request_id == null)] | length' "$file")" ]
	[ "$(sql 'SELECT count(*) FROM complaint NOT INDEXED WHERE lat IS NULL')" -eq \
		"$(jq '[.[] | select((.lat // 0) == 0)] | length' "$file")" ]
	[ "$(sql "SELECT count(*) FROM complaint NOT INDEXED WHERE state = 'DONG'")" -eq \
		"$(jq '[.[] | select(.status == "closed")] | length' "$file")" ]
	[ "$(value title complaint 12-01952587)" = 'Alley Light Out' ]
	[ "$(value unit complaint 12-01952587)" = 'Division of Electrical Operations CDOT' ]
	[ "$(value created_at complaint 12-01952587)" = 1354391582000 ]
	[ "$(value channel complaint 12-01952587)" = hotline ]
	[ "$(sql "SELECT count(*) FROM complaint_more")" -gt 0 ]
	# The same again changes nothing.
	once
	[[ $output == *" 0 changed"* ]]
}

@test "Open311: one report of Helsinki, an object where a list was due" {
	serve_payload open311/6aika_issue-reporting/issues_hel__tests__taskful_request.json \
		/requests.json
	configure city open311 "$url"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	count_is complaint 1
	[ "$(value title complaint 3qp16kaphhsc78uc422l)" = 'Raskaiden ajoneuvojen parkkipaikoista' ]
	[ "$(value lat complaint 3qp16kaphhsc78uc422l)" = 22.266944 ]
	[ "$(value result complaint 3qp16kaphhsc78uc422l | head -c 6)" = Kiitos ]
}

@test "Open311: two reports of Chicago, services and an empty list" {
	serve_payload open311/bensheldon_open311status/spec__fixtures__service_requests.json \
		/requests.json
	cp "$IOC_PAYLOADS/open311/bensheldon_open311status/spec__fixtures__service_list.json" \
		"$dir/www/services.json"
	configure city open311 "$url"
	once
	[ "$status" -eq 0 ]
	count_is complaint 2
	count_is category 3
	[ "$(value title category 001)" = 'Cans left out 24x7' ]
	[ "$(value result complaint 14-01100627)" = Locked ]
	cp "$IOC_PAYLOADS/open311/codeforamerica_srtracker/tests__fixtures__requests_empty.json" \
		"$dir/www/payload"
	once
	[ "$status" -eq 0 ]
	count_is complaint 2
}

@test "Frigate: fifty recorded events and the three of its own tests" {
	serve_payload \
		frigate/blakeblackshear_frigate-hass-integration/tests__fixtures__events_front_door.json \
		/api/events
	configure nvr frigate "$url"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	count_is alert "$(jq length "$dir/www/payload")"
	[ "$(value camera alert 1623454583.525913-y14xk9)" = front_door ]
	[ "$(value created_at alert 1623454583.525913-y14xk9)" = 1623454583526 ]
	[ "$(value score alert 1623454583.525913-y14xk9)" = 0.720703125 ]
	[ "$(value clip_url alert 1623454583.525913-y14xk9)" = \
		/api/events/1623454583.525913-y14xk9/clip.mp4 ]
	cp "$IOC_PAYLOADS/frigate/mock-events.json" "$dir/www/payload"
	once
	[ "$status" -eq 0 ]
	count_is alert $((50 + 3))
	[ "$(value body alert event-car-001)" = 'A car parked in the driveway' ]
	[ "$(value vehicle alert event-car-001)" = car ]
}

@test "vCon: a real one" {
	serve_payload \
		vcon/vcon-dev_vcon-server/conserver__links__hugging_llm_link__tests__b217b61e-ff68-4f17-a33d-bbc667e8936d.vcon.json \
		/vcons
	configure calls vcon "$url/vcons"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	count_is call 1
	local id=0193db2c-2bf7-88a3-9dd8-dd37220d739c
	[ "$(value caller call $id)" = +16326928505 ]
	[ "$(value callee call $id)" = +14286315464 ]
	[ "$(value duration_s call $id)" = 51 ]
	[ "$(value state call $id)" = chuyen_tdv ]
	[ -n "$(value recording_url call $id)" ]
}

@test "vCon: invalid ones become a call or are set aside, never lost" {
	local file n=0
	configure calls vcon "$url/vcons"
	for file in "$IOC_PAYLOADS"/vcon/vcon-dev_vcon-server/*invalid*; do
		serve_payload "${file#"$IOC_PAYLOADS"/}" /vcons
		once
		echo "$file: $output"
		[ "$status" -eq 0 ]
		n=$((n + 1))
	done
	[ $(($(sql 'SELECT count(*) FROM call NOT INDEXED') + \
		$(sql 'SELECT count(*) FROM quarantine'))) -eq "$n" ]
	[ "$(sql 'SELECT count(*) FROM quarantine')" -eq 2 ]
}

# An answer that can be read at all makes one record of whatever it is.  One of the files is no
# answer but all that a server sent, head and all.
@test "every XML that others send is read" {
	local n=0 file
	: >"$dir/www/rules.all"
	printf 'resources:\n' >"$dir/connector"
	while IFS= read -r file; do
		n=$((n + 1))
		cp "$file" "$dir/www/x$n"
		echo "/x$n file=x$n type=text/xml" >>"$dir/www/rules.all"
		printf '  - {name: x%s, kind: complaint, request: {path: /x%s}, map: %s}\n' "$n" "$n" \
			"'{id: \"$n\", title: keys[0]}'" >>"$dir/connector"
	done < <(find "$IOC_PAYLOADS" -name '*.xml' ! -name '*403.xml' | sort)
	[ "$n" -ge 20 ]
	mv "$dir/www/rules.all" "$dir/www/rules"
	connector all <"$dir/connector"
	configure all all "$url"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *" 0 set aside"* ]]
	count_is complaint "$n"
}

@test "Open311 in XML: the reports of a city, one or many" {
	connector xml311 <<-'EOF'
	resources:
	  - kind: complaint
	    request: {path: /requests.xml}
	    items: (.service_requests.request | list)
	    map: |
	      {id: .service_request_id, title: .service_name, src_state: .status, state: .status,
	       created_at: .requested_datetime, lat, lon: .long}
	    values: {state: {map: {open: MOI, submitted: MOI, closed: DONG}}}
	EOF
	configure city xml311 "$url"
	local file
	for file in bensheldon_open311status/spec__fixtures__files__requests_many.xml \
		bensheldon_open311status/spec__fixtures__files__requests_single.xml \
		codeforamerica_open311/spec__fixtures__service_requests.xml; do
		rm -rf "$IOC_HOME/cache"
		cp "$IOC_PAYLOADS/open311/$file" "$dir/www/payload"
		rule '/requests.xml file=payload'
		once
		echo "$file: $output"
		[ "$status" -eq 0 ]
		[[ $output == *" 0 set aside"* ]]
		count_is complaint "$(grep -o '<request>' "$dir/www/payload" | wc -l)"
	done
}

@test "call records as a table without a header" {
	local file=$IOC_PAYLOADS/cdr/areski_cdr-stats/cdr_stats__cdr__fixtures__import_cdr.txt
	cp "$file" "$dir/www/payload"
	rule '/cdr file=payload type=text/plain'
	connector cdr <<-'EOF'
	resources:
	  - kind: call
	    request: {path: /cdr}
	    format: csv
	    csv: {columns: [callee, name, caller, duration, billsec, cause, direction, uuid, ip, start]}
	    map: |
	      {id: .uuid, title: .name, caller, created_at: .start, duration_s: .duration}
	EOF
	configure calls cdr "$url"
	once
	echo "$output"
	[ "$status" -eq 0 ]
	count_is call "$(cut -d, -f8 "$file" | sort -u | grep -c .)"
	[ "$(sql "SELECT created_at FROM call NOT INDEXED LIMIT 1")" = 1327521966000 ]
}

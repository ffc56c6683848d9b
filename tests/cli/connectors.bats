# SPDX-License-Identifier: GPL-3.0-or-later
# The connectors that are shipped, with answers of our own after what their vendors publish.

load sync.bash

setup() {
	sync_setup
	start_server
	fixtures=$srcdir/tests/fixtures/connectors
}

value() {
	sql "SELECT $1 FROM $2 NOT INDEXED WHERE ext_id = '$3'"
}

more() {
	sql "SELECT json_extract(detail, '$1') FROM $2_more m JOIN $2 r NOT INDEXED ON r.id = m.id
		WHERE r.ext_id = '$3'"
}

@test "Open311: quirks of real cities" {
	cp "$fixtures/open311-requests.json" "$dir/www/requests"
	echo '[{"service_code":"rac","service_name":"Rác thải"}]' >"$dir/www/services"
	rule '/v2/requests.json file=requests' '/v2/services.json file=services'
	configure city open311 "$url/v2" 'settings: {jurisdiction_id: sonla.gov.vn}'
	once
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(requests 'jurisdiction_id=sonla.gov.vn')" -ge 2 ]
	count_is complaint 3
	[ "$(sql 'SELECT reason FROM quarantine')" = 'title: an object where one value belongs' ]
	[ "$(value title complaint SL-0001)" = 'Đèn đường hỏng' ]
	[ "$(value state complaint SL-0001)" = MOI ]
	[ "$(value channel complaint SL-0001)" = hotline ]
	[ "$(value lat complaint SL-0001)" = 21.327 ]
	[ "$(value due_src complaint SL-0001)" = 1795742100000 ]
	[ "$(more '$.history[0].text' complaint SL-0001)" = 'Đã nhận' ]
	[ "$(more '$.attachments[0].name' complaint SL-0001)" = 1.jpg ]
	[ "$(more '$.extra.ward' complaint SL-0001)" = 'Tô Hiệu' ]
	[ "$(value state complaint 17)" = DONG ]
	[ "$(value merged_into complaint 17)" = SL-0001 ]
	[ "$(sql "SELECT title || '|' || (lat IS NULL) FROM complaint NOT INDEXED
		WHERE ext_id LIKE '~%'")" = 'Rác thải|1' ]
	[ "$(value title category rac)" = 'Rác thải' ]
}

@test "Frigate: an event that goes on and a false one" {
	cp "$fixtures/frigate-events.json" "$dir/www/events"
	rule '/api/events file=events'
	configure nvr frigate "$url"
	once
	[ "$status" -eq 0 ]
	[ "$(value title alert 1795146063.1-abc)" = 'car: 26A-123.45' ]
	[ "$(value plate alert 1795146063.1-abc)" = 26A-123.45 ]
	[ "$(value created_at alert 1795146063.1-abc)" = 1795146063250 ]
	[ "$(value src_state alert 1795146063.1-abc)" = active ]
	[ "$(value image_url alert 1795146063.1-abc)" = /api/events/1795146063.1-abc/snapshot.jpg ]
	[ "$(value state alert 1795146000.7-def)" = BO_QUA ]
	[ "$(value score alert 1795146000.7-def)" = 0.5 ]
	[ "$(more '$.extra.duration' alert 1795146000.7-def)" = 10.25 ]
}

@test "vCon: one conversation" {
	cp "$fixtures/vcon.json" "$dir/www/vcon"
	rule '/v file=vcon'
	configure calls vcon "$url/v"
	once
	[ "$status" -eq 0 ]
	local id=018f9a52-0000-8000-8000-000000000001
	[ "$(value title call $id)" = 'Hỏi hồ sơ' ]
	[ "$(value caller call $id)" = +84912000045 ]
	[ "$(value duration_s call $id)" = 74 ]
	[ "$(value body call $id)" = 'Hỏi tình trạng hồ sơ' ]
	[ "$(value transcript call $id)" = 'Alô, tôi muốn hỏi hồ sơ.' ]
	[ "$(more '$.attachments[0].type' call $id)" = audio/x-wav ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Two operators at two consoles, in Vietnamese on 80x24, change the same record: one wins, the
# other is told by whom, and does it again, changes it, or gives it up.

load gateway

teardown()
{
	stop_gateway
	close_terminal # a console starts its writer again
	IOC_HOME=$IOC_HOME/b stop_writer
	common_teardown
}

# profile FOLDER NAME UNDO
profile()
{
	mkdir -p "$1"
	(umask 077 && mkdir -p "$1/config" "$1/state" "$1/cache" "$1/run")
	cat >"$1/config/config.yaml" <<-END
		language: vi
		undo: $3
		operators:
		  - {user: "*", name: $2, roles: [operator]}
		sources:
		  - {name: son-la, connector: native, base_url: "http://127.0.0.1:$port"}
	END
}

# at SESSION: keys and screen are its own from now on.
at()
{
	session=$1
}

keys()
{
	tmux -L t send-keys -t "$session" "$@"
}

type_in()
{
	keys -l "$1"
	wait_text "$1"
}

screen()
{
	tmux -L t capture-pane -p -t "$session"
}

unit_is() # RECORD UNIT
{
	[ "$(of "$1" .unit)" = "$2" ]
}

# assign RECORD WORDS: to the unit that they mean.
assign()
{
	keys ":goto $1" Enter
	wait_text "▌.*$1"
	keys D
	wait_text 'Đơn vị chủ trì'
	type_in "$2"
	keys F2
	wait_text "đã xếp gửi: Phân phối, chuyển xử lý, $1"
}

# conflict RECORD: Mai distributes it to the province's police, and before that goes out
# Hặc distributes it to that of a ward.
conflict()
{
	at a
	assign "$1" cat
	at b
	assign "$1" 'ca p. to hieu'
	wait_until unit_is "$1" CA-03646
	at a
	keys O
	wait_text 'Hộp gửi'
	keys r
	wait_text '1 xung đột'
	wait_text "≠ $1"
	wait_text 'của bạn: Công an tỉnh · hiện tại: CA p. Tô Hiệu'
	wait_text 'Quàng Văn Hặc: Chuyển xử lý'
	unit_is "$1" CA-03646
}

@test "who comes second sees who was first, and does it again, changes it, or gives it up" {
	start_gateway --demo --seed 3 --rate 0
	for i in 1 2 3; do
		post "{\"id\":\"PA-9000$i\",\"code\":\"PA-9000$i\",\"title\":\"Đèn hỏng\",\"state\":\"XAC_MINH\"}"
	done
	rm -f "$IOC_HOME"/cache/cache.db*
	profile "$IOC_HOME" 'Lò Thị Mai' 1h
	profile "$IOC_HOME/b" 'Quàng Văn Hặc' 0s
	for name in a b; do
		home=$IOC_HOME
		[ $name = a ] || home=$IOC_HOME/b
		tmux -L t new-session -d -s $name -x 80 -y 24 \
			"IOC_HOME=$home ioc --start 'queue complaint' 2>$IOC_HOME/err.$name"
		at $name
		wait_text 'trực tiếp'
		keys ':filter state:XAC_MINH' Enter
		wait_text PA-90001
	done

	conflict PA-90001
	keys R
	wait_until unit_is PA-90001 CAT
	wait_text 'Đã xong trong ngày'
	keys q

	conflict PA-90002
	keys e
	wait_text '= Công an tỉnh'
	keys C-u
	type_in 'ubnd p. chieng an'
	keys F2
	wait_until unit_is PA-90002 UB-03664

	conflict PA-90003
	keys d
	gone_text 'xung đột'
	unit_is PA-90003 CA-03646
	keys q
	ioc audit verify
}

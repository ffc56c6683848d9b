#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Searching as people type: key by key, and with the bursts of backspaces that Vietnamese input
# methods send.

load pty

# telex BYTES…: as Unikey sends Telex, each burst in one write: what stands there is erased by
# backspaces and typed anew.
telex()
{
	for burst; do
		tmux -L t send-keys -l "$burst"
	done
}
bs=$'\x7f'

@test "Vietnamese typed by Telex arrives in the search, and the list follows" {
	console
	keys F
	wait_text 'PA-00006'
	keys /
	telex d "${bs}đ"
	wait_text 'filter: đ\*'
	telex u o "$bs${bs}ươ" n g
	wait_text 'filter: đương\*'
	telex "$bs$bs${bs}ờng"
	wait_text 'filter: đường\*'
	wait_text 'PA-00006'
	refute grep -q 'PA-00007' <<<"$(screen)"
	keys Enter
	wait_text 'filter: đường\*'
	keys Q
	expect_sane
}

@test "Esc gives the list back as it was" {
	console
	keys Down Down Down
	wait_text '^▌.*PA-00007'
	before=$(screen | sed -n '4,22p')
	keys /
	telex r a "${bs}á" c
	wait_text 'filter: rác\*'
	gone_text 'PA-00003'
	keys Escape
	wait_text '^▌.*PA-00007'
	[ "$(screen | sed -n '4,22p')" = "$before" ]
	keys Q
	expect_sane
}

@test "what was found is marked" {
	console
	keys /
	telex rac
	wait_text 'filter: rac\*'
	screen -e | grep -q $'\033\\[[0-9;]*4[0-9;]*m.*Rác'
	keys Enter
	keys Q
	expect_sane
}

@test "two strokes search all queues; a code goes to its record at once" {
	console
	keys /
	keys /
	wait_text 'all queues are searched'
	telex pa00007
	wait_text 'Called so'
	keys Enter
	wait_text 'PA-00007 ·'
	keys Q
	expect_sane
}

@test "searches are remembered, apart from commands" {
	console
	keys :
	type_line 'sort code'
	keys /
	telex 'rac thai'
	keys Enter
	wait_text 'filter: rac thai\*'
	keys / Up
	wait_text '^/rac thai'
	keys Escape
	gone_text '^/rac'
	keys : Up
	wait_text '^:sort code'
	keys Escape
	gone_text '^:sort'
	keys Q
	expect_sane
	console
	keys / Up
	wait_text '^/rac thai'
}

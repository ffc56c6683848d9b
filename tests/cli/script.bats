#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole console without a terminal: worker, screens, keys and commands.

load common

play()
{
	cat >"$IOC_HOME/script"
	run ioc --no-sync --clock 2026-11-21T12:00:00+07:00 --script "$IOC_HOME/script" "$@"
}

@test "shows the cached records" {
	fill
	play <<-END
	command tab 2
	wait PA-00001
	dump -
	END
	[ "$status" -eq 0 ]
	[[ $output == *PA-00003* ]]
	[ "$(wc -l <<<"$output")" -eq 24 ]
}

@test "keys, prompt and paste reach the screens" {
	fill
	play --size 100x30 <<-END
	keys 2
	wait PA-00001
	keys :
	paste filter code:PA-00007
	keys <Enter>
	gone PA-00001
	wait PA-00007
	END
	[ "$status" -eq 0 ]
}

@test "a dumped screen is as wide and high as asked, and harmless" {
	fill
	play --size 120x20 <<-END
	command tab 2
	wait PA-00001
	dump $IOC_HOME/screen
	END
	[ "$status" -eq 0 ]
	[ "$(wc -l <"$IOC_HOME/screen")" -eq 20 ]
	LC_ALL=C refute grep -q $'\033' "$IOC_HOME/screen"
}

@test "any size is survived" {
	fill
	play <<-END
	command tab 2
	wait PA-00001
	resize 40x10
	dump -
	resize 1x1
	dump -
	resize 250x70
	dump -
	resize 20x3
	dump -
	END
	[ "$status" -eq 0 ]
}

@test "what does not come is told, with the line" {
	fill
	echo 'nonsense' >"$IOC_HOME/script"
	run ioc --no-sync --script "$IOC_HOME/script"
	[ "$status" -eq 2 ]
	[[ $output == *"script:1"* ]]
	run ioc --no-sync --script /nonexistent
	[ "$status" -eq 3 ]
	echo 'keys q' >"$IOC_HOME/script"
	run ioc --no-sync --script "$IOC_HOME/script" --size 80
	[ "$status" -eq 2 ]
}

@test "no cache: the console opens all the same" {
	play <<-END
	idle
	dump -
	END
	[ "$status" -eq 0 ]
	[[ $output == *"IOC"* ]]
}

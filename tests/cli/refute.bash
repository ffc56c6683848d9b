# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

# refute COMMAND…: it fails.  A bare "! command" never ends a test, except as its last line.
refute()
{
	! "$@"
}

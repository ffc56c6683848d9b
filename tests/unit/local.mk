# SPDX-License-Identifier: GPL-3.0-or-later
# One program a module, listed in the fragment of its layer.
UNIT_TESTS =
include tests/unit/base.mk
include tests/unit/text.mk
include tests/unit/model.mk
include tests/unit/deadline.mk
include tests/unit/store.mk
include tests/unit/export.mk
include tests/unit/ui.mk
include tests/unit/tty.mk
include tests/unit/api.mk
include tests/unit/author.mk
include tests/unit/sync.mk
include tests/unit/gateway.mk
include tests/unit/app.mk
if HAVE_CMOCKA
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif

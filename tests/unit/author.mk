# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_redact
%C%_test_redact_LDADD = $(AUTHOR_LIBS) $(SYNC_LIBS) $(UNIT_LIBS)

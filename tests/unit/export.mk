# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_export_rows \
	%D%/test_export_when
%C%_test_export_rows_LDADD = $(EXPORT_LIBS) $(UNIT_LIBS)
%C%_test_export_when_LDADD = $(EXPORT_LIBS) $(UNIT_LIBS)

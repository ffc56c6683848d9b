# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_app_cli \
	%D%/test_app_drafts \
	%D%/test_app_launch \
	%D%/test_app_link \
	%D%/test_app_worker
%C%_test_app_cli_LDADD = $(APP_LIBS) $(UNIT_LIBS)
%C%_test_app_drafts_LDADD = $(APP_LIBS) $(UNIT_LIBS)
%C%_test_app_launch_LDADD = $(APP_LIBS) $(UNIT_LIBS)
%C%_test_app_link_LDADD = $(APP_LIBS) $(UNIT_LIBS)
%C%_test_app_worker_LDADD = $(APP_LIBS) $(UNIT_LIBS)

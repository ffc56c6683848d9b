# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_action \
	%D%/test_action_text \
	%D%/test_config \
	%D%/test_filter \
	%D%/test_filter_complete \
	%D%/test_filter_manual \
	%D%/test_kind \
	%D%/test_likeness \
	%D%/test_record \
	%D%/test_reply \
	%D%/test_view
%C%_test_action_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_action_text_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_config_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_filter_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_filter_complete_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_filter_manual_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_kind_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_likeness_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_record_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_reply_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
%C%_test_view_LDADD = $(MODEL_LIBS) $(UNIT_LIBS)
EXTRA_DIST += tests/fixtures/actions.txt

# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_text_clean \
	%D%/test_text_collate \
	%D%/test_text_fit \
	%D%/test_text_fmt \
	%D%/test_text_fold \
	%D%/test_text_mask \
	%D%/test_text_utf8 \
	%D%/test_text_word
%C%_test_text_clean_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_collate_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_fit_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_fmt_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_fold_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_mask_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_utf8_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)
%C%_test_text_word_LDADD = $(TEXT_LIBS) $(UNIT_LIBS)

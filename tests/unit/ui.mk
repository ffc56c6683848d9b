# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_ui_acting \
	%D%/test_ui_advice \
	%D%/test_ui_alike \
	%D%/test_ui_app \
	%D%/test_ui_cellbuf \
	%D%/test_ui_columns \
	%D%/test_ui_complete \
	%D%/test_ui_copy \
	%D%/test_ui_cursor \
	%D%/test_ui_deadline \
	%D%/test_ui_drafts \
	%D%/test_ui_edit \
	%D%/test_ui_errand \
	%D%/test_ui_find \
	%D%/test_ui_found \
	%D%/test_ui_groups \
	%D%/test_ui_keymap \
	%D%/test_ui_live \
	%D%/test_ui_making \
	%D%/test_ui_manual \
	%D%/test_ui_marks \
	%D%/test_ui_mouse \
	%D%/test_ui_palette \
	%D%/test_ui_places \
	%D%/test_ui_reach \
	%D%/test_ui_refused \
	%D%/test_ui_repeat \
	%D%/test_ui_reply \
	%D%/test_ui_runner \
	%D%/test_ui_spoken \
	%D%/test_ui_theme \
	%D%/test_ui_view
%C%_test_ui_acting_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_advice_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_alike_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_app_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_cellbuf_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_columns_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_complete_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_copy_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_cursor_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_deadline_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_drafts_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_edit_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_errand_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_find_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_found_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_groups_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_keymap_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_live_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_making_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_manual_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_marks_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_mouse_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_palette_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_places_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_reach_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_refused_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_repeat_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_reply_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_runner_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_spoken_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)
%C%_test_ui_theme_LDADD = $(UI_LIBS) $(UNIT_LIBS)
%C%_test_ui_view_LDADD = $(WORLD_LIBS) $(UNIT_LIBS)

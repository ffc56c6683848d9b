# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	tests/unit/test_ui_acting \
	tests/unit/test_ui_advice \
	tests/unit/test_ui_alike \
	tests/unit/test_ui_app \
	tests/unit/test_ui_cellbuf \
	tests/unit/test_ui_columns \
	tests/unit/test_ui_keymap \
	tests/unit/test_ui_theme
tests_unit_test_ui_app_SOURCES = tests/unit/test_ui_app.c $(WORLD)
tests_unit_test_ui_app_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_app_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_cellbuf_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_cellbuf_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_columns_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_columns_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_keymap_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_keymap_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_theme_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_theme_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_deadline
tests_unit_test_ui_deadline_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_deadline_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_alike_SOURCES = tests/unit/test_ui_alike.c $(WORLD)
tests_unit_test_ui_alike_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_alike_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_acting_SOURCES = tests/unit/test_ui_acting.c $(WORLD)
tests_unit_test_ui_acting_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_acting_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_advice_SOURCES = tests/unit/test_ui_advice.c $(WORLD)
tests_unit_test_ui_advice_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_advice_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_edit tests/unit/test_ui_reply
tests_unit_test_ui_edit_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_edit_LDADD = $(UI_LIBS) $(UNIT_LIBS)
tests_unit_test_ui_reply_SOURCES = tests/unit/test_ui_reply.c $(WORLD)
tests_unit_test_ui_reply_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_reply_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_marks
tests_unit_test_ui_marks_SOURCES = tests/unit/test_ui_marks.c $(WORLD)
tests_unit_test_ui_marks_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_marks_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_repeat
tests_unit_test_ui_repeat_SOURCES = tests/unit/test_ui_repeat.c $(WORLD)
tests_unit_test_ui_repeat_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_repeat_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_errand
tests_unit_test_ui_errand_SOURCES = tests/unit/test_ui_errand.c $(WORLD)
tests_unit_test_ui_errand_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_errand_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_live
tests_unit_test_ui_live_SOURCES = tests/unit/test_ui_live.c $(WORLD)
tests_unit_test_ui_live_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_live_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_runner
tests_unit_test_ui_runner_SOURCES = tests/unit/test_ui_runner.c $(WORLD)
tests_unit_test_ui_runner_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_runner_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_groups
tests_unit_test_ui_groups_SOURCES = tests/unit/test_ui_groups.c $(WORLD)
tests_unit_test_ui_groups_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_groups_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_view
tests_unit_test_ui_view_SOURCES = tests/unit/test_ui_view.c $(WORLD)
tests_unit_test_ui_view_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_view_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_found
tests_unit_test_ui_found_SOURCES = tests/unit/test_ui_found.c $(WORLD)
tests_unit_test_ui_found_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_found_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_complete
tests_unit_test_ui_complete_SOURCES = tests/unit/test_ui_complete.c $(WORLD)
tests_unit_test_ui_complete_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_complete_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_places
tests_unit_test_ui_places_SOURCES = tests/unit/test_ui_places.c $(WORLD)
tests_unit_test_ui_places_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_places_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_find
tests_unit_test_ui_find_SOURCES = tests/unit/test_ui_find.c $(WORLD)
tests_unit_test_ui_find_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_find_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_palette
tests_unit_test_ui_palette_SOURCES = tests/unit/test_ui_palette.c $(WORLD)
tests_unit_test_ui_palette_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_palette_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_reach
tests_unit_test_ui_reach_SOURCES = tests/unit/test_ui_reach.c $(WORLD)
tests_unit_test_ui_reach_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_reach_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_manual
tests_unit_test_ui_manual_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_manual_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_copy
tests_unit_test_ui_copy_SOURCES = tests/unit/test_ui_copy.c $(WORLD)
tests_unit_test_ui_copy_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_copy_LDADD = $(UI_LIBS) $(UNIT_LIBS)

UNIT_TESTS += tests/unit/test_ui_spoken
tests_unit_test_ui_spoken_SOURCES = tests/unit/test_ui_spoken.c $(WORLD)
tests_unit_test_ui_spoken_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
tests_unit_test_ui_spoken_LDADD = $(UI_LIBS) $(UNIT_LIBS)

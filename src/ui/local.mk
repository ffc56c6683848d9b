# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libui.a
libui_a_SOURCES = \
	%D%/acting.c %D%/acting.h %D%/acting_form.c \
	%D%/actions_screen.c \
	%D%/advice.c %D%/advice.h \
	%D%/advice_screen.c \
	%D%/alias.c %D%/alias.h \
	%D%/alike.c %D%/alike.h \
	%D%/alike_screen.c \
	%D%/alike_text.c \
	%D%/app.c %D%/app.h \
	%D%/banner.c %D%/banner.h \
	%D%/batch.c %D%/batch.h \
	%D%/box.c %D%/box.h \
	%D%/cellbuf.c %D%/cellbuf.h \
	%D%/chart.c %D%/chart.h \
	%D%/colour.c %D%/colour.h \
	%D%/column_set.c \
	%D%/columns.c %D%/columns.h \
	%D%/columns_screen.c \
	%D%/command.c %D%/command.h \
	%D%/commands.c %D%/commands.h \
	%D%/commands_console.c %D%/commands_list.c %D%/commands_move.c %D%/commands_tabs.c \
	%D%/commands_act.c \
	%D%/commands_alike.c \
	%D%/commands_copy.c \
	%D%/commands_due.c \
	%D%/commands_new.c \
	%D%/commands_script.c \
	%D%/bookmarks.c \
	%D%/commands_columns.c \
	%D%/commands_groups.c \
	%D%/groups.c %D%/groups.h \
	%D%/groups_view.c \
	%D%/commands_places.c \
	%D%/commands_view.c \
	%D%/complete.c %D%/complete.h %D%/complete_action.c %D%/complete_filter.c \
	%D%/complete_words.c \
	%D%/detail.c %D%/detail.h \
	%D%/detail_text.c %D%/detail_text.h \
	%D%/detail_view.c \
	%D%/doc.c %D%/doc.h \
	%D%/draw.c %D%/draw.h \
	%D%/drafts.c %D%/drafts.h \
	%D%/due.c %D%/due.h \
	%D%/due_view.c \
	%D%/effect.c %D%/effect.h \
	%D%/edit.c %D%/edit.h \
	%D%/empty.c \
	%D%/errand.c %D%/errand.h \
	%D%/event.h \
	%D%/explain_screen.c \
	%D%/forecast_view.c \
	%D%/footer.c \
	%D%/form.c %D%/form.h %D%/form_match.c \
	%D%/form_view.c \
	%D%/find.c %D%/find.h %D%/find_lines.c %D%/find_screen.c %D%/commands_find.c \
	%D%/filter_look.c %D%/filter_look.h \
	%D%/found.c %D%/found.h \
	%D%/frame.c \
	%D%/headless.c %D%/headless.h %D%/headless_screen.c \
	%D%/help.c %D%/help_command.c %D%/help_command.h \
	%D%/input.c %D%/input.h \
	%D%/kept.c %D%/kept.h \
	%D%/key.c %D%/key.h \
	%D%/keymap.c %D%/keymap.h \
	%D%/layout.c %D%/layout.h \
	%D%/list.c %D%/list.h %D%/list_question.c \
	%D%/list_view.c %D%/list_view.h \
	%D%/live.c %D%/live.h \
	%D%/lookup.c %D%/lookup.h \
	%D%/marks.c %D%/marks.h \
	%D%/new.h %D%/new_screen.c \
	%D%/menu.c %D%/menu.h \
	%D%/outbox_screen.c \
	%D%/palette.c %D%/palette.h %D%/palette_words.c \
	%D%/pending.c %D%/pending.h \
	%D%/places.c %D%/places.h \
	%D%/view_tabs.c \
	%D%/picker.c %D%/picker.h %D%/picker_match.c \
	%D%/memory.c %D%/memory.h \
	%D%/overview.c %D%/overview.h \
	%D%/overview_view.c \
	%D%/questions.c %D%/questions.h \
	%D%/queue.c \
	%D%/repeat.c %D%/repeat.h \
	%D%/reply_pick.c %D%/reply_pick.h \
	%D%/results_screen.c \
	%D%/role.c %D%/role.h \
	%D%/runner.c %D%/runner.h \
	%D%/show.c %D%/show.h \
	%D%/show_deadline.c %D%/show_deadline.h \
	%D%/source_words.c \
	%D%/sources_screen.c \
	%D%/state.h \
	%D%/sweep.c %D%/sweep.h \
	%D%/tabs.c %D%/tabs.h \
	%D%/target.c %D%/target.h \
	%D%/dialog.c %D%/dialog.h \
	%D%/news.c %D%/news.h \
	%D%/spoken.c %D%/spoken.h \
	%D%/tell.c %D%/tell.h \
	%D%/tell_acting.c %D%/tell_detail.c %D%/tell_find.c %D%/tell_groups.c %D%/tell_due.c %D%/tell_list.c \
	%D%/tell_overview.c \
	%D%/text_view.c %D%/text_view.h \
	%D%/theme.c %D%/theme.h \
	%D%/theme_screen.c \
	%D%/undo.c
UI_LIBS = libui.a $(ROUTING_LIBS) -lm

# SPDX-License-Identifier: GPL-3.0-or-later
# ioc, the console and its verbs.  It never reaches the network: no curl, jq or TLS here.
noinst_LIBRARIES += libapp.a
libapp_a_SOURCES = \
	%D%/assets.c %D%/assets.h \
	%D%/batch.c \
	%D%/cache.c %D%/cache.h \
	%D%/calendar_check.c \
	%D%/calendar_count.c \
	%D%/calendar_show.c \
	%D%/calendar_verb.h \
	%D%/calendar_words.c \
	%D%/check.c %D%/check.h \
	%D%/check_calendars.c \
	%D%/check_files.c \
	%D%/check_routing.c \
	%D%/check_world.c \
	%D%/cli.c %D%/cli.h \
	%D%/complete_ask.c %D%/complete_ask.h \
	%D%/candidates.c %D%/candidates.h \
	%D%/candidates_values.c \
	%D%/complete.c %D%/complete.h \
	%D%/console.c %D%/console.h \
	%D%/do_plan.c %D%/do_plan.h \
	%D%/do_send.c %D%/do_send.h \
	%D%/drafts.c %D%/drafts.h \
	%D%/due_forecast.c %D%/due_forecast.h \
	%D%/editor.c %D%/editor.h \
	%D%/exit_code.c %D%/exit_code.h \
	%D%/follow.c %D%/follow.h \
	%D%/health.c %D%/health.h \
	%D%/help_actions.c %D%/help_actions.h \
	%D%/help_commands.c %D%/help_commands.h \
	%D%/instant.c %D%/instant.h \
	%D%/line_mode.c %D%/line_mode.h \
	%D%/launch.c %D%/launch.h \
	%D%/link.c %D%/link.h \
	%D%/memory_file.c %D%/memory_file.h \
	%D%/outbox_words.c %D%/outbox_words.h \
	%D%/program.h \
	%D%/route.h %D%/route_test.c \
	%D%/remap_wait.c %D%/remap_wait.h \
	%D%/file_watch.c %D%/file_watch.h \
	%D%/point.c %D%/point.h \
	%D%/replace_file.c %D%/replace_file.h \
	%D%/screen_dump.c %D%/screen_dump.h \
	%D%/script.c %D%/script.h \
	%D%/shell.c %D%/shell.h \
	%D%/session.c %D%/session.h \
	%D%/session_answers.c \
	%D%/session_effects.c \
	%D%/session_views.c \
	%D%/session_keep.c \
	%D%/session_line.c \
	%D%/session_parts.h \
	%D%/session_writer.c \
	%D%/shell_line.c %D%/shell_line.h \
	%D%/table.c %D%/table.h \
	%D%/verb_audit.c \
	%D%/verb_calendar.c \
	%D%/verb_complete.c \
	%D%/verb_connector.c \
	%D%/verb_count.c \
	%D%/verb_do.c \
	%D%/verb_doctor.c \
	%D%/verb_due.c \
	%D%/verb_duplicates.c \
	%D%/verb_export.c \
	%D%/verb_follow.c \
	%D%/verb_outbox.c \
	%D%/verb_route.c \
	%D%/verb_quarantine.c \
	%D%/verb_remap.c \
	%D%/verb_shell.c \
	%D%/verb_show.c \
	%D%/verb_status.c \
	%D%/verb_sync.c \
	%D%/verbs.c \
	%D%/verb_views.c \
	%D%/view_files.c %D%/view_files.h \
	%D%/worker.c %D%/worker.h \
	%D%/writer.c %D%/writer.h
APP_LIBS = libapp.a libtty.a libexport.a $(UI_LIBS) $(STORE_LIBS) $(NCURSES_LIBS) $(READLINE_LIBS)

bin_PROGRAMS += ioc
ioc_SOURCES = %D%/main.c
ioc_LDADD = $(APP_LIBS)

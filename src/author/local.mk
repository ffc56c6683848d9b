# SPDX-License-Identifier: GPL-3.0-or-later
# What ioc connector does; linked into ioc-sync.
noinst_LIBRARIES += libauthor.a
libauthor_a_SOURCES = \
	%D%/author.c %D%/author.h %D%/parts.h \
	%D%/check.c \
	%D%/connectors.c %D%/connectors.h \
	%D%/diff.c \
	%D%/expect.c %D%/expect.h \
	%D%/lint.c \
	%D%/lint_map.c \
	%D%/new.c \
	%D%/pull.c %D%/pull.h \
	%D%/record_json.c %D%/record_json.h \
	%D%/recording.c %D%/recording.h \
	%D%/recording_file.c \
	%D%/redact.c \
	%D%/remarks.c %D%/remarks.h \
	%D%/report.c %D%/report.h \
	%D%/report_text.c \
	%D%/schema.c \
	%D%/schema_words.c %D%/schema_words.h \
	%D%/trial.c %D%/trial.h \
	%D%/try.c \
	%D%/try_action.c \
	%D%/try_more.h \
	%D%/try_stream.c \
	%D%/unmapped.c %D%/unmapped.h
AUTHOR_LIBS = libauthor.a

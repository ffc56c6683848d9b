# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libmodel.a
libmodel_a_SOURCES = \
	%D%/action.c %D%/action.h %D%/action_fields.h \
	%D%/action_alert.c \
	%D%/action_call.c \
	%D%/action_complaint.c \
	%D%/action_dossier.c \
	%D%/action_hazard.c \
	%D%/action_mention.c \
	%D%/action_text.c %D%/action_text.h \
	%D%/action_value.c \
	%D%/complete.c %D%/complete.h \
	%D%/config.c %D%/config.h %D%/config_parts.h %D%/config_read.c \
	%D%/due.c %D%/due.h \
	%D%/duplicates.c %D%/duplicates.h \
	%D%/suggestion.c %D%/suggestion.h \
	%D%/filter.c %D%/filter.h %D%/filter_parts.h \
	%D%/filter_complete.c %D%/filter_complete.h \
	%D%/filter_field.c \
	%D%/filter_special.c \
	%D%/filter_term.c \
	%D%/filter_time.c \
	%D%/filter_narrow.c %D%/filter_narrow.h \
	%D%/filter_typing.c %D%/filter_typing.h \
	%D%/filter_value.c \
	%D%/forecast.c %D%/forecast.h \
	%D%/kind.c %D%/kind.h %D%/kinds.h \
	%D%/kind_alert.c \
	%D%/kind_call.c \
	%D%/kind_catalogues.c \
	%D%/kind_complaint.c \
	%D%/kind_dossier.c \
	%D%/kind_hazard.c \
	%D%/kind_mention.c \
	%D%/likeness.c %D%/likeness.h %D%/likeness_parts.h \
	%D%/likeness_words.c \
	%D%/query.c %D%/query.h \
	%D%/groups.c %D%/groups.h \
	%D%/hours.c %D%/hours.h \
	%D%/quiet.c %D%/quiet.h \
	%D%/record.c %D%/record.h \
	%D%/reply.c %D%/reply.h %D%/reply_parts.h \
	%D%/reply_read.c \
	%D%/source.c %D%/source.h \
	%D%/standard_columns.h \
	%D%/view.c %D%/view.h \
	%D%/view_read.c \
	%D%/view_text.c
MODEL_LIBS = libmodel.a $(TEXT_LIBS) -lm

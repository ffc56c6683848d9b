# SPDX-License-Identifier: GPL-3.0-or-later
# Makes records only; the gateway keeps them.
noinst_LIBRARIES += libdemo.a
libdemo_a_SOURCES = \
	%D%/alert.c %D%/alert.h \
	%D%/call.c %D%/call.h \
	%D%/catalogue.c %D%/catalogue.h \
	%D%/change.c %D%/change.h \
	%D%/city.c %D%/city.h \
	%D%/complaint.c %D%/complaint.h \
	%D%/complaint_texts.c %D%/complaint_texts.h \
	%D%/dossier.c %D%/dossier.h \
	%D%/jot.c %D%/jot.h \
	%D%/load.c %D%/load.h \
	%D%/load_alerts.c \
	%D%/load_calls.c \
	%D%/load_complaints.c \
	%D%/load_dossiers.c \
	%D%/load_hazards.c \
	%D%/load_mentions.c \
	%D%/load_parts.h \
	%D%/odd.c %D%/odd.h \
	%D%/people.c %D%/people.h \
	%D%/places.c %D%/places.h \
	%D%/rng.c %D%/rng.h \
	%D%/sketch.c %D%/sketch.h \
	%D%/streams.h \
	%D%/text.c %D%/text.h \
	%D%/time.c %D%/time.h \
	%D%/voice.c %D%/voice.h \
	%D%/workflow.c %D%/workflow.h \
	%D%/world.c %D%/world.h
DEMO_LIBS = libdemo.a $(DEADLINE_LIBS)

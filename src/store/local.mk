# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	%D%/db.h \
	%D%/ingest.h \
	%D%/journal.h \
	%D%/names.h \
	%D%/query.h \
	%D%/sources.h
STORE_LIBS = libstore.a $(MODEL_LIBS) $(SQLITE_LIBS)

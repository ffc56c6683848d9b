# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libexport.a
libexport_a_SOURCES = \
	%D%/cells.c \
	%D%/columns.c \
	%D%/escape.c %D%/escape.h \
	%D%/out.c %D%/out.h \
	%D%/pipeline.c %D%/pipeline.h \
	%D%/plan.c %D%/plan.h \
	%D%/rows.c %D%/rows.h \
	%D%/when.c %D%/when.h
EXPORT_LIBS = libexport.a $(STORE_LIBS)

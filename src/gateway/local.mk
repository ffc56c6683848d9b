# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libgateway.a
libgateway_a_SOURCES = \
	%D%/backend.h \
	%D%/backend_open.c \
	%D%/backend_read.c \
	%D%/backend_schema.h \
	%D%/backend_sqlite.h \
	%D%/backend_write.c \
	%D%/demo.c %D%/demo.h
GATEWAY_LIBS = libgateway.a $(MODEL_LIBS) $(SQLITE_LIBS)

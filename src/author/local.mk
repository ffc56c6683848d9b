# SPDX-License-Identifier: GPL-3.0-or-later
# What ioc connector does; linked into ioc-sync.
noinst_LIBRARIES += libauthor.a
libauthor_a_SOURCES = \
	%D%/author.c %D%/author.h %D%/parts.h \
	%D%/check.c \
	%D%/connectors.c %D%/connectors.h \
	%D%/lint.c \
	%D%/lint_map.c \
	%D%/remarks.c %D%/remarks.h
AUTHOR_LIBS = libauthor.a $(API_LIBS)

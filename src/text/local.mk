# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	%D%/accent.c %D%/accent.h \
	%D%/clean.c %D%/clean.h \
	%D%/collate.c %D%/collate.h \
	%D%/fit.c %D%/fit.h \
	%D%/fmt.c %D%/fmt.h %D%/fmt_time.c \
	%D%/fold.c %D%/fold.h \
	%D%/mask.c %D%/mask.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/tail.c %D%/tail.h \
	%D%/utf8.c %D%/utf8.h  \
	%D%/word.c %D%/word.h
TEXT_LIBS = libtext.a $(BASE_LIBS) $(UTF8PROC_LIBS)

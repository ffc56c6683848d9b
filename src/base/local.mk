# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	%D%/alloc.c %D%/alloc.h \
	%D%/arena.c %D%/arena.h \
	%D%/argv.c %D%/argv.h \
	%D%/base64.c %D%/base64.h \
	%D%/child.c %D%/child.h \
	%D%/clock.c %D%/clock.h \
	%D%/control.c %D%/control.h \
	%D%/err.c %D%/err.h \
	%D%/i18n.c %D%/i18n.h \
	%D%/log.c %D%/log.h \
	%D%/member.c %D%/member.h \
	%D%/msgq.c %D%/msgq.h \
	%D%/paths.c %D%/paths.h \
	%D%/quote.c %D%/quote.h \
	%D%/strbuf.c %D%/strbuf.h \
	%D%/strmap.c %D%/strmap.h \
	%D%/suggest.c %D%/suggest.h \
	%D%/utf8.c %D%/utf8.h \
	%D%/yaml.c %D%/yaml.h \
	%D%/zone.c %D%/zone.h
BASE_LIBS = libbase.a $(JANSSON_LIBS) $(FYAML_LIBS)

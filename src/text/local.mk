# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = %D%/clean.h
TEXT_LIBS = libtext.a $(BASE_LIBS) $(UTF8PROC_LIBS)

# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libui.a
libui_a_SOURCES = \
	%D%/app.h \
	%D%/cellbuf.h \
	%D%/effect.h \
	%D%/event.h \
	%D%/role.h
UI_LIBS = libui.a $(MODEL_LIBS)

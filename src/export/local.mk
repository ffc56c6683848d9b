# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libexport.a
libexport_a_SOURCES =
EXPORT_LIBS = libexport.a $(STORE_LIBS)

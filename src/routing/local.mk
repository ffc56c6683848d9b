# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += librouting.a
librouting_a_SOURCES = \
	%D%/faults.c %D%/faults.h \
	%D%/routing.c %D%/routing.h \
	%D%/routing_read.c
ROUTING_LIBS = librouting.a $(DEADLINE_LIBS)

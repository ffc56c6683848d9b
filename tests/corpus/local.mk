# SPDX-License-Identifier: GPL-3.0-or-later
# The filter language: right and wrong filters over a few records (tests/cli/filters.bats).
check_PROGRAMS += %D%/load
%C%_load_SOURCES = %D%/load.c
%C%_load_LDADD = $(STORE_LIBS)
EXTRA_DIST += %D%/filters/records.tsv %D%/filters/right.tsv %D%/filters/wrong.tsv

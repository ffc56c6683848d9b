# SPDX-License-Identifier: GPL-3.0-or-later
# The programs as scripts use them.
CLI_TESTS = \
	%D%/count.bats \
	%D%/doctor.bats \
	%D%/export.bats \
	%D%/program.bats \
	%D%/script.bats \
	%D%/show.bats \
	%D%/status.bats
EXTRA_DIST += $(CLI_TESTS) %D%/common.bash

check_PROGRAMS += %D%/fill %D%/control
%C%_fill_LDADD = $(STORE_LIBS)
%C%_control_LDADD = $(BASE_LIBS)
if HAVE_BATS
TESTS += $(CLI_TESTS)
endif

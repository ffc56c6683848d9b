# SPDX-License-Identifier: GPL-3.0-or-later
UNIT_TESTS += \
	%D%/test_base_argv \
	%D%/test_base_clock \
	%D%/test_base_control \
	%D%/test_base_log \
	%D%/test_base_member \
	%D%/test_base_memory \
	%D%/test_base_msgq \
	%D%/test_base_paths \
	%D%/test_base_yaml \
	%D%/test_base_zone
%C%_test_base_argv_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_clock_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_control_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_log_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_member_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_memory_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_msgq_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_paths_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_yaml_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
%C%_test_base_zone_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

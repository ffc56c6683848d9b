# SPDX-License-Identifier: GPL-3.0-or-later
# Every test speaks TAP.  C tests (cmocka) have no ending, shell tests (bats) end in .bats.
TEST_EXTENSIONS = .bats
TAP_DRIVER = $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(TAP_DRIVER)
BATS_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(TAP_DRIVER)
BATS_LOG_COMPILER = $(BATS) --tap
AM_TESTS_ENVIRONMENT = \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	LC_ALL=C.UTF-8; export LC_ALL; unset LANGUAGE LC_MESSAGES NO_COLOR; \
	TZ=Asia/Ho_Chi_Minh; export TZ; \
	srcdir='$(abs_top_srcdir)'; export srcdir; \
	builddir='$(abs_top_builddir)'; export builddir; \
	IOC_DATA_DIR='$(abs_top_srcdir)/data'; export IOC_DATA_DIR; \
	IOC_THEME_DIR='$(abs_top_srcdir)/themes'; export IOC_THEME_DIR; \
	IOC_EXEC_DIR='$(abs_top_builddir)'; export IOC_EXEC_DIR; \
	IOC_LOCALE_DIR='$(abs_top_builddir)/po'; export IOC_LOCALE_DIR; \
	ASAN_OPTIONS="$${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}"; export ASAN_OPTIONS; \
	LSAN_OPTIONS="$${LSAN_OPTIONS:-print_suppressions=0}"; export LSAN_OPTIONS; \
	UBSAN_OPTIONS="$${UBSAN_OPTIONS:-print_stacktrace=1}"; export UBSAN_OPTIONS;
UNIT_LIBS = $(CMOCKA_LIBS)

include tests/unit/local.mk
include tests/screen/local.mk
include tests/cli/local.mk
include tests/corpus/local.mk
include tests/pty/local.mk
include tests/fuzz/local.mk
# Those that need no programs around them: quick, and enough for a second compiler.
C_TESTS = $(UNIT_TESTS) $(FUZZ_TARGETS) tests/screen/test_screens

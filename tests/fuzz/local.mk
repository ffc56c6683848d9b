# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzz targets.  Each is fuzz_NAME.c with a corpus in corpus/NAME.  `make check` replays the
# corpus; configured with CC=clang --enable-fuzzing the same programs are libFuzzer's:
#	tests/fuzz/fuzz_clean -max_total_time=30 -max_len=4096 SCRATCH corpus/clean
FUZZ_TARGETS = \
	%D%/fuzz_calendar \
	%D%/fuzz_clean \
	%D%/fuzz_connector \
	%D%/fuzz_filter \
	%D%/fuzz_format \
	%D%/fuzz_item \
	%D%/fuzz_jqrun \
	%D%/fuzz_keymap \
	%D%/fuzz_keys \
	%D%/fuzz_sse \
	%D%/fuzz_theme
if HAVE_GATEWAY
FUZZ_TARGETS += %D%/fuzz_record
endif
if FUZZING
FUZZ_MAIN = $(FUZZ_ENGINE)
else
FUZZ_MAIN = %D%/libreplay.a
endif
check_LIBRARIES += %D%/libreplay.a
%C%_libreplay_a_SOURCES = %D%/fuzz.h %D%/replay.c
%C%_fuzz_calendar_LDADD = $(FUZZ_MAIN) $(DEADLINE_LIBS)
%C%_fuzz_clean_LDADD = $(FUZZ_MAIN) $(TEXT_LIBS)
%C%_fuzz_connector_LDADD = $(FUZZ_MAIN) $(API_LIBS)
%C%_fuzz_filter_LDADD = $(FUZZ_MAIN) $(MODEL_LIBS)
%C%_fuzz_format_LDADD = $(FUZZ_MAIN) $(API_LIBS)
%C%_fuzz_item_LDADD = $(FUZZ_MAIN) $(API_LIBS)
%C%_fuzz_jqrun_LDADD = $(FUZZ_MAIN) $(API_LIBS)
%C%_fuzz_keymap_LDADD = $(FUZZ_MAIN) $(UI_LIBS)
%C%_fuzz_keys_LDADD = $(FUZZ_MAIN) $(TTY_LIBS)
%C%_fuzz_record_LDADD = $(FUZZ_MAIN) $(GATEWAY_LIBS)
%C%_fuzz_sse_LDADD = $(FUZZ_MAIN) $(API_LIBS)
%C%_fuzz_theme_LDADD = $(FUZZ_MAIN) $(UI_LIBS)
EXTRA_DIST += %D%/corpus

check_PROGRAMS += $(FUZZ_TARGETS)
if !FUZZING
TESTS += $(FUZZ_TARGETS)
endif

# Looks for new inputs for a while each; only in a build with --enable-fuzzing.
FUZZ_SECONDS = 30
fuzz-targets: $(FUZZ_TARGETS)
fuzz: fuzz-targets
	@for target in $(FUZZ_TARGETS); do \
		name=$${target##*/fuzz_}; \
		$(MKDIR_P) fuzz-work/$$name || exit 1; \
		echo "  FUZZ     $$name, $(FUZZ_SECONDS) s"; \
		./$$target -verbosity=0 -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 \
			-artifact_prefix=fuzz-work/$$name- fuzz-work/$$name \
			$(srcdir)/tests/fuzz/corpus/$$name >fuzz-work/$$name.log 2>&1 || \
			{ tail -n 60 fuzz-work/$$name.log; exit 1; }; \
	done
.PHONY: fuzz fuzz-targets

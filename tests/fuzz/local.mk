# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzz targets.  Each is fuzz_NAME.c with a corpus in corpus/NAME.  `make check` replays the
# corpus; configured with CC=clang --enable-fuzzing the same programs are libFuzzer's:
#	tests/fuzz/fuzz_clean -max_total_time=30 -max_len=4096 SCRATCH corpus/clean
FUZZ_TARGETS =
if FUZZING
FUZZ_MAIN =
FUZZ_LINK = $(AM_LDFLAGS) -fsanitize=fuzzer
else
FUZZ_MAIN = tests/fuzz/fuzz.h tests/fuzz/replay.c
FUZZ_LINK = $(AM_LDFLAGS)
endif

FUZZ_TARGETS += tests/fuzz/fuzz_clean
tests_fuzz_fuzz_clean_SOURCES = tests/fuzz/fuzz_clean.c $(FUZZ_MAIN)
tests_fuzz_fuzz_clean_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_clean_LDADD = $(TEXT_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/clean/broken.txt \
	tests/fuzz/corpus/clean/decomposed.txt \
	tests/fuzz/corpus/clean/emoji.txt \
	tests/fuzz/corpus/clean/escapes.txt \
	tests/fuzz/corpus/clean/invisible.txt \
	tests/fuzz/corpus/clean/marks.txt \
	tests/fuzz/corpus/clean/scripts.txt \
	tests/fuzz/corpus/clean/vietnamese.txt

FUZZ_TARGETS += tests/fuzz/fuzz_keys
tests_fuzz_fuzz_keys_SOURCES = tests/fuzz/fuzz_keys.c $(FUZZ_MAIN)
tests_fuzz_fuzz_keys_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_keys_LDADD = $(TTY_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/keys/answers.txt \
	tests/fuzz/corpus/keys/broken.txt \
	tests/fuzz/corpus/keys/paste_mouse.txt \
	tests/fuzz/corpus/keys/usual.txt

FUZZ_TARGETS += tests/fuzz/fuzz_filter
tests_fuzz_fuzz_filter_SOURCES = tests/fuzz/fuzz_filter.c $(FUZZ_MAIN)
tests_fuzz_fuzz_filter_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_filter_LDADD = $(MODEL_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/filter/broken.txt \
	tests/fuzz/corpus/filter/names.txt \
	tests/fuzz/corpus/filter/near.txt \
	tests/fuzz/corpus/filter/predicates.txt \
	tests/fuzz/corpus/filter/ranges.txt \
	tests/fuzz/corpus/filter/times.txt \
	tests/fuzz/corpus/filter/values.txt \
	tests/fuzz/corpus/filter/vietnamese.txt

FUZZ_TARGETS += tests/fuzz/fuzz_keymap
tests_fuzz_fuzz_keymap_SOURCES = tests/fuzz/fuzz_keymap.c $(FUZZ_MAIN)
tests_fuzz_fuzz_keymap_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_keymap_LDADD = $(UI_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/keymap/control-in-alt \
	tests/fuzz/corpus/keymap/usual \
	tests/fuzz/corpus/keymap/wrong

if HAVE_GATEWAY
FUZZ_TARGETS += tests/fuzz/fuzz_record
endif
tests_fuzz_fuzz_record_SOURCES = tests/fuzz/fuzz_record.c $(FUZZ_MAIN)
tests_fuzz_fuzz_record_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_record_LDADD = $(GATEWAY_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/record/broken \
	tests/fuzz/corpus/record/catalogue \
	tests/fuzz/corpus/record/form \
	tests/fuzz/corpus/record/nested \
	tests/fuzz/corpus/record/nul-name \
	tests/fuzz/corpus/record/usual

FUZZ_TARGETS += tests/fuzz/fuzz_theme
tests_fuzz_fuzz_theme_SOURCES = tests/fuzz/fuzz_theme.c $(FUZZ_MAIN)
tests_fuzz_fuzz_theme_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_theme_LDADD = $(UI_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/theme/assumes.yaml \
	tests/fuzz/corpus/theme/dark.yaml \
	tests/fuzz/corpus/theme/partial.yaml \
	tests/fuzz/corpus/theme/wrong.yaml

FUZZ_TARGETS += tests/fuzz/fuzz_calendar
tests_fuzz_fuzz_calendar_SOURCES = tests/fuzz/fuzz_calendar.c $(FUZZ_MAIN)
tests_fuzz_fuzz_calendar_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_calendar_LDADD = $(DEADLINE_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/calendar/holidays.yaml \
	tests/fuzz/corpus/calendar/hours.yaml \
	tests/fuzz/corpus/calendar/units.yaml \
	tests/fuzz/corpus/calendar/wrong.yaml \
	tests/fuzz/corpus/calendar/year.yaml

FUZZ_TARGETS += tests/fuzz/fuzz_sse
tests_fuzz_fuzz_sse_SOURCES = tests/fuzz/fuzz_sse.c $(FUZZ_MAIN)
tests_fuzz_fuzz_sse_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_sse_LDADD = $(API_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/sse/odd.txt \
	tests/fuzz/corpus/sse/usual.txt

FUZZ_TARGETS += tests/fuzz/fuzz_connector
tests_fuzz_fuzz_connector_SOURCES = tests/fuzz/fuzz_connector.c $(FUZZ_MAIN)
tests_fuzz_fuzz_connector_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_connector_LDADD = $(API_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/connector/frigate.yaml \
	tests/fuzz/corpus/connector/native.yaml \
	tests/fuzz/corpus/connector/open311.yaml \
	tests/fuzz/corpus/connector/vcon.yaml \
	tests/fuzz/corpus/connector/wrong.yaml

FUZZ_TARGETS += tests/fuzz/fuzz_item
tests_fuzz_fuzz_item_SOURCES = tests/fuzz/fuzz_item.c $(FUZZ_MAIN)
tests_fuzz_fuzz_item_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_item_LDADD = $(API_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/item/frigate-events.json \
	tests/fuzz/corpus/item/hostile.json \
	tests/fuzz/corpus/item/open311-requests.json \
	tests/fuzz/corpus/item/vcon.json

FUZZ_TARGETS += tests/fuzz/fuzz_jqrun
tests_fuzz_fuzz_jqrun_SOURCES = tests/fuzz/fuzz_jqrun.c $(FUZZ_MAIN)
tests_fuzz_fuzz_jqrun_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_jqrun_LDADD = $(API_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/jqrun/arrays \
	tests/fuzz/corpus/jqrun/calls \
	tests/fuzz/corpus/jqrun/conditions \
	tests/fuzz/corpus/jqrun/objects \
	tests/fuzz/corpus/jqrun/paths \
	tests/fuzz/corpus/jqrun/patterns \
	tests/fuzz/corpus/jqrun/pipes \
	tests/fuzz/corpus/jqrun/texts

FUZZ_TARGETS += tests/fuzz/fuzz_format
tests_fuzz_fuzz_format_SOURCES = tests/fuzz/fuzz_format.c $(FUZZ_MAIN)
tests_fuzz_fuzz_format_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_format_LDADD = $(API_LIBS)
EXTRA_DIST += \
	tests/fuzz/corpus/format/alert.xml \
	tests/fuzz/corpus/format/bomb.xml \
	tests/fuzz/corpus/format/converted.ndjson \
	tests/fuzz/corpus/format/folded.json \
	tests/fuzz/corpus/format/lines.ndjson \
	tests/fuzz/corpus/format/named.csv \
	tests/fuzz/corpus/format/page.html \
	tests/fuzz/corpus/format/prefixes.xml \
	tests/fuzz/corpus/format/quoted.csv

check_PROGRAMS += $(FUZZ_TARGETS)
if !FUZZING
TESTS += $(FUZZ_TARGETS)
endif

# Looks for new inputs for a while each; only in a build with --enable-fuzzing.
FUZZ_SECONDS = 30
fuzz: $(FUZZ_TARGETS)
	@for target in $(FUZZ_TARGETS); do \
		name=$${target##*/fuzz_}; \
		$(MKDIR_P) fuzz-work/$$name || exit 1; \
		echo "  FUZZ     $$name, $(FUZZ_SECONDS) s"; \
		./$$target -verbosity=0 -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 \
			-artifact_prefix=fuzz-work/$$name- fuzz-work/$$name \
			$(srcdir)/tests/fuzz/corpus/$$name >fuzz-work/$$name.log 2>&1 || \
			{ tail -n 60 fuzz-work/$$name.log; exit 1; }; \
	done
.PHONY: fuzz

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar files: whatever is in one, it is refused with a place or gives working time whose
 * laws hold. */
#include "base/clock.h"
#include "deadline/calendar.h"
#include "fuzz.h"

/* libfyaml loses a buffer on some broken documents. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml\n";
}

#define AUTUMN_2026 INT64_C(1795000000000)

static void check_laws(const struct worktime *w, int64_t t, int64_t amount)
{
	int64_t end = worktime_add(w, t, amount);
	FUZZ_CHECK(end == CLOCK_NONE || worktime_between(w, t, end) == amount);
	int64_t next = worktime_next_opening(w, t);
	FUZZ_CHECK(next == CLOCK_NONE || (next >= t && worktime_is_open(w, next)));
	int64_t closing = worktime_add_days(w, t, 3);
	FUZZ_CHECK(closing == CLOCK_NONE || closing > t);
	FUZZ_CHECK(worktime_between(w, t, t + DAY) <= DAY);
}

static void check_calendar(const struct calendar *c)
{
	const char *why;
	for (size_t i = 0; calendar_name(c, i); i++)
		for (size_t u = 0; u < 2; u++) {
			const char *unit = calendar_unit(c, calendar_name(c, i), 0);
			const struct worktime *w = calendar_hours(c, calendar_name(c, i),
								  u ? unit : NULL);
			for (int64_t t = -40; t <= 40; t++)
				check_laws(w, AUTUMN_2026 + t * 300 * DAY, t * HOUR);
		}
	FUZZ_CHECK(calendar_version(c)[0]);
	for (int year = 2010; year < 2050; year++)
		FUZZ_CHECK(calendar_year_complete(c, year, &why) || why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e = ERR_INIT;
	struct calendar *c = calendar_parse("x.yaml", (const char *)data, n, &e);
	FUZZ_CHECK(c || (e.code != ERR_NONE && e.text[0]));
	if (c)
		check_calendar(c);
	calendar_free(c);
	return 0;
}

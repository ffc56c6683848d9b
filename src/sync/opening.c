/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/opening.h"

#include "base/clock.h"
#include "deadline/calendar.h"
#include "model/hours.h"

static int64_t next_minute(int64_t t)
{
	return t - t % MINUTE + MINUTE;
}

/* The first minute of a day that is inside. */
static int64_t by_span(const struct quiet *span, int64_t t)
{
	if (quiet_at(span, t))
		return 0;
	for (int64_t m = next_minute(t); m <= t + DAY; m += MINUTE)
		if (quiet_at(span, m))
			return m - t;
	return DAY;
}

static int64_t by_calendar(const struct calendar *c, int64_t t)
{
	const struct worktime *w = c ? calendar_hours(c, NULL, NULL) : NULL;
	if (!w || worktime_between(w, t, t + 1) > 0)
		return 0;
	int64_t open = worktime_add(w, t, 1);
	return open == CLOCK_NONE ? DAY : open - 1 - t > 0 ? open - 1 - t : 1;
}

int64_t opening_wait(const struct calendar *c, const char *hours, int64_t t)
{
	struct hours h;
	if (hours_parse(hours, &h) < 0)
		return 0;
	return h.working ? by_calendar(c, t) : by_span(&h.span, t);
}

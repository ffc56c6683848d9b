/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/watch.h"

#include "base/clock.h"

#define SOON_MS 2000                 /* least time between two looks */
#define NEWS_MS (5 * SECOND)         /* between two for changes alone */
#define SHARE 50                     /* of all time, one part for looking */
#define TRUST_MS (INT64_C(1) * HOUR) /* the clock may have been set meanwhile */

bool watch_is_due(const struct watch *w)
{
	int64_t since = clock_monotonic() - w->looked;
	if (since < SOON_MS || since < w->took * SHARE)
		return false;
	return since >= TRUST_MS || (w->news && since >= NEWS_MS) ||
	       (w->wake != CLOCK_NONE && clock_now() >= w->wake);
}

void watch_note(struct watch *w, bool much)
{
	w->news = true;
	if (much)
		w->looked = INT64_MIN / 2;
}

int watch_look(struct watch *w, struct db *db, struct journal *j, const struct rulebook *b,
	       struct escalation_list *l, struct err *e)
{
	int64_t start = clock_monotonic();
	w->news = false;
	int rc = escalation_scan(db, j, b, clock_now(), l, &w->wake, e);
	w->news |= rc < 0;
	w->looked = clock_monotonic();
	w->took = w->looked - start;
	return rc;
}

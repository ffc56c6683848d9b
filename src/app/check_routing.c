/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doctor: the rules of distribution, against the catalogues of the cache. */
#include "app/check.h"
#include "base/i18n.h"
#include "deadline/calendar.h"
#include "store/router.h"

static void report(struct findings *f, struct router *t, const struct routing *rules)
{
	const struct faults *faults = router_faults(t);
	for (size_t i = 0; i < faults->count; i++)
		check_report(f, CHECK_PROBLEM, _("correct it; see ioc-routing(5)"), "%s",
			     faults->list[i].text);
	if (!rules)
		return;
	check_report(f, CHECK_OK, NULL, _("%s: rules: %zu, mode %s"), rules->path, rules->count,
		     routing_mode_name(rules->mode));
	if (rules->count && router_is_unchecked(t))
		check_report(f, CHECK_WARNING, _("run \"ioc sync --once\", then look again"),
			     _("the cache has no catalogue of units to check the rules "
			       "against"));
}

void check_routing(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct db *db = db_open_reader(p->paths.cache_db, &e);
	struct calendar *c = calendar_open(&p->paths, NULL);
	if (db) {
		struct router *t = router_new(db, &p->paths, NULL);
		report(f, t, router_rules(t, c, p->now));
		router_free(t);
	}
	calendar_free(c);
	db_close(db);
}

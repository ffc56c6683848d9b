/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/load_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "demo/catalogue.h"

int load_hand_out(struct load *l)
{
	struct made m;
	strbuf_clear(&l->json);
	sketch_write(&l->sketch, &l->json, &m);
	return l->sink(l->arg, &m, l->e);
}

void load_start_plan(struct load *l, enum stream of)
{
	rng_start(&l->r, l->w->city->seed, STREAM_PLAN + of, 0);
}

int64_t load_age(struct load *l, int64_t most, double bend)
{
	return (int64_t)((double)most * pow(rng_unit(&l->r), bend));
}

int64_t load_by_day(struct load *l, int64_t t)
{
	if (rhythm_hour(t) >= 5 || rng_percent(&l->r, 12))
		return t;
	int64_t morning = rhythm_midnight(t) + rng_between(&l->r, 5 * HOUR, 8 * HOUR);
	return morning < l->now - 2 * MINUTE ? morning : t;
}

int64_t load_long_ago(struct load *l, int64_t i, int64_t n, int64_t until)
{
	double share = ((double)i + rng_unit(&l->r)) / (double)n;
	return until - LOAD_HISTORY + (int64_t)(share * (double)LOAD_HISTORY);
}

int load_year(int64_t t)
{
	int year, month, day;
	clock_date((rhythm_midnight(t) + 7 * HOUR) / DAY, &year, &month, &day);
	return year;
}

int load_compare(int64_t a, int64_t b, uint64_t a_number, uint64_t b_number)
{
	if (a != b)
		return a < b ? -1 : 1;
	return a_number < b_number ? -1 : a_number > b_number;
}

static int make_all(struct load *l)
{
	if (catalogue_make(l->w->city, l->sink, l->arg, l->e) < 0 || load_complaints(l) < 0 ||
	    load_dossiers(l) < 0 || load_calls(l) < 0 || load_alerts(l) < 0 ||
	    load_hazards(l) < 0 || load_mentions(l) < 0)
		return -1;
	return 0;
}

int load_make(const struct world *w, int64_t now, int64_t records, made_sink *sink, void *arg,
	      struct err *e)
{
	struct load l = {.w = w,
			 .now = now,
			 .records = records,
			 .sink = sink,
			 .arg = arg,
			 .e = e,
			 .json = STRBUF_INIT};
	int bad = make_all(&l);
	for (size_t i = 0; i < l.told_count; i++)
		free(l.told[i].title);
	free(l.complaints);
	free(l.odds);
	free(l.looked_up);
	sketch_free(&l.sketch);
	strbuf_free(&l.json);
	return bad;
}

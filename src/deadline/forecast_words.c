/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a forecast rests on, in the words of people. */
#include "deadline/forecast.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"

#define AMOUNT_TEXT 128

/* A whole number without its ".0". */
static const char *number(double v, char *buf)
{
	return fmt_real(v, v < 10 && v - (double)(int64_t)v >= 0.05 ? 1 : 0, buf);
}

/* Open time in the largest unit of which there is one. */
static void add_amount(struct strbuf *b, int64_t ms, int64_t day)
{
	char buf[FMT_TEXT];
	bool round_clock = day >= DAY;
	if (ms >= day)
		strbuf_addf(b, round_clock ? _("%s days") : _("%s working days"),
			    number((double)ms / (double)day, buf));
	else if (ms >= HOUR)
		strbuf_addf(b, round_clock ? _("%s hours") : _("%s working hours"),
			    number((double)ms / (double)HOUR, buf));
	else
		strbuf_addf(b, _("%s minutes"), number((double)ms / (double)MINUTE, buf));
}

/* Whose cases were counted. */
static void add_scope(struct strbuf *b, const struct forecast_row *row, const char *unit,
		      const char *category)
{
	switch (row->guess.scope) {
	case FORECAST_UNIT_CATEGORY:
		strbuf_addf(b, "%s, %s", unit, category);
		break;
	case FORECAST_UNIT:
		strbuf_adds(b, unit);
		break;
	case FORECAST_CATEGORY:
		strbuf_adds(b, category);
		break;
	default:
		strbuf_adds(b, _(row->record->kind->title));
	}
}

void forecast_reason(struct strbuf *b, const struct forecast_row *row, int64_t window,
		     const char *unit, const char *category)
{
	const struct forecast_guess *g = &row->guess;
	struct strbuf used = STRBUF_INIT, allowed = STRBUF_INIT;
	add_amount(&used, row->used, row->day);
	add_amount(&allowed, row->allowed, row->day);
	if (g->known) {
		add_scope(b, row, unit, category);
		strbuf_addf(b,
			    _(": %d of %d that ran as long and were due in the last %d days "
			      "were late; this one has used %s of %s"),
			    g->late, g->alike, (int)(window / DAY), used.s, allowed.s);
	} else {
		strbuf_addf(b,
			    _("too few cases to say: %d alike in the last %d days, %d are "
			      "needed"),
			    g->alike, (int)(window / DAY), FORECAST_LEAST);
	}
	strbuf_free(&used);
	strbuf_free(&allowed);
}

void forecast_score_words(struct strbuf *b, int test, const struct forecast_score *s)
{
	char precision[FMT_TEXT], recall[FMT_TEXT];
	strbuf_addf(b, _("after %d%% of their time: "),
		    (int)(forecast_test_shares[test] * 100 + 0.5));
	if (s->cases)
		strbuf_addf(b,
			    _("of %d cases, %d were called late and %d of these were (%s); of "
			      "%d that were late, %s were named"),
			    s->cases, s->said, s->right,
			    fmt_percent(s->right, s->said, precision), s->late,
			    fmt_percent(s->right, s->late, recall));
	else
		strbuf_adds(b, _("too few cases to tell how often the forecast was right"));
}

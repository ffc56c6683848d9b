/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits: how they are written, and when they are over. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/rulebook_parts.h"
#include "text/fmt.h"
#include "text/fold.h"

/* Folded; the first of a unit is how it is written. */
static const struct {
	const char *word;
	enum limit_unit unit;
} words[] = {
	{"min", LIMIT_MINUTES},
	{"m", LIMIT_MINUTES},
	{"minute", LIMIT_MINUTES},
	{"minutes", LIMIT_MINUTES},
	{"phut", LIMIT_MINUTES},
	{"ph", LIMIT_MINUTES},
	{"h", LIMIT_HOURS},
	{"hour", LIMIT_HOURS},
	{"hours", LIMIT_HOURS},
	{"working hour", LIMIT_HOURS},
	{"working hours", LIMIT_HOURS},
	{"gio", LIMIT_HOURS},
	{"gio lv", LIMIT_HOURS},
	{"gio lam viec", LIMIT_HOURS},
	{"working day", LIMIT_WORKING_DAYS},
	{"working days", LIMIT_WORKING_DAYS},
	{"ngay lv", LIMIT_WORKING_DAYS},
	{"ngay lam viec", LIMIT_WORKING_DAYS},
	{"day", LIMIT_CALENDAR_DAYS},
	{"days", LIMIT_CALENDAR_DAYS},
	{"d", LIMIT_CALENDAR_DAYS},
	{"ngay", LIMIT_CALENDAR_DAYS},
	{"month", LIMIT_MONTHS},
	{"months", LIMIT_MONTHS},
	{"thang", LIMIT_MONTHS},
	{"same day", LIMIT_SAME_DAY},
	{"trong ngay", LIMIT_SAME_DAY},
};

int limit_unit_parse(const char *text, enum limit_unit *out)
{
	struct strbuf folded = STRBUF_INIT;
	fold_append(&folded, text, strlen(text));
	size_t i = 0;
	while (i < ARRAY_LEN(words) && strcmp(words[i].word, folded.s) != 0)
		i++;
	strbuf_free(&folded);
	if (i == ARRAY_LEN(words))
		return -1;
	*out = words[i].unit;
	return 0;
}

int limit_parse(const char *text, struct limit *out)
{
	char *rest = (char *)text;
	double amount = 0;
	struct limit l = {.set = true};
	if (*text >= '0' && *text <= '9')
		amount = strtod(text, &rest);
	if (limit_unit_parse(rest, &l.unit) < 0)
		return -1;
	bool has_amount = rest != text;
	if (has_amount == (l.unit == LIMIT_SAME_DAY) ||
	    (has_amount && !(amount > 0 && amount <= LIMIT_MOST)))
		return -1;
	l.amount = amount;
	*out = l;
	return 0;
}

void limit_describe(const struct limit *l, struct strbuf *out)
{
	char n[FMT_TEXT];
	fmt_number(l->amount, n);
	switch (l->unit) {
	case LIMIT_MINUTES:
		strbuf_addf(out, _("%s minutes"), n);
		break;
	case LIMIT_HOURS:
		strbuf_addf(out, _("%s hours"), n);
		break;
	case LIMIT_WORKING_DAYS:
		strbuf_addf(out, _("%s working days"), n);
		break;
	case LIMIT_CALENDAR_DAYS:
		strbuf_addf(out, _("%s days"), n);
		break;
	case LIMIT_MONTHS:
		strbuf_addf(out, _("%s months"), n);
		break;
	case LIMIT_SAME_DAY:
		strbuf_addf(out,
			    _("within the day; received after %02d:%02d, the next working "
			      "day"),
			    l->after / 60, l->after % 60);
		break;
	}
}

/* Noon of the civil day, so that no change of offset can move it to another. */
static int64_t noon(int64_t day)
{
	struct clock_civil c = {.hour = 12};
	clock_date(day, &c.year, &c.month, &c.day);
	return clock_from_local(&c);
}

static int64_t civil_day(int64_t t)
{
	struct clock_civil c = clock_local(t);
	return clock_days(c.year, c.month, c.day);
}

static int days_of_month(int year, int month)
{
	int64_t next = month == 12 ? clock_days(year + 1, 1, 1)
				   : clock_days(year, month + 1, 1);
	return (int)(next - clock_days(year, month, 1));
}

/* The same day of a later month, or its last. */
static int64_t months_later(int64_t t, int months)
{
	struct clock_civil c = clock_local(t);
	int n = c.year * 12 + c.month - 1 + months;
	int most = days_of_month(n / 12, n % 12 + 1);
	return clock_days(n / 12, n % 12 + 1, c.day < most ? c.day : most);
}

/* To the closing of a civil day, or of the next one worked (Bộ luật Dân sự 2015 điều 148). */
static int64_t closing_of(const struct worktime *w, int64_t day)
{
	return worktime_add_days(w, noon(day), 0);
}

static int64_t same_day(const struct worktime *w, const struct limit *l, int64_t from)
{
	struct clock_civil c = clock_local(from);
	int64_t since = c.hour * HOUR + c.minute * MINUTE + c.second * SECOND + from % SECOND;
	int64_t end = worktime_add_days(w, from, 0);
	bool today = civil_day(end) == civil_day(from);
	if (today && (since > l->after * MINUTE || end <= from))
		return worktime_add_days(w, from, 1);
	return end;
}

static int64_t working_days(const struct worktime *w, double n, bool whole, int64_t from)
{
	if (whole && n == floor(n))
		return worktime_add_days(w, from, (int64_t)n);
	return worktime_add(w, from, llround(n * (double)worktime_day(w)));
}

int64_t rule_end(const struct rulebook *b, const struct rule *rule, enum clock_kind clock,
		 const char *unit, int64_t from)
{
	const struct worktime *w = rule ? rule_hours(b, rule, clock, unit) : NULL;
	if (!w || !rule->limits[clock].set || from == CLOCK_NONE)
		return CLOCK_NONE;
	const struct limit *l = &rule->limits[clock];
	switch (l->unit) {
	case LIMIT_MINUTES:
		return worktime_add(w, from, llround(l->amount * (double)MINUTE));
	case LIMIT_HOURS:
		return worktime_add(w, from, llround(l->amount * (double)HOUR));
	case LIMIT_WORKING_DAYS:
		return working_days(w, l->amount, rulebook_settings(b)->whole_days, from);
	case LIMIT_CALENDAR_DAYS:
		return closing_of(w, civil_day(from) + llround(l->amount));
	case LIMIT_MONTHS:
		return closing_of(w, months_later(from, (int)lround(l->amount)));
	case LIMIT_SAME_DAY:
		return same_day(w, l, from);
	}
	return CLOCK_NONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc calendar add and between. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/calendar_verb.h"
#include "app/exit_code.h"
#include "app/instant.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"

#define DAYS_MOST 3700 /* that are looked at for what is said about them */
#define WORDS_MOST 8

struct answer {
	int64_t from, to;
	struct span pauses[CLI_LIST_MOST];
	size_t pause_count;
};

/* --- words to instants ----------------------------------------------------------------------
 */

/* Joins "20/11/2026" and "16:30", which a shell parts, again.  Owned texts; their number, or
 * -1 where there are too many. */
static int join_clocks(const struct calendar_request *q, char *joined[WORDS_MOST])
{
	int n = 0;
	for (int i = 0; i < q->count; i++) {
		if (n > 0 && instant_is_clock(q->words[i])) {
			char *both = xasprintf("%s %s", joined[n - 1], q->words[i]);
			free(joined[n - 1]);
			joined[n - 1] = both;
		} else if (n == WORDS_MOST) {
			return n;
		} else {
			joined[n++] = xstrdup(q->words[i]);
		}
	}
	return n;
}

static int read_pause(const char *text, int64_t now, struct span *out, struct err *e)
{
	const char *dots = strstr(text, "..");
	if (!dots)
		return err_set(e, ERR_USAGE, _("a pause is FROM..TO, not \"%.40s\""), text);
	char *from = xstrndup(text, (size_t)(dots - text));
	out->to = CLOCK_NONE;
	int result = instant_read(from, now, &out->from, e);
	if (result == 0 && dots[2])
		result = instant_read(dots + 2, now, &out->to, e);
	free(from);
	if (result == 0 && out->to != CLOCK_NONE && out->to < out->from)
		return err_set(e, ERR_USAGE, _("the pause \"%.60s\" ends before it begins"),
			       text);
	return result;
}

static int read_pauses(const struct calendar_request *q, struct answer *a, struct err *e)
{
	for (size_t i = 0; i < q->pauses.count; i++)
		if (read_pause(q->pauses.items[i], q->program->now,
			       &a->pauses[a->pause_count++], e) < 0)
			return -1;
	return 0;
}

/* Two words: an instant, and what `second` reads. */
static int read_words(const struct calendar_request *q, struct answer *a,
		      int (*second)(const struct calendar_request *q, const char *word,
				    struct answer *a, struct err *e),
		      const char *usage, struct err *e)
{
	char *words[WORDS_MOST];
	int n = join_clocks(q, words), result = -1;
	if (n != 2)
		err_set(e, ERR_USAGE, "%s", usage);
	else if (instant_read(words[0], q->program->now, &a->from, e) == 0 &&
		 read_pauses(q, a, e) == 0)
		result = second(q, words[1], a, e);
	while (n > 0)
		free(words[--n]);
	return result;
}

/* --- what is said with every answer ---------------------------------------------------------
 */

static int64_t first_day(const struct answer *a)
{
	return calendar_day_of(a->from < a->to ? a->from : a->to);
}

static int64_t last_day(const struct answer *a)
{
	int64_t last = calendar_day_of(a->from < a->to ? a->to : a->from);
	int64_t most = first_day(a) + DAYS_MOST;
	return last < most ? last : most;
}

static const char *name_of(const struct calendar_request *q)
{
	return q->calendar ? q->calendar : "office";
}

static void print_basis(const struct calendar_request *q, const struct answer *a)
{
	const char *why;
	printf(_("calendar: %s, version %s\n"), name_of(q), calendar_version(q->data));
	if (q->unit)
		printf(_("unit: %s\n"), q->unit);
	calendar_print_days(q->data, q, first_day(a), last_day(a) + 1, calendar_telling_day);
	int gap = calendar_gap(q->data, a->from, a->to);
	if (gap && !calendar_year_complete(q->data, gap, &why))
		printf(_("not certain: the calendar of %d is incomplete: %s\n"), gap, why);
}

static json_t *basis_json(const struct calendar_request *q, const struct answer *a)
{
	char from[CLOCK_TEXT], to[CLOCK_TEXT];
	json_t *days = calendar_days_json(q->data, q, first_day(a), last_day(a) + 1,
					  calendar_telling_day);
	clock_format_local(a->from, from);
	clock_format_local(a->to, to);
	int gap = calendar_gap(q->data, a->from, a->to);
	return json_pack("{s:s, s:s, s:s, s:s*, s:s, s:o, s:o}", "from", from, "to", to,
			 "calendar", name_of(q), "unit", q->unit, "version",
			 calendar_version(q->data), "incomplete_year",
			 gap ? json_integer(gap) : json_null(), "days", days);
}

static int64_t open_time(const struct calendar_request *q, const struct answer *a)
{
	return worktime_between_paused(q->hours, a->from, a->to, a->pauses, a->pause_count);
}

static void print_numbers(const struct calendar_request *q, const struct answer *a)
{
	char hours[FMT_TEXT];
	printf(_("open time: %s\n"), calendar_hours_text(open_time(q, a), hours));
	printf(_("working days: %lld\n"),
	       (long long)worktime_days_between(q->hours, a->from, a->to));
}

static void print_answer_json(const struct calendar_request *q, const struct answer *a)
{
	json_t *o = basis_json(q, a);
	json_object_set_new(o, "open_ms", json_integer(open_time(q, a)));
	json_object_set_new(o, "working_days",
			    json_integer(worktime_days_between(q->hours, a->from, a->to)));
	program_print_json(o, 0);
}

/* --- the verbs ------------------------------------------------------------------------------
 */

static int add_amount(const struct calendar_request *q, const char *word, struct answer *a,
		      struct err *e)
{
	struct amount amount;
	if (amount_read(word, &amount, e) < 0)
		return -1;
	int64_t open = amount.n;
	if (amount.days) /* so that pauses move its end */
		open = worktime_between(q->hours, a->from,
					worktime_add_days(q->hours, a->from, amount.n));
	a->to = worktime_add_paused(q->hours, a->from, open, a->pauses, a->pause_count);
	if (amount.days && !a->pause_count)
		a->to = worktime_add_days(q->hours, a->from, amount.n);
	if (a->to == CLOCK_NONE)
		return err_set(e, ERR_USAGE,
			       _("\"%.40s\" never ends: a pause without an end, "
				 "or no more open hours"),
			       word);
	return 0;
}

int calendar_add(const struct calendar_request *q, struct err *e)
{
	struct answer a = {.pause_count = 0};
	char day[FMT_TEXT], clock[FMT_TEXT];
	if (read_words(q, &a, add_amount, _("add takes a time and an amount: add now 2h"), e) <
	    0)
		return -1;
	if (q->json) {
		print_answer_json(q, &a);
		return EXIT_OK;
	}
	printf("%s %s\n", calendar_day_text(calendar_day_of(a.to), day),
	       a.to % MINUTE ? fmt_time(a.to, clock) : fmt_minute(a.to, clock));
	print_numbers(q, &a);
	print_basis(q, &a);
	return EXIT_OK;
}

static int second_instant(const struct calendar_request *q, const char *word, struct answer *a,
			  struct err *e)
{
	return instant_read(word, q->program->now, &a->to, e);
}

int calendar_between(const struct calendar_request *q, struct err *e)
{
	struct answer a = {.pause_count = 0};
	if (read_words(q, &a, second_instant,
		       _("between takes two times: between 20/11/2026 16:30 now"), e) < 0)
		return -1;
	if (q->json) {
		print_answer_json(q, &a);
		return EXIT_OK;
	}
	print_numbers(q, &a);
	print_basis(q, &a);
	return EXIT_OK;
}

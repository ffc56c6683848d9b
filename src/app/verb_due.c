/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc due: what falls due, by whom; the numbers of the Due screen.  The exit code tells whether
 * anything is late. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cache.h"
#include "app/due_forecast.h"
#include "app/exit_code.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "export/escape.h"
#include "store/due.h"
#include "text/clean.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/utf8.h"

struct request {
	const char *until, *by, *units;
	bool json, csv, forecast;
	struct due_query query;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"until", 'u', N_("TIME"), N_("count what falls due until then: a time, a date (its end), or a span from now such as 4h (default: the end of today)"), CLI_TEXT, AT(until)},
	{"by", 'b', N_("COLUMN"), N_("unit, category, area or procedure (default: unit)"), CLI_TEXT, AT(by)},
	{"units", 'U', N_("then|now"), N_("units and areas as they were at the time, or those that have their duties now (default: then)"), CLI_TEXT, AT(units)},
	{"forecast", 'f', NULL, N_("list what will probably be late instead, with the reason, and how often that was right"), CLI_FLAG, AT(forecast)},
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{"csv", 'c', NULL, N_("as CSV"), CLI_FLAG, AT(csv)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli due_cli = {
	.verb = "due",
	.operands = N_("[KIND]"),
	.summary = N_("Counts what is late and what falls due, by unit; exits with 8 where "
		      "something is late."),
	.options = options,
	.example = "ioc due dossiers --until 2026-11-30 --by unit",
};

/* --- the question ----------------------------------------------------------- */

static int settle_until(const char *text, struct due_query *q, struct err *e)
{
	int64_t span;
	q->until = due_day_end(q->now);
	if (!text)
		return 0;
	if (clock_parse_span(text, &span) == 0) {
		q->until = q->now + span;
		return 0;
	}
	if (clock_parse(text, strlen(text), &q->until) < 0)
		return err_set(e, ERR_USAGE,
			       _("\"%.40s\" is no time: write 2026-11-21, "
				 "2026-11-21T07:30:00+07:00, or a span such as 4h or 7d"),
			       text);
	if (strlen(text) == strlen("2026-11-21"))
		q->until = due_day_end(q->until);
	return 0;
}

static int settle_by(const char *name, struct due_query *q, struct err *e)
{
	int by = 0;
	while (name && by < DUE_BY_COUNT && strcmp(due_by_columns[by], name) != 0)
		by++;
	if (by == DUE_BY_COUNT || (q->kind && !due_by_fits((enum due_by)by, q->kind)))
		return err_set(e, ERR_USAGE, _("can't group by \"%.40s\""), name);
	q->by = (enum due_by)by;
	return 0;
}

static int settle(struct request *r, const struct program *p, char **words, int count,
		  struct err *e)
{
	struct due_query *q = &r->query;
	q->now = p->now;
	if (count && !(q->kind = program_only_kind(words, count, e)))
		return -1;
	if (q->kind && q->kind->catalogue)
		return err_set(e, ERR_USAGE, _("%s have no deadlines"), q->kind->plural);
	if (r->units && strcmp(r->units, "then") != 0 && strcmp(r->units, "now") != 0)
		return err_set(e, ERR_USAGE, _("units: then or now, not \"%.40s\""), r->units);
	q->today = r->units && strcmp(r->units, "now") == 0;
	return settle_until(r->until, q, e) < 0 ? -1 : settle_by(r->by, q, e);
}

/* --- for programs ----------------------------------------------------------- */

static void time_or_nothing(int64_t t, char *buf)
{
	buf[0] = '\0';
	if (t != CLOCK_NONE)
		clock_format_local(t, buf);
}

static json_t *group_json(const struct due_group *g)
{
	char since[CLOCK_TEXT];
	const struct due_counts *c = &g->all;
	int64_t part, whole;
	due_rate(c, &part, &whole);
	time_or_nothing(g->oldest, since);
	json_t *o = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "open",
			      (json_int_t)c->open, "late", (json_int_t)c->late, "soon",
			      (json_int_t)c->soon, "due", (json_int_t)c->until, "paused",
			      (json_int_t)c->paused, "rate_late", (json_int_t)part, "rate_of",
			      (json_int_t)whole);
	if (g->oldest != CLOCK_NONE)
		json_object_set_new(o, "oldest",
				    json_pack("{s:s, s:s, s:s}", "due_at", since, "kind",
					      g->oldest_kind->id, "code", g->oldest_code));
	return o;
}

static void print_json(const struct due_board *b)
{
	char now[CLOCK_TEXT], until[CLOCK_TEXT], since[CLOCK_TEXT];
	time_or_nothing(b->query.now, now);
	time_or_nothing(b->query.until, until);
	time_or_nothing(b->since, since);
	json_t *groups = json_array();
	for (size_t i = 0; i < b->count; i++) {
		const struct due_group *g = &b->groups[i];
		json_t *o = group_json(g);
		json_object_set_new(o, "code", json_string(g->code));
		json_object_set_new(o, "name", json_string(g->name));
		if (g->filter)
			json_object_set_new(o, "filter", json_string(g->filter));
		json_array_append_new(groups, o);
	}
	json_t *all = json_pack(
		"{s:s, s:s, s:s?, s:s, s:s, s:s, s:b, s:o, s:o}", "now", now, "until", until,
		"kind", b->query.kind ? b->query.kind->id : NULL, "by",
		due_by_columns[b->query.by], "units", b->query.today ? "now" : "then",
		"rate_since", since, "rate_capped", b->capped, "total", group_json(&b->total),
		"groups", groups);
	program_print_json(all, 0);
}

static void put_csv(struct out *o, const char *text)
{
	struct strbuf b = STRBUF_INIT;
	if (escape_is_formula(text, strlen(text)))
		strbuf_addc(&b, '\'');
	strbuf_adds(&b, text);
	escape_csv(o, b.s, b.len);
	strbuf_free(&b);
}

static void print_csv_row(struct out *o, const struct due_group *g)
{
	char since[CLOCK_TEXT], numbers[200];
	const struct due_counts *c = &g->all;
	int64_t part, whole;
	due_rate(c, &part, &whole);
	time_or_nothing(g->oldest, since);
	put_csv(o, g->code);
	out_addc(o, ',');
	put_csv(o, g->name);
	snprintf(numbers, sizeof numbers,
		 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
		 ",%" PRId64 ",%s,",
		 c->open, c->late, c->soon, c->until, c->paused, part, whole, since);
	out_adds(o, numbers);
	put_csv(o, g->oldest_code);
	out_adds(o, "\n");
}

static int print_csv(const struct due_board *b, struct err *e)
{
	struct out o;
	if (out_open(&o, NULL, e) < 0)
		return -1;
	out_adds(&o, "code,name,open,late,soon,due,paused,rate_late,rate_of,oldest_due_at,"
		     "oldest_code\n");
	for (size_t i = 0; i < b->count; i++)
		print_csv_row(&o, &b->groups[i]);
	return out_finish(&o, e);
}

/* --- for people ------------------------------------------------------------- */

#define CELLS 8
#define NAME_MOST 44

static const char *const headings[CELLS] = {N_("Open"),       N_("Late"),   N_("Due soon"),
					    N_("Falls due"),  N_("Paused"), N_("Late, %"),
					    N_("Late since"), N_("Oldest")};

struct line {
	char cells[CELLS][FMT_TEXT];
	char name[FMT_TEXT * 2];
};

static void make_line(struct line *l, const struct due_group *g, const char *name, int64_t now)
{
	const struct due_counts *c = &g->all;
	const int64_t counts[] = {c->open, c->late, c->soon, c->until, c->paused};
	int64_t part, whole;
	struct strbuf clean = STRBUF_INIT;
	clean_append(&clean, name, strlen(name), 0);
	snprintf(l->name, sizeof l->name, "%s", clean.s);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		fmt_integer(counts[i], l->cells[i]);
	due_rate(c, &part, &whole);
	fmt_percent(part, whole, l->cells[5]);
	fmt_when(g->oldest, now, l->cells[6]);
	strbuf_clear(&clean);
	clean_append(&clean, g->oldest_code, strlen(g->oldest_code), 0);
	snprintf(l->cells[7], sizeof l->cells[7], "%s", clean.s);
	strbuf_free(&clean);
}

static void print_line(const struct line *l, const int *widths, int name_width)
{
	struct strbuf b = STRBUF_INIT;
	fit_pad(&b, l->name, strlen(l->name), name_width, FIT_LEFT);
	for (int i = 0; i < CELLS; i++) {
		strbuf_adds(&b, "  ");
		fit_pad(&b, l->cells[i], strlen(l->cells[i]), widths[i],
			i < 6 ? FIT_RIGHT : FIT_LEFT);
	}
	while (b.len && b.s[b.len - 1] == ' ')
		b.s[--b.len] = '\0';
	printf("%s\n", b.s);
	strbuf_free(&b);
}

static void widen(int *width, const char *text, int most)
{
	int w = utf8_swidth(text);
	*width = w > *width ? w < most ? w : most : *width;
}

static const char *by_words(const struct due_query *q)
{
	static const char *const words[DUE_BY_COUNT][2] = {
		[DUE_BY_UNIT] = {N_("by unit, as it was at the time"),
				 N_("by unit, who has the duties now")},
		[DUE_BY_CATEGORY] = {N_("by field"), N_("by field")},
		[DUE_BY_AREA] = {N_("by area, as it was at the time"),
				 N_("by area, as it is now")},
		[DUE_BY_PROCEDURE] = {N_("by procedure"), N_("by procedure")},
	};
	return _(words[q->by][q->today]);
}

/* What was asked, and over what time the share of late ones was taken. */
static void print_head(const struct due_board *b)
{
	char now[FMT_TEXT], until[FMT_TEXT];
	int64_t last = b->query.until - 1;
	bool whole_day = due_day_end(last) == b->query.until;
	printf(_("%s, %s; now %s, falls due until %s\n"),
	       b->query.kind ? _(b->query.kind->title) : _("All queues"), by_words(&b->query),
	       fmt_date_time(b->query.now, now),
	       whole_day ? fmt_date(last, until) : fmt_date_time(b->query.until, until));
}

static void print_note(const struct due_board *b)
{
	char day[FMT_TEXT];
	printf(b->capped ? _("Late, %%: of what is open with a deadline or ended since %s "
			     "(only so far back: there are many)")
			 : _("Late, %%: of what is open with a deadline or ended since %s"),
	       fmt_date(b->since, day));
	printf("\n");
}

static void print_table(const struct due_board *b)
{
	size_t count = b->count + 2;
	struct line *lines = xcalloc(count, sizeof *lines);
	int widths[CELLS] = {0}, name = 0;
	for (int i = 0; i < CELLS; i++)
		snprintf(lines[0].cells[i], FMT_TEXT, "%s", _(headings[i]));
	for (size_t i = 0; i < b->count; i++) {
		const struct due_group *g = &b->groups[i];
		make_line(&lines[i + 1], g, *g->code ? g->name : _("(none)"), b->query.now);
	}
	make_line(&lines[count - 1], &b->total, _("In all"), b->query.now);
	for (size_t i = 0; i < count; i++) {
		widen(&name, lines[i].name, NAME_MOST);
		for (int c = 0; c < CELLS; c++)
			widen(&widths[c], lines[i].cells[c], FMT_TEXT);
	}
	print_head(b);
	for (size_t i = 0; i < count; i++)
		print_line(&lines[i], widths, name);
	print_note(b);
	free(lines);
}

/* --- the verb --------------------------------------------------------------- */

static int forecast(const struct program *p, const struct request *r, bool *late, struct err *e)
{
	int64_t likely = 0;
	if (r->csv || r->until || r->by || r->units)
		return err_set(e, ERR_USAGE, _("--forecast goes with --json and a kind only"));
	int rc = due_forecast(p, r->query.kind, r->json, &likely, e);
	*late = likely > 0;
	return rc;
}

static int due(const struct program *p, const struct request *r, bool *late, struct err *e)
{
	if (r->forecast)
		return forecast(p, r, late, e);
	struct db *db = cache_open(p, e);
	if (!db)
		return -1;
	struct due_board *b = store_due(db, &r->query);
	int result = b->error.code == ERR_NONE ? 0 : -1;
	*late = b->total.all.late > 0;
	if (result < 0)
		*e = b->error;
	else if (r->csv)
		result = print_csv(b, e);
	else if (r->json)
		print_json(b);
	else
		print_table(b);
	due_board_free(b);
	db_close(db);
	return result;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct request *r = request;
	bool late = false;
	if (settle(r, p, words, count, e) < 0 || due(p, r, &late, e) < 0)
		return -1;
	return late ? EXIT_LATE : EXIT_OK;
}

int verb_due(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &due_cli, run, &q, argc, argv);
}

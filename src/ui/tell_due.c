/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due, and what will probably be late, in sentences. */
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "ui/state.h"

#define GROUPS_LEAST 10 /* told, the worst first */

static void add_count(struct strbuf *s, const char *word, int64_t n)
{
	char number[FMT_TEXT];
	if (n)
		strbuf_addf(s, ", %s %s", word, fmt_integer(n, number));
}

static void add_counts(struct app *a, struct strbuf *s, const struct due_group *g)
{
	const struct due_counts *c = &g->all;
	char text[FMT_TEXT];
	int64_t part, whole;
	due_rate(c, &part, &whole);
	strbuf_addf(s, ": %s %s", _("Open"), fmt_integer(c->open, text));
	add_count(s, _("Due today"), c->until);
	add_count(s, _("Due soon"), c->soon);
	add_count(s, _("Late"), c->late);
	add_count(s, _("Paused"), c->paused);
	if (part)
		strbuf_addf(s, ", %s %s", _("Late, %"), fmt_percent(part, whole, text));
	if (g->oldest != CLOCK_NONE)
		strbuf_addf(s, "; %s %s", _("Late since"),
			    fmt_when(g->oldest, a->look.now, text));
	if (g->oldest_code && *g->oldest_code)
		strbuf_addf(s, " (%s)", g->oldest_code);
}

static void tell_group(struct app *a, struct strbuf *out, int columns,
		       const struct due_group *g)
{
	struct strbuf s = STRBUF_INIT;
	char command[160];
	snprintf(command, sizeof command, "due-group %s", *g->code ? g->code : "-");
	strbuf_addf(&s, "%zu. ", tell_command_pick(a, command));
	if (*g->code)
		strbuf_adds(&s, g->name);
	else
		strbuf_adds(&s, a->due.by == DUE_BY_UNIT ? _("not assigned") : _("not said"));
	add_counts(a, &s, g);
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
}

/* Days of the fortnight on which something is due. */
static void tell_days(struct strbuf *out, int columns, const struct due_board *b)
{
	struct strbuf s = STRBUF_INIT;
	char day[FMT_TEXT], number[FMT_TEXT];
	for (size_t i = 0; i < DUE_DAYS; i++)
		if (b->days[i])
			strbuf_addf(&s, "%s %s: %s", s.len ? ", " : "",
				    fmt_day(b->day_starts[i], day),
				    fmt_integer(b->days[i], number));
	if (s.len) {
		strbuf_addf(out, "\n%s\n", _("This fortnight by day"));
		tell_wrap(out, 2, columns, s.s + 1);
	}
	strbuf_free(&s);
}

static void tell_board(struct app *a, struct strbuf *out, int columns)
{
	const struct due_board *b = a->due.board;
	struct strbuf s = STRBUF_INIT;
	char at[FMT_TEXT];
	if (!b || b->error.code != ERR_NONE || !b->count) {
		tell_wrap(out, 2, columns,
			  b && b->error.code != ERR_NONE ? b->error.text
			  : !b                           ? _("Counting…")
			       : _("Nothing is open here, and nothing has ended lately."));
		return;
	}
	strbuf_addf(&s, _("counted at %s"), fmt_minute(b->query.now, at));
	add_counts(a, &s, &b->total);
	tell_wrap(out, 2, columns, s.s);
	strbuf_free(&s);
	size_t n = (size_t)a->telling.page > GROUPS_LEAST ? (size_t)a->telling.page
							  : GROUPS_LEAST;
	n = n < b->count ? n : b->count;
	for (size_t i = 0; i < n; i++)
		tell_group(a, out, columns, &b->groups[i]);
	if (n < b->count)
		strbuf_addf(out, _("and %zu more"), b->count - n);
	if (n < b->count)
		strbuf_addc(out, '\n');
	tell_days(out, columns, b);
}

/* --- what will probably be late --------------------------------------------- */

static void tell_guess(struct app *a, struct strbuf *out, int columns,
		       const struct forecast_row *row)
{
	struct strbuf s = STRBUF_INIT, scratch = STRBUF_INIT;
	const struct record *r = row->record;
	struct shown shown;
	show_value(&a->look, r, COL_DUE_AT, SHOW_IN_LIST, &scratch, &shown);
	strbuf_addf(&s, "%zu. %s, %s %d%%, %s, %s", tell_record_pick(a, r),
		    record_text(r, COL_CODE), _("Chance"), (int)(row->guess.chance * 100),
		    shown.text, _(r->kind->title));
	show_value(&a->look, r, COL_TITLE, SHOW_IN_LIST, &scratch, &shown);
	strbuf_addf(&s, ": %s", shown.text);
	tell_wrap(out, 3, columns, s.s);
	strbuf_clear(&s);
	forecast_why(a, row, &s);
	if (s.len)
		tell_field(out, 3, columns, _("Why"), s.s);
	strbuf_free(&s);
	strbuf_free(&scratch);
}

static void tell_forecast(struct app *a, struct strbuf *out, int columns)
{
	const struct forecast_page *p = a->due.forecast;
	if (!p || p->error.code != ERR_NONE || !p->count) {
		tell_wrap(out, 2, columns,
			  !p ? _("Counting…")
			  : p->error.code != ERR_NONE
				  ? p->error.text
				  : _("Nothing that is open will probably be late."));
		return;
	}
	for (size_t i = 0; i < p->count && i < (size_t)a->telling.page; i++)
		tell_guess(a, out, columns, &p->rows[i]);
}

void tell_due(struct app *a, struct strbuf *out, int columns)
{
	const struct due_state *d = &a->due;
	strbuf_addf(out, "%s, %s\n", d->foretelling ? _("Will probably be late") : _("Due"),
		    d->kind ? _(d->kind->title) : _("All queues"));
	if (d->foretelling)
		tell_forecast(a, out, columns);
	else
		tell_board(a, out, columns);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deadline in a few columns: a glyph, a word and how much time is left, each of which says by
 * itself how it stands. */
#include "ui/show_deadline.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/deadline.h"
#include "text/fmt.h"

/* clang-format off */
static const struct {
	enum glyph glyph;
	bool has_glyph;
	enum role role;
	const char *words; /* N_(), with the time that is left */
} looks[] = {
	[DEADLINE_NONE] = {0, false, ROLE_TEXT, ""},
	[DEADLINE_WITHIN] = {0, false, ROLE_TEXT, N_("%s left")},
	[DEADLINE_TODAY] = {GLYPH_TODAY, true, ROLE_STRONG, N_("today %s")},
	[DEADLINE_SOON] = {GLYPH_SOON, true, ROLE_WARN, N_("soon %s")},
	[DEADLINE_LATE] = {GLYPH_CUE, true, ROLE_BAD, N_("%s late")},
	[DEADLINE_PAUSED] = {GLYPH_PAUSE, true, ROLE_DIM, N_("%s left")},
	[DEADLINE_EARLY] = {GLYPH_DONE, true, ROLE_DIM, N_("early")},
	[DEADLINE_MET] = {GLYPH_DONE, true, ROLE_DIM, N_("on time")},
	[DEADLINE_MET_LATE] = {GLYPH_CROSS, true, ROLE_DIM, N_("ended %s late")},
};
/* clang-format on */

/* Deadlines tell minutes, and all of them turn with the clock's minute, so that a screen full
 * of them changes once a minute; only near the deadline itself the second counts. */
static int64_t ticking_now(int64_t due, int64_t now, int64_t *until)
{
	bool near = due > now - 2 * MINUTE && due < now + 2 * MINUTE;
	int64_t step = near ? SECOND : MINUTE;
	*until = (now / step + 1) * step;
	return now / step * step;
}

/* Without rules, as of a cache whose writer has none: by the clock on the wall. */
static void look_at(const struct look *l, const struct record *r, int64_t now,
		    struct deadline_look *d)
{
	deadline_look(l->rules, r, now, d);
	int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	if (d->state != DEADLINE_NONE || due == CLOCK_NONE || !record_is_open(r))
		return;
	d->due = due;
	d->left = due - now;
	d->state = due < now ? DEADLINE_LATE : DEADLINE_WITHIN;
}

static bool is_ended(enum deadline_state s)
{
	return s == DEADLINE_EARLY || s == DEADLINE_MET || s == DEADLINE_MET_LATE;
}

/* Whole days as people count them once it is over. */
static const char *ended_span(const struct deadline_look *d, char *buf)
{
	int64_t late = d->left < 0 ? -d->left : d->left;
	return late >= d->day ? fmt_age(late / d->day * DAY, buf) : fmt_span(late, buf);
}

/* No open time lies between now and the deadline: it is told by the clock or calendar. */
static bool add_closed(const struct deadline_look *d, int64_t now, struct strbuf *out)
{
	char when[FMT_TEXT];
	bool near = d->due > now - 2 * MINUTE && d->due < now + 2 * MINUTE;
	if (d->due == CLOCK_NONE || d->left >= MINUTE || d->left <= -MINUTE || near ||
	    d->state == DEADLINE_PAUSED)
		return false;
	struct clock_civil a = clock_local(d->due), b = clock_local(now);
	bool today = a.day == b.day && a.month == b.month && a.year == b.year;
	strbuf_addf(out, d->state == DEADLINE_LATE ? _("late since %s") : _("due %s"),
		    today ? fmt_minute(d->due, when) : fmt_day(d->due, when));
	return true;
}

static void add_words(const struct deadline_look *d, int64_t now, struct strbuf *out)
{
	char span[FMT_TEXT];
	if (!is_ended(d->state) && add_closed(d, now, out))
		return;
	if (is_ended(d->state))
		ended_span(d, span);
	else
		fmt_worktime(d->left, d->day, span);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	strbuf_addf(out, _(looks[d->state].words), span);
#pragma GCC diagnostic pop
}

static void add_marks(const struct look *l, const struct deadline_look *d, struct strbuf *out)
{
	bool uncertain = d->uncertain && !is_ended(d->state);
	if (uncertain)
		strbuf_adds(out, l->spoken ? _(", uncertain") : glyph(GLYPH_QUERY, l->ascii));
	if (d->differs)
		strbuf_adds(out, l->spoken ? _(", the source says another one")
					   : glyph(GLYPH_DIFFERS, l->ascii));
}

/* What the glyph says, where that is not in the words behind it. */
static void add_cue(const struct look *l, const struct deadline_look *d, struct strbuf *out)
{
	if (!l->spoken)
		strbuf_addf(out, "%s",
			    looks[d->state].has_glyph ? glyph(looks[d->state].glyph, l->ascii)
						      : " ");
	else if (d->state == DEADLINE_PAUSED)
		strbuf_adds(out, _("paused,"));
}

/* "!2": late, and the second level of escalation is reached.  A reminder from before the
 * deadline says nothing more than that it is late. */
static void add_level(const struct look *l, const struct record *r,
		      const struct deadline_look *d, struct strbuf *out)
{
	int64_t next;
	int level = d->state == DEADLINE_LATE ? deadline_level(l->rules, r, l->now, &next) : 0;
	const struct rule *rule = level > 0 ? rulebook_rule(l->rules, r) : NULL;
	for (size_t i = 0; rule && i < rule->escalation_count; i++)
		if (rule->escalations[i].level == level && rule->escalations[i].after >= 0)
			strbuf_addf(out, l->spoken ? _(", level %d") : "%d", level);
}

bool show_deadline(const struct look *l, const struct record *r, struct strbuf *scratch,
		   struct shown *out)
{
	struct deadline_look d;
	int64_t now = ticking_now(record_int(r, COL_DUE_AT, CLOCK_NONE), l->now, &out->until);
	look_at(l, r, now, &d);
	out->text = "";
	if (d.state == DEADLINE_NONE || is_ended(d.state) || d.state == DEADLINE_PAUSED)
		out->until = CLOCK_NONE;
	if (d.state == DEADLINE_NONE)
		return false;
	add_cue(l, &d, scratch);
	if (!l->spoken)
		add_level(l, r, &d, scratch);
	if (scratch->len)
		strbuf_addc(scratch, ' ');
	add_words(&d, now, scratch);
	if (l->spoken)
		add_level(l, r, &d, scratch);
	add_marks(l, &d, scratch);
	out->role = looks[d.state].role;
	out->text = scratch->s;
	return true;
}

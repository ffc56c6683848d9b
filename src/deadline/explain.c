/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline of a record, step by step in plain words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/escalation.h"
#include "deadline/course.h"
#include "deadline/rulebook_parts.h"
#include "model/kinds.h"
#include "model/standard_columns.h"
#include "text/fmt.h"

struct teller {
	const struct rulebook *b;
	const struct record *r;
	const struct course *c;
	const struct reckoning *x;
	int64_t now;
	void (*each)(void *context, const char *label, const char *text);
	void *context;
	struct strbuf text;
};

static void tell(struct teller *t, const char *label)
{
	t->each(t->context, label, t->text.s);
	strbuf_clear(&t->text);
}

static void __attribute__((format(printf, 3, 4)))
say(struct teller *t, const char *label, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(&t->text, fmt, ap);
	va_end(ap);
	tell(t, label);
}

static const char *when(int64_t at, char *buf)
{
	return at == CLOCK_NONE ? "–" : fmt_date_time(at, buf);
}

/* "2 working days 3h": open time in the days of the record's calendar. */
static void add_open_time(struct strbuf *b, const struct worktime *w, int64_t ms)
{
	int64_t day = worktime_day(w), n = ms < 0 ? -ms : ms;
	char days[FMT_TEXT], rest[FMT_TEXT];
	fmt_integer(n / day, days);
	fmt_span(n % day, rest);
	if (day == DAY)
		strbuf_adds(b, fmt_span(n, rest));
	else if (n < day)
		strbuf_addf(b, _("%s of working time"), rest);
	else if (n % day < MINUTE)
		strbuf_addf(b, _("%s working days"), days);
	else
		strbuf_addf(b, _("%s working days and %s"), days, rest);
}

static const char *calendar_words(const struct teller *t, enum clock_kind clock)
{
	const struct rule *rule = t->x->rule;
	const struct calendar *c = t->b->calendar;
	const char *name = rule && rule->limits[clock].calendar ? rule->limits[clock].calendar
			   : rule                               ? rule->calendar
								: "office";
	for (size_t i = 0; calendar_name(c, i); i++)
		if (strcmp(calendar_name(c, i), name) == 0 && calendar_title(c, i))
			return calendar_title(c, i);
	return name;
}

/* --- steps -------------------------------------------------------------------------------- */

static void tell_start(struct teller *t)
{
	char a[FMT_TEXT];
	const struct course *c = t->c;
	if (c->start == CLOCK_NONE)
		say(t, _("Begun"), "%s", _("The source doesn't say when"));
	else if (c->reopened != CLOCK_NONE)
		say(t, _("Begun"), _("%s, when it was reopened: its limit counts anew"),
		    when(c->start, a));
	else
		say(t, _("Begun"), "%s", when(c->start, a));
	if (c->start != CLOCK_NONE && !worktime_is_open(t->x->hours, c->start))
		say(t, _("Outside hours"), _("Working time counts from %s"),
		    when(worktime_next_opening(t->x->hours, c->start), a));
}

/* What the shipped rules rest on; others are told as they are written. */
static const char *basis_words(const char *basis)
{
	static const char *const shipped[] = {
		N_("configuration example, not law; publication within 2 working days: "
		   "QĐ 766/QĐ-TTg"),
		N_("the procedure's limit; reception within 8 working hours (unverified)"),
		N_("the centre's setting, not law"),
	};
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++)
		if (strcmp(shipped[i], basis) == 0)
			return _(basis);
	return basis;
}

static void tell_rule(struct teller *t, enum clock_kind clock)
{
	const struct rule *rule = t->x->rule;
	if (!rule) {
		say(t, _("Rule"), "%s", _("No rule for it: only the source's deadline counts"));
		return;
	}
	strbuf_addf(&t->text, "%s: %s ", rule->id, _(deadline_clocks[clock].label));
	if (rule->limits[clock].set)
		limit_describe(&rule->limits[clock], &t->text);
	else
		strbuf_adds(&t->text, _("without a limit"));
	tell(t, _("Rule"));
	say(t, _("Calendar"), _("%s, version %s"), calendar_words(t, clock),
	    calendar_version(t->b->calendar));
	if (rule->basis)
		say(t, _("Basis"), "%s", basis_words(rule->basis));
}

static void tell_own(struct teller *t)
{
	char a[FMT_TEXT];
	if (t->x->own == CLOCK_NONE)
		return;
	say(t, _("By the rule"), "%s", when(t->x->own, a));
}

static const char *pause_reason(const struct teller *t, int64_t at)
{
	struct arena scratch = ARENA_INIT;
	struct history h = history_read(&scratch, t->r);
	const char *label = N_("Waiting");
	for (size_t i = 0; i < h.count; i++) {
		const struct state *s = kind_state(t->r->kind, h.events[i].to);
		if (h.events[i].at == at && s)
			label = s->label;
	}
	arena_free(&scratch);
	return _(label);
}

static void tell_pauses(struct teller *t)
{
	char a[FMT_TEXT], b[FMT_TEXT];
	for (size_t i = 0; i < t->c->pause_count; i++) {
		const struct span *p = &t->c->pauses[i];
		if (t->c->guessed_pauses)
			strbuf_addf(&t->text, _("%s in all; the source doesn't say when"),
				    fmt_span(p->to - p->from, a));
		else
			strbuf_addf(&t->text, _("From %s to %s: %s"), when(p->from, a),
				    when(p->to, b), pause_reason(t, p->from));
		strbuf_adds(&t->text, " (");
		add_open_time(&t->text, t->x->hours,
			      worktime_between(t->x->hours, p->from, p->to));
		strbuf_addc(&t->text, ')');
		tell(t, _("Doesn't count"));
	}
	if (t->c->pause_count && t->x->calc != CLOCK_NONE)
		say(t, _("By the rule, moved"), "%s", when(t->x->calc, a));
}

static void tell_promise(struct teller *t)
{
	char a[FMT_TEXT];
	if (t->c->promised == CLOCK_NONE)
		return;
	say(t, _("By the source"), "%s", when(t->c->promised, a));
	if (t->x->promised != t->c->promised)
		say(t, _("By the source"), _("A day without an hour: until %s"),
		    when(t->x->promised, a));
	if (t->x->calc == CLOCK_NONE || t->c->clock == CLOCK_ACCEPT)
		return;
	int64_t apart = worktime_between(t->x->hours, t->x->calc, t->x->promised);
	struct deadline_look look;
	deadline_look(t->b, t->r, t->now, &look);
	if (!look.differs)
		return;
	add_open_time(&t->text, t->x->hours, apart);
	strbuf_adds(&t->text,
		    apart < 0 ? _(" before that of the rule") : _(" after that of the rule"));
	tell(t, _("Differs"));
}

static void tell_extensions(struct teller *t)
{
	bool dossier = t->r->kind == &kind_dossier;
	if (!dossier && t->r->kind != &kind_complaint)
		return;
	int64_t n = record_int(
		t->r, dossier ? t->b->at.dossier_extended : t->b->at.complaint_extended, 0);
	if (n <= 0)
		return;
	char a[FMT_TEXT];
	fmt_integer(n, a);
	if (dossier && n > t->b->settings.extensions_most)
		say(t, _("Extended"), _("%s times; only %d allowed"), a,
		    t->b->settings.extensions_most);
	else
		say(t, _("Extended"), _("%s times; the source's date is the new one"), a);
}

static void tell_supplements(struct teller *t)
{
	char a[FMT_TEXT];
	if (t->c->late_from != CLOCK_NONE)
		say(t, _("Counts as late"),
		    _("A supplement was asked for %d times without a result: from %s"),
		    t->c->supplements, when(t->c->late_from, a));
	if (t->c->plain && !t->b->settings.source_moves && t->c->pause_count &&
	    t->x->promised != CLOCK_NONE)
		say(t, _("National rule"),
		    _("The source's date is moved by the plain time of the pauses (QĐ 766)"));
}

static void tell_end(struct teller *t)
{
	char a[FMT_TEXT];
	if (!t->c->ended)
		return;
	if (t->c->end == CLOCK_NONE) {
		say(t, _("Ended"), "%s", _("The source doesn't say when"));
		return;
	}
	strbuf_addf(&t->text, "%s", when(t->c->end, a));
	if (t->x->verdict) {
		strbuf_addf(&t->text, ": %s",
			    _(column_choice(&t->r->kind->columns[COL_VERDICT], t->x->verdict)));
		strbuf_adds(&t->text, ", ");
		add_open_time(&t->text, t->x->hours, t->x->left);
		strbuf_adds(&t->text,
			    t->x->left < 0 ? _(" after it was due") : _(" before it was due"));
	}
	tell(t, _("Ended"));
}

static void add_left(struct teller *t, const struct worktime *w, int64_t left, bool late)
{
	struct strbuf time = STRBUF_INIT;
	add_open_time(&time, w, left);
	strbuf_addf(&t->text, late ? _("%s late") : _("%s left"), time.s);
	strbuf_free(&time);
}

static void tell_running(struct teller *t, const struct worktime *w, int64_t due)
{
	add_left(t, w, worktime_between(w, t->now, due), due < t->now);
	tell(t, _("Now"));
}

static void tell_force(struct teller *t)
{
	char a[FMT_TEXT];
	const struct course *c = t->c;
	const char *clock = _(deadline_clocks[c->clock].label);
	if (t->x->due != CLOCK_NONE && t->x->stands)
		say(t, _("In force"), _("%s: none while it stands still, before that by %s"),
		    clock, when(t->x->due, a));
	else if (t->x->due != CLOCK_NONE)
		say(t, _("In force"), _("%s: by %s"), clock, when(t->x->due, a));
	else
		say(t, _("In force"), "%s", _("Nothing is due"));
	if (t->x->stands) {
		strbuf_addf(&t->text, _("Stands still since %s: %s"), when(c->stood_since, a),
			    pause_reason(t, c->stood_since));
		if (t->x->left != CLOCK_NONE) {
			strbuf_adds(&t->text, "; ");
			add_left(t, t->x->hours, t->x->left, t->x->left < 0);
		}
		tell(t, _("Now"));
	} else if (!c->ended && t->x->due != CLOCK_NONE) {
		tell_running(t, t->x->hours, t->x->due);
	}
	tell_end(t);
}

static void tell_publication(struct teller *t)
{
	const char *unit = record_text(t->r, COL_UNIT);
	int64_t due = rule_end(t->b, t->x->rule, CLOCK_PUBLISH, unit, t->c->publish_from);
	char a[FMT_TEXT];
	if (due == CLOCK_NONE)
		return;
	tell_rule(t, CLOCK_PUBLISH);
	say(t, _("In force"), _("%s: by %s"), _(deadline_clocks[CLOCK_PUBLISH].label),
	    when(due, a));
	tell_running(t, rule_hours(t->b, t->x->rule, CLOCK_PUBLISH, unit), due);
}

static const char *whom_of(const struct rule *rule, int level)
{
	for (size_t i = 0; i < rule->escalation_count; i++)
		if (rule->escalations[i].level == level)
			return rule->escalations[i].whom;
	return "";
}

/* The level that is reached, and when the next one will be. */
static void tell_escalation(struct teller *t)
{
	struct strbuf words = STRBUF_INIT, more = STRBUF_INIT;
	char a[FMT_TEXT];
	int64_t next;
	int level = deadline_level(t->b, t->r, t->now, &next);
	if (level > 0) {
		escalation_words(&words, level, whom_of(t->x->rule, level));
		escalation_words(&more, level + 1, whom_of(t->x->rule, level + 1));
		if (next == CLOCK_NONE)
			say(t, _("Escalation"), "%s", words.s);
		else
			say(t, _("Escalation"), _("%s; %s on %s"), words.s, more.s,
			    when(next, a));
	}
	strbuf_free(&words);
	strbuf_free(&more);
}

/* A day of which no notice says yet what becomes of it, in a year that is known else. */
static void tell_doubtful_day(struct teller *t, int64_t to)
{
	int year, month, date;
	const char *why;
	const struct calendar_day *d = calendar_doubt(t->b->calendar, t->c->start, to);
	if (!d)
		return;
	clock_date(d->day, &year, &month, &date);
	if (calendar_year_complete(t->b->calendar, year, &why))
		say(t, _("Uncertain"), "%02d/%02d/%d: %s", date, month, year, d->name);
}

/* What makes the count uncertain. */
static void tell_doubt(struct teller *t)
{
	const struct calendar *c = t->b->calendar;
	int64_t to = t->x->due != CLOCK_NONE ? t->x->due : t->now;
	if (t->c->start == CLOCK_NONE || !t->x->hours || !worktime_keeps_holidays(t->x->hours))
		return;
	tell_doubtful_day(t, to);
	int year = calendar_gap(c, t->c->start, to);
	if (year)
		say(t, _("Uncertain"), _("The holidays of %d are not all known yet"), year);
}

static void tell_all(struct teller *t)
{
	tell_start(t);
	tell_rule(t, t->c->clock);
	tell_own(t);
	tell_pauses(t);
	tell_promise(t);
	tell_extensions(t);
	tell_supplements(t);
	tell_force(t);
	if (t->c->publish_from != CLOCK_NONE)
		tell_publication(t);
	tell_escalation(t);
	tell_doubt(t);
}

void deadline_explain(const struct rulebook *b, const struct record *r, int64_t now,
		      void (*each)(void *context, const char *label, const char *text),
		      void *context)
{
	struct arena scratch = ARENA_INIT;
	struct course c;
	struct reckoning x;
	struct teller t = {b, r, &c, &x, now, each, context, STRBUF_INIT};
	if (r->kind->catalogue)
		return;
	course_of(b, &scratch, r, promised_by_source(r), &c);
	if (c.clock == CLOCK_KIND_COUNT) {
		say(&t, _("Deadline"), "%s", _("Nothing is due for this record"));
	} else {
		reckon(b, r, &c, &x);
		tell_all(&t);
	}
	strbuf_free(&t.text);
	arena_free(&scratch);
}

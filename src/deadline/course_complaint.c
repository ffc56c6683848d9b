/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints: accepted and distributed, then handled, then approved and published.  All clocks
 * begin when the citizen sent it, but the last. */
#include <string.h>

#include "base/clock.h"
#include "deadline/course.h"
#include "deadline/rulebook_parts.h"
#include "model/kinds.h"

enum stage { ACCEPTING, HANDLING, PUBLISHING, DONE, REFUSED, WAITING };

static enum stage stage_of(const char *state)
{
	static const struct {
		const char *state;
		enum stage stage;
	} table[] = {
		{"MOI", ACCEPTING},      {"XAC_MINH", ACCEPTING}, {"CHO_BS", WAITING},
		{"DA_CHUYEN", HANDLING}, {"DANG_XL", HANDLING},   {"CHO_DUYET", PUBLISHING},
		{"DA_XL", PUBLISHING},   {"CHO_DAN", DONE},       {"DONG", DONE},
		{"TU_CHOI", REFUSED},    {"CHUYEN_CAP", REFUSED},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].state, state) == 0)
			return table[i].stage;
	return HANDLING; /* what a vendor invented waits for somebody */
}

static bool waits(const char *state, void *context)
{
	(void)context;
	return stage_of(state) == WAITING;
}

static bool is_handled(enum stage s)
{
	return s == PUBLISHING || s == DONE;
}

/* What the history says beyond the state of today. */
struct past {
	bool distributed;  /* since it was opened, a unit had it */
	int64_t reopened;  /* when an answer was taken back; CLOCK_NONE */
	int64_t submitted; /* when the state that lasts, of having a result, began */
};

static struct past look_back(const struct history *h)
{
	struct past p = {false, CLOCK_NONE, CLOCK_NONE};
	for (size_t i = 0; i < h->count; i++) {
		const char *before = history_before(h, i), *to = h->events[i].to;
		if (!kind_state(&kind_complaint, to))
			continue; /* a word of the source's own says nothing */
		bool known = kind_state(&kind_complaint, before);
		enum stage was = known ? stage_of(before) : ACCEPTING, is = stage_of(to);
		bool answered = was == DONE || strcmp(before, "DA_XL") == 0;
		if (answered && !is_handled(is) && is != REFUSED)
			p = (struct past){true, h->events[i].at, CLOCK_NONE};
		p.distributed |= is == HANDLING || was == HANDLING;
		if (!is_handled(is))
			p.submitted = CLOCK_NONE;
		else if (p.submitted == CLOCK_NONE)
			p.submitted = h->events[i].at;
	}
	return p;
}

/* Where nobody set a limit for it, only the handling counts. */
static void accept_clock(const struct rulebook *b, const struct record *r, struct course *c)
{
	const struct rule *rule = rulebook_rule(b, r);
	int64_t promised = record_int(r, b->at.accept_due_at, CLOCK_NONE);
	if (promised == CLOCK_NONE && (!rule || !rule->limits[CLOCK_ACCEPT].set))
		return;
	c->clock = CLOCK_ACCEPT;
	c->promised = promised;
	c->date_only = false;
}

/* A reopened complaint is new work: its limit counts from the reopening, unless the source
 * promised a day after it. */
static void reopen(struct course *c, int64_t at)
{
	c->reopened = at;
	c->start = at;
	if (c->promised <= at)
		c->promised = CLOCK_NONE;
	while (c->pause_count && c->pauses->to <= at) {
		c->pauses++;
		c->pause_count--;
	}
}

static int64_t handled_at(const struct record *r, const struct past *p)
{
	int64_t closed = record_int(r, COL_CLOSED_AT, CLOCK_NONE);
	return p->submitted != CLOCK_NONE ? p->submitted : closed;
}

/* A restricted one is never published, only approved. */
static bool will_be_published(const struct rulebook *b, const struct record *r)
{
	const char *state = record_text(r, COL_STATE);
	return strcmp(state, "CHO_DUYET") == 0 || !record_int(r, b->at.complaint_restricted, 0);
}

void course_of_complaint(const struct rulebook *b, struct arena *a, const struct record *r,
			 int64_t promised, struct course *c)
{
	enum stage now = stage_of(record_text(r, COL_STATE));
	struct history h = history_read(a, r);
	struct past p = look_back(&h);
	c->clock = CLOCK_HANDLE;
	c->start = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	c->promised = promised;
	c->date_only = true;
	c->ended = is_handled(now) || now == REFUSED;
	if (is_handled(now))
		c->end = handled_at(r, &p);
	else if (now == REFUSED)
		c->end = record_int(r, COL_CLOSED_AT,
				    history_entered(&h, record_text(r, COL_STATE)));
	course_add_pauses(c, a, &h, r, waits, NULL);
	/* Once distributed, coming back to be distributed again keeps the deadline. */
	p.distributed |= record_int(r, b->at.returned_count, 0) > 0;
	if ((now == ACCEPTING || now == REFUSED) && !p.distributed)
		accept_clock(b, r, c);
	if (p.reopened != CLOCK_NONE)
		reopen(c, p.reopened);
	if (now == PUBLISHING && will_be_published(b, r))
		c->publish_from = c->end;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dossiers, by the rule of QĐ 766/QĐ-TTg:
 *
 *   end = time of 9, else of 10, else of 8, 3 or 7 (7 only if it had been received), else,
 * where it waits for its only supplement, the time of that 5, else now more than one 5 and
 * never 9 or 10: late on time where end − Σ(supplement done − asked) ≤ the day of return
 *
 * which is the same as end ≤ day of return + Σ, so that an instant can stand for it. */
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/course.h"
#include "deadline/rulebook_parts.h"

static bool is(const char *state, const char *code)
{
	return strcmp(state, code) == 0;
}

static bool is_one_of(const char *state, const char *codes)
{
	return *state && strlen(state) == 1 && strchr(codes, *state);
}

static bool is_result(const char *state)
{
	return is(state, "9") || is(state, "10");
}

static bool pauses(const char *state, void *context)
{
	const struct rulebook *b = context;
	return is(state, "5") || (is(state, "6") && b->settings.payment_pauses);
}

/* Results that were taken back don't count: the 9 that began the state that lasts. */
static int64_t result_time(const struct history *h, const char *code)
{
	int64_t at = CLOCK_NONE;
	for (size_t i = h->count; i > 0 && is_result(h->events[i - 1].to); i--)
		if (is(h->events[i - 1].to, code))
			at = h->events[i - 1].at;
	return at;
}

static int64_t first_of(int64_t a, int64_t b)
{
	return a != CLOCK_NONE ? a : b;
}

/* The source's own field goes before the trace. */
static int64_t end_time(const struct rulebook *b, const struct record *r,
			const struct history *h, const char *state)
{
	int64_t closed = record_int(r, COL_CLOSED_AT, CLOCK_NONE);
	if (!is_result(state))
		return first_of(closed, history_entered(h, state));
	int64_t at = first_of(record_int(r, b->at.finished_at, CLOCK_NONE),
			      result_time(h, "9"));
	at = first_of(at, record_int(r, b->at.returned_at, CLOCK_NONE));
	return first_of(first_of(at, result_time(h, "10")), closed);
}

/* Changes into state 5; asking again without an answer is the same supplement. */
static int count_supplements(const struct history *h, int64_t start, int64_t *second)
{
	int n = 0;
	for (size_t i = 0; i < h->count; i++) {
		if (!is(h->events[i].to, "5") || is(history_before(h, i), "5") ||
		    h->events[i].at < start)
			continue;
		if (++n == 2)
			*second = h->events[i].at;
	}
	return n;
}

/* Whether it had been received before it was withdrawn.  Where the history is silent, the day
 * of reception speaks. */
static bool was_received(const struct record *r, const struct history *h)
{
	for (size_t i = 0; i < h->count; i++)
		if (is_one_of(history_before(h, i), "2456") ||
		    is_one_of(h->events[i].to, "2456"))
			return true;
	return !h->count && r->values[COL_CREATED_AT].set;
}

/* What was asked for before the reception took nothing of the time. */
static void drop_pauses_before_start(struct course *c)
{
	while (c->pause_count && c->start != CLOCK_NONE && c->pauses->to <= c->start) {
		c->pauses++;
		c->pause_count--;
	}
}

/* Where only the sum of the pauses is known, it is taken to lie at the beginning. */
static void guess_pauses(const struct rulebook *b, struct arena *a, const struct record *r,
			 struct course *c)
{
	int64_t sum = record_int(r, b->at.paused_s, 0);
	if (c->pause_count || sum <= 0 || sum > 100 * 366 * 86400LL || c->start == CLOCK_NONE)
		return;
	struct span *one = arena_alloc(a, sizeof *one);
	*one = (struct span){c->start, c->start + sum * SECOND};
	c->pauses = one;
	c->pause_count = 1;
	c->guessed_pauses = true;
}

static void count_against(const struct rulebook *b, const struct record *r,
			  const struct history *h, struct course *c)
{
	int64_t second = CLOCK_NONE, told = record_int(r, b->at.supplement_count, 0);
	int counted = count_supplements(h, c->start, &second);
	c->supplements = told > counted && told < 1000 ? (int)told : counted;
	if (c->supplements < 2 || is_result(record_text(r, COL_STATE)))
		return;
	int64_t known = first_of(c->stood_since, record_int(r, COL_UPDATED_AT, c->start));
	c->late_from = first_of(second, known);
}

/* Not received yet: the desk has so long to look at it.  What the source calls its deadline may
 * be that or the day of return. */
static void course_of_registration(const struct rulebook *b, const struct record *r,
				   struct course *c)
{
	c->clock = CLOCK_ACCEPT;
	c->start = record_int(r, b->at.registered_at, c->start);
	c->earlier = true;
}

/* Most dossiers came and went without a pause: their history need not be read. */
static struct history read_if_needed(const struct rulebook *b, struct arena *a,
				     const struct record *r, const char *state)
{
	bool ends = is_result(state);
	bool timed = ends ? r->values[b->at.finished_at].set : !is_one_of(state, "378");
	if (timed && !history_mentions(r, "5") && !history_mentions(r, "6") &&
	    r->values[COL_CREATED_AT].set)
		return (struct history){NULL, 0};
	return history_read(a, r);
}

void course_of_dossier(const struct rulebook *b, struct arena *a, const struct record *r,
		       int64_t promised, struct course *c)
{
	const char *state = record_text(r, COL_STATE);
	struct history h = read_if_needed(b, a, r, state);
	if (is(state, "7") && !was_received(r, &h))
		return;
	c->clock = CLOCK_RETURN;
	c->promised = promised;
	c->date_only = c->plain = true;
	c->start = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	if (c->start == CLOCK_NONE)
		c->start = first_of(history_first(&h, "2"), history_first(&h, "4"));
	if (is(state, "1")) {
		course_of_registration(b, r, c);
		return;
	}
	c->ended = is_result(state) || is_one_of(state, "378");
	if (c->ended)
		c->end = end_time(b, r, &h, state);
	course_add_pauses(c, a, &h, r, pauses, (void *)b);
	drop_pauses_before_start(c);
	guess_pauses(b, a, r, c);
	count_against(b, r, &h, c);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing here counts seconds, a countdown apart: a screen that nobody touches stays still. */
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "ui/state.h"

static const struct {
	enum glyph glyph;
	enum role role;
	const char *word;
} states[] = {
	[SOURCE_OFF] = {GLYPH_OFF, ROLE_DIM, N_("switched off")},
	[SOURCE_CONNECTING] = {GLYPH_FILL, ROLE_DIM, N_("connecting")},
	[SOURCE_FILLING] = {GLYPH_FILL, ROLE_STALE, N_("filling")},
	[SOURCE_LIVE] = {GLYPH_LIVE, ROLE_LIVE, N_("live")},
	[SOURCE_LATE] = {GLYPH_HOLLOW, ROLE_STALE, N_("old")},
	[SOURCE_RETRYING] = {GLYPH_RETRY, ROLE_STALE, N_("trying again")},
	[SOURCE_DOWN] = {GLYPH_HOLLOW, ROLE_DOWN, N_("no connection")},
	[SOURCE_REFUSED] = {GLYPH_CROSS, ROLE_DOWN, N_("refused")},
	[SOURCE_SUSPECT] = {GLYPH_QUERY, ROLE_STALE, N_("doubtful answer")},
	[SOURCE_RESTING] = {GLYPH_OFF, ROLE_STALE, N_("outside its hours")},
};

/* What may be believed: without a writer nobody keeps the copy fresh, whatever was last said
 * of the source. */
static enum source_state state_now(const struct app *a, const struct source_status *s)
{
	if (a->writer == WRITER_CONNECTED || s->state == SOURCE_OFF)
		return s->state;
	return s->state == SOURCE_LIVE || s->state == SOURCE_FILLING ||
			       s->state == SOURCE_CONNECTING
		       ? SOURCE_LATE
		       : s->state;
}

/* " 12ph", or nothing below a minute. */
static void add_age(const struct app *a, const struct source_status *s, struct source_words *w,
		    size_t used)
{
	char age[FMT_TEXT];
	int64_t ms = source_age(s, a->look.now);
	if (ms >= MINUTE)
		snprintf(w->text + used, sizeof w->text - used, " %s", fmt_age(ms, age));
}

static void filling_words(const struct source_status *s, struct source_words *w)
{
	char rate[FMT_TEXT], records[FMT_TEXT];
	fmt_integer(s->rate, rate);
	if (s->total > 0 && s->records <= s->total)
		snprintf(w->text, sizeof w->text, _("filling %d%%, %s a second"),
			 (int)(s->records * 100 / s->total), rate);
	else
		snprintf(w->text, sizeof w->text, _("filling %s, %s a second"),
			 fmt_integer(s->records, records), rate);
}

void source_words(const struct app *a, const struct source_status *s, struct source_words *w)
{
	char span[FMT_TEXT];
	enum source_state state = state_now(a, s);
	w->glyph = states[state].glyph;
	w->role = states[state].role;
	int64_t wait = s->next_try == CLOCK_NONE ? 0 : s->next_try - a->look.now;
	if (state == SOURCE_FILLING) {
		filling_words(s, w);
		return;
	}
	if (state == SOURCE_RETRYING && wait > 0) {
		snprintf(w->text, sizeof w->text, _("trying again in %s"), fmt_age(wait, span));
		return;
	}
	int n = snprintf(w->text, sizeof w->text, "%s", _(states[state].word));
	if (state == SOURCE_LATE || state == SOURCE_DOWN || state == SOURCE_RESTING)
		add_age(a, s, w, (size_t)n);
}

/* The order in which sources give cause for worry. */
static int worry(const struct app *a, const struct source_status *s)
{
	static const int rank[] = {
		[SOURCE_LIVE] = 1,     [SOURCE_CONNECTING] = 2, [SOURCE_FILLING] = 3,
		[SOURCE_RESTING] = 4,  [SOURCE_LATE] = 5,       [SOURCE_SUSPECT] = 6,
		[SOURCE_RETRYING] = 7, [SOURCE_DOWN] = 8,       [SOURCE_REFUSED] = 9,
		[SOURCE_OFF] = 0,
	};
	return rank[state_now(a, s)];
}

const struct source_status *source_of_kind(const struct app *a, const struct kind *k)
{
	const struct source_status *worst = NULL;
	for (size_t i = 0; i < a->source_count; i++) {
		const struct source_status *s = &a->sources[i];
		if (s->kinds >> kind_index(k) & 1 && (!worst || worry(a, s) > worry(a, worst)))
			worst = s;
	}
	return worst;
}

bool source_unread(const struct app *a, const struct kind *k)
{
	bool any = false;
	for (size_t i = 0; i < a->source_count; i++) {
		const struct source_status *s = &a->sources[i];
		if (!(s->kinds >> kind_index(k) & 1))
			continue;
		if (s->last_ok != CLOCK_NONE || s->state == SOURCE_FILLING)
			return false;
		any = true;
	}
	return any;
}

bool source_any_unread(const struct app *a)
{
	for (size_t i = 0; i < a->queue_count; i++)
		if (source_unread(a, a->lists[i].kind))
			return true;
	return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/banner.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/kinds.h"
#include "text/fmt.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define LOOK_AT 100 /* warnings at most that are counted */

void banner_free(struct banner *b)
{
	page_free(b->page);
	b->page = NULL;
}

bool banner_is_up(const struct banner *b)
{
	return b->page && b->page->count > 0;
}

struct page_query *banner_query(struct banner *b, int64_t now)
{
	struct page_query *q = page_query_new();
	q->kind = &kind_hazard;
	q->filter = xstrdup("is:inforce");
	q->sort = COL_SEVERITY;
	q->descending = true;
	q->limit = LOOK_AT;
	q->now = now;
	b->stale = false;
	return q;
}

void banner_answer(struct banner *b, struct page *p)
{
	if (p->error.code != ERR_NONE) {
		page_free(p);
		return;
	}
	page_free(b->page);
	b->page = p;
}

static bool waits(const struct record *r)
{
	const struct state *s = kind_state(&kind_hazard, record_text(r, COL_STATE));
	return !s || s->flags & STATE_WAITING;
}

/* The worst that nobody has acknowledged; else the worst. */
static const struct record *foremost(const struct page *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (waits(p->rows[i]))
			return p->rows[i];
	return p->rows[0];
}

static size_t column(const char *id)
{
	return (size_t)kind_column(&kind_hazard, id);
}

static void add(struct strbuf *out, const char *text)
{
	if (*text)
		strbuf_addf(out, " · %s", text);
}

static void write_words(const struct app *a, struct strbuf *out)
{
	const struct page *p = a->banner.page;
	const struct record *r = foremost(p);
	char text[FMT_TEXT];
	int64_t level = record_int(r, COL_SEVERITY, 0);
	int64_t until = record_int(r, column("until_at"), CLOCK_NONE);
	strbuf_adds(out, glyph(GLYPH_CUE, a->look.ascii));
	if (level > 0)
		strbuf_addf(out, _(" LEVEL %d"), (int)level);
	if (waits(r))
		add(out, _("not acknowledged"));
	if (p->count > 1)
		strbuf_addf(out, _(" · and %zu more"), p->count - 1);
	add(out, record_text(r, COL_TITLE));
	if (until != CLOCK_NONE)
		strbuf_addf(out, " · %s %s", _("until"), fmt_when(until, a->look.now, text));
	add(out, record_text(r, column("areas")));
}

void banner_draw(const struct app *a, struct cellbuf *b, int row)
{
	struct strbuf words = STRBUF_INIT;
	enum role role = waits(foremost(a->banner.page)) ? ROLE_ALARM : ROLE_WARN;
	write_words(a, &words);
	cellbuf_fill(b, row, 0, b->columns, role, ' ');
	cellbuf_put(b, row, 1, b->columns - 2, role, 0, words.s);
	strbuf_free(&words);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list without rows says why, and what can be done about it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#include "base/i18n.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "ui/state.h"

#define INDENT 3
#define BAR_WIDTH 40

/* Writes lines downwards, wrapped. */
struct page_of_words {
	struct cellbuf *b;
	struct rect r;
	int line;
};

static void say(struct page_of_words *p, enum role role, const char *text)
{
	struct fit_line line;
	size_t at = 0, n = strlen(text);
	while (p->line < p->r.rows &&
	       fit_wrap(text, n, p->r.columns - 2 * INDENT, &at, &line)) {
		char *part = xstrndup(text + line.start, line.n);
		cellbuf_put(p->b, p->r.row + p->line++, p->r.column + INDENT,
			    p->r.columns - INDENT, role, 0, part);
		free(part);
	}
}

static void say_no_sources(struct page_of_words *p)
{
	say(p, ROLE_STRONG, _("No source of data is set up yet."));
	say(p, ROLE_TEXT,
	    _("Name one in config.yaml under \"sources\", then start the console again. The "
	      "manual "
	      "is ioc-config(5); \"ioc doctor\" says what is missing."));
}

static void draw_bar(struct page_of_words *p, const struct source_status *s, bool ascii)
{
	int width = p->r.columns - 2 * INDENT < BAR_WIDTH ? p->r.columns - 2 * INDENT
							  : BAR_WIDTH;
	if (s->total <= 0 || p->line >= p->r.rows)
		return;
	int64_t done = s->records < s->total ? s->records : s->total;
	int part = (int)(done * width / s->total);
	int row = p->r.row + p->line++, column = p->r.column + INDENT;
	cellbuf_fill(p->b, row, column, width, ROLE_DIM, glyph_char(GLYPH_BAR_REST, ascii));
	cellbuf_fill(p->b, row, column, part, ROLE_GRAPH, glyph_char(GLYPH_BAR, ascii));
}

static void say_filling(struct app *a, struct page_of_words *p, const struct source_status *s)
{
	char text[512], done[FMT_TEXT], all[FMT_TEXT], left[FMT_TEXT];
	snprintf(text, sizeof text, _("%s is being read for the first time."), s->title);
	say(p, ROLE_STRONG, text);
	draw_bar(p, s, a->look.ascii);
	fmt_integer(s->records, done);
	if (s->total > 0 && s->rate > 0 && s->records <= s->total)
		snprintf(text, sizeof text, _("%s of %s records, %s left"), done,
			 fmt_integer(s->total, all),
			 fmt_span((s->total - s->records) / s->rate * 1000, left));
	else
		snprintf(text, sizeof text, _("%s records so far"), done);
	say(p, ROLE_TEXT, text);
}

static void say_unread(struct app *a, struct page_of_words *p, const struct source_status *s)
{
	char text[512];
	struct source_words w;
	source_words(a, s, &w);
	say(p, ROLE_STRONG, _("Waiting for the first data…"));
	snprintf(text, sizeof text, "%s: %s", s->title, w.text);
	say(p, w.role, text);
	say(p, ROLE_TEXT, s->error);
}

/* Not that there are none. */
static void say_partial(struct page_of_words *p)
{
	say(p, ROLE_BANNER, _("Nothing found yet: not all records were looked through."));
	say(p, ROLE_TEXT,
	    _("No index answers this filter. A unit, a time or is:open narrows it; ioc export "
	      "looks through all."));
}

static void say_filtered(struct app *a, struct page_of_words *p)
{
	char text[512], clear[32], edit[32], view[32];
	say(p, ROLE_STRONG, _("No record passes the filter."));
	snprintf(text, sizeof text, _("%s shows all, %s changes the filter, %s the view."),
		 app_key(a, "clear", clear, sizeof clear),
		 app_key(a, "edit-filter", edit, sizeof edit),
		 app_key(a, "view", view, sizeof view));
	say(p, ROLE_TEXT, text);
}

static void say_nothing_open(struct app *a, struct page_of_words *p)
{
	char text[512], view[32];
	say(p, ROLE_STATE_GOOD, _("Nothing is open here: all is done."));
	snprintf(text, sizeof text, _("%s shows the closed ones too."),
		 app_key(a, "clear", view, sizeof view));
	say(p, ROLE_TEXT, text);
}

static void say_error(struct app *a, struct page_of_words *p, const struct err *e)
{
	char text[512], key[32];
	say(p, ROLE_ERROR, _("The cache can't be read."));
	say(p, ROLE_TEXT, e->text);
	snprintf(text, sizeof text,
		 _("\"ioc doctor\" looks for the cause; %s asks the sources again."),
		 app_key(a, "sync", key, sizeof key));
	say(p, ROLE_DIM, text);
}

/* Rows are on screen and only their refresh failed: one line, below them if there is room. */
static void error_line(struct list *l, struct cellbuf *b, struct rect r)
{
	char text[700];
	snprintf(text, sizeof text, _("not refreshed: %s"), l->error.text);
	cellbuf_fill(b, r.row + r.rows - 1, r.column, r.columns, ROLE_ERROR, ' ');
	cellbuf_put(b, r.row + r.rows - 1, r.column + 1, r.columns - 1, ROLE_ERROR, 0, text);
}

void empty_draw(struct app *a, struct list *l, struct cellbuf *b, struct rect r)
{
	struct page_of_words p = {b, r, r.rows > 4 ? 1 : 0};
	const struct source_status *s = source_of_kind(a, l->kind);
	if (l->page && l->page->count)
		error_line(l, b, r);
	else if (a->sources_known && !a->source_count)
		say_no_sources(&p);
	else if (s && s->state == SOURCE_FILLING)
		say_filling(a, &p, s);
	else if (s && source_unread(a, l->kind))
		say_unread(a, &p, s);
	else if (l->error.code != ERR_NONE && l->error.code != ERR_NOT_FOUND)
		say_error(a, &p, &l->error);
	else if (!l->page || l->looking_on)
		say(&p, ROLE_DIM, _("Reading the cache…"));
	else if (l->error.code == ERR_NOT_FOUND)
		say(&p, ROLE_DIM, _("Waiting for the first data…"));
	else if (l->page->partial)
		say_partial(&p);
	else if (*l->words)
		say_filtered(a, &p);
	else if (strcmp(l->view.filter, "is:open") == 0)
		say_nothing_open(a, &p);
	else if (*l->view.filter)
		say_filtered(a, &p);
	else
		say(&p, ROLE_DIM, _("There is no record here yet."));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on every screen: tabs, clock and sources above, footer.c below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"
#include "ui/tabs.h"

/* --- tabs ----------------------------------------------------------------- */

/* How much of the tabs there is room for. */
enum tab_style { TABS_WHOLE, TABS_FIXED_WHOLE, TABS_ACTIVE_WHOLE, TABS_NUMBERS };

static const struct queue_figures *tab_figures(const struct app *a, size_t tab)
{
	size_t queue = tabs_queue(a, tab);
	if (!a->figures_known || queue == NO_QUEUE || tabs_view(a, tab) ||
	    source_unread(a, a->lists[queue].kind))
		return NULL;
	return &a->figures.queues[kind_index(a->lists[queue].kind)];
}

struct tab_words {
	char label[96], count[48];
	bool late;
};

/* " 2 Phản ánh 37! " or, in short, " 2:37! " */
static void tab_words(const struct app *a, size_t tab, enum tab_style style,
		      struct tab_words *w)
{
	const struct queue_figures *f = tab_figures(a, tab);
	char number[FMT_TEXT];
	const char *cue = "";
	bool whole = style == TABS_WHOLE ||
		     (style == TABS_FIXED_WHOLE && tab <= tabs_sources(a)) ||
		     (style == TABS_ACTIVE_WHOLE && tab == a->tab);
	snprintf(w->label, sizeof w->label, whole ? " %zu %s" : " %zu", tab + 1,
		 tabs_title(a, tab));
	w->count[0] = '\0';
	w->late = f && f->late > 0;
	const struct view_tab *v = tabs_view(a, tab);
	if (v && v->known)
		snprintf(w->count, sizeof w->count, "%s%s%s", whole ? " " : ":",
			 v->capped ? ">" : "", fmt_integer(v->count, number));
	if (!f)
		return;
	if (f->late > 0)
		cue = glyph(GLYPH_CUE, a->look.ascii);
	else if (f->urgent > 0)
		cue = glyph(GLYPH_UP, a->look.ascii);
	snprintf(w->count, sizeof w->count, "%s%s%s", whole ? " " : ":",
		 fmt_integer(f->open, number), cue);
}

static int tabs_width(const struct app *a, enum tab_style style)
{
	struct tab_words w = {.late = false};
	int sum = 0;
	for (size_t i = 0; i < tabs_count(a); i++) {
		tab_words(a, i, style, &w);
		sum += utf8_swidth(w.label) + utf8_swidth(w.count) + 1;
	}
	return sum;
}

static void draw_tabs(struct app *a, struct pen *p, enum tab_style style)
{
	struct tab_words w = {.late = false};
	for (size_t i = 0; i < tabs_count(a); i++) {
		enum role role = i == a->tab ? ROLE_TAB_ACTIVE : ROLE_TAB;
		tab_words(a, i, style, &w);
		a->tab_from[i] = p->column;
		pen_put(p, role, 0, w.label);
		pen_put(p, w.late && i != a->tab ? ROLE_BAD : role, 0, w.count);
		pen_put(p, role, 0, " ");
		a->tab_to[i] = p->column;
	}
}

static void draw_top(struct app *a, struct cellbuf *b)
{
	char clock[FMT_TEXT];
	fmt_now(a->look.now, clock);
	int title = utf8_swidth(a->title) + 2;
	int room = b->columns - utf8_swidth(clock) - 2;
	enum tab_style style = TABS_WHOLE;
	while (style < TABS_NUMBERS && tabs_width(a, style) > room)
		style++;
	if (tabs_width(a, style) > room) {
		fmt_minute(a->look.now, clock);
		room = b->columns - utf8_swidth(clock) - 2;
	}
	struct pen p = {b, 0, 0, room};
	if (title > 2 && tabs_width(a, style) + title <= room) {
		pen_skip(&p, 1);
		pen_put(&p, ROLE_TITLE, 0, a->title);
		pen_skip(&p, 1);
	}
	draw_tabs(a, &p, style);
	/* Plain, so that a tick costs a digit and no attributes. */
	draw_right(b, 0, p.column, b->columns - 1, ROLE_TEXT, 0, clock);
}

/* --- sources -------------------------------------------------------------- */

/* The writer's own state, where it is not as it should be. */
static void writer_words(const struct app *a, char *text, size_t size, enum role *role)
{
	char span[FMT_TEXT];
	int64_t wait = a->writer_retry_at > 0 ? a->writer_retry_at - a->look.now : 0;
	*role = ROLE_STALE;
	text[0] = '\0';
	if (a->writer == WRITER_STARTING) {
		snprintf(text, size, "%s %s", glyph(GLYPH_FILL, a->look.ascii),
			 _("sync is starting"));
	} else if (a->writer == WRITER_LOST) {
		*role = ROLE_DOWN;
		snprintf(text, size, "%s %s", glyph(GLYPH_CROSS, a->look.ascii),
			 _("sync stopped, starting it again"));
	} else if (a->writer == WRITER_OTHER || a->writer == WRITER_NONE) {
		*role = ROLE_DOWN;
		snprintf(text, size, "%s %s", glyph(GLYPH_CROSS, a->look.ascii),
			 a->writer_reason);
	} else if (a->writer == WRITER_FAILED) {
		*role = ROLE_DOWN;
		snprintf(text, size, "%s %s: %s", glyph(GLYPH_CROSS, a->look.ascii),
			 _("sync can't be started"), a->writer_reason);
		if (wait > 0 && strlen(text) < size)
			snprintf(text + strlen(text), size - strlen(text), "; %s %s",
				 _("again in"), fmt_age(wait, span));
	}
}

static void draw_source(const struct app *a, struct pen *p, const struct source_status *s,
			bool brief)
{
	struct source_words w;
	const char *title = s->title[0] ? s->title : s->name;
	source_words(a, s, &w);
	if (p->end - p->column < 4) {
		p->column = p->end;
		return;
	}
	pen_put(p, w.role, 0, glyph(w.glyph, a->look.ascii));
	pen_skip(p, 1);
	pen_put(p, ROLE_TEXT, 0, title);
	if (!brief) {
		pen_skip(p, 1);
		pen_put(p, w.role, 0, w.text);
	}
	pen_skip(p, 3);
}

static int sources_width(const struct app *a)
{
	int sum = 0;
	struct source_words w;
	for (size_t i = 0; i < a->source_count; i++) {
		const struct source_status *s = &a->sources[i];
		source_words(a, s, &w);
		sum += 6 + utf8_swidth(s->title[0] ? s->title : s->name) + utf8_swidth(w.text);
	}
	return sum;
}

static void add_count(struct strbuf *out, const char *fmt, size_t n)
{
	char number[FMT_TEXT];
	if (!n)
		return;
	if (out->len)
		strbuf_adds(out, " · ");
	strbuf_addf(out, "%s %s", fmt_integer((int64_t)n, number), fmt);
}

/* "Outbox 2 waiting · 1 conflict" at the right end; returns where it begins. */
static int draw_outbox(const struct app *a, struct cellbuf *b)
{
	const struct pending *p = &a->pending;
	int end = b->columns - 1;
	struct strbuf counts = STRBUF_INIT;
	add_count(&counts, _("waiting"), p->waiting);
	add_count(&counts, _("refused"), p->refused);
	add_count(&counts, p->conflicts == 1 ? _("conflict") : _("conflicts"), p->conflicts);
	add_count(&counts, _("unclear"), p->unclear);
	if (counts.len) {
		char *text = xasprintf("%s %s", _("Outbox"), counts.s);
		enum role role = p->refused || p->conflicts || p->unclear ? ROLE_BAD
									  : ROLE_WARN;
		end = draw_right(b, 1, 1, end, role, 0, text) - 2;
		free(text);
	}
	strbuf_free(&counts);
	return end;
}

static void draw_sources(struct app *a, struct cellbuf *b)
{
	char words[512];
	enum role role;
	writer_words(a, words, sizeof words, &role);
	int edge = draw_outbox(a, b), end = edge;
	if (words[0])
		end = draw_right(b, 1, 1, end, role, 0, words);
	if (words[0] && end == edge) {
		cellbuf_put(b, 1, 1, end - 1, role, 0, words);
		return;
	}
	struct pen p = {b, 1, 1, end > 2 ? end - 1 : 1};
	if (a->sources_known && !a->source_count)
		pen_put(&p, ROLE_STALE, 0, _("no source of data is set up"));
	bool brief = sources_width(a) > p.end - p.column + 3;
	struct source_words w;
	for (size_t i = 0; i < a->source_count; i++) {
		source_words(a, &a->sources[i], &w);
		/* Where room is scarce, those that are well say so by their glyph only. */
		draw_source(a, &p, &a->sources[i],
			    brief && w.glyph == GLYPH_LIVE && a->source_count > 1);
	}
}

/* --- all of it ------------------------------------------------------------ */

static void draw_divider(const struct app *a, struct cellbuf *b)
{
	const struct layout *l = &a->layout;
	for (int i = 0; i < l->main.rows; i++)
		cellbuf_put(b, l->main.row + i, l->divider, 1, ROLE_BORDER, 0,
			    glyph(GLYPH_VLINE, a->look.ascii));
	cellbuf_put(b, l->top_rule, l->divider, 1, ROLE_BORDER, 0,
		    glyph(GLYPH_TEE_DOWN, a->look.ascii));
	cellbuf_put(b, l->bottom_rule, l->divider, 1, ROLE_BORDER, 0,
		    glyph(GLYPH_TEE_UP, a->look.ascii));
}

static void draw_body(struct app *a, struct cellbuf *b)
{
	const struct layout *l = &a->layout;
	const struct view *top = app_view(a);
	struct rect body = {l->main.row, 0, l->footer - l->main.row - (l->bottom_rule >= 0),
			    b->columns};
	bool box = a->overlay == OVERLAY_COLUMNS || a->overlay == OVERLAY_PICKER;
	if (a->overlay != OVERLAY_NONE && !box) {
		top->draw(a, b, body);
		return;
	}
	const struct view *base = app_base_view(a);
	if (l->main_shown)
		base->draw(a, b, l->main);
	if (l->middle_rule >= 0)
		draw_rule(b, l->middle_rule, 0, b->columns, a->look.ascii);
	if (l->divider >= 0)
		draw_divider(a, b);
	if (l->detail_shown)
		detail_view.draw(a, b, l->detail);
	if (box)
		top->draw(a, b, a->overlay == OVERLAY_COLUMNS ? l->main : body);
}

void frame_draw(struct app *a, struct cellbuf *b)
{
	if (a->layout.too_small) {
		char text[128];
		snprintf(text, sizeof text, _("too small: at least %d×%d are needed"),
			 SCREEN_LEAST_COLUMNS, SCREEN_LEAST_ROWS);
		cellbuf_put(b, 0, 0, b->columns, ROLE_WARN, 0, text);
		return;
	}
	draw_top(a, b);
	draw_sources(a, b);
	if (a->layout.banner >= 0)
		banner_draw(a, b, a->layout.banner);
	if (a->layout.top_rule >= 0)
		draw_rule(b, a->layout.top_rule, 0, b->columns, a->look.ascii);
	if (a->layout.bottom_rule >= 0)
		draw_rule(b, a->layout.bottom_rule, 0, b->columns, a->look.ascii);
	draw_body(a, b);
	footer_draw(a, b);
}

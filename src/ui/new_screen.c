/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/new.h"

#include "base/i18n.h"
#include "ui/key.h"
#include "ui/text_view.h"

#define NUMBER_AT 3
#define TITLE_AT 6

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	const struct source_status *list[SOURCES_MOST];
	const struct kind *k = new_kind(a);
	size_t n = k ? new_sources(a, k, list) : 0;
	struct doc *d = &a->text;
	doc_reset(d);
	doc_line(d);
	doc_add(d, 2, ROLE_HEADING, 0, _("At which source?"));
	doc_line(d);
	for (size_t i = 0; i < n; i++) {
		bool current = i == a->acting.picked;
		doc_line(d);
		if (current)
			doc_add(d, 1, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, a->look.ascii));
		if (i < 9)
			doc_addf(d, NUMBER_AT, ROLE_KEY, 0, "%zu", i + 1);
		doc_wrap(d, TITLE_AT, r.columns - TITLE_AT - 1,
			 current ? ROLE_CURSOR : ROLE_TEXT,
			 list[i]->title[0] ? list[i]->title : list[i]->name);
	}
	text_draw(a, b, r);
}

const struct view new_view = {CONTEXT_ACTIONS, draw, text_move, NULL, NULL, tell_text};

static void choose(struct app *a, const struct kind *k, const struct source_status *s,
		   struct effects *fx)
{
	struct err e = ERR_INIT;
	a->overlay = OVERLAY_NONE;
	if (new_begin(a, k, s, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
}

bool new_key(struct app *a, uint32_t key, struct effects *fx)
{
	const struct source_status *list[SOURCES_MOST];
	const struct kind *k = new_kind(a);
	size_t n = k ? new_sources(a, k, list) : 0, *at = &a->acting.picked;
	if (!n)
		return false;
	if (key == UI_KEY_DOWN || key == 'j' || key == UI_KEY_TAB)
		*at = (*at + 1) % n;
	else if (key == UI_KEY_UP || key == 'k' || key == UI_KEY_BACKTAB)
		*at = (*at + n - 1) % n;
	else if (key >= '1' && key <= '9' && key - '1' < n)
		choose(a, k, list[key - '1'], fx);
	else if (key == UI_KEY_ENTER)
		choose(a, k, list[*at < n ? *at : 0], fx);
	else
		return false;
	return true;
}

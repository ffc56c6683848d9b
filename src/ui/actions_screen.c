/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of actions: what may be done here and now, each under its letter; below, dimmed,
 * what may not, and why. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "text/utf8.h"
#include "ui/text_view.h"

#define TITLE_AT 6
#define NOTE_AT 44

static void head(struct app *a, int width)
{
	const struct acting *x = &a->acting;
	struct doc *d = &a->text;
	struct strbuf codes = STRBUF_INIT;
	for (size_t i = 0; i < x->target_count && i < 8; i++)
		strbuf_addf(&codes, "%s%s", i ? ", " : "", x->targets[i].code);
	if (x->target_count > 8)
		strbuf_addf(&codes, _(" and %zu more"), x->target_count - 8);
	doc_line(d);
	doc_add(d, 2, ROLE_HEADING, 0, _("What is to be done?"));
	doc_line(d);
	doc_wrap(d, 2, width - 4, ROLE_STRONG, codes.s);
	if (x->known && x->name[0]) {
		doc_line(d);
		doc_addf(d, 2, ROLE_DIM, 0, _("as %s"), x->name);
	}
	doc_line(d);
	strbuf_free(&codes);
}

/* How many of several records it is possible for, or why not. */
static void note(struct app *a, const struct action *act, char *text, size_t size)
{
	const char *why;
	size_t n = acting_allowed(a, act, &why);
	text[0] = '\0';
	if (!n)
		snprintf(text, size, "%s", why);
	else if (n < a->acting.target_count)
		snprintf(text, size, _("%zu of %zu; the others: %s"), n, a->acting.target_count,
			 why);
	else if (act->flags & ACTION_CONFIRM)
		snprintf(text, size, "%s", _("asks once more"));
}

static void add_action(struct app *a, const struct action *act, char letter, bool possible,
		       bool current, int width)
{
	struct doc *d = &a->text;
	char text[256];
	enum role role = current ? ROLE_CURSOR : possible ? ROLE_TEXT : ROLE_DIM;
	int at = NOTE_AT, title = TITLE_AT + utf8_swidth(_(act->title)) + 2;
	note(a, act, text, sizeof text);
	doc_line(d);
	if (current)
		doc_add(d, 1, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, a->look.ascii));
	doc_addf(d, 3, possible ? ROLE_KEY : ROLE_DIM, 0, "%c", letter);
	doc_add(d, TITLE_AT, role, 0, _(act->title));
	if (title > at || width < 70)
		at = title;
	if (text[0])
		doc_wrap(d, at, width - at > 12 ? width - at - 1 : 12, ROLE_DIM, text);
}

static int add_actions(struct app *a, int width)
{
	char letters[ACTIONS_MOST];
	size_t order[ACTIONS_MOST], possible, n = acting_menu(a, order, &possible), line = 0;
	const struct action *list = actions_of(a->acting.targets[0].kind);
	acting_letters(a->acting.targets[0].kind, letters);
	for (size_t i = 0; i < n; i++) {
		if (i == possible) {
			doc_line(&a->text);
			doc_line(&a->text);
			doc_add(&a->text, 2, ROLE_LABEL, 0, _("Not now:"));
		}
		bool current = i == a->acting.picked;
		if (current)
			line = a->text.line_count;
		add_action(a, &list[order[i]], letters[order[i]], i < possible, current, width);
	}
	return (int)line;
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	doc_reset(&a->text);
	head(a, r.columns);
	int at = add_actions(a, r.columns);
	if (at < a->text.scroll + 2)
		a->text.scroll = at > r.rows / 2 ? at - 2 : 0;
	if (at >= a->text.scroll + r.rows)
		a->text.scroll = at - r.rows + 1;
	text_draw(a, b, r);
	b->cursor_row = r.row + at - a->text.scroll;
	b->cursor_column = r.column + 1;
}

const struct view actions_view = {CONTEXT_ACTIONS, draw, text_move, NULL, NULL};

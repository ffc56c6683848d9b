/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of actions: what may be done here and now, each under its letter; below, dimmed,
 * what may not, and why. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "ui/text_view.h"

#define TITLE_AT 6
#define NOTE_AT 44

/* Letters that move the cursor or leave are no letters of actions. */
static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z' && !strchr("jkq", c);
}

static char letter_for(const char *title, const char *taken)
{
	struct strbuf folded = STRBUF_INIT;
	char found = 0;
	fold_append(&folded, title, strlen(title));
	for (int initials = 1; initials >= 0 && !found; initials--)
		for (size_t i = 0; i < folded.len && !found; i++) {
			bool initial = i == 0 || folded.s[i - 1] == ' ';
			if ((!initials || initial) && is_letter(folded.s[i]) &&
			    !strchr(taken, folded.s[i]))
				found = folded.s[i];
		}
	strbuf_free(&folded);
	for (char c = 'a'; c <= 'z' && !found; c++)
		if (is_letter(c) && !strchr(taken, c))
			found = c;
	return found;
}

/* The most frequent have the letters of their keys everywhere. */
static char letter_of_key(const char *id)
{
	static const struct {
		const char *id;
		char letter;
	} known[] = {{"receive", 'r'}, {"acknowledge", 'r'}, {"assign", 'd'},
		     {"forward", 'd'}, {"process", 'd'},     {"comment", 'c'}};
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].id, id) == 0)
			return known[i].letter;
	return 0;
}

void acting_letters(const struct kind *k, char letters[ACTIONS_MOST])
{
	char taken[ACTIONS_MOST + 4] = "rdc";
	size_t n = 0, used = strlen(taken);
	memset(letters, 0, ACTIONS_MOST);
	for (const struct action *x = actions_of(k); x && x->id && n + 1 < ACTIONS_MOST; x++) {
		char letter = letter_of_key(x->id);
		if (!letter)
			letter = taken[used++] = letter_for(_(x->title), taken);
		letters[n++] = letter;
	}
}

size_t acting_menu(const struct app *a, size_t order[ACTIONS_MOST], size_t *possible)
{
	const struct action *list = actions_of(a->acting.targets[0].kind);
	size_t n = 0;
	for (int allowed = 1; allowed >= 0; allowed--) {
		for (size_t i = 0; list[i].id && i + 1 < ACTIONS_MOST; i++) {
			const char *why;
			if (!acting_offered(a, &list[i]))
				continue;
			if ((acting_allowed(a, &list[i], &why) > 0) == (allowed == 1))
				order[n++] = i;
		}
		if (allowed)
			*possible = n;
	}
	return n;
}

static void head(struct app *a, int width)
{
	const struct acting *x = &a->acting;
	struct doc *d = &a->text;
	struct strbuf codes = STRBUF_INIT;
	acting_add_codes(x, 8, &codes);
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

void actions_note(struct app *a, const struct action *act, char *text, size_t size)
{
	const char *why;
	size_t n = acting_allowed(a, act, &why);
	text[0] = '\0';
	if (!n)
		snprintf(text, size, "%s", why);
	else if (n < a->acting.target_count)
		snprintf(text, size, _("%zu of %zu; the others: %s"), n, a->acting.target_count,
			 why);
	else if (acting_is_here(a, act))
		snprintf(text, size, "%s", _("noted here only: its source takes no word"));
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
	actions_note(a, act, text, sizeof text);
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

/* --- keys ----------------------------------------------------------------- */

static void choose(struct app *a, const struct action *act, bool at_once, struct effects *fx)
{
	struct err e = ERR_INIT;
	if (acting_begin(a, act, at_once, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
}

/* None are left where the source takes no actions any more. */
static void step(struct app *a, size_t count, size_t by)
{
	if (count)
		a->acting.picked = (a->acting.picked + by) % count;
}

/* A letter does it, with its capital the form is shown first. */
bool actions_key(struct app *a, uint32_t key, struct effects *fx)
{
	char letters[ACTIONS_MOST];
	const struct kind *k = a->acting.targets[0].kind;
	const struct action *list = actions_of(k);
	bool capital = key >= 'A' && key <= 'Z';
	acting_letters(k, letters);
	size_t order[ACTIONS_MOST], possible, count = acting_menu(a, order, &possible);
	key = key_without_input_method(key);
	const char *at = key && key < 128
				 ? strchr(letters, capital ? (int)(key + 32) : (int)key)
				 : NULL;
	if (at && *at)
		choose(a, &list[at - letters], !capital, fx);
	else if (key == UI_KEY_DOWN || key == 'j' || key == UI_KEY_TAB)
		step(a, count, 1);
	else if (key == UI_KEY_UP || key == 'k' || key == UI_KEY_BACKTAB)
		step(a, count, count - 1);
	else if (key == UI_KEY_ENTER && a->acting.picked < count)
		choose(a, &list[order[a->acting.picked]], true, fx);
	else
		return false;
	return true;
}

const struct view actions_view = {
	.context = CONTEXT_ACTIONS,
	.draw = draw,
	.move = text_move,
	.tell = tell_actions,
};

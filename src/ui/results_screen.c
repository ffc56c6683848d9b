/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of an action on many records: taken, refused, left out, and why. */
#include <stdio.h>

#include "base/i18n.h"
#include "text/utf8.h"
#include "ui/text_view.h"

static const char *outcome_words(const struct act_row *row)
{
	switch (row->outcome) {
	case ACT_TAKEN:
		return _("queued");
	case ACT_ASKED:
		return _("being handed over");
	default:
		return row->why;
	}
}

static void add_row(struct app *a, const struct act_row *row, int width)
{
	struct doc *d = &a->text;
	bool taken = row->outcome == ACT_TAKEN;
	enum role role = taken ? ROLE_STATE_GOOD : ROLE_BAD;
	int at = 6 + utf8_swidth(row->target.code);
	at = at < 20 ? 20 : at;
	doc_line(d);
	doc_add(d, 2, role, 0, glyph(taken ? GLYPH_WAITING : GLYPH_CROSS, a->look.ascii));
	doc_add(d, 4, ROLE_STRONG, 0, row->target.code);
	doc_wrap(d, at, width - at - 1, taken ? ROLE_DIM : ROLE_TEXT, outcome_words(row));
}

/* Those that were not taken come first: they need somebody. */
static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	const struct batch *x = &a->acting.batch;
	doc_reset(&a->text);
	doc_line(&a->text);
	doc_addf(&a->text, 2, ROLE_HEADING, 0, _("%s: %zu of %zu records queued"),
		 x->action ? _(x->action->title) : "", x->taken, x->count);
	doc_line(&a->text);
	for (int taken = 0; taken < 2; taken++)
		for (size_t i = 0; i < x->count; i++)
			if ((x->rows[i].outcome == ACT_TAKEN) == (taken == 1))
				add_row(a, &x->rows[i], r.columns);
	text_draw(a, b, r);
}

const struct view results_view = {
	.context = CONTEXT_RESULTS,
	.draw = draw,
	.move = text_move,
	.tell = tell_text,
};

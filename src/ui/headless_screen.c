/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that prints without a console what was on screen. */
#include "ui/headless.h"

#include "base/i18n.h"
#include "ui/text_view.h"

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct doc *d = &a->text;
	char key[32];
	int width = r.columns - 4;
	doc_reset(d);
	doc_line(d);
	doc_add(d, 2, ROLE_HEADING, 0, _("The same from a shell"));
	doc_line(d);
	doc_line(d);
	doc_wrap(d, 2, width, ROLE_TEXT, a->headless ? a->headless : "");
	doc_line(d);
	doc_line(d);
	app_key(a, "headless", key, sizeof key);
	doc_addf(d, 2, ROLE_DIM, 0, _("%s again copies it."), *key ? key : ":headless");
	text_draw(a, b, r);
}

const struct view headless_view = {
	.context = CONTEXT_HELP,
	.draw = draw,
	.move = text_move,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All roles as the theme in use shows them. */
#include <stdio.h>

#include "base/i18n.h"
#include "ui/text_view.h"
#include "ui/theme.h"

#define NAME_WIDTH 16
#define SAMPLE_WIDTH 26
#define SAMPLE " PA-00423, 21/11 19:42 "

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct doc *d = &a->text;
	doc_reset(d);
	doc_line(d);
	const char *name = a->config.theme ? theme_name(a->config.theme) : "";
	doc_addf(d, 2, ROLE_HEADING, 0, "%s %s", _("Theme"), name);
	doc_line(d);
	for (int i = 0; i < ROLE_COUNT; i++) {
		doc_line(d);
		doc_add(d, 2, ROLE_TEXT, 0, role_defs[i].id);
		doc_add(d, 2 + NAME_WIDTH, (enum role)i, 0, SAMPLE);
		doc_add(d, 2 + NAME_WIDTH + SAMPLE_WIDTH, ROLE_DIM, 0, _(role_defs[i].use));
	}
	text_draw(a, b, r);
}

const struct view theme_view = {
	.context = CONTEXT_THEME,
	.draw = draw,
	.move = text_move,
	.tell = tell_text,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a record is due when it is due, step by step. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/deadline.h"
#include "text/utf8.h"
#include "ui/state.h"
#include "ui/text_view.h"

#define INDENT 2
#define LABEL_LEAST 12
#define NARROW 60 /* columns below which a step stands below its label */

/* Lays the steps out; the first pass only measures the labels. */
struct step_layer {
	struct doc *doc;
	int columns, label;
	bool measuring;
};

static void step(void *context, const char *label, const char *text)
{
	struct step_layer *l = context;
	if (l->measuring) {
		int width = utf8_swidth(label);
		l->label = width > l->label ? width : l->label;
		return;
	}
	int at = INDENT + (l->columns < NARROW ? 2 : l->label + 2);
	doc_line(l->doc);
	doc_add(l->doc, INDENT, ROLE_LABEL, 0, label);
	if (l->columns < NARROW)
		doc_line(l->doc);
	doc_wrap(l->doc, at, l->columns - at - 1, ROLE_TEXT, text);
}

/* Code, state and queue, the title, and how the deadline stands. */
static void head(struct app *a, const struct record *r, int columns, struct strbuf *scratch)
{
	struct doc *d = &a->text;
	struct shown s;
	const char *code = record_text(r, COL_CODE);
	int at = INDENT;
	doc_line(d);
	doc_add(d, at, ROLE_TITLE, 0, code);
	at += utf8_swidth(code) + 2;
	show_value(&a->look, r, COL_STATE, SHOW_IN_DETAIL, scratch, &s);
	doc_add(d, at, s.role, 0, s.text);
	at += utf8_swidth(s.text) + 2;
	doc_add(d, at, ROLE_DIM, 0, _(r->kind->title));
	show_value(&a->look, r, COL_TITLE, SHOW_IN_DETAIL, scratch, &s);
	doc_line(d);
	doc_wrap(d, INDENT, columns - INDENT * 2, ROLE_STRONG, s.text);
	show_value(&a->look, r, COL_DUE_AT, SHOW_IN_DETAIL, scratch, &s);
	doc_line(d);
	doc_add(d, INDENT, ROLE_HEADING, 0, _("Due"));
	doc_add(d, INDENT + utf8_swidth(_("Due")) + 2, s.text[0] ? s.role : ROLE_DIM, 0,
		s.text[0] ? s.text : _("nothing is due"));
	doc_line(d);
}

static void lay_out(struct app *a, int columns)
{
	const struct record *r = detail_record(&a->explained);
	struct strbuf scratch = STRBUF_INIT;
	struct step_layer l = {&a->text, columns, LABEL_LEAST, true};
	doc_reset(&a->text);
	if (!r) {
		doc_line(&a->text);
		doc_line(&a->text);
		doc_add(&a->text, INDENT, ROLE_DIM, 0,
			a->explained.page && !a->explained.stale
				? _("This record is no longer in the cache.")
				: _("Reading the cache…"));
		return;
	}
	head(a, r, columns, &scratch);
	strbuf_free(&scratch);
	if (!a->look.rules) {
		doc_line(&a->text);
		doc_wrap(&a->text, INDENT, columns - INDENT * 2, ROLE_WARN,
			 _("The rules of deadlines could not be read; \"ioc calendar check\" "
			   "and "
			   "\"ioc doctor\" say why."));
		return;
	}
	/* In whole minutes, as the line above tells it. */
	int64_t now = a->look.now - a->look.now % MINUTE;
	deadline_explain(a->look.rules, r, now, step, &l);
	l.measuring = false;
	deadline_explain(a->look.rules, r, now, step, &l);
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	lay_out(a, r.columns);
	text_draw(a, b, r);
}

const struct view explain_view = {
	.context = CONTEXT_EXPLAIN,
	.draw = draw,
	.move = text_move,
	.tell = tell_text,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found in all queues, in sentences. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ui/state.h"

#define LINES 200 /* of the screen, at most */

static void tell_match(struct app *a, struct strbuf *out, int columns, const struct record *r)
{
	struct strbuf s = STRBUF_INIT, scratch = STRBUF_INIT;
	static const size_t parts[] = {COL_CREATED_AT, COL_STATE, COL_TITLE};
	struct shown shown;
	strbuf_addf(&s, "%zu. %s", tell_record_pick(a, r), record_text(r, COL_CODE));
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		show_value(&a->look, r, parts[i], SHOW_IN_LIST, &scratch, &shown);
		if (*shown.text)
			strbuf_addf(&s, "%s%s", parts[i] == COL_TITLE ? ": " : ", ",
				    shown.text);
	}
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
	strbuf_free(&scratch);
}

/* All of a queue that was found: a command of its own. */
static void tell_more(struct app *a, struct strbuf *out, const struct find_group *g)
{
	char *command = xasprintf("queue %s; search %s", g->kind->id, a->find.words);
	strbuf_addf(out, "%zu. %s\n", tell_command_pick(a, command),
		    _("all of them, in the queue"));
	free(command);
}

static void tell_line(struct app *a, struct strbuf *out, int columns,
		      const struct find_line *line)
{
	switch (line->type) {
	case FIND_BLANK:
		break;
	case FIND_HEADING:
		strbuf_addf(out, "%s\n",
			    line->group ? _(line->group->kind->title) : _("Called so"));
		break;
	case FIND_ROW:
		tell_match(a, out, columns, line->record);
		break;
	case FIND_DIVIDER:
		strbuf_addf(out, "%s\n", _("with other accents, or none"));
		break;
	case FIND_MORE:
		tell_more(a, out, line->group);
		break;
	}
}

void tell_find(struct app *a, struct strbuf *out, int columns)
{
	struct find *f = &a->find;
	find_lay_out(f, LINES);
	strbuf_addf(out, "%s: %s\n", _("Search"), f->words ? f->words : "");
	for (size_t i = 0; i < f->line_count; i++)
		tell_line(a, out, columns, &f->lines[i]);
	if (f->problem.code)
		tell_wrap(out, 2, columns, f->problem.text);
	else if (!f->line_count)
		tell_wrap(out, 2, columns,
			  f->words && *f->words
				  ? _("Nothing is found in any queue.")
				  : _("Words, a code, a phone or plate number: all queues are "
				      "searched."));
}

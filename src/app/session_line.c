/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line that is being typed into the prompt. */
#include <stdlib.h>
#include <string.h>

#include "app/session_parts.h"
#include "base/alloc.h"
#include "text/clean.h"

/* What was searched for and what was commanded are remembered apart. */
void session_open_line(struct session *s, enum prompt_use use, const char *text, size_t cursor)
{
	char *file = xasprintf("%s/%s", s->program->paths.state_dir,
			       use == PROMPT_COMMAND ? "history" : "searches");
	line_set_history(s->line, file);
	line_open(s->line, text);
	if (cursor < strlen(text))
		line_replace(s->line, text, cursor);
	free(file);
}

/* What is typed may come in pieces, a letter and its marks: composed it goes on. */
static char *composed_line(const struct session *s, int *cursor)
{
	struct strbuf text = STRBUF_INIT;
	const char *line = line_text(s->line);
	clean_append(&text, line, (size_t)line_cursor(s->line), 0);
	*cursor = (int)text.len;
	strbuf_clear(&text);
	clean_append(&text, line, strlen(line), 0);
	if ((size_t)*cursor > text.len)
		*cursor = (int)text.len;
	return strbuf_detach(&text);
}

static void tell_line(struct session *s, enum event_type type, int step)
{
	struct event e = {.type = type};
	char *text = composed_line(s, &e.prompt.cursor);
	e.prompt.text = text;
	e.prompt.step = step;
	session_send(s, &e);
	free(text);
}

void session_edit_line(struct session *s, const struct event *e)
{
	if (e->type == EVENT_PASTE) {
		line_paste(s->line, e->text);
		tell_line(s, EVENT_PROMPT, 0);
		return;
	}
	switch (line_key(s->line, e->key)) {
	case LINE_EDITED:
		tell_line(s, EVENT_PROMPT, 0);
		break;
	case LINE_COMPLETE:
		tell_line(s, EVENT_PROMPT_TAB, 1);
		break;
	case LINE_COMPLETE_BACK:
		tell_line(s, EVENT_PROMPT_TAB, -1);
		break;
	case LINE_ENTERED:
		tell_line(s, EVENT_PROMPT_DONE, 0);
		break;
	case LINE_CANCELLED:
		session_send(s, &(struct event){.type = EVENT_PROMPT_DONE});
		break;
	}
}

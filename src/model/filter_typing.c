/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/filter_typing.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/strbuf.h"

struct state {
	bool quoted;
	bool field;  /* the last piece began with "field:" or the like */
	size_t open; /* parentheses */
};

static struct state look_at(const char *text)
{
	struct state s = {false, false, 0};
	for (; *text; text++) {
		if (*text == '"')
			s.quoted = !s.quoted;
		else if (s.quoted)
			continue;
		else if (isspace((unsigned char)*text) || strchr("()|", *text))
			s.field = false;
		else if (strchr(":<>=", *text))
			s.field = true;
		s.open += *text == '(';
		s.open -= *text == ')' && s.open;
	}
	return s;
}

static bool ends_in_word(const char *text)
{
	size_t n = strlen(text);
	unsigned char last = n ? (unsigned char)text[n - 1] : 0;
	return last >= 0x80 || isalnum(last);
}

char *filter_while_typed(const char *text)
{
	struct state s = look_at(text);
	bool unfinished = ends_in_word(text) && !s.field;
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, text);
	if (s.quoted)
		strbuf_addc(&b, '"');
	if (unfinished)
		strbuf_addc(&b, '*');
	for (; s.open; s.open--)
		strbuf_addc(&b, ')');
	return strbuf_detach(&b);
}

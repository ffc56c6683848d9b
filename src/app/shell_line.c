/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/shell_line.h"

#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"

struct reader {
	struct shell_line line;
	size_t cap;
	struct arena *arena;
	struct strbuf word;
	bool inside; /* a word has begun */
};

static void begin(struct reader *r, const char *at)
{
	if (!r->inside)
		r->line.last = at;
	r->inside = true;
}

static void end(struct reader *r)
{
	char *word = arena_memdup(r->arena, r->word.s, r->word.len);
	if (r->line.count == r->cap) {
		char **more = arena_alloc(r->arena, (r->cap * 2 + 8) * sizeof *more);
		if (r->line.count)
			memcpy(more, r->line.words, r->line.count * sizeof *more);
		r->line.words = more;
		r->cap = r->cap * 2 + 8;
	}
	r->line.words[r->line.count++] = word;
	strbuf_clear(&r->word);
	r->inside = false;
}

/* Where c has a meaning after a backslash within this quote. */
static bool is_escaped(char quote, char c)
{
	return c && (quote == 0 || (quote == '"' && strchr("\"\\$`", c)));
}

struct shell_line shell_line_read(struct arena *a, const char *text)
{
	struct reader r = {.arena = a, .word = STRBUF_INIT};
	char *quote = &r.line.quote;
	const char *s = text;
	for (; *s; s++) {
		if (!*quote && strchr(" \t\n", *s)) {
			if (r.inside)
				end(&r);
			continue;
		}
		begin(&r, s);
		if (*quote ? *s == *quote : *s == '\'' || *s == '"')
			*quote = *quote ? 0 : *s;
		else if (*s == '\\' && *quote != '\'' && is_escaped(*quote, s[1]))
			strbuf_addc(&r.word, *++s);
		else
			strbuf_addc(&r.word, *s);
	}
	begin(&r, s);
	end(&r);
	strbuf_free(&r.word);
	return r.line;
}

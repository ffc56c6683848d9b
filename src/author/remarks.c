/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/remarks.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/clean.h"
#include "text/utf8.h"

#define LINE_MOST 160 /* columns of a line that is quoted */

static void add(struct remarks *r, int line, int column, bool warning, const char *text)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].line == line && strcmp(r->list[i].text, text) == 0)
			return;
	ARRAY_PUSH(r->list, r->count, r->cap) = (struct remark){line, column, warning,
								xstrdup(text)};
}

void remarks_warn(struct remarks *r, const struct yaml_node *n, int below, int column,
		  const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	if (!column)
		column = below ? 1 : yaml_column(n);
	add(r, yaml_line(n) + below, column, true, text);
}

void remarks_add(struct remarks *r, const char *file, const char *sentence)
{
	size_t n = strlen(file);
	int line = 1, column = 1, used = 0;
	const char *rest = sentence;
	if (strncmp(sentence, file, n) == 0 &&
	    sscanf(sentence + n, ":%d:%d: %n", &line, &column, &used) == 2 && used)
		rest = sentence + n + used;
	add(r, line, column, false, rest);
}

void remarks_free(struct remarks *r)
{
	for (size_t i = 0; i < r->count; i++)
		free(r->list[i].text);
	free(r->list);
	*r = (struct remarks)REMARKS_INIT;
}

static int by_place(const void *a, const void *b)
{
	const struct remark *x = a, *y = b;
	if (x->line != y->line)
		return x->line - y->line;
	return x->column != y->column ? x->column - y->column : x->warning - y->warning;
}

void remarks_sort(struct remarks *r)
{
	if (r->count)
		qsort(r->list, r->count, sizeof *r->list, by_place);
}

size_t remarks_mistakes(const struct remarks *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->count; i++)
		n += !r->list[i].warning;
	return n;
}

/* The n-th line of the text; NULL behind the last. */
static const char *find_line(const char *text, int n, size_t *length)
{
	for (int i = 1; text && i < n; i++) {
		text = strchr(text, '\n');
		text = text && text[1] ? text + 1 : NULL;
	}
	*length = text ? strcspn(text, "\n") : 0;
	return text;
}

/* Bytes of so many characters. */
static size_t bytes_of(const char *s, size_t n, int characters)
{
	size_t at = 0;
	while (at < n && characters-- > 0)
		for (at++; at < n && ((unsigned char)s[at] & 0xc0) == 0x80;)
			at++;
	return at;
}

/* The line with a caret under its column; tabs become blanks. */
static void quote(const struct author *a, const struct remark *m, const char *text)
{
	size_t n;
	const char *line = find_line(text, m->line, &n);
	if (!line || !n)
		return;
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
	size_t cut = bytes_of(line, n, m->column - 1);
	clean_append(&before, line, cut, 0);
	clean_append(&after, line + cut, n - cut, 0);
	int columns = utf8_swidth(before.s);
	printf("%s%6d |%s ", author_ink(a, INK_DIM), m->line, author_ink(a, INK_NONE));
	if (columns + utf8_swidth(after.s) <= LINE_MOST || columns < LINE_MOST - 20) {
		fputs(before.s, stdout);
		author_put(after.s, after.len, LINE_MOST - columns);
	} else {
		fputs("…", stdout);
		columns = 1;
		author_put(after.s, after.len, LINE_MOST);
	}
	printf("\n%s%6s |%s %*s%s^%s\n", author_ink(a, INK_DIM), "", author_ink(a, INK_NONE),
	       columns, "", author_ink(a, m->warning ? INK_YELLOW : INK_RED),
	       author_ink(a, INK_NONE));
	strbuf_free(&before);
	strbuf_free(&after);
}

void remarks_print(const struct author *a, const struct remarks *r, const char *file,
		   const char *text)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct remark *m = &r->list[i];
		printf("%s%s:%d:%d:%s ", author_ink(a, INK_BOLD), file, m->line, m->column,
		       author_ink(a, INK_NONE));
		if (m->warning)
			printf("%s%s%s ", author_ink(a, INK_YELLOW), _("warning:"),
			       author_ink(a, INK_NONE));
		author_put(m->text, strlen(m->text), 0);
		printf("\n");
		quote(a, m, text);
	}
}

json_t *remarks_json(const struct remarks *r, const char *file)
{
	json_t *all = json_array();
	for (size_t i = 0; i < r->count; i++)
		json_array_append_new(all, json_pack("{s:s, s:i, s:i, s:s, s:s}", "file", file,
						     "line", r->list[i].line, "column",
						     r->list[i].column, "level",
						     r->list[i].warning ? "warning" : "error",
						     "message", r->list[i].text));
	return all;
}

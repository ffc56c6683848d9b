/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/doc.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/fit.h"
#include "text/utf8.h"

void doc_free(struct doc *d)
{
	arena_free(&d->arena);
	free(d->runs);
	free(d->lines);
	*d = (struct doc){.runs = NULL};
}

void doc_reset(struct doc *d)
{
	arena_reset(&d->arena);
	d->run_count = d->line_count = 0;
}

size_t doc_line(struct doc *d)
{
	ARRAY_PUSH(d->lines, d->line_count, d->line_cap) = d->run_count;
	return d->line_count - 1;
}

static void add_run(struct doc *d, int column, enum role role, unsigned attr, const char *text)
{
	if (!d->line_count)
		doc_line(d);
	ARRAY_PUSH(d->runs, d->run_count, d->run_cap) = (struct doc_run){column, role, attr,
									 text};
}

void doc_add(struct doc *d, int column, enum role role, unsigned attr, const char *text)
{
	add_run(d, column, role, attr, arena_strdup(&d->arena, text));
}

void doc_addf(struct doc *d, int column, enum role role, unsigned attr, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	doc_add(d, column, role, attr, text.s);
	strbuf_free(&text);
}

size_t doc_wrap(struct doc *d, int column, int width, enum role role, const char *text)
{
	return doc_wrap_marked(d, column, width, role, text, NULL, 0);
}

/* What is found lies over the line. */
static void mark_line(struct doc *d, int column, const char *text, const struct fit_line *line,
		      const struct pattern_range *m)
{
	size_t end = line->start + line->n;
	size_t from = m->start > line->start ? m->start : line->start;
	size_t to = m->end < end ? m->end : end;
	if (from < to)
		add_run(d, column + utf8_width(text + line->start, from - line->start),
			ROLE_MATCH, 0, arena_memdup(&d->arena, text + from, to - from));
}

size_t doc_wrap_marked(struct doc *d, int column, int width, enum role role, const char *text,
		       const struct pattern_range *marks, size_t count)
{
	size_t n = strlen(text), at = 0, lines = 0;
	struct fit_line line;
	while (fit_wrap(text, n, width, &at, &line)) {
		if (lines++)
			doc_line(d);
		add_run(d, column, role, 0, arena_memdup(&d->arena, text + line.start, line.n));
		for (size_t i = 0; i < count; i++)
			mark_line(d, column, text, &line, &marks[i]);
	}
	return lines;
}

static void scroll_to(struct doc *d, int64_t line, int rows)
{
	int64_t most = (int64_t)d->line_count - rows;
	if (line > most)
		line = most;
	d->scroll = line < 0 ? 0 : (int)line;
}

void doc_move(struct doc *d, enum motion m, int64_t n, int rows)
{
	int64_t step = m == MOVE_ROWS ? 1 : m == MOVE_PAGES ? rows - 1 : rows / 2;
	if (m == MOVE_HOME || m == MOVE_END)
		scroll_to(d, m == MOVE_HOME ? 0 : INT64_MAX, rows);
	else
		scroll_to(d, d->scroll + n * step, rows);
}

static size_t line_end(const struct doc *d, size_t line)
{
	return line + 1 < d->line_count ? d->lines[line + 1] : d->run_count;
}

void doc_draw(struct doc *d, struct cellbuf *b, struct rect r)
{
	scroll_to(d, d->scroll, r.rows);
	for (int i = 0; i < r.rows && (size_t)(d->scroll + i) < d->line_count; i++) {
		size_t line = (size_t)(d->scroll + i);
		for (size_t j = d->lines[line]; j < line_end(d, line); j++) {
			const struct doc_run *run = &d->runs[j];
			cellbuf_put(b, r.row + i, r.column + run->column,
				    r.columns - run->column, run->role, run->attr, run->text);
		}
	}
}

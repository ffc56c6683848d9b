/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/clean.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/utf8.h"

void table_row(struct table *t)
{
	if (t->rows == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 16;
		t->cells = xrealloc(t->cells, t->cap * t->columns * sizeof *t->cells);
	}
	for (size_t i = 0; i < t->columns; i++)
		t->cells[t->rows * t->columns + i] = NULL;
	t->rows++;
}

void table_put(struct table *t, const char *text)
{
	struct strbuf b = STRBUF_INIT;
	char **row = &t->cells[(t->rows - 1) * t->columns];
	size_t i = 0;
	while (i < t->columns - 1 && row[i])
		i++;
	clean_append(&b, text, strlen(text), 0);
	free(row[i]);
	row[i] = strbuf_detach(&b);
}

void table_put_number(struct table *t, long long n)
{
	char text[FMT_TEXT];
	table_put(t, fmt_integer(n, text));
}

static const char *cell(const struct table *t, size_t row, size_t column)
{
	const char *s = t->cells[row * t->columns + column];
	return s ? s : "";
}

static int width_of(const struct table *t, size_t column)
{
	int most = 0;
	for (size_t i = 0; i < t->rows; i++) {
		int w = utf8_swidth(cell(t, i, column));
		most = w > most ? w : most;
	}
	return t->most && most > t->most ? t->most : most;
}

void table_print(const struct table *t, FILE *to)
{
	int widths[TABLE_COLUMNS];
	for (size_t c = 0; c < t->columns; c++)
		widths[c] = width_of(t, c);
	for (size_t i = 0; i < t->rows; i++) {
		struct strbuf b = STRBUF_INIT;
		for (size_t c = 0; c < t->columns; c++) {
			const char *s = cell(t, i, c);
			strbuf_adds(&b, c ? "  " : "");
			fit_pad(&b, s, strlen(s), widths[c],
				t->right & 1U << c ? FIT_RIGHT : FIT_LEFT);
		}
		while (b.len && b.s[b.len - 1] == ' ')
			strbuf_truncate(&b, b.len - 1);
		fprintf(to, "%s\n", b.s);
		strbuf_free(&b);
	}
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->rows * t->columns; i++)
		free(t->cells[i]);
	free(t->cells);
	t->cells = NULL;
	t->rows = t->cap = 0;
}

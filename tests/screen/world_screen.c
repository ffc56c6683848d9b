/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as text. */
#include "world.h"

#include <stdlib.h>
#include <string.h>

static void dump_text(const struct cellbuf *b, int row, struct strbuf *out)
{
	char text[64];
	for (int i = 0; i < b->columns; i++)
		strbuf_adds(out, cellbuf_cell_text(b, &b->cells[row * b->columns + i], text));
}

static void dump_roles(const struct cellbuf *b, int row, struct strbuf *out)
{
	const struct cell *cells = b->cells + row * b->columns;
	const char *before = "";
	for (int i = 0; i < b->columns;) {
		int from = i;
		while (i < b->columns && cells[i].role == cells[from].role &&
		       cells[i].attr == cells[from].attr)
			i++;
		if (cells[from].role == ROLE_TEXT && !cells[from].attr)
			continue;
		if (!*before)
			strbuf_addf(out, "roles %d: ", row);
		strbuf_addf(out, "%s%d-%d %s%s", before, from, i - 1,
			    role_defs[cells[from].role].id, cells[from].attr ? "+" : "");
		before = " | ";
	}
	if (*before)
		strbuf_addc(out, '\n');
}

void world_dump(struct world *w, struct strbuf *out)
{
	const struct cellbuf *b = &w->screen;
	app_render(w->app, &w->screen);
	strbuf_addf(out, "screen %dx%d cursor %d,%d\n", b->columns, b->rows, b->cursor_row,
		    b->cursor_column);
	for (int row = 0; row < b->rows; row++) {
		strbuf_addc(out, '|');
		dump_text(b, row, out);
		strbuf_adds(out, "|\n");
	}
	for (int row = 0; row < b->rows; row++)
		dump_roles(b, row, out);
}

char *world_row(struct world *w, int row)
{
	struct strbuf text = STRBUF_INIT;
	app_render(w->app, &w->screen);
	dump_text(&w->screen, row, &text);
	return strbuf_detach(&text);
}

bool world_shows(struct world *w, const char *words)
{
	bool found = false;
	for (int row = 0; row < w->screen.rows && !found; row++) {
		char *text = world_row(w, row);
		found = strstr(text, words) != NULL;
		free(text);
	}
	return found;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/screen_dump.h"

#include <string.h>

#include "export/out.h"

void screen_row(const struct cellbuf *g, int row, struct strbuf *out)
{
	char text[64];
	size_t end = out->len;
	for (int column = 0; column < g->columns; column++) {
		const struct cell *c = &g->cells[row * g->columns + column];
		strbuf_adds(out, cellbuf_cell_text(g, c, text));
		if (c->ch != ' ' && c->ch != CELL_CONTINUED)
			end = out->len;
	}
	strbuf_truncate(out, end);
}

int screen_dump(const struct cellbuf *g, const char *path, struct err *e)
{
	struct out o;
	struct strbuf line = STRBUF_INIT;
	if (out_open(&o, strcmp(path, "-") == 0 ? "./-" : path, e) < 0)
		return -1;
	for (int row = 0; row < g->rows; row++) {
		strbuf_clear(&line);
		screen_row(g, row, &line);
		out_add(&o, line.s, line.len);
		out_addc(&o, '\n');
	}
	strbuf_free(&line);
	return out_finish(&o, e);
}

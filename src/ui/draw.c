/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/draw.h"

#include <stdio.h>
#include <string.h>

#include "text/fmt.h"
#include "text/utf8.h"

static const char *const glyphs[GLYPH_COUNT][2] = {
#define G(name, utf8, ascii) [GLYPH_##name] = {utf8, ascii},
	GLYPHS(G)
#undef G
};

static const char *const sparks[][2] = {
	{" ", " "}, {"▁", "_"}, {"▂", "."}, {"▃", ":"}, {"▄", "-"},
	{"▅", "="}, {"▆", "+"}, {"▇", "*"}, {"█", "#"},
};

const char *glyph(enum glyph g, bool ascii)
{
	return glyphs[g][ascii];
}

uint32_t glyph_char(enum glyph g, bool ascii)
{
	uint32_t cp;
	const char *s = glyphs[g][ascii];
	utf8_decode(s, strlen(s), &cp);
	return cp;
}

const char *glyph_spark(int height, bool ascii)
{
	return sparks[height < 0 ? 0 : height > 8 ? 8 : height][ascii];
}

int pen_put(struct pen *p, enum role role, unsigned attr, const char *text)
{
	int used = cellbuf_put(p->b, p->row, p->column, p->end - p->column, role, attr, text);
	p->column += used;
	return used;
}

void pen_field(struct pen *p, int width, bool right, enum role role, unsigned attr,
	       const char *text)
{
	int start = p->column;
	int room = width < p->end - start ? width : p->end - start;
	int indent = right ? room - utf8_swidth(text) : 0;
	cellbuf_put(p->b, p->row, start + (indent > 0 ? indent : 0),
		    indent > 0 ? room - indent : room, role, attr, text);
	p->column = start + (room > 0 ? room : 0);
}

void pen_count(struct pen *p, int width, int64_t n, enum role role, const char *cue)
{
	char number[FMT_TEXT], text[FMT_TEXT + 8];
	snprintf(text, sizeof text, "%s%s%s", n > 0 ? cue : "", n > 0 && *cue ? " " : "",
		 fmt_integer(n, number));
	pen_field(p, width, true, n > 0 ? role : ROLE_DIM, 0, text);
	pen_skip(p, 1);
}

void pen_crumbs(struct pen *p, const char *const *parts, size_t n, bool ascii)
{
	for (size_t i = 0; i < n; i++) {
		if (!parts[i])
			continue;
		if (i) {
			pen_skip(p, 1);
			pen_put(p, ROLE_DIM, 0, glyph(GLYPH_CRUMB, ascii));
			pen_skip(p, 1);
		}
		pen_put(p, ROLE_STRONG, 0, parts[i]);
	}
}

void pen_skip(struct pen *p, int n)
{
	p->column += n;
	if (p->column > p->end)
		p->column = p->end;
}

int draw_right(struct cellbuf *b, int row, int least, int end, enum role role, unsigned attr,
	       const char *text)
{
	int width = utf8_swidth(text);
	if (end - width < least)
		return end;
	cellbuf_put(b, row, end - width, width, role, attr, text);
	return end - width;
}

void draw_rule(struct cellbuf *b, int row, int column, int width, bool ascii)
{
	cellbuf_fill(b, row, column, width, ROLE_BORDER, glyph_char(GLYPH_HLINE, ascii));
}

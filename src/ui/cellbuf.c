/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nearly all text is Latin without marks of its own, so that runs of it go straight into
 * cells; everything else takes the way through the cluster rules of text/utf8.h. */
#include "ui/cellbuf.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text/utf8.h"

#define CLUSTER_SIZE 64 /* bytes kept of one cluster; marks beyond are left out */
#define ELLIPSIS 0x2026

static const struct cell blank = {' ', ROLE_TEXT, 0};

void cellbuf_init(struct cellbuf *b, int rows, int columns)
{
	*b = (struct cellbuf){.cut = ELLIPSIS};
	cellbuf_resize(b, rows, columns);
}

void cellbuf_resize(struct cellbuf *b, int rows, int columns)
{
	if (rows < 1)
		rows = 1;
	if (columns < 1)
		columns = 1;
	if (rows != b->rows || columns != b->columns) {
		b->rows = rows;
		b->columns = columns;
		b->cells = xreallocarray(b->cells, (size_t)rows * (size_t)columns,
					 sizeof *b->cells);
	}
	cellbuf_clear(b);
}

void cellbuf_free(struct cellbuf *b)
{
	for (uint32_t i = 0; i < b->cluster_cap; i++)
		free(b->clusters[i]);
	free(b->clusters);
	free(b->cells);
	*b = (struct cellbuf){.cut = ELLIPSIS};
}

void cellbuf_clear(struct cellbuf *b)
{
	size_t n = (size_t)b->rows * (size_t)b->columns;
	for (size_t i = 0; i < n; i++)
		b->cells[i] = blank;
	b->cluster_count = 0;
	b->cursor_row = b->cursor_column = -1;
}

/* The buffers of clusters are kept from frame to frame. */
static uint32_t add_cluster(struct cellbuf *b, const char *s, size_t n)
{
	if (b->cluster_count == b->cluster_cap) {
		b->cluster_cap = b->cluster_cap ? b->cluster_cap * 2 : 16;
		b->clusters = xreallocarray(b->clusters, b->cluster_cap, sizeof *b->clusters);
		for (uint32_t i = b->cluster_count; i < b->cluster_cap; i++)
			b->clusters[i] = xmalloc(CLUSTER_SIZE);
	}
	while (n >= CLUSTER_SIZE)
		n = utf8_previous(s, n);
	memcpy(b->clusters[b->cluster_count], s, n);
	b->clusters[b->cluster_count][n] = '\0';
	return CELL_CLUSTER | b->cluster_count++;
}

static struct cell *row_of(const struct cellbuf *b, int row)
{
	return b->cells + (size_t)row * (size_t)b->columns;
}

/* Drawing over one half of a wide cluster blanks the other half: call before drawing from
 * `column` on, and after drawing up to `column`. */
static void heal_left(struct cellbuf *b, int row, int column)
{
	struct cell *cells = row_of(b, row);
	if (column > 0 && cells[column].ch == CELL_CONTINUED)
		cells[column - 1].ch = cells[column].ch = ' ';
}

static void heal_right(struct cellbuf *b, int row, int column)
{
	struct cell *cells = row_of(b, row);
	if (column < b->columns && cells[column].ch == CELL_CONTINUED)
		cells[column].ch = ' ';
}

/* Clips to the grid; false where nothing is left. */
static bool clip(const struct cellbuf *b, int row, int *column, int *width)
{
	if (row < 0 || row >= b->rows || *column >= b->columns || *width <= 0)
		return false;
	if (*column < 0) {
		if (*width <= -*column)
			return false;
		*width += *column;
		*column = 0;
	}
	if (*width > b->columns - *column)
		*width = b->columns - *column;
	return true;
}

/* Letters that take one column, combine with nothing and have no marks: Latin of both
 * Vietnamese ranges.  Returns the bytes, 0 for all others. */
static inline size_t plain(const unsigned char *s, uint32_t *cp)
{
	if (s[0] >= 0x20 && s[0] < 0x7f) {
		*cp = s[0];
		return 1;
	}
	if (s[0] >= 0xc3 && s[0] <= 0xcb && (s[1] & 0xc0) == 0x80) { /* U+00C0 … U+02FF */
		*cp = (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
		return 2;
	}
	if (s[0] == 0xe1 && s[1] >= 0xb8 && s[1] <= 0xbb &&
	    (s[2] & 0xc0) == 0x80) { /* U+1Exx */
		*cp = 0x1000 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
		return 3;
	}
	return 0;
}

/* Whether a mark may follow here, which would belong to the letter before it. */
static inline bool may_be_mark(const unsigned char *s)
{
	return *s >= 0xcc;
}

static bool is_plain_next(const unsigned char *s)
{
	uint32_t cp;
	return !may_be_mark(s) || plain(s, &cp);
}

/* Marks the end of a text that did not fit. */
static int cut(struct cellbuf *b, struct cell *cells, int used, int width, enum role role,
	       unsigned attr)
{
	if (used == width) {
		if (cells[used - 1].ch == CELL_CONTINUED)
			cells[used - 2] = (struct cell){' ', (uint8_t)role, (uint8_t)attr};
		used--;
	}
	cells[used] = (struct cell){b->cut, (uint8_t)role, (uint8_t)attr};
	return used + 1;
}

int cellbuf_put(struct cellbuf *b, int row, int column, int width, enum role role,
		unsigned attr, const char *text)
{
	if (!clip(b, row, &column, &width) || !*text)
		return 0;
	heal_left(b, row, column);
	struct cell *cells = row_of(b, row) + column;
	const struct cell style = {' ', (uint8_t)role, (uint8_t)attr};
	const char *s = text;
	const char *end = NULL; /* found only when a text is not plain */
	int used = 0;
	while (*s) {
		uint32_t cp;
		size_t n = plain((const unsigned char *)s, &cp);
		if (n && is_plain_next((const unsigned char *)s + n)) {
			if (used == width) {
				used = cut(b, cells, used, width, role, attr);
				break;
			}
			cells[used] = style;
			cells[used++].ch = cp;
			s += n;
			continue;
		}
		if (!end)
			end = s + strlen(s);
		struct utf8_cluster c;
		n = utf8_next(s, (size_t)(end - s), &c);
		if (c.width > width - used) {
			used = cut(b, cells, used, width, role, attr);
			break;
		}
		if (c.width > 0) {
			cells[used] = style;
			cells[used++].ch = c.single ? c.cp : add_cluster(b, s, c.n);
			if (c.width == 2) {
				cells[used] = style;
				cells[used++].ch = CELL_CONTINUED;
			}
		}
		s += n;
	}
	if (used)
		heal_right(b, row, column + used);
	return used;
}

void cellbuf_fill(struct cellbuf *b, int row, int column, int width, enum role role,
		  uint32_t ch)
{
	if (!clip(b, row, &column, &width))
		return;
	heal_left(b, row, column);
	struct cell *cells = row_of(b, row) + column;
	for (int i = 0; i < width; i++)
		cells[i] = (struct cell){ch, (uint8_t)role, 0};
	heal_right(b, row, column + width);
}

const char *cellbuf_cell_text(const struct cellbuf *b, const struct cell *c, char *buf)
{
	if (c->ch == CELL_CONTINUED) {
		buf[0] = '\0';
	} else if (c->ch & CELL_CLUSTER) {
		memcpy(buf, b->clusters[c->ch & ~CELL_CLUSTER],
		       strlen(b->clusters[c->ch & ~CELL_CLUSTER]) + 1);
	} else {
		buf[utf8_encode(c->ch, buf)] = '\0';
	}
	return buf;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/fit.h"

#include "text/utf8.h"

static const char ellipsis[] = "…";

size_t fit_prefix(const char *s, size_t n, int columns, int *used)
{
	struct utf8_cluster c;
	size_t at = 0;
	int width = 0;
	while (at < n) {
		utf8_next(s + at, n - at, &c);
		if (width + c.width > columns)
			break;
		at += c.n;
		width += c.width;
	}
	if (used)
		*used = width;
	return at;
}

int fit_cut(struct strbuf *out, const char *s, size_t n, int columns)
{
	int width;
	size_t fitting = fit_prefix(s, n, columns, &width);
	if (fitting == n) {
		strbuf_add(out, s, n);
		return width;
	}
	if (columns < 1)
		return 0;
	fitting = fit_prefix(s, n, columns - 1, &width);
	strbuf_add(out, s, fitting);
	strbuf_adds(out, ellipsis);
	return width + 1;
}

static void add_blanks(struct strbuf *out, int count)
{
	if (count > 0)
		strbuf_addn(out, ' ', (size_t)count);
}

void fit_pad(struct strbuf *out, const char *s, size_t n, int columns, enum fit_align align)
{
	if (align == FIT_LEFT) {
		add_blanks(out, columns - fit_cut(out, s, n, columns));
		return;
	}
	struct strbuf cut = STRBUF_INIT;
	int room = columns - fit_cut(&cut, s, n, columns);
	int before = align == FIT_RIGHT ? room : room / 2;
	add_blanks(out, before);
	strbuf_add(out, cut.s, cut.len);
	add_blanks(out, room - before);
	strbuf_free(&cut);
}

static void end_line(struct fit_line *line, const char *s, size_t end)
{
	while (end > line->start && s[end - 1] == ' ')
		end--;
	line->n = end - line->start;
	line->width = utf8_width(s + line->start, line->n);
}

bool fit_wrap(const char *s, size_t n, int columns, size_t *at, struct fit_line *line)
{
	if (*at >= n)
		return false;
	int most = columns < 2 ? 2 : columns, width = 0;
	size_t pos = *at, blank = 0; /* behind the last blank that the line may be broken at */
	line->start = pos;
	while (pos < n && s[pos] != '\n') {
		struct utf8_cluster c;
		utf8_next(s + pos, n - pos, &c);
		if (c.n == 1 && s[pos] == ' ') /* a blank with marks is no blank */
			blank = pos + 1;
		else if (width + c.width > most) {
			size_t end = blank ? blank : pos;
			end_line(line, s, end);
			*at = end;
			return true;
		}
		pos += c.n;
		width += c.width;
	}
	end_line(line, s, pos);
	*at = pos < n ? pos + 1 : pos;
	return true;
}

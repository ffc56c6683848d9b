/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tell.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text/fit.h"
#include "text/utf8.h"
#include "ui/doc.h"
#include "ui/state.h"

#define TALL 400 /* rows of the sheet that a view without a telling of its own is drawn on */

/* --- numbers ---------------------------------------------------------------- */

static void forget_picks(struct telling *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->picks[i].command);
	t->count = 0;
}

void telling_free(struct telling *t)
{
	forget_picks(t);
	free(t->picks);
}

static struct pick *add_pick(struct telling *t)
{
	struct pick *p = &ARRAY_PUSH(t->picks, t->count, t->cap);
	*p = (struct pick){.command = NULL};
	return p;
}

size_t tell_record_pick(struct app *a, const struct record *r)
{
	target_set(&add_pick(&a->telling)->target, r);
	return a->telling.count;
}

size_t tell_command_pick(struct app *a, const char *command)
{
	add_pick(&a->telling)->command = xstrdup(command);
	return a->telling.count;
}

const struct pick *tell_pick(const struct app *a, size_t number)
{
	const struct telling *t = &a->telling;
	return number && number <= t->count ? &t->picks[number - 1] : NULL;
}

/* --- pieces ----------------------------------------------------------------- */

static void blanks(struct strbuf *out, int n)
{
	for (; n > 0; n--)
		strbuf_addc(out, ' ');
}

/* Breaks text that begins at column `at`; its further lines begin at `indent`. */
static void wrap_from(struct strbuf *out, int at, int indent, int columns, const char *text)
{
	size_t n = strlen(text), from = 0;
	struct fit_line line;
	for (bool first = true;; first = false) {
		int room = columns - (first ? at : indent);
		if (!fit_wrap(text, n, room > 8 ? room : 8, &from, &line))
			break;
		if (!first)
			blanks(out, indent);
		strbuf_add(out, text + line.start, line.n);
		strbuf_addc(out, '\n');
	}
}

void tell_wrap(struct strbuf *out, int indent, int columns, const char *text)
{
	if (!*text)
		return;
	blanks(out, indent);
	wrap_from(out, indent, indent, columns, text);
}

void tell_field(struct strbuf *out, int indent, int columns, const char *label,
		const char *value)
{
	if (!*value)
		return;
	blanks(out, indent);
	strbuf_addf(out, "%s: ", label);
	wrap_from(out, indent + utf8_swidth(label) + 2, indent + 2, columns, value);
}

/* Blanks at the end of a line say nothing; nor do several empty lines. */
static void end_line(struct strbuf *out, size_t start)
{
	size_t n = out->len;
	while (n > start && out->s[n - 1] == ' ')
		n--;
	strbuf_truncate(out, n);
	bool empty = n == start;
	bool second = start < 2 || (out->s[start - 1] == '\n' && out->s[start - 2] == '\n');
	if (!empty || !second)
		strbuf_addc(out, '\n');
}

void tell_doc(struct strbuf *out, const struct doc *d, bool linear)
{
	for (size_t i = 0; i < d->line_count; i++) {
		size_t start = out->len;
		size_t end = i + 1 < d->line_count ? d->lines[i + 1] : d->run_count;
		for (size_t j = d->lines[i]; j < end; j++) {
			int used = utf8_width(out->s + start, out->len - start);
			int gap = linear ? out->len > start : d->runs[j].column - used;
			blanks(out, gap > 0 ? gap : 0);
			strbuf_adds(out, d->runs[j].text);
		}
		end_line(out, start);
	}
}

/* --- views without a telling of their own ----------------------------------- */

static bool is_border(const char *s)
{
	static const enum glyph borders[] = {
		GLYPH_HLINE,       GLYPH_VLINE,        GLYPH_TOP_LEFT, GLYPH_TOP_RIGHT,
		GLYPH_BOTTOM_LEFT, GLYPH_BOTTOM_RIGHT, GLYPH_TEE_DOWN, GLYPH_TEE_UP};
	for (size_t i = 0; i < ARRAY_LEN(borders); i++)
		if (strcmp(s, glyph(borders[i], false)) == 0)
			return true;
	return false;
}

static void tell_drawn(struct app *a, struct strbuf *out, int columns)
{
	struct cellbuf b = {.rows = 0};
	char text[64];
	cellbuf_init(&b, TALL, columns);
	b.cut = a->look.ascii ? '~' : 0x2026;
	app_view(a)->draw(a, &b, (struct rect){0, 0, TALL, columns});
	for (int row = 0; row < b.rows; row++) {
		size_t start = out->len;
		for (int column = 0; column < columns; column++) {
			const struct cell *c = &b.cells[row * columns + column];
			const char *s = cellbuf_cell_text(&b, c, text);
			strbuf_adds(out, is_border(s) ? " " : s);
		}
		end_line(out, start);
	}
	cellbuf_free(&b);
}

void app_tell(struct app *a, struct strbuf *out, int columns)
{
	const struct view *v = app_view(a);
	size_t start = out->len;
	columns = columns < SCREEN_LEAST_COLUMNS ? SCREEN_LEAST_COLUMNS : columns;
	forget_picks(&a->telling);
	if (v->tell)
		v->tell(a, out, columns);
	else
		tell_drawn(a, out, columns);
	while (out->len > start + 1 && out->s[out->len - 1] == '\n' &&
	       out->s[out->len - 2] == '\n')
		strbuf_truncate(out, out->len - 1);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tell.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fit.h"
#include "text/utf8.h"
#include "ui/doc.h"
#include "ui/state.h"

#define TALL 400         /* rows of the sheet that views are drawn on */
#define LAID_OUT_FROM 60 /* columns from which a text is told as it is laid out */
#define MESSAGES_MOST 50 /* kept; the others are counted */

/* --- numbers ---------------------------------------------------------------- */

static void forget_picks(struct picks *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->list[i].command);
	p->count = 0;
}

static struct picks *picks_here(struct app *a)
{
	return a->overlay == OVERLAY_NONE ? &a->telling.base : &a->telling.over;
}

void telling_init(struct telling *t, const struct app_config *c)
{
	*t = (struct telling){.on = c->spoken,
			      .linear = c->linear,
			      .page = c->page > 0 ? c->page : 1,
			      .messages = STRBUF_INIT,
			      .problems = STRBUF_INIT};
}

void telling_free(struct telling *t)
{
	forget_picks(&t->base);
	forget_picks(&t->over);
	free(t->base.list);
	free(t->over.list);
	strbuf_free(&t->messages);
	strbuf_free(&t->problems);
	dialog_free(&t->dialog);
}

void tell_message(struct telling *t, enum role role, const char *text)
{
	if (!t->on)
		return;
	if (t->message_count >= MESSAGES_MOST) {
		t->left_out++;
		return;
	}
	t->message_count++;
	strbuf_addf(role == ROLE_ERROR ? &t->problems : &t->messages, "%s\n", text);
}

void tell_refusal(struct telling *t, const json_t *answer)
{
	const char *code = json_string_value(json_object_get(answer, "error"));
	if (t->on && !t->refused)
		t->refused = code ? err_code_parse(code) : ERR_IO;
}

static struct pick *add_pick(struct picks *all)
{
	struct pick *p = &ARRAY_PUSH(all->list, all->count, all->cap);
	*p = (struct pick){.command = NULL};
	return p;
}

size_t tell_record_pick(struct app *a, const struct record *r)
{
	target_set(&add_pick(picks_here(a))->target, r);
	return picks_here(a)->count;
}

size_t tell_command_pick(struct app *a, const char *command)
{
	add_pick(picks_here(a))->command = xstrdup(command);
	return picks_here(a)->count;
}

const struct pick *tell_pick(const struct app *a, size_t number)
{
	bool base = a->overlay == OVERLAY_NONE;
	const struct picks *p = base ? &a->telling.base : &a->telling.over;
	bool here = base || p->overlay == (int)a->overlay;
	return here && number && number <= p->count ? &p->list[number - 1] : NULL;
}

/* The record under the cursor where it is at hand, so that one can go on from there; else it is
 * shown beside the list, which stays as it is. */
static void open_record(struct app *a, const struct target *t)
{
	struct list *l = app_list(a);
	a->overlay = OVERLAY_NONE;
	a->detail.open = a->detail.focused = a->detail.pinned = true;
	for (size_t i = 0; l && l->kind == t->kind && l->page && i < l->page->count; i++) {
		if (l->page->rows[i]->rowid != t->rowid)
			continue;
		list_hold(l);
		list_move(l, (int64_t)i - (int64_t)l->cursor, false);
		a->detail.pinned = false;
	}
	detail_show(&a->detail, t->kind, t->rowid, a->look.now);
}

int tell_take_pick(struct app *a, size_t number, struct effects *fx, struct err *e)
{
	const struct pick *p = tell_pick(a, number);
	if (!p)
		return err_set(e, ERR_USAGE, _("nothing has the number %zu now"), number);
	a->telling.moved = true;
	if (!p->command) {
		struct target t = p->target;
		open_record(a, &t);
		return 0;
	}
	char *command = xstrdup(p->command);
	int rc = runner_start(a, command, fx, e);
	free(command);
	return rc;
}

/* One of "2" and "2-5". */
static int add_span(const struct app *a, long from, long to, size_t *numbers, size_t most,
		    int count, struct err *e)
{
	for (long i = from; i <= to; i++) {
		const struct pick *p = tell_pick(a, (size_t)i);
		if (!p || p->command)
			return err_set(e, ERR_USAGE, _("no record has the number %ld now"), i);
		if ((size_t)count < most)
			numbers[count++] = (size_t)i;
	}
	return count;
}

int tell_range(const struct app *a, const char *text, size_t *numbers, size_t most,
	       struct err *e)
{
	int count = 0;
	if (!a->telling.on || !*text || text[strspn(text, "0123456789-, ")])
		return 0;
	while (*text && count >= 0) {
		char *end;
		long from = strtol(text, &end, 10), to = from;
		if (end == text || from < 1)
			return 0;
		if (*end == '-')
			to = strtol(end + 1, &end, 10);
		count = add_span(a, from, to, numbers, most, count, e);
		text = end + strspn(end, ", ");
	}
	return count;
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
	wrap_from(out, 0, indent, columns, text);
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

/* --- documents -------------------------------------------------------------- */

static bool is_glyph(const char *s)
{
	for (int g = 0; g < GLYPH_COUNT; g++)
		if (strcmp(s, glyph((enum glyph)g, false)) == 0)
			return true;
	return false;
}

static size_t runs_end(const struct doc *d, size_t line)
{
	return line + 1 < d->line_count ? d->lines[line + 1] : d->run_count;
}

static int line_width(const struct doc *d, size_t line)
{
	size_t end = runs_end(d, line);
	const struct doc_run *last = end > d->lines[line] ? &d->runs[end - 1] : NULL;
	return last ? last->column + utf8_swidth(last->text) : 0;
}

static void line_as_laid(struct strbuf *out, const struct doc *d, size_t line)
{
	size_t start = out->len;
	for (size_t j = d->lines[line]; j < runs_end(d, line); j++) {
		int used = utf8_width(out->s + start, out->len - start);
		blanks(out, d->runs[j].column - used);
		strbuf_adds(out, d->runs[j].text);
	}
	end_line(out, start);
}

static void line_of_words(struct strbuf *out, const struct doc *d, size_t line, int columns)
{
	struct strbuf words = STRBUF_INIT;
	size_t end = runs_end(d, line), start = out->len;
	for (size_t j = d->lines[line]; j < end; j++) {
		const struct doc_run *r = &d->runs[j];
		size_t n = strlen(r->text);
		if (strcmp(r->text, glyph(GLYPH_DOT, false)) == 0 && words.len)
			strbuf_addc(&words, ',');
		if (is_glyph(r->text))
			continue;
		strbuf_addf(&words, "%s%s", words.len && *r->text != ',' ? " " : "", r->text);
		bool names = r->role == ROLE_LABEL || r->role == ROLE_KEY;
		if (names && j + 1 < end && n && r->text[n - 1] != ':')
			strbuf_addc(&words, ':');
	}
	if (words.len)
		tell_wrap(out, 2, columns, words.s);
	else
		end_line(out, start);
	strbuf_free(&words);
}

void tell_doc(struct strbuf *out, const struct doc *d, bool linear, int columns)
{
	for (size_t i = 0; i < d->line_count; i++)
		if (linear || line_width(d, i) > columns)
			line_of_words(out, d, i, columns);
		else
			line_as_laid(out, d, i);
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

void tell_cells(struct strbuf *out, const struct cellbuf *b)
{
	char text[64];
	for (int row = 0; row < b->rows; row++) {
		size_t start = out->len;
		for (int column = 0; column < b->columns; column++) {
			const struct cell *c = &b->cells[row * b->columns + column];
			const char *s = cellbuf_cell_text(b, c, text);
			strbuf_adds(out, is_border(s) ? " " : s);
		}
		end_line(out, start);
	}
}

static void draw_tall(struct app *a, struct cellbuf *b, int columns)
{
	cellbuf_init(b, TALL, columns);
	b->cut = a->look.ascii ? '~' : 0x2026;
	app_view(a)->draw(a, b, (struct rect){0, 0, TALL, columns});
}

void tell_text(struct app *a, struct strbuf *out, int columns)
{
	struct cellbuf b = {.rows = 0};
	bool linear = a->telling.linear || columns < LAID_OUT_FROM;
	draw_tall(a, &b, linear ? LAID_OUT_FROM : columns);
	cellbuf_free(&b);
	tell_doc(out, &a->text, linear, columns);
}

static void tell_drawn(struct app *a, struct strbuf *out, int columns)
{
	struct cellbuf b = {.rows = 0};
	draw_tall(a, &b, columns);
	tell_cells(out, &b);
	cellbuf_free(&b);
}

void app_tell(struct app *a, struct strbuf *out, int columns)
{
	const struct view *v = app_view(a);
	size_t start = out->len;
	columns = columns < SCREEN_LEAST_COLUMNS ? SCREEN_LEAST_COLUMNS : columns;
	if (a->telling.row && v == &queue_view) {
		a->telling.row = false;
		tell_row(a, out, columns);
		return;
	}
	a->telling.row = false;
	forget_picks(picks_here(a));
	picks_here(a)->overlay = (int)a->overlay;
	if (v->tell)
		v->tell(a, out, columns);
	else
		tell_drawn(a, out, columns);
	while (out->len > start + 1 && out->s[out->len - 1] == '\n' &&
	       out->s[out->len - 2] == '\n')
		strbuf_truncate(out, out->len - 1);
}

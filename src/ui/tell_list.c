/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list in lines: a table whose rows are numbered, or one field a line for those who hear it.
 * The rows are those that the screen has. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"

#define GAP 2          /* columns between two fields */
#define HEARD_FROM 120 /* fields are those of a screen of so many columns */
#define EMPTY_ROWS 16

struct list_teller {
	struct app *a;
	struct list *l;
	struct strbuf *out;
	int columns;
	size_t first, end; /* rows of the page */
	struct strbuf scratch;
};

/* --- what stands above and below ------------------------------------------- */

static void tell_count(struct list_teller *t, struct strbuf *s)
{
	const struct list *l = t->l;
	char matches[FMT_TEXT], all[FMT_TEXT];
	int64_t total = t->a->figures_known ? t->a->figures.queues[kind_index(l->kind)].total
					    : 0;
	if (!l->page || l->page->error.code != ERR_NONE)
		return;
	fmt_integer(l->page->total, matches);
	strbuf_adds(s, ": ");
	if (l->page->total_capped)
		strbuf_addf(s, _("more than %s"), matches);
	else if ((*l->view.filter || *l->words) && total >= l->page->total)
		strbuf_addf(s, _("%s of %s"), matches, fmt_integer(total, all));
	else
		strbuf_adds(s, matches);
	if (l->page->partial)
		strbuf_adds(s, _(" (partial: no index answers the filter)"));
}

static void tell_head(struct list_teller *t)
{
	const struct list *l = t->l;
	struct strbuf s = STRBUF_INIT;
	char number[FMT_TEXT];
	strbuf_addf(&s, "%s, %s", _(l->kind->title), l->view.title);
	tell_count(t, &s);
	if (*l->words)
		strbuf_addf(&s, "; %s%s", _("filter: "), l->words);
	strbuf_addf(&s, "; ");
	strbuf_addf(&s, _("by %s, %s"), _(l->kind->columns[l->sort].title),
		    l->descending ? _("descending") : _("ascending"));
	if (l->marks.count)
		strbuf_addf(&s, "; %s %s", fmt_integer((int64_t)l->marks.count, number),
			    _("marked"));
	tell_wrap(t->out, 2, t->columns, s.s);
	strbuf_free(&s);
}

static void tell_foot(struct list_teller *t)
{
	const struct page *p = t->l->page;
	char from[FMT_TEXT], to[FMT_TEXT], all[FMT_TEXT], new[FMT_TEXT];
	int64_t at = list_position(t->l);
	struct strbuf s = STRBUF_INIT;
	if (at && t->end - t->first < (size_t)p->total) {
		int64_t first = at - (int64_t)t->l->cursor + (int64_t)t->first;
		int64_t last = first + (int64_t)(t->end - t->first) - 1;
		strbuf_addf(&s, _("rows %s to %s of %s"), fmt_integer(first, from),
			    fmt_integer(last, to), fmt_integer(p->total, all));
		if (last < p->total)
			strbuf_addf(&s, "; %s", _("Enter: the next ones"));
	}
	if (!t->l->following && p->held > 0) {
		strbuf_addf(&s, "%s", s.len ? "; " : "");
		strbuf_addf(&s, _("%s new: \"take-new\" lets them in"),
			    fmt_integer(p->held, new));
	}
	if (s.len)
		tell_wrap(t->out, 2, t->columns, s.s);
	strbuf_free(&s);
}

/* --- rows ------------------------------------------------------------------- */

static const char *value_of(struct list_teller *t, const struct record *r, int column)
{
	struct shown s;
	show_value(&t->a->look, r, (size_t)column, SHOW_IN_LIST, &t->scratch, &s);
	return s.text;
}

static int number_width(const struct list_teller *t)
{
	size_t n = t->end - t->first;
	return n > 999 ? 4 : n > 99 ? 3 : n > 9 ? 2 : 1;
}

/* Blanks at the end of a line are not sent over a slow one. */
static void end_row(struct list_teller *t)
{
	size_t n = t->out->len;
	while (n && t->out->s[n - 1] == ' ')
		n--;
	strbuf_truncate(t->out, n);
	strbuf_addc(t->out, '\n');
}

static void put_cell(struct list_teller *t, const struct column_slot *slot, int from,
		     const char *text)
{
	bool right = t->l->kind->columns[slot->column].right;
	for (; from < slot->at; from++)
		strbuf_addc(t->out, ' ');
	fit_pad(t->out, text, strlen(text), slot->width, right ? FIT_RIGHT : FIT_LEFT);
}

static void tell_table(struct list_teller *t)
{
	struct column_slot slots[COLUMNS_MOST];
	int number = number_width(t), before = number + GAP;
	size_t n = list_columns(t->l, t->columns - before, slots);
	strbuf_addf(t->out, "%*s", before, "");
	for (size_t i = 0; i < n; i++)
		put_cell(t, &slots[i], i ? slots[i - 1].at + slots[i - 1].width : 0,
			 _(t->l->kind->columns[slots[i].column].title));
	end_row(t);
	for (size_t row = t->first; row < t->end; row++) {
		const struct record *r = t->l->page->rows[row];
		bool marked = list_is_marked(t->l, r->rowid);
		strbuf_addf(t->out, "%*zu%-*s", number, tell_record_pick(t->a, r), GAP,
			    marked ? "*" : "");
		for (size_t i = 0; i < n; i++)
			put_cell(t, &slots[i], i ? slots[i - 1].at + slots[i - 1].width : 0,
				 value_of(t, r, slots[i].column));
		end_row(t);
	}
}

static void tell_fields(struct list_teller *t)
{
	struct column_slot slots[COLUMNS_MOST];
	size_t n = list_columns(t->l, HEARD_FROM, slots);
	for (size_t row = t->first; row < t->end; row++) {
		const struct record *r = t->l->page->rows[row];
		strbuf_addf(t->out, "%zu. %s%s%s\n", tell_record_pick(t->a, r),
			    record_text(r, COL_CODE),
			    list_is_marked(t->l, r->rowid) ? ", " : "",
			    list_is_marked(t->l, r->rowid) ? _("marked") : "");
		for (size_t i = 0; i < n; i++)
			if (slots[i].column != COL_CODE)
				tell_field(t->out, 2, t->columns,
					   _(t->l->kind->columns[slots[i].column].title),
					   value_of(t, r, slots[i].column));
	}
}

/* --- page by page ----------------------------------------------------------- */

void tell_page(struct app *a, bool on)
{
	struct telling *t = &a->telling;
	const struct list *l = app_list(a);
	if (!on || t->pages.list != l || !l || !l->page)
		t->pages.from = 0;
	else if (t->pages.last < l->page->total)
		t->pages.from = t->pages.last + 1;
}

/* Leaves out what was told on the page before. */
static void go_on(struct list_teller *t)
{
	struct telling *told = &t->a->telling;
	int64_t at = list_position(t->l);
	int64_t first = at - (int64_t)t->l->cursor + (int64_t)t->first;
	int64_t last = first + (int64_t)(t->end - t->first) - 1;
	if (!at)
		return;
	if (told->pages.list == t->l && told->pages.from > first && told->pages.from <= last)
		t->first += (size_t)(told->pages.from - first);
	told->pages.list = t->l;
	told->pages.last = last;
}

/* --- all of it -------------------------------------------------------------- */

static void tell_empty(struct list_teller *t)
{
	struct cellbuf b = {.rows = 0};
	cellbuf_init(&b, EMPTY_ROWS, t->columns);
	empty_draw(t->a, t->l, &b, (struct rect){0, 0, EMPTY_ROWS, t->columns});
	tell_cells(t->out, &b);
	cellbuf_free(&b);
}

void tell_list(struct app *a, struct strbuf *out, int columns)
{
	struct list *l = app_list(a);
	size_t count = l->page ? l->page->count : 0;
	struct list_teller t = {.a = a, .l = l, .out = out, .columns = columns};
	t.scratch = (struct strbuf)STRBUF_INIT;
	t.first = list_top(l);
	t.end = t.first + (size_t)l->height < count ? t.first + (size_t)l->height : count;
	go_on(&t);
	tell_head(&t);
	if (t.first == t.end || l->error.code != ERR_NONE)
		tell_empty(&t);
	else if (a->telling.linear)
		tell_fields(&t);
	else
		tell_table(&t);
	if (t.first < t.end)
		tell_foot(&t);
	strbuf_free(&t.scratch);
}

void tell_row(struct app *a, struct strbuf *out, int columns)
{
	struct list *l = app_list(a);
	const struct record *r = list_current(l);
	struct list_teller t = {.a = a, .l = l, .out = out, .columns = columns};
	struct strbuf s = STRBUF_INIT;
	char at[FMT_TEXT];
	if (!r)
		return;
	t.scratch = (struct strbuf)STRBUF_INIT;
	if (list_position(l))
		strbuf_addf(&s, _("row %s: "), fmt_integer(list_position(l), at));
	strbuf_addf(&s, "%s, %s", record_text(r, COL_CODE), value_of(&t, r, COL_DUE_AT));
	strbuf_addf(&s, ", %s", value_of(&t, r, COL_STATE));
	strbuf_addf(&s, ": %s", value_of(&t, r, COL_TITLE));
	tell_wrap(out, 2, columns, s.s);
	strbuf_free(&s);
	strbuf_free(&t.scratch);
}

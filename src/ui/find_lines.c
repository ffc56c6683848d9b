/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answers make as lines: every queue that has something gets its share of the screen.
 */
#include <string.h>

#include "text/tail.h"
#include "ui/find.h"

#define NAMED_LINES 5
#define NAME_LEAST 3 /* letters and figures */
#define ROWS_LEAST 3 /* of a queue, however many there are */

bool find_waits(const struct find *f)
{
	for (size_t i = 0; i < f->group_count; i++)
		for (int part = 0; part < FIND_PARTS; part++)
			if (f->groups[i].stale[part])
				return true;
	return false;
}

static size_t count(const struct find_group *g, enum find_part part)
{
	return g->pages[part] ? g->pages[part]->count : 0;
}

/* --- what is called so --------------------------------------------------------- */

/* Letters and figures alone count. */
static bool is_called(const struct record *r, const char *words)
{
	char tail[TAIL_MOST + 1];
	for (size_t i = 0; i < r->kind->column_count; i++) {
		enum column_personal p = r->kind->columns[i].personal;
		bool phone = p == PERSONAL_PHONE;
		const struct value *v = &r->values[i];
		if ((i == COL_CODE || phone || p == PERSONAL_PLATE) && v->set &&
		    tail_of(words, strlen(words), phone, tail) >= NAME_LEAST &&
		    tail_matches(v->s, v->n, phone, tail, TAIL_IS))
			return true;
	}
	return false;
}

static bool is_among(const struct record *const *list, size_t n, const struct record *r)
{
	for (size_t i = 0; i < n; i++)
		if (list[i]->rowid == r->rowid && list[i]->kind == r->kind)
			return true;
	return false;
}

size_t find_named(const struct find *f, const struct record **out, size_t most)
{
	size_t n = 0;
	for (size_t i = 0; f->words && i < f->group_count; i++)
		for (int part = FIND_NAMED; part <= FIND_EXACT; part++) {
			const struct page *p = f->groups[i].pages[part];
			for (size_t j = 0; p && j < p->count && n < most; j++)
				if (is_called(p->rows[j], f->words) &&
				    !is_among(out, n, p->rows[j]))
					out[n++] = p->rows[j];
		}
	return n;
}

/* --- lines ----------------------------------------------------------------------- */

static void add(struct find *f, enum find_line_type type, struct find_group *g,
		const struct record *r)
{
	if (f->line_count < FIND_LINES)
		f->lines[f->line_count++] = (struct find_line){type, g, r};
}

static struct find_group *group_of(struct find *f, const struct record *r)
{
	for (size_t i = 0; i < f->group_count; i++)
		if (f->groups[i].kind == r->kind)
			return &f->groups[i];
	return NULL;
}

static size_t share(const struct find *f, int rows)
{
	size_t groups = 0, extra = 0;
	for (size_t i = 0; i < f->group_count; i++) {
		bool exact = count(&f->groups[i], FIND_EXACT) > 0;
		bool loose = count(&f->groups[i], FIND_LOOSE) > 0;
		groups += exact || loose;
		extra += exact && loose;
	}
	int room = rows - (int)f->line_count - (int)extra;
	int each = groups ? room / (int)groups - 3 : 0; /* heading, more, a blank line */
	return each < ROWS_LEAST ? ROWS_LEAST : each > FIND_ROWS ? FIND_ROWS : (size_t)each;
}

static void add_group(struct find *f, struct find_group *g, size_t most)
{
	size_t exact = count(g, FIND_EXACT), loose = count(g, FIND_LOOSE);
	if (!exact && !loose)
		return;
	if (f->line_count)
		add(f, FIND_BLANK, NULL, NULL);
	add(f, FIND_HEADING, g, NULL);
	for (size_t i = 0; i < exact && i < most; i++)
		add(f, FIND_ROW, g, g->pages[FIND_EXACT]->rows[i]);
	size_t left = exact < most ? most - exact : 0;
	if (exact && loose && left)
		add(f, FIND_DIVIDER, g, NULL);
	for (size_t i = 0; i < loose && i < left; i++)
		add(f, FIND_ROW, g, g->pages[FIND_LOOSE]->rows[i]);
	if (exact > most || loose > left ||
	    (exact && g->pages[FIND_EXACT]->total > (int64_t)exact))
		add(f, FIND_MORE, g, NULL);
}

static bool can_be_chosen(const struct find_line *l)
{
	return l->type == FIND_ROW || l->type == FIND_MORE;
}

/* On the record that was chosen, else on the first line that can be. */
static void settle_cursor(struct find *f)
{
	for (size_t i = 0; f->rowid && i < f->line_count; i++) {
		const struct record *r = f->lines[i].record;
		if (r && r->rowid == f->rowid && r->kind == f->kind) {
			f->cursor = i;
			return;
		}
	}
	if (f->cursor >= f->line_count)
		f->cursor = f->line_count ? f->line_count - 1 : 0;
	while (f->cursor + 1 < f->line_count && !can_be_chosen(&f->lines[f->cursor]))
		f->cursor++;
}

void find_move(struct find *f, int64_t n)
{
	size_t at = f->cursor;
	int step = n < 0 ? -1 : 1;
	for (; n; n -= step) {
		do
			at += (size_t)step;
		while (at < f->line_count && !can_be_chosen(&f->lines[at]));
		if (at >= f->line_count)
			break;
		f->cursor = at;
	}
	const struct record *r = f->cursor < f->line_count ? f->lines[f->cursor].record : NULL;
	f->rowid = r ? r->rowid : 0;
	f->kind = r ? r->kind : NULL;
}

void find_lay_out(struct find *f, int rows)
{
	const struct record *named[NAMED_LINES];
	size_t n = find_named(f, named, NAMED_LINES);
	f->line_count = 0;
	if (n)
		add(f, FIND_HEADING, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		add(f, FIND_ROW, group_of(f, named[i]), named[i]);
	size_t most = share(f, rows);
	for (size_t i = 0; i < f->group_count; i++)
		add_group(f, &f->groups[i], most);
	settle_cursor(f);
	size_t height = rows > 1 ? (size_t)rows : 1;
	if (f->cursor < f->top + 1)
		f->top = f->cursor ? f->cursor - 1 : 0; /* its heading too */
	if (f->cursor >= f->top + height)
		f->top = f->cursor - height + 1;
	if (f->top + height > f->line_count)
		f->top = f->line_count > height ? f->line_count - height : 0;
}

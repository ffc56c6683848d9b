/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue in groups, on screen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/filter_narrow.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"

#define GUTTER 2
#define INDENT 2 /* of records */
#define NAME_MOST 48

/* Where a heading's parts stand. */
struct shape {
	int name, number;
};

static struct shape shape_for(int columns)
{
	int number = columns < 60 ? 7 : 11;
	int name = columns - GUTTER - 2 - 3 * (number + 1) - 1;
	return (struct shape){name < NAME_MOST ? name : NAME_MOST, number};
}

const char *groups_name(const struct app *a, const struct list *l, const char *value,
			struct strbuf *scratch)
{
	const struct column *c = &l->kind->columns[l->groups.column];
	const char *name = NULL;
	if (!*value)
		return _("(none)");
	if (c->type == COLUMN_REF)
		name = a->look.names.name(a->look.names.context, kind_find(c->ref), value,
					  a->look.now);
	else if (c->type == COLUMN_FLAG)
		return strcmp(value, "1") == 0 ? _("yes") : _("no");
	else if (c->type == COLUMN_STATE && kind_state(l->kind, value))
		name = _(kind_state(l->kind, value)->label);
	else if (c->type == COLUMN_CHOICE && column_choice(c, value))
		name = _(column_choice(c, value));
	if (name)
		return name;
	strbuf_clear(scratch);
	strbuf_addf(scratch, "%s ?", value);
	return scratch->s;
}

static void draw_heading(const struct app *a, const struct list *l, struct cellbuf *b, int row,
			 struct rect r, size_t i, struct strbuf *scratch)
{
	const struct groups *g = &l->groups;
	const struct group *one = &g->answer->list[i];
	struct shape s = shape_for(r.columns);
	bool current = i == g->at && !g->sub, ascii = a->look.ascii;
	struct pen p = {b, row, r.column, r.column + r.columns};
	pen_field(&p, GUTTER, false, ROLE_CURSOR, 0, current ? glyph(GLYPH_CURSOR, ascii) : "");
	pen_field(&p, 2, false, ROLE_DIM, 0,
		  glyph(g->folds[i].open ? GLYPH_DOWN : GLYPH_CRUMB, ascii));
	pen_field(&p, s.name, false, current ? ROLE_CURSOR : ROLE_STRONG, 0,
		  groups_name(a, l, one->value, scratch));
	pen_skip(&p, 1);
	pen_count(&p, s.number, one->counts.count, ROLE_STRONG, "");
	pen_count(&p, s.number, one->counts.late, ROLE_BAD, glyph(GLYPH_CUE, ascii));
	pen_count(&p, s.number, one->counts.soon, ROLE_WARN, glyph(GLYPH_SOON, ascii));
}

static void draw_more(const struct app *a, const struct list *l, struct cellbuf *b, int row,
		      struct rect r, size_t i, bool current)
{
	const struct groups *g = &l->groups;
	char number[FMT_TEXT], *text;
	int64_t rest = g->answer->list[i].counts.count - GROUP_ROWS;
	struct pen p = {b, row, r.column, r.column + r.columns};
	pen_field(&p, GUTTER + INDENT, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	pen_skip(&p, GUTTER);
	text = xasprintf(_("and %s more: Enter shows them all"),
			 fmt_integer(rest > 0 ? rest : 0, number));
	pen_put(&p, current ? ROLE_CURSOR : ROLE_DIM, 0, text);
	free(text);
}

static void draw_line(struct app *a, struct list *l, struct cellbuf *b, int row, struct rect r,
		      size_t group, size_t sub, struct strbuf *scratch)
{
	struct groups *g = &l->groups;
	const struct record *record;
	bool current = group == g->at && sub == g->sub;
	struct rect inner = {row, r.column + INDENT, 1, r.columns - INDENT};
	switch (groups_kind_of(g, group, sub, &record)) {
	case GROUP_HEADING:
		draw_heading(a, l, b, row, r, group, scratch);
		break;
	case GROUP_RECORD:
		list_draw_record(l, &g->cache, &a->look, b, inner, record, current);
		break;
	case GROUP_WAITING:
		cellbuf_put(b, row, r.column, 1, ROLE_CURSOR, 0,
			    current ? glyph(GLYPH_CURSOR, a->look.ascii) : " ");
		cellbuf_put(b, row, inner.column + GUTTER, 1, ROLE_DIM, 0, "…");
		break;
	case GROUP_MORE:
		draw_more(a, l, b, row, r, group, current);
		break;
	}
}

/* Headings of the counts, and what must be known of them. */
static void draw_titles(const struct list *l, struct cellbuf *b, struct rect r)
{
	const struct groups *g = &l->groups;
	struct shape s = shape_for(r.columns);
	struct pen p = {b, r.row + 1, r.column + GUTTER + 2, r.column + r.columns};
	const char *const titles[] = {_("Records"), _("Late"), _("Due soon")};
	pen_field(&p, s.name, false, ROLE_HEADING, 0, _(l->kind->columns[g->column].title));
	pen_skip(&p, 1);
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		pen_field(&p, s.number, true, ROLE_HEADING, 0, titles[i]);
		pen_skip(&p, 1);
	}
	if (!g->answer || g->asked)
		draw_right(b, r.row + 1, p.column + 1, r.column + r.columns - 1, ROLE_DIM, 0,
			   _("counting…"));
}

/* What was left out, below all. */
static void draw_note(const struct groups *g, struct cellbuf *b, struct rect r)
{
	char number[FMT_TEXT], *note;
	if (!groups_have_note(g))
		return;
	note = g->answer->capped
		       ? xasprintf(_("of the newest %s records only"),
				   fmt_integer(GROUPS_NEWEST, number))
		       : xasprintf(_("%zu smaller groups are not shown"), g->answer->others);
	cellbuf_put(b, r.row + r.rows - 1, r.column + GUTTER, r.columns - GUTTER, ROLE_WARN, 0,
		    note);
	free(note);
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct list *l = app_list(a);
	struct groups *g = &l->groups;
	struct strbuf scratch = STRBUF_INIT;
	char key[32];
	size_t group, sub;
	list_draw_crumbs(l, &a->look, b, r,
			 a->figures_known ? a->figures.queues[kind_index(l->kind)].total : 0,
			 app_key(a, "take-new", key, sizeof key));
	draw_titles(l, b, r);
	draw_note(g, b, r);
	row_cache_forget(g->cache);
	for (int i = 0; i < g->height && groups_at(g, g->top + i, &group, &sub); i++)
		draw_line(a, l, b, r.row + LIST_HEAD_ROWS + i, r, group, sub, &scratch);
	strbuf_free(&scratch);
	if (g->answer && !g->answer->count)
		empty_draw(a, l, b,
			   (struct rect){r.row + LIST_HEAD_ROWS, r.column,
					 r.rows - LIST_HEAD_ROWS, r.columns});
	if (app_view(a) == &groups_view) {
		b->cursor_row = r.row + LIST_HEAD_ROWS +
				(int)(groups_line_of(g, g->at, g->sub) - g->top);
		b->cursor_column = r.column;
	}
}

static void move(struct app *a, enum motion m, int64_t n)
{
	struct groups *g = &app_list(a)->groups;
	groups_move(g, m == MOVE_HOME    ? -groups_lines(g) - 1
		       : m == MOVE_END   ? groups_lines(g) + 1
		       : m == MOVE_ROWS  ? n
		       : m == MOVE_PAGES ? n * (g->height > 1 ? g->height - 1 : 1)
					 : n * ((g->height + 1) / 2));
}

/* The list of the group's records. */
static void narrow(struct list *l)
{
	struct strbuf group = STRBUF_INIT;
	groups_filter_here(l, &group);
	char *words = filter_narrow(l->words, group.s, NULL);
	groups_stop(l);
	list_set_filter(l, words);
	free(words);
	strbuf_free(&group);
}

static void open_here(struct app *a)
{
	struct list *l = app_list(a);
	enum group_line line = groups_line_here(&l->groups);
	if (!groups_here(&l->groups) || line == GROUP_WAITING)
		return;
	if (line != GROUP_RECORD) {
		narrow(l);
		return;
	}
	app_open_selected(a);
}

static void click(struct app *a, int row, int column)
{
	struct groups *g = &app_list(a)->groups;
	size_t group, sub;
	int64_t line = g->top + row - a->layout.main.row - LIST_HEAD_ROWS;
	(void)column;
	if (row < a->layout.main.row + LIST_HEAD_ROWS || !groups_at(g, line, &group, &sub))
		return;
	bool again = group == g->at && sub == g->sub;
	g->at = group;
	g->sub = sub;
	groups_move(g, 0);
	if (again && !sub)
		groups_toggle(g);
	else if (again)
		open_here(a);
}

const struct view groups_view = {
	.context = CONTEXT_LIST,
	.draw = draw,
	.move = move,
	.open = open_here,
	.click = click,
	.tell = tell_groups,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last line: what is being typed, or what was said, or which keys do what here; and how
 * many records are marked. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"

/* --- what is typed -------------------------------------------------------- */

/* What is wrong with what is being typed, as far as there is room behind it. */
static void draw_problem(const struct app *a, struct cellbuf *b, int row, int least)
{
	int width = utf8_swidth(a->live.problem.text), room = b->columns - 1 - least;
	if (a->prompt_use == PROMPT_COMMAND || room < 8)
		return;
	cellbuf_put(b, row, width < room ? b->columns - 1 - width : least, room, ROLE_WARN, 0,
		    a->live.problem.text);
}

/* The prompt shows the part of its text round the cursor. */
static void draw_prompt(struct app *a, struct cellbuf *b, int row)
{
	int width = b->columns - 2;
	int at = utf8_width(a->prompt, (size_t)a->prompt_cursor);
	const char *start = a->prompt;
	while (at >= width && *start) {
		struct utf8_cluster c;
		start += utf8_next(start, strlen(start), &c);
		at -= c.width;
	}
	cellbuf_fill(b, row, 0, b->columns, ROLE_PROMPT, ' ');
	cellbuf_put(b, row, 0, 1, ROLE_KEY, 0, a->prompt_use == PROMPT_COMMAND ? ":" : "/");
	int used = cellbuf_put(b, row, 1, width + 1, ROLE_PROMPT, 0, start);
	draw_problem(a, b, row, 1 + used + 2);
	b->cursor_row = row;
	b->cursor_column = 1 + at;
}

/* What is said while something is typed, and what may come next, stand above it. */
static void draw_above_prompt(struct app *a, struct cellbuf *b)
{
	int row = a->layout.footer - 1;
	bool said = a->prompting && a->message[0] && row > 0;
	if (a->prompting)
		menu_draw(a, b, row + !said);
	if (!said)
		return;
	cellbuf_fill(b, row, 0, b->columns, ROLE_TEXT, ' ');
	cellbuf_put(b, row, 1, b->columns - 2, a->message_role, 0, a->message);
}

/* --- keys ----------------------------------------------------------------- */

/* The commands that the key line tells, by context, most useful first. */
static const char *const hints[CONTEXT_COUNT][13] = {
	[CONTEXT_OVERVIEW] = {"open", "find", "explain", "focus", "sync", "prompt", "help",
			      "quit"},
	[CONTEXT_LIST] = {"open", "act", "search", "edit-filter", "view", "explain", "mark",
			  "prompt", "help", "columns", "back", "reverse", "layout"},
	[CONTEXT_DETAIL] = {"back", "act", "next-record", "previous-record", "related",
			    "explain", "copy", "focus", "layout", "help"},
	[CONTEXT_DUE] = {"open", "focus", "group-by", "due-queue", "units", "explain", "prompt",
			 "help", "back"},
	[CONTEXT_FIND] = {"open", "find", "act", "back", "copy", "help"},
	[CONTEXT_EXPLAIN] = {"back", "help"},
	[CONTEXT_SOURCES] = {"sync", "retry", "back", "prompt", "help"},
	[CONTEXT_RESULTS] = {"back"},
	[CONTEXT_OUTBOX] = {"open", "outbox-retry", "outbox-reapply", "outbox-edit",
			    "outbox-drop", "back", "help"},
	[CONTEXT_ACCEPT] = {"accept-confirm", "back"},
	[CONTEXT_DUPLICATES] = {"open", "duplicates-merge", "duplicates-apart",
				"duplicates-split", "back", "help"},
	[CONTEXT_HELP] = {"back"},
	[CONTEXT_THEME] = {"back"},
	[CONTEXT_COLUMNS] = {"open", "toggle-column", "column-left", "column-right",
			     "column-wider", "column-narrower", "columns-reset", "back"},
};

static const char *hint_of(const char *command)
{
	const struct command *c = command_find(command, NULL);
	return c && c->hint ? _(c->hint) : "";
}

/* The keys of menu and form are not bound: they type. */
struct fixed_hint {
	const char *key, *word;
};

static const struct fixed_hint *fixed_hints(const struct app *a)
{
	static const struct fixed_hint menu[] = {{N_("letter"), N_("do it")},
						 {N_("Shift+letter"), N_("with its form")},
						 {"Enter", N_("do it")},
						 {"Esc", N_("back")},
						 {NULL, NULL}};
	static const struct fixed_hint picking[] = {{N_("letters"), N_("find")},
						    {"Enter", N_("put it in")},
						    {"Esc", N_("back")},
						    {NULL, NULL}};
	static const struct fixed_hint writing[] = {{"F2", N_("send")},
						    {"F3", N_("replies")},
						    {"F4", N_("editor")},
						    {"Tab", N_("next field")},
						    {"Esc", N_("leave, keep what is typed")},
						    {NULL, NULL}};
	static const struct fixed_hint gaps[] = {{"Ctrl-N", N_("next gap")},
						 {"F2", N_("send")},
						 {"F3", N_("replies")},
						 {"Esc", N_("leave, keep what is typed")},
						 {NULL, NULL}};
	static const struct fixed_hint typing[] = {{"F2", N_("send")},
						   {"Tab", N_("next field")},
						   {"Enter", N_("take, next field")},
						   {"Esc", N_("leave, keep what is typed")},
						   {NULL, NULL}};
	static const struct fixed_hint confirming[] = {
		{"Enter", N_("do it")}, {"Esc", N_("back")}, {NULL, NULL}};
	static const struct fixed_hint finding[] = {{N_("letters"), N_("find")},
						    {"Enter", N_("go there")},
						    {"Esc", N_("back")},
						    {NULL, NULL}};
	static const struct fixed_hint commands[] = {{N_("letters"), N_("find")},
						     {"Enter", N_("do it")},
						     {"Tab", N_("change it first")},
						     {"Esc", N_("back")},
						     {NULL, NULL}};
	static const struct fixed_hint sources[] = {{N_("number"), N_("choose")},
						    {"Enter", N_("choose")},
						    {"Esc", N_("back")},
						    {NULL, NULL}};
	if (a->overlay == OVERLAY_NEW)
		return sources;
	if (a->overlay == OVERLAY_ACTIONS)
		return menu;
	if (a->overlay == OVERLAY_PICKER)
		return a->picker.loose ? commands : finding;
	if (a->overlay != OVERLAY_FORM)
		return NULL;
	const struct form *f = &a->acting.form;
	if (f->stage == FORM_CONFIRMING)
		return confirming;
	if (a->acting.pick.open)
		return picking;
	const struct edit *t = f->count ? &f->fields[f->current].edit : NULL;
	size_t start, end;
	if (!t || !t->lines)
		return typing;
	return reply_gap(t->text.s, 0, &start, &end) ? gaps : writing;
}

static void draw_hint(struct pen *p, const char *key, const char *word)
{
	int width = utf8_swidth(key) + 1 + utf8_swidth(word);
	if (!key[0] || width > p->end - p->column)
		return;
	pen_put(p, ROLE_KEY, 0, key);
	pen_skip(p, 1);
	pen_put(p, ROLE_HINT, 0, word);
	pen_skip(p, 2);
}

static void draw_hints(struct app *a, struct pen *p)
{
	for (const struct fixed_hint *h = fixed_hints(a); h && h->key; h++)
		draw_hint(p, _(h->key), _(h->word));
	if (fixed_hints(a))
		return;
	const char *const *list = hints[app_context(a)];
	char key[64];
	for (size_t i = 0; i < ARRAY_LEN(hints[0]) && list[i]; i++) {
		int from = p->column;
		draw_hint(p, app_key(a, list[i], key, sizeof key), hint_of(list[i]));
		if (p->column == from || a->hint_count == HINTS_MOST)
			continue;
		a->hints[a->hint_count].from = from;
		a->hints[a->hint_count].to = p->column - 2;
		a->hints[a->hint_count++].command = list[i];
	}
}

static void draw_strokes(const struct app *a, struct cellbuf *b, int row)
{
	struct strbuf keys = STRBUF_INIT;
	char name[KEY_NAME_SIZE];
	for (size_t i = 0; i < a->stroke_count; i++)
		strbuf_adds(&keys, key_label(a->strokes[i], name));
	draw_right(b, row, 0, b->columns - 1, ROLE_KEY, 0, keys.s);
	strbuf_free(&keys);
}

static void marks_words(const struct marks *m, char *text, size_t size)
{
	char number[FMT_TEXT], away[FMT_TEXT];
	fmt_integer((int64_t)m->count, number);
	if (m->away)
		snprintf(text, size, _("%s marked, %s of them not in this list"), number,
			 fmt_integer((int64_t)m->away, away));
	else
		snprintf(text, size, _("%s marked"), number);
}

void footer_draw(struct app *a, struct cellbuf *b)
{
	draw_above_prompt(a, b);
	int row = a->layout.footer, end = b->columns - 1;
	a->hint_count = 0;
	if (a->prompting) {
		draw_prompt(a, b, row);
		return;
	}
	struct list *l = app_list(a);
	if (l && l->marks.count) {
		char text[FMT_TEXT * 2 + 64];
		marks_words(&l->marks, text, sizeof text);
		end = draw_right(b, row, 1, end, ROLE_MARKED, 0, text) - 2;
	}
	struct pen p = {b, row, 1, end};
	if (a->message[0])
		pen_put(&p, a->message_role, 0, a->message);
	else
		draw_hints(a, &p);
	if (a->stroke_count)
		draw_strokes(a, b, row);
}

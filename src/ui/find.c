/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each queue is asked by itself, one question at a time, so that the first answers are on
 * screen while the last are being looked for; a key drops all of it. */
#include "ui/find.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/filter_typing.h"
#include "text/fold.h"
#include "ui/input.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define NAMED_MOST 3
#define CODE_LEAST 3 /* letters from which something may be the code of a record */

static void forget_pages(struct find_group *g)
{
	for (int i = 0; i < FIND_PARTS; i++) {
		page_free(g->pages[i]);
		g->pages[i] = NULL;
		g->stale[i] = false;
	}
}

void find_free(struct find *f)
{
	for (size_t i = 0; i < f->group_count; i++) {
		forget_pages(&f->groups[i]);
		found_free(&f->groups[i].found);
	}
	free(f->words);
	free(f->filter);
	*f = (struct find){.words = NULL};
}

/* --- questions --------------------------------------------------------------- */

/* One word with a figure in it, and nothing that a filter would read as something else. */
static bool may_be_code(const char *s)
{
	bool figure = false;
	size_t n = 0;
	for (; s[n]; n++) {
		figure |= isdigit((unsigned char)s[n]) != 0;
		if (!isalnum((unsigned char)s[n]) && !strchr("-./_", s[n]))
			return false;
	}
	return figure && n >= CODE_LEAST && !strstr(s, "..") && isalnum((unsigned char)*s);
}

static void ask_group(struct find *f, struct find_group *g)
{
	for (int i = 0; i < FIND_PARTS; i++)
		g->stale[i] = false;
	if (!*f->filter) {
		forget_pages(g);
		return;
	}
	g->stale[FIND_NAMED] = may_be_code(f->words);
	g->stale[FIND_EXACT] = true;
	g->stale[FIND_LOOSE] = fold_has_marks(f->words, strlen(f->words));
}

static void ask_all(struct find *f)
{
	f->anew = true;
	f->problem = (struct err)ERR_INIT;
	for (size_t i = 0; i < f->group_count; i++)
		ask_group(f, &f->groups[i]);
}

static void set_words(struct find *f, const char *words)
{
	char *copy = xstrdup(words);
	free(f->words);
	free(f->filter);
	f->words = copy;
	f->filter = filter_while_typed(words + strspn(words, " \t"));
	f->cursor = f->top = 0;
	f->rowid = 0;
	if (!*f->filter)
		f->line_count = 0;
	ask_all(f);
}

char *find_loose(const struct find *f)
{
	struct strbuf b = STRBUF_INIT;
	fold_append(&b, f->filter, strlen(f->filter));
	return strbuf_detach(&b);
}

static char *loose_only(const struct find *f)
{
	char *loose = find_loose(f);
	char *only = xasprintf("(%s) -(%s)", loose, f->filter);
	free(loose);
	return only;
}

struct page_query *find_query(struct find *f, int64_t now, size_t *index)
{
	for (int part = 0; part < FIND_PARTS; part++)
		for (size_t i = 0; i < f->group_count; i++) {
			struct find_group *g = &f->groups[i];
			if (!g->stale[part])
				continue;
			g->stale[part] = false;
			*index = i * FIND_PARTS + (size_t)part;
			struct page_query *q = page_query_new();
			q->kind = g->kind;
			q->filter = part == FIND_NAMED   ? xasprintf("code:%s", f->words)
				    : part == FIND_EXACT ? xstrdup(f->filter)
							 : loose_only(f);
			q->sort = COL_CREATED_AT;
			q->descending = true;
			q->limit = part == FIND_NAMED ? NAMED_MOST : FIND_ROWS;
			q->now = now;
			return q;
		}
	return NULL;
}

bool find_asked_anew(struct find *f)
{
	bool anew = f->anew;
	f->anew = false;
	return anew;
}

void find_ask_again(struct find *f, size_t index)
{
	if (index / FIND_PARTS < f->group_count)
		f->groups[index / FIND_PARTS].stale[index % FIND_PARTS] = true;
}

void find_changed(struct find *f, const struct kind *k)
{
	for (size_t i = 0; f->words && i < f->group_count; i++)
		if (f->groups[i].kind == k)
			ask_group(f, &f->groups[i]);
}

/* --- answers ----------------------------------------------------------------- */

static void open_if_wanted(struct app *a)
{
	const struct record *named[2];
	struct find *f = &a->find;
	if (!f->go || find_waits(f))
		return;
	f->go = false;
	if (find_named(f, named, 2) == 1) { /* it is the first line that can be chosen */
		f->cursor = 0;
		f->rowid = 0;
		find_lay_out(f, a->layout.main.rows);
		find_view.open(a);
	}
}

/* Words that one queue does not understand (it has no such field) it has no records for; what
 * no queue understands is said. */
static void take_error(struct find *f, const struct page *p)
{
	f->problem = p->error;
	for (size_t i = 0; i < f->group_count; i++)
		if (f->groups[i].pages[FIND_EXACT])
			f->problem = (struct err)ERR_INIT;
}

void find_answer(struct app *a, size_t index, struct page *p)
{
	struct find *f = &a->find;
	if (index / FIND_PARTS >= f->group_count) {
		page_free(p);
		return;
	}
	struct find_group *g = &f->groups[index / FIND_PARTS];
	size_t part = index % FIND_PARTS;
	page_free(g->pages[part]);
	g->pages[part] = NULL;
	if (part == FIND_EXACT && !g->stale[FIND_LOOSE]) {
		page_free(g->pages[FIND_LOOSE]); /* of words that had accents before */
		g->pages[FIND_LOOSE] = NULL;
	}
	if (p->error.code != ERR_NONE) {
		take_error(f, p);
		page_free(p);
	} else {
		g->pages[part] = p;
		found_set(&g->found, g->kind, f->filter, &a->look);
		f->problem = (struct err)ERR_INIT;
	}
	find_lay_out(f, a->layout.main.rows);
	open_if_wanted(a);
}

/* --- opening and typing -------------------------------------------------------- */

static void make_groups(struct app *a)
{
	struct find *f = &a->find;
	for (size_t i = f->group_count; i < a->queue_count && i < FIND_QUEUES; i++)
		f->groups[f->group_count++].kind = a->lists[i].kind;
}

void find_open(struct app *a, const char *words, bool prompt, struct effects *fx)
{
	struct find *f = &a->find;
	make_groups(a);
	a->overlay = OVERLAY_FIND;
	f->go = false;
	if (!f->words || strcmp(f->words, words) != 0)
		set_words(f, words);
	else
		ask_all(f);
	if (prompt)
		input_open_prompt(a, PROMPT_FIND, words, fx);
}

void find_typed(struct app *a, const char *text)
{
	set_words(&a->find, text);
}

void find_done(struct app *a, const char *text)
{
	struct find *f = &a->find;
	if (!text || !text[strspn(text, " \t")]) {
		a->overlay = OVERLAY_NONE;
		return;
	}
	if (strcmp(text, f->words) != 0)
		set_words(f, text);
	f->go = true;
	open_if_wanted(a);
}

const struct record *find_current(const struct find *f)
{
	return f->cursor < f->line_count ? f->lines[f->cursor].record : NULL;
}

const struct found *find_marks(const struct find *f, const struct kind *k, int64_t rowid)
{
	if (f->opened != rowid || f->opened_kind != k)
		return NULL;
	for (size_t i = 0; i < f->group_count; i++)
		if (f->groups[i].kind == k)
			return &f->groups[i].found;
	return NULL;
}

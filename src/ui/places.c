/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place is noted when the question changes: moving the cursor only moves within it.  So that
 * nobody has to say when, the place at hand is compared after every event. */
#include "ui/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define SEEN_AFTER (2 * SECOND)

static void free_place(struct place *p)
{
	list_place_free(&p->list);
	*p = (struct place){.tab = 0};
}

void places_free(struct places *p)
{
	for (size_t i = 0; i < p->count; i++)
		free_place(&p->list[i]);
	p->count = 0;
}

/* --- noting ----------------------------------------------------------------- */

static bool is_same_question(const struct place *p, const struct list *l)
{
	return p->list.sort == l->sort && p->list.descending == l->descending &&
	       p->list.group == (l->groups.on ? l->groups.column : -1) &&
	       strcmp(p->list.words, l->words) == 0 &&
	       strcmp(p->list.view.filter, l->view.filter) == 0;
}

static bool is_same(const struct app *a, const struct place *p, const struct list *l)
{
	return p->tab == a->tab && p->queue == tabs_queue(a, a->tab) &&
	       (!l || is_same_question(p, l));
}

/* The cursor moved, or the record was opened. */
static void follow(struct app *a, struct place *p, const struct list *l)
{
	const struct record *r = l && !l->landing ? list_current(l) : NULL;
	p->opened = a->detail.open;
	if (!r || (r->rowid == p->list.rowid && p->code[0]))
		return;
	p->list.rowid = r->rowid;
	p->list.line = l->line;
	snprintf(p->code, sizeof p->code, "%s", record_text(r, COL_CODE));
}

static void push(struct app *a, const struct list *l)
{
	struct places *p = &a->places;
	size_t keep = p->count ? p->at + 1 : 0;
	while (p->count > keep)
		free_place(&p->list[--p->count]);
	if (p->count == PLACES_MOST) {
		free_place(&p->list[0]);
		memmove(p->list, p->list + 1, --p->count * sizeof *p->list);
	}
	struct place *fresh = &p->list[p->count];
	*fresh = (struct place){.tab = a->tab, .queue = tabs_queue(a, a->tab)};
	fresh->kind = l ? l->kind : NULL;
	if (l)
		list_place_note(l, &fresh->list);
	if (l && l->landing)
		fresh->list.rowid = 0;
	p->at = p->count++;
}

static void note_place(struct app *a)
{
	struct places *p = &a->places;
	const struct list *l = app_list(a);
	if (a->prompting || a->live.list || (l && l->want == LIST_QUESTION))
		return;
	struct place *here = p->count ? &p->list[p->at] : NULL;
	const struct record *r = l && !l->landing ? list_current(l) : NULL;
	bool jumped = p->jump && here && r && here->code[0] && r->rowid != here->list.rowid;
	if (!here || !is_same(a, here, l) || jumped) {
		push(a, l);
		p->jump = false;
	}
	follow(a, &p->list[p->at], l);
}

/* --- records seen -------------------------------------------------------------- */

static void remember_seen(struct app *a, const struct record *r)
{
	const json_t *before = memory_get(a, "recent");
	const char *code = record_text(r, COL_CODE);
	json_t *list = json_array(), *one;
	size_t i;
	json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "kind", r->kind->id, "code",
					      code, "at", (json_int_t)a->look.now));
	json_array_foreach (before, i, one) {
		const char *other = json_string_value(json_object_get(one, "code"));
		const char *kind = json_string_value(json_object_get(one, "kind"));
		bool again = !other || !kind ||
			     (strcmp(other, code) == 0 && strcmp(kind, r->kind->id) == 0);
		if (!again && json_array_size(list) < SEEN_MOST)
			json_array_append(list, one);
	}
	memory_set(a, "recent", list);
}

static void note_seen(struct app *a)
{
	struct places *p = &a->places;
	const struct record *r = a->detail.open && !a->detail.stale ? detail_record(&a->detail)
								    : NULL;
	if (!r || !*record_text(r, COL_CODE))
		return;
	if (r->kind != p->seen_kind || r->rowid != p->seen_rowid) {
		p->seen_kind = r->kind;
		p->seen_rowid = r->rowid;
		p->seen_since = a->look.now;
		p->seen = false;
	}
	/* Beside the list a record may only be passed over. */
	if (p->seen || (a->layout.main_shown && a->look.now < p->seen_since + SEEN_AFTER))
		return;
	p->seen = true;
	remember_seen(a, r);
}

void places_settle(struct app *a)
{
	note_place(a);
	note_seen(a);
}

bool places_recent(const struct app *a, size_t n, const struct kind **k, const char **code,
		   int64_t *at)
{
	const json_t *one = json_array_get(memory_get(a, "recent"), n);
	const char *kind = json_string_value(json_object_get(one, "kind"));
	*code = json_string_value(json_object_get(one, "code"));
	*at = json_integer_value(json_object_get(one, "at"));
	*k = kind ? kind_find(kind) : NULL;
	return *k && !(*k)->catalogue && *code;
}

/* --- going ---------------------------------------------------------------------- */

static void go_to(struct app *a, const struct place *p)
{
	if (p->queue == NO_QUEUE) {
		app_go_to_tab(a, p->tab);
		return;
	}
	/* The tab of a view may have gone meanwhile, or be another's. */
	size_t queue = a->lists[p->queue].kind == p->kind ? p->queue : kind_index(p->kind);
	struct list *l = &a->lists[queue];
	tabs_go_to_queue(a, queue);
	struct list_place place = p->list;
	place.following = p->list.following && !p->list.rowid;
	list_return(l, &place);
	a->detail.open = p->opened;
	a->detail.pinned = false;
}

bool places_step(struct app *a, int64_t n)
{
	struct places *p = &a->places;
	int64_t at = (int64_t)p->at + n;
	if (at < 0 || at >= (int64_t)p->count)
		return false;
	p->at = (size_t)at;
	p->jump = false;
	go_to(a, &p->list[p->at]);
	return true;
}

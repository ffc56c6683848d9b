/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks are kept as what was asked, not as where a list stood: the next start has other
 * lists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/clean.h"
#include "text/fmt.h"
#include "ui/key.h"
#include "ui/places.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define NAME_SIZE 16
#define TEXT_MOST 2000

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static int name_of(const char *letter, char name[NAME_SIZE], struct err *e)
{
	if (!is_letter(letter[0]) || letter[1])
		return err_set(e, ERR_USAGE, "%s", _("a bookmark is a letter or a digit"));
	snprintf(name, NAME_SIZE, "bookmark/%c", letter[0]);
	return 0;
}

static const char *text_of(const json_t *j, const char *member)
{
	const char *s = json_string_value(json_object_get(j, member));
	return s && strlen(s) <= TEXT_MOST && clean_is(s, strlen(s), 0) ? s : "";
}

/* --- setting ---------------------------------------------------------------------- */

static json_t *place_json(struct app *a)
{
	const struct list *l = app_list(a);
	if (!l)
		return json_pack("{s:I}", "tab", (json_int_t)a->tab);
	const struct record *r = list_current(l);
	char *sort = xasprintf("%s%s", l->descending ? "-" : "", l->kind->columns[l->sort].id);
	const char *group = l->groups.on ? l->kind->columns[l->groups.column].id : NULL;
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s*}", "kind", l->kind->id,
			      "view", l->view.name, "title", l->view.title, "filter",
			      l->view.filter, "words", l->words, "sort", sort, "record",
			      r ? record_text(r, COL_CODE) : "", "group", group);
	free(sort);
	return j;
}

int places_set_bookmark(struct app *a, const char *letter, struct err *e)
{
	char name[NAME_SIZE];
	if (name_of(letter, name, e) < 0)
		return -1;
	json_t *j = place_json(a);
	if (!j)
		return err_set(e, ERR_USAGE, "%s", _("this place can't be kept"));
	memory_set(a, name, j);
	app_say(a, ROLE_NOTICE, _("bookmark %s is here"), letter);
	return 0;
}

/* --- going ------------------------------------------------------------------------ */

static void go_to(struct app *a, const struct kind *k, const json_t *j)
{
	struct list *l = &a->lists[kind_index(k)];
	const char *sort = text_of(j, "sort");
	struct saved_view v = {.name = text_of(j, "view"),
			       .title = text_of(j, "title"),
			       .filter = text_of(j, "filter"),
			       .sort = *sort ? sort : NULL};
	tabs_go_to_queue(a, kind_index(k));
	list_set_view(l, &v);
	if (*text_of(j, "words"))
		list_set_filter(l, text_of(j, "words"));
	int group = kind_column(k, text_of(j, "group"));
	if (group >= 0 && group_fits(k, group)) {
		groups_start(l, group);
		return;
	}
	groups_stop(l);
	if (*text_of(j, "record")) {
		lookup_start(a, text_of(j, "record"), k, LOOKUP_GENTLY);
	}
}

int places_go_to_bookmark(struct app *a, const char *letter, struct err *e)
{
	char name[NAME_SIZE];
	if (name_of(letter, name, e) < 0)
		return -1;
	const json_t *j = memory_get(a, name);
	const struct kind *k = *text_of(j, "kind") ? kind_find(text_of(j, "kind")) : NULL;
	if (k && !k->catalogue)
		go_to(a, k, j);
	else if (json_is_integer(json_object_get(j, "tab")))
		app_go_to_tab(a, (size_t)json_integer_value(json_object_get(j, "tab")));
	else
		return err_set(e, ERR_NOT_FOUND, _("there is no bookmark %s"), letter);
	return 0;
}

bool places_key(struct app *a, uint32_t key)
{
	enum place_letter waiting = a->places.waiting;
	struct err e = ERR_INIT;
	char letter[2] = "";
	if (waiting == LETTER_NONE)
		return false;
	a->places.waiting = LETTER_NONE;
	key = key_without_input_method(key);
	if (key == '\'' && waiting == LETTER_GO) {
		places_pick_bookmark(a);
		return true;
	}
	if (key < 0x80 && is_letter((char)key))
		letter[0] = (char)key;
	else if (key == UI_KEY_ESC)
		return true;
	if ((waiting == LETTER_SET ? places_set_bookmark : places_go_to_bookmark)(a, letter,
										  &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
	return true;
}

/* --- picking ---------------------------------------------------------------------- */

static char *list_words(const struct app *a, const char *kind, const char *title)
{
	return xasprintf("%s %s %s", kind, glyph(GLYPH_CRUMB, a->look.ascii), title);
}

static void add_bookmark(struct app *a, const char *name, const json_t *j)
{
	const struct kind *k = *text_of(j, "kind") ? kind_find(text_of(j, "kind")) : NULL;
	char letter[2] = {name[strlen("bookmark/")], '\0'};
	char *command = xasprintf("go-bookmark %s", letter);
	char *title = k ? list_words(a, _(k->title), text_of(j, "title"))
			: xstrdup(tabs_title(
				  a, (size_t)json_integer_value(json_object_get(j, "tab"))));
	char *note = xasprintf("%s  %s", text_of(j, "record"), text_of(j, "words"));
	picker_add(&a->picker, title, note, letter, command);
	free(note);
	free(title);
	free(command);
}

void places_pick_bookmark(struct app *a)
{
	char name[NAME_SIZE];
	picker_open(a, _("Bookmarks"), _("there is no bookmark yet"));
	for (int c = '0'; c <= 'z'; c++) {
		snprintf(name, sizeof name, "bookmark/%c", c);
		const json_t *j = memory_get(a, name);
		if (is_letter((char)c) && json_is_object(j))
			add_bookmark(a, name, j);
	}
}

static void add_place(struct app *a, size_t i)
{
	const struct place *p = &a->places.list[i];
	bool list = p->queue != NO_QUEUE;
	char *title = list ? list_words(a, _(p->kind->title), p->list.view.title)
			   : xstrdup(tabs_title(a, p->tab));
	char *note = list ? xasprintf("%s  %s", p->code, p->list.words) : xstrdup("");
	char *command = xasprintf("places %zu", i + 1);
	struct picker_row *r = picker_add(&a->picker, title, note, "", command);
	if (r)
		r->current = i == a->places.at;
	free(command);
	free(note);
	free(title);
}

void places_pick(struct app *a)
{
	picker_open(a, _("Places"), _("there is no other place yet"));
	for (size_t i = a->places.count; i-- > 0;)
		add_place(a, i);
	picker_go_to_current(&a->picker);
}

void places_pick_recent(struct app *a)
{
	const struct kind *k;
	const char *code;
	int64_t at;
	picker_open(a, _("Seen lately"), _("no record was looked at yet"));
	for (size_t i = 0; i < SEEN_MOST; i++) {
		char when[FMT_TEXT];
		if (!places_recent(a, i, &k, &code, &at))
			continue;
		char *command = xasprintf("recent %zu", i + 1);
		char *note = xasprintf("%s  %s", _(k->title), fmt_date_time(at, when));
		if (clean_is(code, strlen(code), 0))
			picker_add(&a->picker, code, note, "", command);
		free(note);
		free(command);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that is made is made at one source; where several take it, they ask which. */
#include "ui/new.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/kinds.h"
#include "text/fold.h"
#include "ui/commands.h"
#include "ui/state.h"

static bool is_called(const struct source_status *s, const char *word)
{
	return strcmp(s->name, word) == 0 || fold_equal(s->title, strlen(s->title), word);
}

/* By name or title, else by what only one name begins with. */
static const struct source_status *called(const struct source_status *const *list, size_t count,
					  const char *word)
{
	const struct source_status *begins = NULL;
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		if (is_called(list[i], word))
			return list[i];
		if (strncmp(list[i]->name, word, strlen(word)) == 0)
			n++, begins = list[i];
	}
	return n == 1 ? begins : NULL;
}

size_t new_sources(const struct app *a, const struct kind *k,
		   const struct source_status *list[SOURCES_MOST])
{
	size_t n = 0;
	for (size_t i = 0; i < a->source_count; i++) {
		const struct source_status *s = &a->sources[i];
		if (s->kinds & UINT32_C(1) << kind_index(k) &&
		    source_offers(s, k, action_new(k)))
			list[n++] = s;
	}
	return n;
}

static void name_all(const struct source_status *const *list, size_t count, struct err *e)
{
	struct strbuf names = STRBUF_INIT;
	for (size_t i = 0; i < count; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", list[i]->name);
	err_set(e, ERR_USAGE, _("new records are taken by: %s"), names.s);
	strbuf_free(&names);
}

/* The one source that is meant: the named one, or the only one.  NULL with *e; *asks where it
 * is only not said which. */
static const struct source_status *source_for(const struct app *a, const struct kind *k,
					      const char *word, bool *asks, struct err *e)
{
	const struct source_status *list[SOURCES_MOST];
	size_t count = new_sources(a, k, list);
	const struct source_status *s = word         ? called(list, count, word)
					: count == 1 ? list[0]
						     : NULL;
	*asks = !word && count > 1;
	if (!count)
		err_set(e, ERR_UNSUPPORTED, "%s: %s", _(action_new(k)->title),
			_("no source takes new records of this queue"));
	else if (!s)
		name_all(list, count, e);
	return s;
}

const struct kind *new_kind(struct app *a)
{
	const struct list *l = app_list(a);
	if (l && action_new(l->kind))
		return l->kind;
	for (size_t i = 0; i < a->queue_count; i++)
		if (action_new(a->lists[i].kind))
			return a->lists[i].kind;
	return NULL;
}

static void take(struct app *a, const struct kind *k, const struct source_status *s)
{
	struct record none = {.kind = k, .source = s->name, .id = ""};
	struct value values[COLUMNS_MOST] = {{0}};
	none.values = values;
	acting_take_record(a, &none);
	struct target *t = &a->acting.targets[0];
	utf8_copy(t->code, sizeof t->code, *s->title ? s->title : s->name);
}

/* What a report takes over from the mention, call or alert in hand, to be read before it is
 * sent: as the gateway does where it makes one of these itself. */
static void fill_in(struct form *f, const struct record *r)
{
	static const char *const same[] = {"title", "body", "area", "address", "lat", "lon"};
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		char number[32];
		int c = kind_column(r->kind, same[i]);
		if (c < 0 || !r->values[c].set)
			continue;
		bool real = r->kind->columns[c].type == COLUMN_REAL;
		snprintf(number, sizeof number, "%.6f", real ? r->values[c].r : 0);
		form_set(f, same[i], real ? number : record_text(r, (size_t)c));
	}
	if (r->kind == &kind_mention)
		form_set(f, "channel", "mang-xa-hoi");
}

/* The record in hand in another queue, of which one of this kind may be made; NULL: none. */
static const struct record *origin(struct app *a, const struct kind *k)
{
	const struct record *r = app_list(a) ? acting_record(a) : NULL;
	return r && r->kind != k ? r : NULL;
}

int new_begin(struct app *a, const struct kind *k, const struct source_status *s,
	      struct effects *fx, struct err *e)
{
	const struct record *from = origin(a, k);
	take(a, k, s);
	a->text.scroll = 0;
	if (acting_begin(a, action_new(k), false, fx, e) < 0)
		return -1;
	json_t *draft = form_draft(&a->acting.form);
	if (from && !draft)
		fill_in(&a->acting.form, from);
	json_decref(draft);
	return 0;
}

RUN(new)
{
	UNUSED;
	const struct kind *k = new_kind(a);
	bool asks;
	if (!k)
		return err_set(e, ERR_UNSUPPORTED, "%s", _("no records are made here"));
	const struct source_status *s = source_for(a, k, w->count ? w->list[0] : NULL, &asks,
						   e);
	if (s)
		return new_begin(a, k, s, fx, e);
	if (!asks)
		return -1;
	a->overlay = OVERLAY_NEW;
	a->acting.picked = 0;
	a->text.scroll = 0;
	return 0;
}

int new_take(struct app *a, const struct action_text *t, bool *is, struct err *e)
{
	const struct kind *k = t->kind ? kind_find(t->kind) : new_kind(a);
	const struct action *act = k ? action_find(k, t->action) : NULL;
	bool asks;
	*is = act && act->flags & ACTION_NEW && !t->code_count;
	if (!*is)
		return 0;
	const struct source_status *s = source_for(a, k, t->source, &asks, e);
	if (!s)
		return -1;
	take(a, k, s);
	return 0;
}

/* clang-format off */
const struct command new_commands[] = {
	{"new", "[SOURCE]", TAKES_SOURCE, 0, 1, N_("Make a new record: a report that came by telephone, on paper …"), N_("new"), run_new},
	COMMANDS_END,
};
/* clang-format on */

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the letters typed into a field may mean: names of a catalogue, or choices.  Such a field
 * is typed into as any other; what matches is offered below it and taken with Enter or Tab, as
 * its name. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/collate.h"
#include "text/fold.h"
#include "ui/form.h"

bool form_has_matches(const struct form_field *f)
{
	return f->def->type == COLUMN_REF || f->def->type == COLUMN_CHOICE;
}

static bool is_list(const struct form_field *f)
{
	return (f->def->flags & FIELD_LIST) != 0;
}

/* What is being typed: of a list, what stands behind its last comma. */
static const char *query_of(const struct form_field *f)
{
	const char *s = f->edit.text.s, *comma = is_list(f) ? strrchr(s, ',') : NULL;
	s = comma ? comma + 1 : s;
	return s + strspn(s, " ");
}

/* How well a name fits what was typed, both folded; 0: not at all. */
static int fit(const char *title, const char *code, const char *query)
{
	if (!*query)
		return 1;
	if (strcmp(title, query) == 0 || strcmp(code, query) == 0)
		return 5;
	if (strncmp(code, query, strlen(query)) == 0)
		return 4;
	if (strncmp(title, query, strlen(query)) == 0)
		return 3;
	for (const char *p = title; (p = strstr(p, query)); p++)
		if (p[-1] == ' ')
			return 2;
	return 0;
}

/* "cat p" finds Công an thành phố by the letters that its words begin with. */
static bool fits_initials(const char *title, const char *query)
{
	for (const char *p = title; *query; query++) {
		if (*query == ' ')
			continue;
		if (*p != *query)
			return false;
		p += strcspn(p, " ");
		p += *p == ' ';
	}
	return true;
}

static int weigh(const char *title, const char *code, const char *query)
{
	struct strbuf t = STRBUF_INIT, c = STRBUF_INIT;
	fold_append(&t, title, strlen(title));
	fold_append(&c, code, strlen(code));
	int weight = fit(t.s, c.s, query);
	if (!weight && strlen(query) > 1 && fits_initials(t.s, query))
		weight = 1;
	strbuf_free(&t);
	strbuf_free(&c);
	return weight;
}

static int compare(const void *a, const void *b)
{
	const struct form_match *x = a, *y = b;
	if (x->weight != y->weight)
		return y->weight - x->weight;
	if (x->recent != y->recent)
		return x->recent - 1 < y->recent - 1 ? -1 : 1; /* 0 comes last */
	return collate_compare(x->title, strlen(x->title), y->title, strlen(y->title));
}

static void consider(struct form_match *list, size_t *count, const char *code,
		     const char *title, const char *full, const char *query)
{
	int weight = *count < FORM_MATCHES ? weigh(title, code, query) : 0;
	if (!weight && *count < FORM_MATCHES && full != title)
		weight = weigh(full, code, query);
	if (weight)
		list[(*count)++] = (struct form_match){code, title, weight, 0};
}

static void consider_catalogue(const struct form_field *f, const struct names *names,
			       int64_t now, struct form_match *list, size_t *count,
			       const char *query)
{
	const struct kind *catalogue = kind_find(f->def->ref);
	struct name_entry e;
	for (size_t i = 0; names->nth && names->nth(names->context, catalogue, i, &e); i++)
		if (e.from <= now && now < e.to)
			consider(list, count, e.code, e.title, e.full, query);
}

static size_t recent_place(const struct form_field *f, const char *code)
{
	const json_t *one;
	size_t i;
	json_array_foreach (f->recent, i, one)
		if (json_is_string(one) && strcmp(json_string_value(one), code) == 0)
			return i + 1;
	return 0;
}

size_t form_matches(const struct form_field *f, const struct names *names, int64_t now,
		    struct form_match list[FORM_MATCHES])
{
	size_t count = 0;
	struct strbuf query = STRBUF_INIT;
	fold_append(&query, query_of(f), strlen(query_of(f)));
	if (f->def->type == COLUMN_REF)
		consider_catalogue(f, names, now, list, &count, query.s);
	else if (f->def->type == COLUMN_CHOICE)
		for (const struct choice *c = f->def->choices; c->code; c++)
			consider(list, &count, c->code, _(c->label), _(c->label), query.s);
	strbuf_free(&query);
	for (size_t i = 0; i < count; i++)
		list[i].recent = recent_place(f, list[i].code);
	qsort(list, count, sizeof *list, compare);
	return count;
}

/* --- taking one -------------------------------------------------------------- */

/* Puts the match into the text in place of what was typed for it. */
static void take_match(struct form_field *f, const struct form_match *m,
		       const struct names *names, int64_t now)
{
	struct strbuf text = STRBUF_INIT;
	struct form_words w;
	form_words_set(&w, names, now);
	const char *name = m->title;
	if (f->def->type == COLUMN_REF) {
		const char *code = w.words.resolve(w.words.data, kind_find(f->def->ref),
						   m->title);
		if (!code || strcmp(code, m->code) != 0 || (is_list(f) && strchr(name, ',')))
			name = m->code;
	}
	strbuf_add(&text, f->edit.text.s, (size_t)(query_of(f) - f->edit.text.s));
	strbuf_adds(&text, name);
	edit_set(&f->edit, text.s);
	strbuf_free(&text);
	f->offering = f->chosen = false;
	f->picked = 0;
}

/* What was typed of a name stands for the match in hand. */
void form_settle(struct form_field *f, const struct names *names, int64_t now)
{
	struct form_match *list;
	if (!form_has_matches(f) || !f->offering || (!*query_of(f) && !f->chosen))
		return;
	list = xcalloc(FORM_MATCHES, sizeof *list);
	size_t n = form_matches(f, names, now, list);
	if (n)
		take_match(f, &list[f->picked < n ? f->picked : 0], names, now);
	free(list);
}

bool form_pick(struct form_field *f, const struct names *names, int64_t now, int by)
{
	if (!form_has_matches(f))
		return false;
	struct form_match *list = xcalloc(FORM_MATCHES, sizeof *list);
	if (!f->offering && f->edit.text.len)
		edit_set(&f->edit, "");
	size_t n = form_matches(f, names, now, list);
	bool first = !f->offering || (!*query_of(f) && !f->chosen);
	if (n && first)
		f->picked = by > 0 ? 0 : n - 1;
	else if (n)
		f->picked = (f->picked + n + (size_t)(by + (int)n)) % n;
	f->offering = f->chosen = true;
	free(list);
	return n > 0;
}

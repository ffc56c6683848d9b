/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field with a catalogue or choices is typed into as any other; what matches is offered
 * below it and taken with Enter or Tab, as its name. */
#include "ui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "model/reply.h"
#include "text/collate.h"
#include "text/fmt.h"
#include "text/fold.h"
#include "ui/key.h"

void form_open(struct form *f, const struct action *a)
{
	form_close(f);
	f->action = a;
	f->count = action_field_count(a);
	for (size_t i = 0; i < f->count; i++)
		f->fields[i] = (struct form_field){
			.def = &a->fields[i],
			.edit = {.text = STRBUF_INIT,
				 .lines = (a->fields[i].flags & FIELD_LINES) != 0},
			.offering = true,
		};
}

void form_close(struct form *f)
{
	for (size_t i = 0; i < f->count; i++) {
		edit_free(&f->fields[i].edit);
		json_decref(f->fields[i].recent);
	}
	*f = (struct form){.action = NULL};
}

/* --- catalogues and choices ----------------------------------------------- */

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

/* The code of a name, or the code itself; of several of one name, that which is valid. */
static const char *resolve(void *data, const struct kind *catalogue, const char *word)
{
	const struct form_words *r = data;
	const char *found = NULL;
	struct name_entry e;
	if (!r->names->nth)
		return word;
	for (size_t i = 0; r->names->nth(r->names->context, catalogue, i, &e); i++) {
		if (strcmp(e.code, word) == 0)
			return e.code;
		bool valid = e.from <= r->now && r->now < e.to;
		if (valid && (fold_equal(word, strlen(word), e.title) ||
			      fold_equal(word, strlen(word), e.full)))
			found = e.code;
	}
	return found;
}

void form_words_set(struct form_words *w, const struct names *names, int64_t now)
{
	*w = (struct form_words){{now, resolve, w}, names, now};
}

static json_t *value_of(const struct form_field *f, const struct names *names, int64_t now,
			struct err *e)
{
	struct form_words w;
	form_words_set(&w, names, now);
	return action_value(f->def, f->edit.text.s, &w.words, e);
}

/* Puts the match into the text in place of what was typed for it. */
static void take_match(struct form_field *f, const struct form_match *m,
		       const struct names *names, int64_t now)
{
	struct strbuf text = STRBUF_INIT;
	struct form_words w;
	form_words_set(&w, names, now);
	const char *name = m->title;
	if (f->def->type == COLUMN_REF) {
		const char *code = resolve(&w, kind_find(f->def->ref), m->title);
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
static void settle_field(struct form_field *f, const struct names *names, int64_t now)
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

static void check_field(struct form_field *f, const struct names *names, int64_t now)
{
	struct err e = ERR_INIT;
	json_t *v = value_of(f, names, now, &e);
	f->problem[0] = '\0';
	if (!v)
		utf8_copy(f->problem, sizeof f->problem, e.text);
	json_decref(v);
}

/* --- keys ----------------------------------------------------------------- */

static void leave_field(struct form *f, size_t to, const struct names *names, int64_t now)
{
	struct form_field *field = &f->fields[f->current];
	settle_field(field, names, now);
	if (field->edit.text.len)
		check_field(field, names, now);
	f->current = to;
	f->fields[to].offering |= !f->fields[to].edit.text.len;
}

static enum form_result step(struct form *f, int by, const struct names *names, int64_t now)
{
	if (f->count)
		leave_field(f,
			    (f->current + f->count + (size_t)(by + (int)f->count)) % f->count,
			    names, now);
	return FORM_CHANGED;
}

/* Nothing, yes, no. */
static void toggle(struct form_field *f)
{
	const char *was = f->edit.text.s;
	edit_set(&f->edit, !*was ? "yes" : strcmp(was, "yes") == 0 ? "no" : "");
}

static bool pick(struct form_field *f, const struct names *names, int64_t now, int by)
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

/* What is offered goes into the field as it is, one after the other. */
static bool pick_offer(struct form_field *f, int by)
{
	size_t n = f->offer_count, at = by > 0 ? n - 1 : 0;
	if (!n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(f->offers[i].value, f->edit.text.s) == 0)
			at = i;
	edit_set(&f->edit, f->offers[(at + n + (size_t)(by + (int)n)) % n].value);
	f->problem[0] = '\0';
	return true;
}

static enum form_result enter(struct form *f, const struct names *names, int64_t now)
{
	if (f->current + 1 < f->count)
		return step(f, 1, names, now);
	leave_field(f, f->current, names, now);
	return FORM_SEND;
}

static enum form_result typed(struct form *f, uint32_t key)
{
	struct form_field *field = &f->fields[f->current];
	if (field->def->type == COLUMN_FLAG) {
		if (key != ' ')
			return FORM_TAKEN;
		toggle(field);
		return FORM_CHANGED;
	}
	if (!edit_key(&field->edit, key))
		return FORM_TAKEN;
	field->problem[0] = f->problem[0] = '\0';
	field->offering = true;
	if (key != UI_KEY_LEFT && key != UI_KEY_RIGHT) {
		field->picked = 0;
		field->chosen = false;
	}
	return FORM_CHANGED;
}

static enum form_result confirming(struct form *f, uint32_t key)
{
	/* A key that was struck twice does not send a text with gaps. */
	if (key == UI_KEY_ENTER || (!f->gaps && (key == SEND_KEY || key == UI_KEY_CTRL('S'))))
		return FORM_SEND;
	if (key == UI_KEY_ESC)
		f->stage = FORM_TYPING;
	return FORM_TAKEN;
}

enum form_result form_key(struct form *f, const struct names *names, int64_t now, uint32_t key)
{
	struct form_field *field = &f->fields[f->current];
	if (key == UI_KEY_CTRL('L') || key == UI_KEY_CTRL('Z'))
		return FORM_IGNORED;
	if (f->stage == FORM_CONFIRMING)
		return confirming(f, key);
	if (key == UI_KEY_ESC)
		return FORM_LEAVE;
	if (f->stage == FORM_SENDING)
		return FORM_TAKEN;
	if (key == SEND_KEY || key == UI_KEY_CTRL('S')) {
		if (f->count)
			leave_field(f, f->current, names, now);
		return FORM_SEND;
	}
	if (!f->count)
		return key == UI_KEY_ENTER ? FORM_SEND : FORM_TAKEN;
	if (key == UI_KEY_TAB || key == UI_KEY_BACKTAB)
		return step(f, key == UI_KEY_TAB ? 1 : -1, names, now);
	if (key == UI_KEY_ENTER && !field->edit.lines)
		return enter(f, names, now);
	if (key == UI_KEY_UP || key == UI_KEY_DOWN) {
		int by = key == UI_KEY_UP ? -1 : 1;
		if (pick_offer(field, by) || pick(field, names, now, by) ||
		    edit_key(&field->edit, key))
			return FORM_CHANGED;
		return step(f, by, names, now);
	}
	return typed(f, key);
}

void form_paste(struct form *f, const struct names *names, int64_t now, const char *text)
{
	(void)names;
	(void)now;
	if (f->stage != FORM_TYPING || !f->count ||
	    f->fields[f->current].def->type == COLUMN_FLAG)
		return;
	edit_insert(&f->fields[f->current].edit, text);
	f->fields[f->current].offering = true;
	f->fields[f->current].problem[0] = '\0';
}

struct form_field *form_lines(struct form *f, const struct names *names, int64_t now)
{
	if (f->stage != FORM_TYPING)
		return NULL;
	for (size_t i = 0; i < f->count; i++) {
		size_t at = (f->current + i) % f->count;
		if (!f->fields[at].edit.lines)
			continue;
		if (i)
			leave_field(f, at, names, now);
		return &f->fields[at];
	}
	return NULL;
}

const char *form_gap(struct form *f, char *buf, size_t size)
{
	size_t start, end;
	buf[0] = '\0';
	for (size_t i = 0; i < f->count; i++) {
		struct edit *t = &f->fields[i].edit;
		if (!t->lines || !reply_gap(t->text.s, 0, &start, &end))
			continue;
		f->current = i;
		t->at = start;
		snprintf(buf, size, "%.*s", (int)(end - start), t->text.s + start);
		break;
	}
	return buf;
}

/* --- what is in it -------------------------------------------------------- */

static json_t *checked(struct form_field *f, const struct names *names, int64_t now)
{
	struct err e = ERR_INIT;
	json_t *v = value_of(f, names, now, &e);
	if (v && json_is_null(v) && f->def->flags & FIELD_REQUIRED) {
		json_decref(v);
		v = NULL;
		err_set(&e, ERR_USAGE, _("this must be filled in"));
	}
	utf8_copy(f->problem, sizeof f->problem, v ? "" : e.text);
	return v;
}

json_t *form_values(struct form *f, const struct names *names, int64_t now)
{
	json_t *values = json_object();
	size_t wrong = f->count;
	for (size_t i = f->count; i-- > 0;) {
		json_t *v = checked(&f->fields[i], names, now);
		if (!v)
			wrong = i;
		else if (!json_is_null(v))
			json_object_set(values, f->fields[i].def->id, v);
		json_decref(v);
	}
	if (wrong == f->count)
		return values;
	f->current = wrong;
	json_decref(values);
	return NULL;
}

void form_offer(struct form *f, const struct form_offer *offers, size_t count)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->fields[i].def->flags & FIELD_RECORD) {
			f->fields[i].offers = offers;
			f->fields[i].offer_count = count;
		}
}

void form_set(struct form *f, const char *field, const char *text)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->fields[i].def->id, field) == 0)
			edit_set(&f->fields[i].edit, text);
}

json_t *form_draft(const struct form *f)
{
	json_t *draft = json_object();
	for (size_t i = 0; i < f->count; i++)
		if (f->fields[i].edit.text.len)
			json_object_set_new(draft, f->fields[i].def->id,
					    json_string(f->fields[i].edit.text.s));
	if (json_object_size(draft)) {
		json_object_set_new(draft, FORM_DRAFT_ID, json_string(f->draft_id));
		return draft;
	}
	json_decref(draft);
	return NULL;
}

void form_restore(struct form *f, const json_t *draft, const struct names *names, int64_t now)
{
	const char *id = json_string_value(json_object_get(draft, FORM_DRAFT_ID));
	utf8_copy(f->draft_id, sizeof f->draft_id, id ? id : "");
	for (size_t i = 0; i < f->count; i++) {
		struct form_field *field = &f->fields[i];
		const char *text = json_string_value(json_object_get(draft, field->def->id));
		if (!text)
			continue;
		edit_set(&field->edit, text);
		check_field(field, names, now);
		field->offering = field->problem[0] != '\0';
		field->problem[0] = '\0';
	}
}

static const char *meant_time(const struct form_field *f, int64_t now, char *buf, size_t size)
{
	int64_t t;
	char when[FMT_TEXT], left[FMT_TEXT];
	if (action_time(f->edit.text.s, now, &t) < 0)
		return "";
	snprintf(buf, size, "%s (%s)", fmt_date_time(t, when),
		 t > now ? fmt_age(t - now, left) : _("passed"));
	return buf;
}

const char *form_meaning(const struct form_field *f, const struct names *names, int64_t now,
			 char *buf, size_t size)
{
	if (!f->edit.text.len)
		return "";
	for (size_t i = 0; i < f->offer_count; i++)
		if (strcmp(f->offers[i].value, f->edit.text.s) == 0)
			return f->offers[i].title;
	if (f->def->type == COLUMN_TIME || f->def->type == COLUMN_DEADLINE)
		return meant_time(f, now, buf, size);
	if (f->def->type != COLUMN_REF)
		return "";
	json_t *v = value_of(f, names, now, NULL);
	snprintf(buf, size, "%s", json_is_string(v) ? json_string_value(v) : "");
	json_decref(v);
	if (strcmp(buf, f->edit.text.s) != 0)
		return buf;
	const char *name = names->name ? names->name(names->context, kind_find(f->def->ref),
						     f->edit.text.s, now)
				       : NULL;
	return name ? name : "";
}

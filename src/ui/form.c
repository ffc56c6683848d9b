/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/form.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "model/reply.h"
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

/* --- what is in a field ---------------------------------------------------- */

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
	form_settle(field, names, now);
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
		if (pick_offer(field, by) || form_pick(field, names, now, by) ||
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

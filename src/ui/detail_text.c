/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A head line, the text, all fields, then history, attachments and related records as the
 * canonical JSON has them.  Everything in that JSON is the vendor's word. */
#include "ui/detail_text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/escalation.h"
#include "text/clean.h"
#include "text/fmt.h"
#include "text/mask.h"
#include "text/utf8.h"
#include "ui/advice.h"
#include "ui/alike.h"

#define INDENT 1
#define LABEL_WIDTH 20
#define PAIR_FROM 76 /* columns from which two fields share a line */

struct layer {
	struct detail *d;
	struct doc *doc;
	const struct look *look;
	const struct record *r;
	int columns;
	struct strbuf scratch;
};

static void heading(struct layer *l, const char *text)
{
	doc_line(l->doc);
	doc_line(l->doc);
	doc_add(l->doc, INDENT, ROLE_HEADING, 0, text);
}

static void value_of(struct layer *l, size_t column, struct shown *s)
{
	show_value(l->look, l->r, column, SHOW_IN_DETAIL, &l->scratch, s);
	if (s->until != CLOCK_NONE && s->until < l->d->doc_until)
		l->d->doc_until = s->until;
}

/* PA-00423 · Trật tự đô thị · Chiềng Lề · Đang xử lý */
static void head_line(struct layer *l)
{
	static const size_t parts[] = {COL_CODE, COL_STATE, COL_CATEGORY, COL_AREA};
	int at = INDENT;
	doc_line(l->doc);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct shown s;
		value_of(l, parts[i], &s);
		if (!s.text[0])
			continue;
		if (i) {
			doc_add(l->doc, at + 1, ROLE_DIM, 0, glyph(GLYPH_DOT, l->look->ascii));
			at += 3;
		}
		doc_add(l->doc, at, i ? s.role : ROLE_TITLE, 0, s.text);
		at += utf8_swidth(s.text);
	}
}

/* The value, with what was searched for marked in it. */
static void put_text(struct layer *l, size_t column, int at, int width, enum role role,
		     const char *text)
{
	struct pattern_range marks[FOUND_MOST];
	const struct found *f = l->d->found;
	size_t n = f && f->kind == l->r->kind ? found_ranges(f, column, text, marks) : 0;
	doc_wrap_marked(l->doc, at, width, role, text, marks, n);
}

static void paragraph(struct layer *l, size_t column, enum role role)
{
	struct shown s;
	value_of(l, column, &s);
	if (!s.text[0])
		return;
	doc_line(l->doc);
	put_text(l, column, INDENT, l->columns - 2 * INDENT, role, s.text);
}

/* --- fields --------------------------------------------------------------- */

/* What the head and the paragraphs tell already. */
static bool is_told(const struct kind *k, size_t column)
{
	return column == COL_TITLE || column == COL_BODY ||
	       k->columns[column].flags & COLUMN_LONG;
}

static int value_width(const struct layer *l, bool paired)
{
	int room = paired ? (l->columns - INDENT) / 2 : l->columns - INDENT;
	return room - LABEL_WIDTH - 1;
}

static void field(struct layer *l, size_t column, int at, int width)
{
	struct shown s;
	char label[FMT_TEXT];
	value_of(l, column, &s);
	snprintf(label, sizeof label, "%s", _(l->r->kind->columns[column].title));
	doc_add(l->doc, at, ROLE_LABEL, 0, label);
	put_text(l, column, at + LABEL_WIDTH, width, s.role, s.text);
}

/* Whether the value fits beside another one. */
static bool is_short(struct layer *l, size_t column)
{
	struct shown s;
	value_of(l, column, &s);
	return utf8_swidth(s.text) <= value_width(l, true);
}

static bool has_text(struct layer *l, size_t column)
{
	struct shown s;
	if (!l->r->values[column].set && column != COL_DUE_AT)
		return false;
	value_of(l, column, &s);
	return s.text[0] != '\0';
}

static void fields(struct layer *l)
{
	bool two = l->columns >= PAIR_FROM && !l->look->spoken;
	int second = INDENT + (l->columns - INDENT) / 2;
	bool half = false; /* the left half of the last line is taken */
	for (size_t i = 0; i < l->r->kind->column_count; i++) {
		if (is_told(l->r->kind, i) || !has_text(l, i))
			continue;
		bool fits = two && is_short(l, i);
		if (!half || !fits)
			doc_line(l->doc);
		field(l, i, half && fits ? second : INDENT, value_width(l, fits));
		half = fits && !half;
	}
	doc_line(l->doc);
	doc_add(l->doc, INDENT, ROLE_LABEL, 0, _("Source"));
	doc_add(l->doc, INDENT + LABEL_WIDTH, ROLE_TEXT, 0, l->r->source ? l->r->source : "");
}

static void long_texts(struct layer *l)
{
	for (size_t i = 0; i < l->r->kind->column_count; i++) {
		if (i == COL_BODY || !(l->r->kind->columns[i].flags & COLUMN_LONG) ||
		    !has_text(l, i))
			continue;
		heading(l, _(l->r->kind->columns[i].title));
		paragraph(l, i, ROLE_TEXT);
	}
}

/* --- what comes as JSON --------------------------------------------------- */

/* A text of the vendor's, clean and with numbers that may be a person's masked; borrowed until
 * the next call. */
static const char *text_of(struct layer *l, const json_t *object, const char *key, bool mask)
{
	const json_t *v = json_object_get(object, key);
	struct strbuf clean = STRBUF_INIT;
	char *json = json_is_string(v) || json_is_null(v)
			     ? NULL
			     : json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT |
						     JSON_REAL_PRECISION(15));
	if (json_is_string(v))
		clean_append(&clean, json_string_value(v), json_string_length(v), 0);
	else if (json)
		clean_append(&clean, json, strlen(json), 0);
	free(json);
	strbuf_clear(&l->scratch);
	if (mask && !l->look->personal)
		mask_text(&l->scratch, clean.s, clean.len);
	else
		strbuf_add(&l->scratch, clean.s, clean.len);
	strbuf_free(&clean);
	return l->scratch.s;
}

static int64_t time_of(const json_t *object, const char *key)
{
	const json_t *v = json_object_get(object, key);
	int64_t t = CLOCK_NONE;
	if (json_is_string(v))
		clock_parse(json_string_value(v), json_string_length(v), &t);
	else if (json_is_number(v) && json_number_value(v) > -1e11 &&
		 json_number_value(v) < 1e11)
		t = (int64_t)(json_number_value(v) * 1000);
	return t;
}

static const char *state_label(struct layer *l, const json_t *entry, const char *key)
{
	const char *code = text_of(l, entry, key, false);
	const struct state *s = kind_state(l->r->kind, code);
	return s ? _(s->label) : code;
}

/* What the writer noted about a deadline, not the source. */
static bool is_escalation(const json_t *entry)
{
	const char *action = json_string_value(json_object_get(entry, "action"));
	return action && strcmp(action, "escalation") == 0 &&
	       json_is_integer(json_object_get(entry, "level"));
}

static void add_escalation(struct layer *l, const json_t *entry, struct strbuf *out)
{
	strbuf_adds(out, "ioc: ");
	escalation_words(out, (int)json_integer_value(json_object_get(entry, "level")),
			 text_of(l, entry, "whom", false));
}

/* "by whom: what, from → to" */
static void history_words(struct layer *l, const json_t *entry, struct strbuf *out)
{
	if (is_escalation(entry)) {
		add_escalation(l, entry, out);
		return;
	}
	static const char *const between[] = {"", ": ", ", ", " "};
	int said = 0; /* what comes next stands behind this much */
	strbuf_adds(out, text_of(l, entry, "by", false));
	said = out->len ? 1 : 0;
	const char *action = text_of(l, entry, "action", false);
	if (*action) {
		strbuf_addf(out, "%s%s", between[said], action);
		said = 2;
	}
	const char *from = state_label(l, entry, "from");
	if (*from) {
		strbuf_addf(out, "%s%s", between[said], from);
		said = 3;
	}
	const char *to = state_label(l, entry, "to");
	if (*to)
		strbuf_addf(out, "%s%s %s", between[said], glyph(GLYPH_LINK, l->look->ascii),
			    to);
}

static void history_entry(struct layer *l, const json_t *entry)
{
	char when[FMT_TEXT];
	struct strbuf words = STRBUF_INIT;
	int at = INDENT + 18;
	fmt_date_time(time_of(entry, "at"), when);
	history_words(l, entry, &words);
	doc_line(l->doc);
	doc_add(l->doc, INDENT, ROLE_LABEL, 0, when);
	doc_wrap(l->doc, at, l->columns - at - INDENT, ROLE_STRONG, words.s);
	const char *text = text_of(l, entry, "text", true);
	if (*text) {
		doc_line(l->doc);
		doc_wrap(l->doc, at, l->columns - at - INDENT, ROLE_TEXT, text);
	}
	strbuf_free(&words);
}

static void history(struct layer *l, const json_t *list)
{
	size_t i;
	json_t *entry;
	if (!json_array_size(list))
		return;
	heading(l, _("History"));
	json_array_foreach (list, i, entry)
		history_entry(l, entry);
}

static void attachment(struct layer *l, size_t number, const json_t *entry)
{
	char size[FMT_TEXT] = "";
	json_int_t bytes = json_integer_value(json_object_get(entry, "size"));
	if (bytes > 0)
		fmt_bytes((uint64_t)bytes, size);
	char *name = xstrdup(text_of(l, entry, "name", false));
	char *type = xstrdup(text_of(l, entry, "type", false));
	doc_line(l->doc);
	struct strbuf words = STRBUF_INIT;
	strbuf_addf(&words, l->look->spoken ? "open-link %zu: " : "%zu. ", number);
	strbuf_addf(&words, "%s%s%s%s%s", name, *type ? ", " : "", type, *size ? ", " : "",
		    size);
	doc_wrap(l->doc, INDENT, l->columns - 2 * INDENT, ROLE_TEXT, words.s);
	strbuf_free(&words);
	const char *url = text_of(l, entry, "url", false);
	if (*url) {
		doc_line(l->doc);
		doc_wrap(l->doc, INDENT + 2, l->columns - INDENT - 3, ROLE_LINK, url);
	}
	free(name);
	free(type);
}

static void attachments(struct layer *l, const json_t *list)
{
	size_t i;
	json_t *entry;
	if (!json_array_size(list))
		return;
	heading(l, _("Attachments"));
	json_array_foreach (list, i, entry)
		attachment(l, i + 1, entry);
}

static void related(struct layer *l, const json_t *list)
{
	size_t i;
	json_t *entry;
	if (!json_array_size(list))
		return;
	heading(l, _("Related records"));
	json_array_foreach (list, i, entry) {
		const char *kind = json_string_value(json_object_get(entry, "kind"));
		const struct kind *k = kind ? kind_find(kind) : NULL;
		char *id = xstrdup(text_of(l, entry, "id", false));
		const char *why = text_of(l, entry, "rel", false);
		doc_line(l->doc);
		doc_addf(l->doc, INDENT, ROLE_KEY, 0, "%zu", i + 1);
		doc_addf(l->doc, INDENT + 3, ROLE_LINK, 0, "%s %s", k ? _(k->title) : "", id);
		doc_addf(l->doc,
			 INDENT + 4 + (k ? utf8_swidth(_(k->title)) + 1 : 0) + utf8_swidth(id),
			 ROLE_DIM, 0, " %s", why);
		free(id);
	}
}

static void extra(struct layer *l, json_t *object)
{
	const char *key;
	json_t *v;
	if (!json_object_size(object))
		return;
	heading(l, _("More from the source"));
	json_object_foreach (object, key, v) {
		struct strbuf name = STRBUF_INIT;
		clean_append(&name, key, strlen(key), 0);
		doc_line(l->doc);
		doc_wrap(l->doc, INDENT, l->columns - 2 * INDENT, ROLE_LABEL, name.s);
		int at = INDENT + LABEL_WIDTH;
		if (utf8_swidth(name.s) >= LABEL_WIDTH)
			doc_line(l->doc);
		doc_wrap(l->doc, at, l->columns - at - INDENT, ROLE_TEXT,
			 text_of(l, object, key, true));
		strbuf_free(&name);
	}
}

static void from_json(struct layer *l)
{
	if (!l->r->detail)
		return;
	json_t *root = json_loadb(l->r->detail, l->r->detail_n, 0, NULL);
	history(l, json_object_get(root, "history"));
	attachments(l, json_object_get(root, "attachments"));
	related(l, json_object_get(root, "links"));
	extra(l, json_object_get(root, "extra"));
	json_decref(root);
}

/* --- all of it ------------------------------------------------------------ */

static void say(struct layer *l, enum role role, const char *text)
{
	doc_line(l->doc);
	doc_line(l->doc);
	doc_wrap(l->doc, INDENT + 2, l->columns - 4, role, text);
}

/* There is no record to show. */
static void explain(struct layer *l)
{
	const struct page *p = l->d->page;
	if (!p || l->d->stale)
		say(l, ROLE_DIM, _("Reading the cache…"));
	else if (p->error.code != ERR_NONE)
		say(l, ROLE_ERROR, p->error.text);
	else
		say(l, ROLE_NOTICE, _("This record is no longer in the cache."));
}

void detail_lay_out(struct detail *d, const struct look *look, int columns)
{
	struct layer l = {d, &d->doc, look, NULL, columns, STRBUF_INIT};
	const struct page *p = d->page;
	d->doc_until = INT64_MAX;
	if (p && p->count && (p->anchor_found || p->rows[0]->rowid == d->rowid))
		l.r = p->rows[0];
	if (!l.r) {
		explain(&l);
		strbuf_free(&l.scratch);
		return;
	}
	head_line(&l);
	paragraph(&l, COL_TITLE, ROLE_STRONG);
	paragraph(&l, COL_BODY, ROLE_TEXT);
	const struct suggestion *advice = advice_for(look, l.r);
	if (advice)
		advice_lay_out(&d->doc, look, advice, d->accept_key, INDENT, columns);
	if (look->duplicates && look->duplicates->self && look->duplicates->kind == d->kind &&
	    look->duplicates->rowid == d->rowid)
		alike_lay_out(&d->doc, look, look->duplicates, d->duplicates_key, columns);
	doc_line(&d->doc);
	fields(&l);
	long_texts(&l);
	from_json(&l);
	strbuf_free(&l.scratch);
}

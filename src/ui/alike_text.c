/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be the same matter, in words, and two records beside each other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fit.h"
#include "text/utf8.h"
#include "ui/alike.h"

#define INDENT 1
#define CODE_AT 7
#define SHOWN 3      /* suggestions on the record's own page */
#define SIDE_FROM 96 /* columns from which two records stand side by side */
#define LABEL_WIDTH 19
#define COLUMNS_MOST 12

/* --- on the record's own page ---------------------------------------------- */

static void heading(struct doc *doc, const char *text, const char *key)
{
	doc_line(doc);
	doc_line(doc);
	doc_add(doc, INDENT, ROLE_HEADING, 0, text);
	int at = INDENT + utf8_swidth(text) + 2;
	if (!*key)
		return;
	doc_add(doc, at, ROLE_KEY, 0, key);
	doc_add(doc, at + utf8_swidth(key) + 1, ROLE_HINT, 0, _("compare, merge"));
}

static void suggestion(struct doc *doc, const struct duplicate *d, int columns)
{
	struct strbuf why = STRBUF_INIT;
	const char *code = record_text(d->record, COL_CODE);
	int at = CODE_AT + utf8_swidth(code) + 2;
	doc_line(doc);
	doc_addf(doc, INDENT, ROLE_STRONG, 0, "%3d%%", d->likeness.percent);
	doc_add(doc, CODE_AT, ROLE_LINK, 0, code);
	duplicates_reasons(&why, &d->likeness);
	doc_wrap(doc, at, columns - at - INDENT, ROLE_TEXT, why.s);
	strbuf_free(&why);
}

static void suggestions(struct doc *doc, const struct duplicates *d, const char *key,
			int columns)
{
	size_t count = 0;
	while (count < d->count && !d->list[count].apart)
		count++;
	if (!count)
		return;
	heading(doc, _("Probably the same matter"), key);
	for (size_t i = 0; i < count && i < SHOWN; i++)
		suggestion(doc, &d->list[i], columns);
	if (count > SHOWN) {
		doc_line(doc);
		doc_addf(doc, CODE_AT, ROLE_DIM, 0, _("and %zu more"), count - SHOWN);
	}
}

static void member(struct doc *doc, const struct look *look, const struct record *r)
{
	struct strbuf scratch = STRBUF_INIT;
	struct shown s;
	const char *code = record_text(r, COL_CODE);
	int at = INDENT + 2 + utf8_swidth(code) + 2;
	doc_line(doc);
	doc_add(doc, INDENT + 2, ROLE_LINK, 0, code);
	show_value(look, r, COL_STATE, SHOW_IN_LIST, &scratch, &s);
	doc_add(doc, at, s.role, 0, s.text);
	at += utf8_swidth(s.text) + 2;
	show_value(look, r, COL_TITLE, SHOW_IN_LIST, &scratch, &s);
	doc_add(doc, at, ROLE_TEXT, 0, s.text);
	strbuf_free(&scratch);
}

/* Whether there is one. */
static bool group(struct doc *doc, const struct look *look, const struct duplicates *d,
		  const char *key)
{
	if (*d->main_code)
		heading(doc, _("Merged into"), key);
	if (d->main)
		member(doc, look, d->main);
	else if (*d->main_code) {
		doc_line(doc);
		doc_addf(doc, INDENT + 2, ROLE_TEXT, 0, "%s  %s", d->main_code,
			 _("(not in the cache)"));
	}
	size_t others = 0;
	for (size_t i = 0; i < d->member_count; i++) {
		if (d->members[i]->rowid == d->rowid)
			continue;
		if (!others++)
			heading(doc,
				d->main ? _("Merged into the same one")
					: _("Merged into this one"),
				d->main ? "" : key);
		member(doc, look, d->members[i]);
	}
	return *d->main_code || others;
}

void alike_lay_out(struct doc *doc, const struct look *look, const struct duplicates *d,
		   const char *key, int columns)
{
	bool grouped = group(doc, look, d, key);
	suggestions(doc, d, grouped ? "" : key, columns);
}

/* --- two of them ----------------------------------------------------------- */

struct comparison {
	struct doc *doc;
	const struct look *look;
	const struct record *r[2];
	int columns;
	int label; /* column behind the labels */
};

/* Both texts in columns of their own, line by line. */
static void side_by_side(struct comparison *c, char *const text[2], const enum role roles[2])
{
	int half = (c->columns - c->label) / 2;
	size_t at[2] = {0, 0}, lines = 0;
	bool more[2] = {true, true};
	for (;;) {
		struct fit_line line[2];
		for (int i = 0; i < 2; i++)
			more[i] = more[i] && fit_wrap(text[i], strlen(text[i]), half - 2,
						      &at[i], &line[i]);
		if (!more[0] && !more[1])
			return;
		if (lines++)
			doc_line(c->doc);
		for (int i = 0; i < 2; i++) {
			if (!more[i])
				continue;
			char *piece = xstrndup(text[i] + line[i].start, line[i].n);
			doc_add(c->doc, c->label + i * half, roles[i], 0, piece);
			free(piece);
		}
	}
}

/* One below the other, each behind its code; what is the same is said once. */
static void stacked(struct comparison *c, char *const text[2], const enum role roles[2])
{
	bool same = strcmp(text[0], text[1]) == 0;
	for (int i = 0; i < (same ? 1 : 2); i++) {
		const char *code = record_text(c->r[i], COL_CODE);
		int at = c->label + (same ? 0 : utf8_swidth(code) + 1);
		if (i)
			doc_line(c->doc);
		if (!same)
			doc_add(c->doc, c->label, ROLE_DIM, 0, code);
		if (*text[i])
			doc_wrap(c->doc, at, c->columns - at - INDENT, roles[i], text[i]);
		else
			doc_add(c->doc, at, ROLE_DIM, 0, glyph(GLYPH_DASH, c->look->ascii));
	}
}

static void compare_column(struct comparison *c, size_t column)
{
	struct strbuf scratch = STRBUF_INIT;
	char *text[2];
	enum role roles[2];
	for (int i = 0; i < 2; i++) {
		struct shown s;
		show_value(c->look, c->r[i], column, SHOW_IN_DETAIL, &scratch, &s);
		text[i] = xstrdup(s.text);
		roles[i] = s.role;
	}
	if (*text[0] || *text[1]) {
		bool same = strcmp(text[0], text[1]) == 0;
		doc_line(c->doc);
		doc_add(c->doc, INDENT + 1, ROLE_LABEL, 0,
			_(c->r[0]->kind->columns[column].title));
		if (same)
			roles[0] = roles[1] = ROLE_DIM;
		if (c->columns >= SIDE_FROM)
			side_by_side(c, text, roles);
		else
			stacked(c, text, roles);
	}
	free(text[0]);
	free(text[1]);
	strbuf_free(&scratch);
}

void alike_compare(struct doc *doc, const struct look *look, const struct record *a,
		   const struct record *b, int columns)
{
	static const char *const ids[COLUMNS_MOST] = {
		"title", "body", "address", "area",          "category",       "created_at",
		"state", "unit", "due_at",  "reporter_name", "reporter_phone", "channel"};
	struct comparison c = {doc, look, {a, b}, columns, INDENT + 1 + LABEL_WIDTH};
	if (columns >= SIDE_FROM) {
		doc_line(doc);
		doc_add(doc, c.label, ROLE_TITLE, 0, record_text(a, COL_CODE));
		doc_add(doc, c.label + (columns - c.label) / 2, ROLE_TITLE, 0,
			record_text(b, COL_CODE));
	}
	for (size_t i = 0; i < COLUMNS_MOST; i++) {
		int column = kind_column(a->kind, ids[i]);
		if (column >= 0)
			compare_column(&c, (size_t)column);
	}
}

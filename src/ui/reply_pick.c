/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reply_pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/reply.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "ui/key.h"
#include "ui/state.h"

#define MATCHES 1000
#define SHOWN 6     /* on screen at a time */
#define PREVIEW 600 /* bytes of the text */

/* --- what a reply says of this record ------------------------------------- */

/* What stands in the form is newer than what stands in the record. */
static const char *typed_value(const struct form *f, const char *column)
{
	for (size_t i = 0; i < f->count; i++) {
		const char *sets = f->fields[i].def->column;
		if (sets && strcmp(sets, column) == 0 && !f->fields[i].edit.lines &&
		    f->fields[i].edit.text.len)
			return f->fields[i].edit.text.s;
	}
	return NULL;
}

static void add_time(struct strbuf *out, int64_t t)
{
	char buf[FMT_TEXT];
	strbuf_adds(out, fmt_long_time(t, buf));
}

static void add_name(const struct look *l, const char *catalogue, const char *code,
		     struct strbuf *out)
{
	const struct kind *k = kind_find(catalogue);
	const char *name = *code ? l->names.name(l->names.context, k, code, l->now) : NULL;
	strbuf_adds(out, name ? name : code);
}

/* As the record's screen shows it, personal data masked. */
static void add_column(const struct app *a, const struct record *r, size_t column,
		       struct strbuf *out)
{
	struct strbuf scratch = STRBUF_INIT;
	struct shown shown;
	enum column_type t = r->kind->columns[column].type;
	if (!r->values[column].set)
		return;
	if (t == COLUMN_TIME || t == COLUMN_DEADLINE) {
		add_time(out, r->values[column].i);
		return;
	}
	show_value(&a->look, r, column, SHOW_IN_DETAIL, &scratch, &shown);
	strbuf_adds(out, shown.text);
	strbuf_free(&scratch);
}

static void add_typed(const struct app *a, const struct record *r, int column,
		      const char *typed, struct strbuf *out)
{
	int64_t t;
	enum column_type type = r ? r->kind->columns[column].type : COLUMN_TEXT;
	bool time = type == COLUMN_TIME || type == COLUMN_DEADLINE;
	if (time && action_time(typed, a->look.now, &t) == 0)
		add_time(out, t);
	else
		strbuf_adds(out, typed);
}

static void add_value(void *context, const char *field, struct strbuf *out)
{
	const struct app *a = context;
	const struct acting *x = &a->acting;
	const struct kind *k = x->targets[0].kind;
	const char *name = strcmp(field, "due") == 0 ? "due_at" : field;
	int column = kind_column(k, name);
	const char *typed = column < 0 ? NULL : typed_value(&x->form, name);
	char buf[FMT_TEXT];
	if (strcmp(field, "operator") == 0)
		strbuf_adds(out, x->name);
	else if (strcmp(field, "operator_unit") == 0)
		add_name(&a->look, "unit", x->unit, out);
	else if (strcmp(field, "today") == 0)
		strbuf_adds(out, fmt_date(a->look.now, buf));
	else if (strcmp(field, "now") == 0)
		add_time(out, a->look.now);
	else if (typed)
		add_typed(a, x->about, column, typed, out);
	else if (column >= 0 && x->about)
		add_column(a, x->about, (size_t)column, out);
}

static void expand(struct app *a, const struct reply *r, struct strbuf *out)
{
	reply_expand(r, a->acting.targets[0].kind, add_value, a, out);
}

/* --- which are offered ---------------------------------------------------- */

struct match {
	const struct reply *reply;
	int rank; /* the less the better */
};

/* Whether each typed word begins a word of the text; both folded. */
static bool has_words(const char *text, const char *query)
{
	while (*query) {
		size_t n = strcspn(query, " ");
		bool found = false;
		for (const char *p = text; !found && *p; p += strcspn(p, " "), p += *p == ' ')
			found = strncmp(p, query, n) == 0;
		if (!found)
			return false;
		query += n;
		query += *query == ' ';
	}
	return true;
}

static bool says(const char *text, const char *query)
{
	struct strbuf folded = STRBUF_INIT;
	fold_append(&folded, text, strlen(text));
	bool found = has_words(folded.s, query);
	strbuf_free(&folded);
	return found;
}

/* Those whose title was meant stand before those that only say it somewhere. */
static int rank_of(const struct app *a, const struct reply *r, const char *query)
{
	const struct acting *x = &a->acting;
	const char *category = x->about ? record_text(x->about, COL_CATEGORY) : "";
	int fits = reply_fits(r, x->targets[0].kind, x->form.action, category);
	if (fits < 0)
		return -1;
	if (says(r->title, query))
		return fits;
	return says(r->text, query) ? fits + 3 : -1;
}

/* In the order of the files where nothing else decides. */
static size_t matches(const struct app *a, const struct reply *list[MATCHES])
{
	const struct replies *all = a->acting.replies;
	struct strbuf query = STRBUF_INIT;
	const char *typed = a->acting.pick.query.text.s;
	size_t n = 0;
	fold_append(&query, typed, strlen(typed));
	for (int rank = 0; rank < 6; rank++)
		for (size_t i = 0; all && i < all->count && n < MATCHES; i++)
			if (rank_of(a, &all->list[i], query.s) == rank)
				list[n++] = &all->list[i];
	strbuf_free(&query);
	return n;
}

const char *reply_pick_title(const struct app *a, size_t n)
{
	const struct reply **list = xcalloc(MATCHES, sizeof *list);
	const char *title = n < matches(a, list) ? list[n]->title : NULL;
	free(list);
	return title;
}

/* --- keys ----------------------------------------------------------------- */

void reply_pick_open(struct app *a, struct replies *list, const char *problem)
{
	struct acting *x = &a->acting;
	replies_free(x->replies);
	x->replies = list;
	if (problem)
		app_say(a, ROLE_ERROR, "%s", problem);
	if (!list || a->overlay != OVERLAY_FORM ||
	    !form_lines(&x->form, &a->look.names, a->look.now))
		return;
	reply_pick_close(&x->pick);
	x->pick.open = true;
}

void reply_pick_close(struct reply_pick *p)
{
	edit_free(&p->query);
	*p = (struct reply_pick){.query = {.text = STRBUF_INIT}};
}

/* The cursor goes to the first gap of what was put in. */
static void put_in(struct app *a, const struct reply *r)
{
	struct acting *x = &a->acting;
	struct form_field *f = form_lines(&x->form, &a->look.names, a->look.now);
	struct strbuf text = STRBUF_INIT;
	size_t from, start, end;
	if (!f)
		return;
	expand(a, r, &text);
	from = f->edit.at;
	if (!edit_insert(&f->edit, text.s))
		app_say(a, ROLE_ERROR, "%s", _("there is no room for it in this text"));
	else if (reply_gap(f->edit.text.s, from, &start, &end) && start < f->edit.at)
		f->edit.at = start;
	f->problem[0] = '\0';
	strbuf_free(&text);
	acting_keep_form(a);
}

static void choose(struct app *a)
{
	const struct reply **list = xcalloc(MATCHES, sizeof *list);
	size_t n = matches(a, list);
	const struct reply *r = a->acting.pick.picked < n ? list[a->acting.pick.picked] : NULL;
	free(list);
	if (!r)
		return;
	reply_pick_close(&a->acting.pick);
	put_in(a, r);
}

static void step(struct app *a, int by)
{
	const struct reply **list = xcalloc(MATCHES, sizeof *list);
	size_t n = matches(a, list);
	struct reply_pick *p = &a->acting.pick;
	if (n)
		p->picked = (p->picked + n + (size_t)(by + (int)n)) % n;
	free(list);
}

static bool wanted(struct app *a, uint32_t key, struct effects *fx)
{
	if (key != REPLY_KEY && key != UI_KEY_CTRL('T'))
		return false;
	if (form_lines(&a->acting.form, &a->look.names, a->look.now))
		effects_add(fx, EFFECT_REPLIES, NULL);
	else
		app_say(a, ROLE_NOTICE, "%s", _("there is no text of several lines here"));
	return true;
}

bool reply_pick_key(struct app *a, uint32_t key, struct effects *fx)
{
	struct reply_pick *p = &a->acting.pick;
	if (!p->open)
		return wanted(a, key, fx);
	if (key == UI_KEY_CTRL('L') || key == UI_KEY_CTRL('Z'))
		return false;
	if (key == UI_KEY_ESC || key == REPLY_KEY || key == UI_KEY_CTRL('T'))
		reply_pick_close(p);
	else if (key == UI_KEY_ENTER || key == UI_KEY_TAB)
		choose(a);
	else if (key == UI_KEY_DOWN || key == UI_KEY_UP)
		step(a, key == UI_KEY_DOWN ? 1 : -1);
	else if (edit_key(&p->query, key))
		p->picked = 0;
	return true;
}

bool reply_pick_paste(struct app *a, const char *text)
{
	struct reply_pick *p = &a->acting.pick;
	if (!p->open)
		return false;
	edit_insert(&p->query, text);
	p->picked = 0;
	return true;
}

/* --- on screen ------------------------------------------------------------ */

static void lay_query(struct app *a, struct doc *d, int at, int *line, int *column)
{
	const struct edit *q = &a->acting.pick.query;
	int text_at = at + utf8_swidth(_("Reply:")) + 1;
	*line = (int)doc_line(d);
	doc_add(d, at, ROLE_LABEL, 0, _("Reply:"));
	doc_add(d, text_at, ROLE_PROMPT, 0, q->text.s);
	if (!q->text.len)
		doc_add(d, text_at + 2, ROLE_DIM, 0, _("type a few letters of it"));
	*column = text_at + utf8_width(q->text.s, q->at);
}

static void lay_title(struct app *a, struct doc *d, int at, const struct reply *r, bool picked)
{
	const struct acting *x = &a->acting;
	const char *category = x->about ? record_text(x->about, COL_CATEGORY) : "";
	bool own = reply_fits(r, x->targets[0].kind, x->form.action, category) == 0;
	doc_line(d);
	if (picked)
		doc_add(d, at, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, a->look.ascii));
	doc_add(d, at + 2, picked ? ROLE_CURSOR : own ? ROLE_STRONG : ROLE_TEXT, 0, r->title);
}

static void lay_preview(struct app *a, struct doc *d, int at, int width, const struct reply *r)
{
	struct strbuf text = STRBUF_INIT;
	expand(a, r, &text);
	if (text.len > PREVIEW) {
		strbuf_truncate(&text, utf8_previous(text.s, PREVIEW));
		strbuf_adds(&text, "…");
	}
	doc_line(d);
	doc_line(d);
	doc_wrap(d, at + 2, width - at - 4, ROLE_DIM, text.s);
	strbuf_free(&text);
}

void reply_pick_lay(struct app *a, struct doc *d, int at, int width, int *line, int *column)
{
	const struct reply **list = xcalloc(MATCHES, sizeof *list);
	size_t n = matches(a, list), picked = a->acting.pick.picked;
	size_t first = picked >= SHOWN ? picked - SHOWN + 1 : 0;
	doc_line(d);
	lay_query(a, d, at, line, column);
	for (size_t i = first; i < n && i < first + SHOWN; i++)
		lay_title(a, d, at, list[i], i == picked);
	if (n > first + SHOWN) {
		doc_line(d);
		doc_addf(d, at + 2, ROLE_DIM, 0, _("and %zu more"), n - first - SHOWN);
	}
	if (picked < n)
		lay_preview(a, d, at, width, list[picked]);
	if (!n) {
		doc_line(d);
		doc_add(d, at + 2, ROLE_WARN, 0, _("no reply says this"));
	}
	free(list);
}

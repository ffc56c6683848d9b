/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/dialog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "model/reply.h"
#include "text/fold.h"
#include "ui/key.h"
#include "ui/state.h"

#define CERTAIN 5 /* weight of a match that is what was typed */

static struct form *form_of(struct app *a)
{
	return &a->acting.form;
}

static struct form_field *field_of(struct app *a)
{
	struct form *f = form_of(a);
	return f->count ? &f->fields[f->current] : NULL;
}

bool dialog_is_open(const struct app *a)
{
	return a->overlay == OVERLAY_FORM && a->acting.form.action &&
	       a->acting.form.stage != FORM_SENDING;
}

bool dialog_is_question(const struct app *a)
{
	const struct form *f = &a->acting.form;
	return dialog_is_open(a) && !a->acting.pick.open &&
	       (f->stage == FORM_CONFIRMING || !f->count);
}

void dialog_free(struct dialog *d)
{
	free(d->query);
	*d = (struct dialog){.query = NULL};
}

/* The gap of a reply that is asked for now; false where there is none. */
static bool gap_of(const struct app *a, size_t *start, size_t *end)
{
	const struct form *f = &a->acting.form;
	const struct form_field *field = f->count ? &f->fields[f->current] : NULL;
	size_t from = 0, skip = a->telling.dialog.skipped;
	if (!field || !field->edit.lines || f->stage != FORM_TYPING)
		return false;
	while (reply_gap(field->edit.text.s, from, start, end)) {
		if (!skip--)
			return true;
		from = *end;
	}
	return false;
}

/* --- what is told ----------------------------------------------------------- */

static void tell_heading(struct app *a, struct strbuf *out, int columns)
{
	const struct acting *x = &a->acting;
	struct strbuf s = STRBUF_INIT;
	strbuf_addf(&s, "%s: ", _(x->form.action->title));
	acting_add_codes(x, 6, &s);
	tell_wrap(out, 2, columns, s.s);
	strbuf_free(&s);
	if (x->form.stage == FORM_TYPING)
		tell_wrap(out, 2, columns,
			  _("Enter keeps, ? lists, - empties, < goes back, . or Ctrl-C leaves "
			    "and keeps what was typed."));
	if (a->writer != WRITER_CONNECTED)
		tell_wrap(out, 2, columns,
			  _("sync is not reached now; what you type is kept, send it later"));
}

static void tell_question(struct app *a, struct strbuf *out, int columns)
{
	const struct acting *x = &a->acting;
	struct form *f = form_of(a);
	const struct kind *k = x->targets[0].kind;
	const struct state *to = f->action->to ? kind_state(k, f->action->to) : NULL;
	const char *why;
	char gap[256];
	size_t n = acting_allowed(a, f->action, &why);
	struct strbuf s = STRBUF_INIT;
	if (f->gaps)
		strbuf_addf(&s, _("Not filled in yet: %s"), form_gap(f, gap, sizeof gap));
	if (to)
		strbuf_adds(&s, s.len ? ". " : "");
	if (to)
		strbuf_addf(&s, _("State afterwards: %s"), _(to->label));
	if (n < x->target_count)
		strbuf_adds(&s, s.len ? ". " : "");
	if (n < x->target_count)
		strbuf_addf(&s, _("%zu are left out: %s"), x->target_count - n, why);
	if (s.len)
		tell_wrap(out, 2, columns, s.s);
	strbuf_free(&s);
}

static void tell_replies(struct app *a, struct strbuf *out, int columns)
{
	const char *title;
	for (size_t i = 0; (title = reply_pick_title(a, i)); i++) {
		struct strbuf s = STRBUF_INIT;
		strbuf_addf(&s, "%zu. %s", i + 1, title);
		tell_wrap(out, 3, columns, s.s);
		strbuf_free(&s);
	}
}

void dialog_tell(struct app *a, struct strbuf *out, int columns)
{
	struct dialog *d = &a->telling.dialog;
	struct form *f = form_of(a);
	struct form_field *field = field_of(a);
	if (!d->begun)
		tell_heading(a, out, columns);
	d->begun = true;
	if (f->problem[0])
		tell_wrap(out, 2, columns, f->problem);
	if (a->acting.pick.open)
		tell_replies(a, out, columns);
	else if (f->stage == FORM_CONFIRMING)
		tell_question(a, out, columns);
	else if (field && field->problem[0])
		tell_wrap(out, 2, columns, field->problem);
}

static void ask_field(const struct app *a, struct strbuf *out)
{
	const struct form *f = &a->acting.form;
	const struct form_field *field = &f->fields[f->current];
	const char *s = field->edit.text.s;
	strbuf_addf(out, "%zu/%zu %s", f->current + 1, f->count, _(field->def->title));
	if (field->def->flags & FIELD_REQUIRED)
		strbuf_addf(out, " (%s)", _("required"));
	if (field->def->type == COLUMN_FLAG && *s)
		s = strcmp(s, "yes") == 0 ? _("yes") : _("no");
	if (*s)
		strbuf_addf(out, " [%s]", s);
	strbuf_adds(out, ": ");
	for (size_t i = 0; i < out->len; i++)
		if (out->s[i] == '\n')
			out->s[i] = ' ';
}

void dialog_ask(const struct app *a, struct strbuf *out)
{
	const struct form *f = &a->acting.form;
	size_t start, end;
	if (a->acting.pick.open)
		strbuf_addf(out, "%s ", _("Reply:"));
	else if (f->stage == FORM_CONFIRMING || !f->count)
		strbuf_addf(out, "%s ", _("Really? (yes/no)"));
	else if (gap_of(a, &start, &end))
		strbuf_addf(out, "%.*s: ", (int)(end - start),
			    f->fields[f->current].edit.text.s + start);
	else
		ask_field(a, out);
}

void dialog_options(const struct app *a, struct strbuf *out)
{
	const struct form *f = &a->acting.form;
	for (size_t i = 0; i < f->count; i++)
		strbuf_addf(out, "%s--%s (%s%s%s)", i ? ", " : "", f->fields[i].def->id,
			    _(f->fields[i].def->title),
			    f->fields[i].def->flags & FIELD_REQUIRED ? ", " : "",
			    f->fields[i].def->flags & FIELD_REQUIRED ? _("required") : "");
}

/* --- lists of what may be said ---------------------------------------------- */

/* Matches of a text as if it were typed into the field; the caller frees. */
static struct form_match *matches_of(struct app *a, const struct form_field *f,
				     const char *text, size_t *n)
{
	struct form_match *list = xcalloc(FORM_MATCHES, sizeof *list);
	struct form_field as = *f;
	as.edit = (struct edit){.text = STRBUF_INIT};
	edit_set(&as.edit, text);
	*n = form_matches(&as, &a->look.names, a->look.now, list);
	edit_free(&as.edit);
	return list;
}

static void list_matches(struct app *a, const struct form_field *f, const char *text)
{
	size_t n;
	struct form_match *list = matches_of(a, f, text, &n);
	for (size_t i = 0; i < n; i++) {
		bool coded = f->def->type == COLUMN_REF;
		char line[300];
		snprintf(line, sizeof line, "%zu. %s%s%s%s", i + 1, list[i].title,
			 coded ? " (" : "", coded ? list[i].code : "", coded ? ")" : "");
		tell_message(&a->telling, ROLE_TEXT, line);
	}
	if (!n)
		app_say(a, ROLE_NOTICE, "%s", _("nothing of this name"));
	free(list);
	struct dialog *d = &a->telling.dialog;
	free(d->query);
	d->query = xstrdup(text);
	d->listed = n > 0;
}

static void list_offers(struct app *a, const struct form_field *f)
{
	for (size_t i = 0; i < f->offer_count; i++) {
		char line[400];
		snprintf(line, sizeof line, "%zu. %s, %s", i + 1, f->offers[i].title,
			 f->offers[i].note);
		tell_message(&a->telling, ROLE_TEXT, line);
	}
	a->telling.dialog.listed = f->offer_count > 0;
}

static void list_what_may_be_said(struct app *a, struct form_field *f, const char *text,
				  struct effects *fx)
{
	if (form_has_matches(f))
		list_matches(a, f, text);
	else if (f->def->flags & FIELD_RECORD)
		list_offers(a, f);
	else if (f->edit.lines)
		acting_key(a, REPLY_KEY, fx);
	else if (f->def->type == COLUMN_FLAG)
		tell_message(&a->telling, ROLE_TEXT, _("yes or no"));
	else if (f->def->type == COLUMN_TIME)
		tell_message(&a->telling, ROLE_TEXT, _("20/11 16:30, mai 9:00, +2d, +4h"));
	else
		tell_message(&a->telling, ROLE_TEXT, _("any text"));
}

/* --- answers ---------------------------------------------------------------- */

static void put(struct app *a, struct form_field *f, const char *text)
{
	edit_set(&f->edit, text);
	f->offering = true;
	f->chosen = false;
	f->picked = 0;
	f->problem[0] = form_of(a)->problem[0] = '\0';
	acting_keep_form(a);
}

static bool says_yes(const char *text)
{
	static const char *const words[] = {"y", "yes", "c", "co", "1", "x", "dung"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (fold_equal(text, strlen(text), words[i]))
			return true;
	return false;
}

/* What was understood, so that it need not be asked. */
static void tell_meaning(struct app *a, const struct form_field *f)
{
	char buf[256];
	const char *means = form_has_matches(f) ? f->edit.text.s
						: form_meaning(f, &a->look.names, a->look.now,
							       buf, sizeof buf);
	if (*means)
		tell_message(&a->telling, ROLE_TEXT, means);
}

/* On to the next field, or to the end; where what was said is wrong, `before` comes back. */
static void go_on(struct app *a, const char *before, struct effects *fx)
{
	struct form *f = form_of(a);
	size_t at = f->current;
	struct form_field *field = &f->fields[at];
	bool last = at + 1 == f->count;
	a->telling.dialog.listed = false;
	acting_key(a, UI_KEY_TAB, fx);
	if (field->problem[0] && field->edit.text.len) {
		tell_message(&a->telling, ROLE_ERROR, field->problem);
		put(a, field, before);
		f->current = at;
		return;
	}
	tell_meaning(a, field);
	if (last)
		acting_key(a, SEND_KEY, fx);
}

/* Several names fit as well as each other: which is meant has to be said. */
static bool is_unclear(struct app *a, const struct form_field *f, const char *text)
{
	size_t n;
	if (!form_has_matches(f) || !*text || f->def->flags & FIELD_LIST)
		return false;
	struct form_match *list = matches_of(a, f, text, &n);
	bool unclear = n > 1 && list[0].weight < CERTAIN && list[1].weight == list[0].weight;
	free(list);
	return unclear;
}

static bool take_number(struct app *a, struct form_field *f, const char *text)
{
	struct dialog *d = &a->telling.dialog;
	char *end;
	unsigned long at = strtoul(text, &end, 10);
	if (!d->listed || *end || end == text || !at)
		return false;
	if (!form_has_matches(f)) {
		if (at > f->offer_count)
			return false;
		put(a, f, f->offers[at - 1].value);
		return true;
	}
	size_t n;
	struct form_match *list = matches_of(a, f, d->query ? d->query : "", &n);
	if (at <= n)
		put(a, f, list[at - 1].code);
	free(list);
	return at <= n;
}

/* Whether more lines are to come. */
static bool add_line(struct app *a, struct form_field *f, const char *text)
{
	size_t n = strlen(text);
	bool more = n && text[n - 1] == '\\';
	bool adds = f->edit.text.len && f->edit.text.s[f->edit.text.len - 1] == '\n';
	struct strbuf s = STRBUF_INIT;
	strbuf_addf(&s, "%s%.*s%s", adds ? f->edit.text.s : "", (int)(n - more), text,
		    more ? "\n" : "");
	put(a, f, s.s);
	strbuf_free(&s);
	return more;
}

static void fill_gap(struct app *a, size_t start, size_t end, const char *text)
{
	struct form_field *f = field_of(a);
	struct strbuf s = STRBUF_INIT;
	if (!*text) {
		a->telling.dialog.skipped++;
		return;
	}
	strbuf_addf(&s, "%.*s%s%s", (int)start, f->edit.text.s,
		    strcmp(text, "-") == 0 ? "" : text, f->edit.text.s + end);
	put(a, f, s.s);
	strbuf_free(&s);
}

/* An answer that is no word of the conversation itself. */
static void say_into(struct app *a, struct form_field *f, const char *text, const char *before,
		     struct effects *fx)
{
	if (strcmp(text, "-") == 0) {
		put(a, f, "");
	} else if (*text && !take_number(a, f, text)) {
		if (is_unclear(a, f, text)) {
			list_matches(a, f, text);
			return;
		}
		if (f->def->type == COLUMN_FLAG)
			put(a, f, says_yes(text) ? "yes" : "no");
		else if (!f->edit.lines)
			put(a, f, text);
		else if (add_line(a, f, text))
			return;
	}
	go_on(a, before, fx);
}

static void answer_field(struct app *a, const char *text, struct effects *fx)
{
	struct form *form = form_of(a);
	struct form_field *f = field_of(a);
	size_t start, end;
	if (gap_of(a, &start, &end)) {
		fill_gap(a, start, end, text);
		return;
	}
	if (*text == '?') {
		list_what_may_be_said(a, f, text + 1, fx);
		return;
	}
	if (strcmp(text, "<") == 0) {
		form->current -= form->current > 0;
		a->telling.dialog.listed = false;
		return;
	}
	if (strcmp(text, ".") == 0) {
		dialog_leave(a, fx);
		return;
	}
	char *before = xstrdup(f->edit.text.s);
	say_into(a, f, text, before, fx);
	free(before);
}

static void answer_reply(struct app *a, const char *text, struct effects *fx)
{
	char *end;
	unsigned long at = strtoul(text, &end, 10);
	bool picked = at && !*end && reply_pick_title(a, at - 1);
	a->telling.dialog.skipped = 0;
	if (picked) {
		a->acting.pick.picked = at - 1;
		acting_key(a, UI_KEY_ENTER, fx);
		tell_message(&a->telling, ROLE_TEXT, field_of(a)->edit.text.s);
	} else if (!*text) {
		acting_key(a, UI_KEY_ESC, fx);
	} else {
		edit_set(&a->acting.pick.query, text);
		a->acting.pick.picked = 0;
	}
}

void dialog_answer(struct app *a, const char *text, struct effects *fx)
{
	struct form *f = form_of(a);
	text += strspn(text, " \t");
	if (a->acting.pick.open)
		answer_reply(a, text, fx);
	else if (f->stage == FORM_TYPING && f->count)
		answer_field(a, text, fx);
	else if (says_yes(text))
		acting_key(a, UI_KEY_ENTER, fx);
	else if (*text)
		dialog_leave(a, fx);
	if (!dialog_is_open(a))
		dialog_free(&a->telling.dialog);
	app_settle(a, fx);
}

void dialog_leave(struct app *a, struct effects *fx)
{
	/* Out of the reply, the question and the form, one after the other. */
	for (int i = 0; i < 3 && a->overlay == OVERLAY_FORM; i++)
		acting_key(a, UI_KEY_ESC, fx);
	dialog_free(&a->telling.dialog);
	app_settle(a, fx);
}

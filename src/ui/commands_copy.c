/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that take something out of the console: to the clipboard, or into another program.
 */
#include "ui/commands.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "ui/headless.h"
#include "ui/list_view.h"
#include "ui/state.h"

#define TOLD_MOST 60 /* bytes of what was copied that are told */

static const struct record *record_in_hand(struct app *a, struct err *e)
{
	const struct record *r = acting_record(a);
	if (!r)
		err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	return r;
}

/* --- texts -------------------------------------------------------------------- */

/* As people read it on the screen, but times as such: "in 4h" is no use tomorrow. */
static void add_value(const struct app *a, const struct record *r, size_t column,
		      struct strbuf *out)
{
	enum column_type t = r->kind->columns[column].type;
	struct strbuf scratch = STRBUF_INIT;
	struct shown s;
	char time[FMT_TEXT];
	if (!r->values[column].set)
		return;
	if (t == COLUMN_TIME || t == COLUMN_DEADLINE) {
		strbuf_adds(out, fmt_date_time(r->values[column].i, time));
		return;
	}
	show_value(&a->look, r, column, SHOW_IN_DETAIL, &scratch, &s);
	strbuf_adds(out, s.text);
	strbuf_free(&scratch);
}

/* A row of a table stays one: its cells lose their tabs and line breaks. */
static void add_cell(const struct app *a, const struct record *r, size_t column,
		     struct strbuf *out)
{
	size_t from = out->len;
	add_value(a, r, column, out);
	for (size_t i = from; i < out->len; i++)
		if (out->s[i] == '\t' || out->s[i] == '\n')
			out->s[i] = ' ';
}

/* Cells of the columns on screen, parted by tabs. */
static int add_row(struct app *a, struct strbuf *out, struct err *e)
{
	struct column_slot slots[COLUMNS_MOST];
	const struct record *r = record_in_hand(a, e);
	const struct list *l = app_list(a);
	if (!r)
		return -1;
	if (!l || l->kind != r->kind)
		return err_set(e, ERR_USAGE, "%s", _("this works in a queue only"));
	size_t n = list_columns(l, a->layout.main.columns, slots);
	for (size_t i = 0; i < n; i++) {
		strbuf_adds(out, i ? "\t" : "");
		add_cell(a, r, (size_t)slots[i].column, out);
	}
	return 0;
}

static void add_runs(const struct doc *d, size_t line, struct strbuf *out)
{
	size_t end = line + 1 < d->line_count ? d->lines[line + 1] : d->run_count;
	for (size_t i = d->lines[line]; i < end; i++)
		strbuf_addf(out, "%s%s", out->len ? " " : "", d->runs[i].text);
}

/* The first line on screen of the record's text, where the cursor is; empty ones say nothing.
 */
static int add_line(struct app *a, struct strbuf *out, struct err *e)
{
	const struct doc *d = &a->detail.doc;
	if (a->detail.open && !d->line_count)
		detail_fit(&a->detail, &a->look, a->layout.detail.columns);
	for (size_t i = (size_t)d->scroll; a->detail.open && i < d->line_count; i++) {
		add_runs(d, i, out);
		if (out->s[strspn(out->s, " ")])
			return 0;
		strbuf_clear(out);
	}
	return err_set(e, ERR_USAGE, "%s", _("this works in a record only"));
}

static int add_field(struct app *a, const char *name, struct strbuf *out, struct err *e)
{
	const struct record *r = record_in_hand(a, e);
	int column = r ? kind_column(r->kind, name) : -1;
	if (!r)
		return -1;
	if (column < 0)
		return err_set(e, ERR_USAGE, "%s", _("no such column"));
	add_value(a, r, (size_t)column, out);
	if (!out->len)
		return err_set(e, ERR_NOT_FOUND, _("%s has no value"),
			       _(r->kind->columns[column].title));
	return 0;
}

static int add_wanted(struct app *a, const char *what, struct strbuf *out, struct err *e)
{
	if (strcmp(what, "row") == 0)
		return add_row(a, out, e);
	if (strcmp(what, "line") == 0)
		return add_line(a, out, e);
	return add_field(a, what, out, e);
}

static void put_on_clipboard(struct app *a, const char *text, struct effects *fx)
{
	size_t n = strcspn(text, "\n");
	bool more = n > TOLD_MOST || text[n];
	n = n > TOLD_MOST ? TOLD_MOST : n;
	while (n && (text[n] & 0xc0) == 0x80)
		n--;
	char *told = xstrndup(text, n);
	for (char *c = told; *c; c++)
		*c = *c == '\t' ? ' ' : *c;
	app_say(a, ROLE_NOTICE, _("copied: %s%s"), told, more ? "…" : "");
	effects_add(fx, EFFECT_COPY, text);
	free(told);
}

RUN(copy)
{
	UNUSED;
	struct strbuf b = STRBUF_INIT;
	int rc = add_wanted(a, w->count ? w->list[0] : "code", &b, e);
	if (rc == 0)
		put_on_clipboard(a, b.s, fx);
	strbuf_free(&b);
	return rc;
}

/* --- links -------------------------------------------------------------------- */

/* The address of the n-th attachment, which the caller frees. */
static char *attachment(const struct record *r, size_t n, struct err *e)
{
	json_t *root = r->detail ? json_loadb(r->detail, r->detail_n, 0, NULL) : NULL;
	const json_t *list = json_object_get(root, "attachments");
	size_t count = json_array_size(list);
	const char *url = json_string_value(
		json_object_get(json_array_get(list, n - 1), "url"));
	char *copy = url && *url ? xstrdup(url) : NULL;
	json_decref(root);
	if (!copy && count)
		err_set(e, ERR_NOT_FOUND,
			_("there are %zu attachments; this one has no address"), count);
	else if (!copy)
		err_set(e, ERR_NOT_FOUND, "%s", _("the record has no attachments"));
	return copy;
}

RUN(open_link)
{
	UNUSED;
	int64_t n;
	if (command_number(w, &n, e) < 0)
		return -1;
	const struct record *r = a->detail.open ? detail_record(&a->detail) : NULL;
	if (!r)
		return err_set(e, ERR_USAGE, "%s", _("this works in a record only"));
	char *url = attachment(r, n > 0 ? (size_t)n : 1, e);
	if (!url)
		return -1;
	effects_add(fx, EFFECT_OPEN, url);
	free(url);
	return 0;
}

/* --- the same without a console ------------------------------------------------ */

RUN(headless)
{
	UNUSED;
	struct strbuf b = STRBUF_INIT;
	if (a->overlay == OVERLAY_HEADLESS && a->headless) {
		put_on_clipboard(a, a->headless, fx);
		return 0;
	}
	if (headless_command(a, &b, e) < 0) {
		strbuf_free(&b);
		return -1;
	}
	free(a->headless);
	a->headless = strbuf_detach(&b);
	a->overlay = OVERLAY_HEADLESS;
	a->text.scroll = 0;
	return 0;
}

/* clang-format off */
const struct command copy_commands[] = {
	{"copy", "[code|row|line|COLUMN]", TAKES_COLUMN, 0, 1, N_("Copy the record's code, its row, the line on top of its text, or a column"), N_("copy code"), run_copy},
	{"open-link", "[N]", TAKES_NUMBER, 0, 1, N_("Open an attachment with the program of the configuration"), N_("open attachment"), run_open_link},
	{"headless", "", TAKES_NOTHING, 0, 0, N_("Show the command that prints this without a console; again: copy it"), N_("as a command"), run_headless},
	COMMANDS_END,
};
/* clang-format on */
